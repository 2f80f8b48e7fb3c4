"""``hmac``: digests of known bytes under a known key."""

import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.plain import NotPlain, lifted, plain, trace_of
from readiness.program.models.lifting import arg, lift
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import NONE, Arguments, Constant, Instance, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_KEYED = "hmac.HMAC"
_PARAMETERS = ("key", "msg", "digestmod")


def _update(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    before, more = receiver.slots.values.get("msg", NONE), arg(arguments, 0)
    try:
        longer: Value = Constant((plain(before) or b"") + plain(more), trace_of(before, more))
    except (NotPlain, TypeError):
        longer = Unknown("bytes that are not known", arguments.at)
    machine.state.write(receiver.slots, "msg", longer)
    return NONE


def _result(finish: Callable[[Any], Any]) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        key, content, name = (receiver.slots.values.get(one, NONE) for one in _PARAMETERS)
        machine.limits.hand(key, content)
        return machine.each(content, lambda one: shown((key, one, name), arguments))

    def shown(given: tuple[Value, ...], arguments: Arguments) -> Value:
        trace = trace_of(*given)
        try:
            key, content, name = map(plain, given)
            return lifted(finish(hmac.new(key, content, name)), trace)
        except Exception:  # noqa: BLE001 - what the library refuses is not known here
            return Unknown("a digest of what is not known", arguments.at, trace)

    return run


TABLE = Table(
    functions={"hmac.compare_digest": lift(hmac.compare_digest)},
    classes={_KEYED: LibraryClass(_PARAMETERS, methods={
        "update": _update, "hexdigest": _result(lambda made: made.hexdigest()),
        "digest": _result(lambda made: made.digest())})},
    aliases={"hmac.new": _KEYED},
)  # fmt: skip

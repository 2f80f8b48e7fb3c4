"""``hashlib``: digests of known bytes."""

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.plain import NotPlain, lifted, plain, trace_of
from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    External,
    Instance,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

DIGEST = "hashlib._Hash"
_NAMES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512")


def _bytes(value: Value) -> bytes:
    known = plain(value)
    if not isinstance(known, bytes):
        raise NotPlain(value)
    return known


def _start(name: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        content = arg(arguments, 0, Constant(b""))
        return machine.each(content, lambda one: _of(name, one, arguments))

    return run


def _of(name: str, content: Value, arguments: Arguments) -> Value:
    slots = {"name": lifted(name), "content": content}
    return Instance(External(DIGEST), slots, arguments.at, content.trace)


def _by_name(machine: "Machine", arguments: Arguments) -> Value:
    name = getattr(arg(arguments, 0), "known", None)
    if name not in _NAMES:
        return Unknown("a digest by a name that is not known", arguments.at)
    return _start(name)(machine, arguments.after(1))


def _update(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values["content"]
    try:
        longer: Value = Constant(_bytes(held) + _bytes(arg(arguments, 0)), trace_of(held))
    except NotPlain:
        longer = Unknown("bytes that are not known", arguments.at)
    machine.state.write(receiver.slots, "content", longer)
    return NONE


def _result(finish: Callable[[Any], Any]) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        held = receiver.slots.values
        machine.limits.hand(held["content"])
        return machine.each(held["content"], lambda one: shown(one, held["name"], arguments))

    def shown(content: Value, name: Value, arguments: Arguments) -> Value:
        try:
            made = hashlib.new(plain(name), _bytes(content), usedforsecurity=False)
        except NotPlain:
            return Unknown("a digest of what is not known", arguments.at, content.trace)
        return lifted(finish(made), content.trace)

    return run


TABLE = Table(
    functions={f"hashlib.{name}": _start(name) for name in _NAMES} | {"hashlib.new": _by_name},
    classes={
        DIGEST: LibraryClass(
            methods={
                "update": _update,
                "hexdigest": _result(lambda made: made.hexdigest()),
                "digest": _result(lambda made: made.digest()),
            }
        )
    },
)

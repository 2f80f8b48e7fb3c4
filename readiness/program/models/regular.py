# ruff: noqa: ARG001 - all models of a kind take the same arguments
"""Regular expressions over known texts, by an engine that no pattern can hang."""

from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.plain import NotPlain, lifted, parts_of, plain, trace_of
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    External,
    Instance,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LONGEST = 100_000


def _apply(name: str) -> FunctionModel:
    """``re.match`` and the like."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        given = arguments.positional
        for index, value in enumerate(given):
            if isinstance(value, Choice):
                before, after = given[:index], given[index + 1 :]

                def again(
                    one: Value,
                    before: tuple[Value, ...] = before,
                    after: tuple[Value, ...] = after,
                ) -> Value:
                    return run(machine, Arguments((*before, one, *after), {}, arguments.at))

                return machine.each(value, again)
        unknown = Unknown(f"what re.{name}() gives", arguments.at, trace_of(*given))
        if arguments.keywords or len(given) != (3 if name == "sub" else 2):
            return unknown
        try:
            texts = [_text(one) for one in given]
        except NotPlain:
            return unknown
        return _found(name, texts, arguments, unknown)

    return run


def _text(value: Value) -> str:
    if isinstance(value, Instance) and "pattern" in value.slots.values:
        value = value.slots.values["pattern"]
    known = plain(value)
    if not isinstance(known, str) or len(known) > LONGEST:
        raise NotPlain(value)
    return known


def _found(name: str, texts: list[str], arguments: Arguments, unknown: Unknown) -> Value:
    import re2  # noqa: PLC0415 - seldom needed

    options = re2.Options()
    options.log_errors = False
    try:
        result: Any = getattr(re2.compile(texts[0], options), name)(*texts[1:])
    except Exception:  # noqa: BLE001 - a pattern that this engine does not take
        return unknown
    if result is None:
        return lifted(None, unknown.trace)
    if isinstance(result, (str, list)):
        return lifted(result, unknown.trace, parts_of(*arguments.positional))
    made = Instance(External("re.Match"), None, arguments.at, unknown.trace)
    made.data = (result, parts_of(*arguments.positional))
    return made


def _compile(machine: "Machine", arguments: Arguments) -> Value:
    pattern = arguments.positional[0] if arguments.positional else NONE
    if len(arguments.positional) > 1 or arguments.keywords:
        return Unknown("a regular expression with flags", arguments.at)
    return Instance(External("re.Pattern"), {"pattern": pattern}, arguments.at)


def _method(name: str) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        given = Arguments((receiver, *arguments.positional), arguments.keywords, arguments.at)
        return _apply(name)(machine, given)

    return run


def _group(name: str) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        match, parts = receiver.data
        try:
            given = [plain(one) for one in arguments.positional]
            found = getattr(match, name)(*given)
            if isinstance(found, dict):
                found = dict(sorted(found.items(), key=lambda pair: match.start(pair[0])))
            return lifted(found, receiver.trace, parts)
        except Exception:  # noqa: BLE001 - a group that is not there, or not known
            return Unknown("a group of a match", arguments.at)

    return run


NAMES = ("match", "search", "fullmatch", "sub", "findall", "split")
TABLE = Table(
    functions={**{f"re.{name}": _apply(name) for name in NAMES}, "re.compile": _compile},
    classes={
        "re.Pattern": LibraryClass(methods={name: _method(name) for name in NAMES}),
        "re.Match": LibraryClass(
            methods={
                **{name: _group(name) for name in ("group", "groups", "groupdict")},
                "__getitem__": _group("group"),
            }
        ),
    },
)

"""Regular expressions over known texts, by an engine that no pattern can hang."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.plain import (
    TOO_LARGE,
    NotPlain,
    lifted,
    parts_of,
    plain,
    trace_of,
)
from readiness.program.models.lifting import lift, replaced
from readiness.program.models.table import (
    AttributeModel,
    FunctionModel,
    LibraryClass,
    MethodModel,
    Table,
    ValueModel,
)
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Choice,
    Constant,
    External,
    Function,
    Host,
    Instance,
    List,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LONGEST = 30_000
MOST_REPLACED = 30_000_000
"""The length of a text, times that of what stands in place of each match."""


def _apply(name: str) -> FunctionModel:
    """``re.match`` and the like."""
    names = _PARAMETERS.get(name, ("pattern", "string", "flags"))

    def run(machine: "Machine", arguments: Arguments) -> Value:
        for index, value in enumerate(arguments.positional):
            if isinstance(value, Choice):
                return machine.each(
                    value,
                    lambda one: run(machine, replaced(arguments, index, one)),  # noqa: B023 - called before the next round
                )
        given = dict(zip(names, arguments.positional, strict=False)) | arguments.keywords
        unknown = Unknown(f"what re.{name}() gives", arguments.at, trace_of(*given.values()))
        if arguments.open is not None or not set(given) <= set(names):
            return unknown
        try:
            return _found(machine, name, given, unknown)
        except NotPlain:
            return unknown

    return run


_PARAMETERS = {
    "sub": ("pattern", "repl", "string", "count", "flags"),
    "subn": ("pattern", "repl", "string", "count", "flags"),
    "split": ("pattern", "string", "maxsplit", "flags"),
}
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}


def _text(value: Value | None) -> str:
    known = plain(value) if value is not None else None
    if not isinstance(known, str) or len(known) > LONGEST:
        raise NotPlain(value or NONE)
    return known


def _pattern(given: dict[str, Value]) -> str:
    """The pattern with its flags in it."""
    value, flags = given.get("pattern"), given.get("flags", Constant(0))
    if isinstance(value, Instance) and "pattern" in value.slots.values:
        flags = value.slots.values.get("flags", flags)
        value = value.slots.values["pattern"]
    number, letters = plain(flags), ""
    for flag, letter in _FLAGS.items():
        if number & flag:
            letters += letter
            number &= ~flag
    known = _text(value)
    if number & re.VERBOSE:
        known, number = _tight(known), number & ~re.VERBOSE
    if number:
        raise NotPlain(flags)
    return f"(?{letters}){known}" if letters else known


_SEEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|#[^\n]*|\s+|.", re.DOTALL)


def _tight(pattern: str) -> str:
    """A verbose pattern without its spaces and comments."""
    return "".join(one for one in _SEEN.findall(pattern) if not (one.isspace() or one[0] == "#"))


def _alike(pattern: str, content: str) -> bool:
    """Whether this engine takes the pattern as Python's own does over this text."""
    plain_letters = content.isascii() or not ("\\" in pattern or "(?i" in pattern)
    return plain_letters and not ("$" in pattern and "\n" in content)


def _found(machine: "Machine", name: str, given: dict[str, Value], unknown: Unknown) -> Value:
    machine.limits.hand(*given.values(), given.get("string", NONE), given.get("string", NONE))
    compiled = _compiled(_pattern(given), _text(given.get("string")))
    if compiled is None:
        return unknown
    content, parts = _text(given.get("string")), parts_of(*given.values())

    def match(one: Any) -> Value:
        made = Instance(External("re.Match"), None, unknown.at, unknown.trace)
        made.data = (one, parts)
        return made

    if name == "finditer":
        return List(tuple(match(one) for one in compiled.finditer(content)), (), "generator")
    if name == "sub" and not isinstance(given.get("repl"), Text):
        return _replaced(machine, compiled, given, match, unknown)
    try:
        result: Any = getattr(compiled, name)(*_rest(name, given, content))
    except Exception:  # noqa: BLE001 - what this engine does not take
        return unknown
    if isinstance(result, list):
        machine.limits.step(len(result))
    if result is None or isinstance(result, (str, list, tuple)):
        return lifted(result, unknown.trace, parts)
    return match(result)


def _compiled(pattern: str, content: str) -> Any:
    """The pattern for this engine; None where it would not take it as Python does."""
    import re2  # noqa: PLC0415 - seldom needed

    options = re2.Options()
    options.log_errors = False
    try:
        content.encode()
        return re2.compile(pattern, options) if _alike(pattern, content) else None
    except Exception:  # noqa: BLE001 - a pattern that this engine does not take
        return None


def _rest(name: str, given: dict[str, Value], content: str) -> list[Any]:
    """The arguments of a compiled pattern's method."""
    number = given.get({"sub": "count", "subn": "count", "split": "maxsplit"}.get(name, ""))
    before = [_text(given.get("repl"))] if name in {"sub", "subn"} else []
    if before and len(before[0]) * len(content) > MOST_REPLACED:
        raise NotPlain(Unknown(TOO_LARGE))
    return [*before, content, *([] if number is None else [plain(number)])]


def _replaced(
    machine: "Machine", compiled: Any, given: dict[str, Value],
    match: Callable[[Any], Value], unknown: Unknown,
) -> Value:  # fmt: skip
    """``re.sub`` with a function that makes what stands in place of each match."""
    content, at, pieces, end = _text(given["string"]), unknown.at or Place(""), [], 0
    if "count" in given or not isinstance(given.get("repl"), (Function, Bound, Host)):
        return unknown
    parts = parts_of(given["string"])
    for one in compiled.finditer(content):
        pieces += [lifted(content[end : one.start()], unknown.trace, parts),
                   machine.invoke(given["repl"], at, match(one))]  # fmt: skip
        end = one.end()
    pieces.append(lifted(content[end:], unknown.trace, parts))
    return concatenated(machine, pieces, at)


def _compile(machine: "Machine", arguments: Arguments) -> Value:
    given = dict(zip(("pattern", "flags"), arguments.positional, strict=False))
    given |= arguments.keywords
    return Instance(External("re.Pattern"), {"pattern": NONE, **given}, arguments.at)


def _method(name: str) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        if "flags" in arguments.keywords:
            return Unknown("a regular expression with flags", arguments.at)
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
                places = match.re.groupindex
                found = dict(sorted(found.items(), key=lambda pair: places[pair[0]]))
            return lifted(found, receiver.trace, parts)
        except Exception:  # noqa: BLE001 - a group that is not there, or not known
            return Unknown("a group of a match", arguments.at)

    return run


def _of_match(name: str) -> AttributeModel:
    def run(machine: "Machine", value: Instance, at: Place) -> Value:
        match, parts = value.data
        return lifted(getattr(match, name), value.trace, parts)

    return run


def _of_pattern(name: str) -> AttributeModel:
    """What Python's own engine tells of a pattern, which nobody searches with it."""

    def run(machine: "Machine", value: Instance, at: Place) -> Value:
        try:
            known = _text(value.slots.values.get("pattern"))
            flags = plain(value.slots.values.get("flags", Constant(0)))
            return lifted(getattr(re.compile(known, flags), name), value.trace)
        except Exception:  # noqa: BLE001 - a pattern that is not known, or none
            return Unknown("what a pattern is", at)

    return run


def _constant(flag: re.RegexFlag) -> ValueModel:
    return lambda machine: lifted(flag)


NAMES = ("match", "search", "fullmatch", "sub", "subn", "findall", "split", "finditer")
TABLE = Table(
    functions={
        **{f"re.{name}": _apply(name) for name in NAMES}, "re.compile": _compile,
        "re.escape": lift(re.escape),
    },
    classes={
        "re.Pattern": LibraryClass(
            methods={name: _method(name) for name in NAMES},
            attributes={"groups": _of_pattern("groups")},
        ),
        "re.Match": LibraryClass(
            methods={
                **{name: _group(name) for name in ("group", "groups", "groupdict", "start", "end",
                                                   "span")},
                "__getitem__": _group("group"),
            },
            attributes={name: _of_match(name) for name in ("string", "lastindex", "lastgroup")},
        ),
    },
    values={f"re.{flag}": _constant(getattr(re, flag)) for flag in (
        "IGNORECASE", "I", "MULTILINE", "M", "DOTALL", "S", "VERBOSE", "X", "ASCII", "A")},
)  # fmt: skip

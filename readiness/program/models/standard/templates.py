"""Texts with names to be filled in: ``string.Template`` and ``os.path.expandvars``."""

import _string  # type: ignore[import-not-found]
import re
import string
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.program.interpreter import inheritance, reads
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.plain import NotPlain, lifted, plain
from readiness.program.models.lifting import arg
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import (
    MISSING,
    Arguments,
    Class,
    Dict,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

TEMPLATE = "string.Template"
_VARIABLE = re.compile(r"\$(\w+|\{[^}]*\})", re.ASCII)


def _piece(value: Text, content: str) -> Text:
    """A stretch of a text, as it stands there."""
    at = value.parts[0].at if value.parts else None
    return text(content, at, value.trace)


def _expanded(machine: "Machine", arguments: Arguments) -> Value:
    """``os.path.expandvars``: what is not set stays as it stands."""
    return machine.each(arg(arguments, 0), lambda one: _with_variables(machine, one, arguments))


def _with_variables(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    known = value.known if isinstance(value, Text) else None
    if known is None or not isinstance(value, Text):
        return Unknown("a text with variables in it", arguments.at, value.trace)
    pieces: list[Value] = []
    end = 0
    for found in _VARIABLE.finditer(known):
        name = found[1].removeprefix("{").removesuffix("}")
        stays = _piece(value, found[0])
        pieces.append(_piece(value, known[end : found.start()]))
        pieces.append(reads.optional(machine, name, arguments.at, stays, None))
        end = found.end()
    return concatenated(machine, [*pieces, _piece(value, known[end:])], arguments.at)


_OWN = ("delimiter", "idpattern", "braceidpattern", "flags", "pattern")


def _pattern(receiver: Instance) -> re.Pattern[str] | None:
    """What a template's names look like, as its class says; None where that is not known."""
    owners = receiver.cls.order if isinstance(receiver.cls, Class) else ()
    said: dict[str, Any] = {}
    for one in reversed(owners):
        held = one.slots.values if isinstance(one, Class) else {}
        said |= {name: held[name] for name in _OWN if name in held}
    if not said:
        return string.Template.pattern
    try:
        own = {name: plain(value) for name, value in said.items()}
        made: re.Pattern[str] = vars(type("Own", (string.Template,), own))["pattern"]
    except Exception:  # noqa: BLE001 - whatever it refuses is not known
        return None
    return made


def _substituted(*, safe: bool) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        held = receiver.slots.values.get("template")
        mapping = machine.library.settled(machine, arg(arguments, 0, Dict()))
        settled, pattern = isinstance(mapping, Dict) and mapping.rest is None, _pattern(receiver)
        settled = settled and pattern is not None
        if not isinstance(held, Text) or held.known is None or arguments.open or not settled:
            return Unknown("a template that is filled", arguments.at, receiver.trace)
        assert isinstance(mapping, Dict)  # noqa: S101 - as above
        assert pattern is not None  # noqa: S101 - as above
        names = {str(key): one for key, one in mapping.slots.values.items()}
        whole = _Whole(pattern, _sign(pattern, receiver), safe=safe)
        return _filled(machine, held, names | arguments.keywords, arguments, whole)

    return run


class _Whole(Struct, frozen=True):
    """How a template is filled: what its names look like, and what an escaped sign becomes."""

    pattern: re.Pattern[str]
    sign: str
    safe: bool


def _sign(pattern: re.Pattern[str], receiver: Instance) -> str:
    if pattern is string.Template.pattern or not isinstance(receiver.cls, Class):
        return "$"
    found = inheritance.find(receiver.cls, "delimiter")
    return getattr(found[0], "known", None) or "$" if found is not None else "$"


def _filled(
    machine: "Machine", held: Text, names: dict[str, Value], arguments: Arguments, whole: _Whole
) -> Value:
    known, at = held.known or "", arguments.at
    pieces: list[Value] = []
    end = 0
    for found in whole.pattern.finditer(known):
        pieces.append(_piece(held, known[end : found.start()]))
        end = found.end()
        name = found["named"] or found["braced"]
        if found["escaped"] is not None:
            pieces.append(_piece(held, whole.sign))
        elif name is not None and names.get(name, MISSING) is not MISSING:
            pieces.append(machine.invoke(External("builtins.str"), at, names[name]))
        elif whole.safe:
            pieces.append(_piece(held, found[0]))
        elif name is None:
            raise machine.error("ValueError", "invalid placeholder", at)
        else:
            raise machine.missing_key(text(name), at)
    return concatenated(machine, [*pieces, _piece(held, known[end:])], at)


def _pieces(machine: "Machine", arguments: Arguments) -> Value:
    """For the stand-in of ``Formatter``: a format, or the name of a field, taken to pieces."""
    try:
        given, is_name = (plain(one) for one in arguments.positional)
        if is_name:
            first, rest = _string.formatter_field_name_split(given)
            return lifted([first, *rest])
        return lifted(list(_string.formatter_parser(given)))
    except (NotPlain, TypeError):
        return Unknown("a format that is not known", arguments.at)
    except ValueError as error:
        raise machine.raised(error, arguments.at) from None


TABLE = Table(
    functions={"os.path.expandvars": _expanded, "__readiness__.pieces_of_format": _pieces},
    classes={
        TEMPLATE: LibraryClass(
            ("template",),
            methods={
                "substitute": _substituted(safe=False),
                "safe_substitute": _substituted(safe=True),
            },
        )
    },
)

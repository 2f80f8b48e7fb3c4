"""Texts with names to be filled in: ``string.Template`` and ``os.path.expandvars``."""

import re
import string
from typing import TYPE_CHECKING

from readiness.program.interpreter import reads
from readiness.program.interpreter.formatting import concatenated
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


def _is_other(receiver: Instance) -> bool:
    """Whether a subclass says that its names look otherwise."""
    owners = receiver.cls.order if isinstance(receiver.cls, Class) else ()
    return any(not {"delimiter", "idpattern", "braceidpattern", "pattern", "flags"}.isdisjoint(
        one.slots.values) for one in owners if isinstance(one, Class))  # fmt: skip


def _substituted(*, safe: bool) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        held = receiver.slots.values.get("template")
        mapping = machine.library.settled(machine, arg(arguments, 0, Dict()))
        settled = isinstance(mapping, Dict) and mapping.rest is None and not _is_other(receiver)
        if not isinstance(held, Text) or held.known is None or arguments.open or not settled:
            return Unknown("a template that is filled", arguments.at, receiver.trace)
        assert isinstance(mapping, Dict)  # noqa: S101 - as above
        names = {str(key): one for key, one in mapping.slots.values.items()}
        return _filled(machine, held, names | arguments.keywords, arguments, safe=safe)

    return run


def _filled(
    machine: "Machine", held: Text, names: dict[str, Value], arguments: Arguments, *, safe: bool
) -> Value:
    known, at = held.known or "", arguments.at
    pieces: list[Value] = []
    end = 0
    for found in string.Template.pattern.finditer(known):
        pieces.append(_piece(held, known[end : found.start()]))
        end = found.end()
        name = found["named"] or found["braced"]
        if found["escaped"] is not None:
            pieces.append(_piece(held, "$"))
        elif name is not None and names.get(name, MISSING) is not MISSING:
            pieces.append(machine.invoke(External("builtins.str"), at, names[name]))
        elif safe:
            pieces.append(_piece(held, found[0]))
        elif name is None:
            raise machine.error("ValueError", "invalid placeholder", at)
        else:
            raise machine.missing_key(text(name), at)
    return concatenated(machine, [*pieces, _piece(held, known[end:])], at)


TABLE = Table(
    functions={"os.path.expandvars": _expanded},
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

"""``str.format``, so that a secret in a field stays a part of its own."""

import re
from typing import TYPE_CHECKING

from readiness.program.interpreter.formatting import concatenated, formatted
from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import given
from readiness.program.values import (
    Arguments,
    Part,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
_PART = re.compile(r"^[^.\[]*|\.[^.\[]+|\[[^\]]*\]")


def put_in(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``str.format`` with simple fields, so that a secret in it stays a part of its own."""
    import string  # noqa: PLC0415 - seldom needed

    template = getattr(receiver, "known", None)
    if template is None:
        return Unknown("a format that is not known", arguments.at, receiver.trace)
    pieces: list[Value] = []
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        raise machine.raised(error, arguments.at) from None
    number = 0
    for before, name, spec, conversion in fields:
        machine.limits.step()
        if before:
            at = receiver.parts[0].at if isinstance(receiver, Text) else None
            pieces.append(Text((Part(before, at, literal=True),), receiver.trace))
        if name is not None:
            wanted = _specification(machine, spec or "", arguments)
            pieces.append(machine.each(wanted, lambda one: _field(
                machine, name, conversion, one, arguments, number)))  # noqa: B023 - called at once  # fmt: skip
            number += not name or not (name[0].isdigit() or name[0].isidentifier())
    return concatenated(machine, pieces, arguments.at)


def _specification(machine: "Machine", spec: str, arguments: Arguments) -> Value:
    """How a field is shown, which other fields may say: ``{:>{width}}``."""
    if "{" not in spec:
        return Text((Part(spec),))
    if "{}" in spec or "{:" in spec or "{!" in spec:
        return Unknown("a format within a format", arguments.at)
    return put_in(machine, Text((Part(spec),)), arguments)


def _name_split(name: str) -> tuple[int | str, list[tuple[bool, int | str]]]:
    """A field's name: its first part, then attributes and items."""
    first, *rest = _PART.findall(name) or [name]
    found: list[tuple[bool, int | str]] = []
    for piece in rest:
        key = piece[1:].removesuffix("]")
        is_item = piece.startswith("[")
        found.append((not is_item, int(key) if is_item and key.isdigit() else key))
    return int(first) if first.isdigit() else first, found


def _field(  # noqa: PLR0917 - a field has a name, a conversion and a format
    machine: "Machine", name: str, conversion: str | None, spec: Value, arguments: Arguments,
    number: int,
) -> Value:  # fmt: skip
    first, rest = _name_split(name)
    value: Value | None
    if first == "" or isinstance(first, int):
        index = number if isinstance(first, str) else first
        given = arguments.positional
        if index >= len(given):
            raise machine.error("IndexError", "no such argument of a format", arguments.at)
        value = given[index]
    elif first in arguments.keywords:
        value = arguments.keywords[first]
    elif arguments.open is not None:
        return Unknown("a field of a format", arguments.at)
    else:
        raise machine.missing_key(Text((Part(first),)), arguments.at)
    for is_attribute, key in rest:
        if is_attribute:
            value = machine.attribute(value, str(key), arguments.at)
        else:
            value = machine.item(value, lifted(key), arguments.at)
    how = -1 if conversion is None else ord(conversion)
    return machine.each(value, lambda one: formatted(
        machine, one, spec, how, arguments.at))  # fmt: skip


def put_in_from(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``str.format_map``."""
    import string  # noqa: PLC0415 - seldom needed

    held, template = given(arguments, 0), getattr(receiver, "known", None)
    if template is None:
        return Unknown("a format that is not known", arguments.at, receiver.trace)
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    except ValueError as error:
        raise machine.raised(error, arguments.at) from None
    names = {str(_name_split(field)[0]) for field in fields}
    found = {name: machine.item(held, Text((Part(name),)), arguments.at) for name in names}
    return put_in(machine, receiver, Arguments((), found, arguments.at))

"""Texts made of parts, and values as they stand in texts."""

import re
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program.interpreter.choices import mapped, size
from readiness.program.interpreter.limits import (
    LONGEST_TEXT,
)
from readiness.program.interpreter.plain import (
    NotPlain,
    holds_members,
    is_data,
    is_member,
    plain,
)
from readiness.program.provenance import joined
from readiness.program.values import (
    Choice,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    birth,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


WIDE = re.compile(r"\d{5}")


MOST_PARTS = 200


def concatenated_texts(texts: list[Text]) -> Value:
    """One text of several, empty parts left out."""
    parts = tuple(part for one in texts for part in one.parts if part.text != "")
    if sum(len(part.text or "") for part in parts) > LONGEST_TEXT:
        return Unknown("a text that is too long", parts[0].at)
    if len(parts) > MOST_PARTS:
        parts = _fewer(parts)
    if len(parts) > MOST_PARTS * 4:
        return Unknown("a text that is too long", parts[0].at)
    return Text(parts or (Part(""),), joined((), *(one.trace for one in texts)))


def concatenated(machine: "Machine", pieces: list[Value], at: Place) -> Value:
    """One text of several; where one is not a known text it is a text with a gap.

    Piece by piece, so that what has too many possibilities is given up on the way.
    """
    if not any(isinstance(piece, Choice) for piece in pieces):
        return concatenated_texts([_as_text(piece, at) for piece in pieces])
    made: Value = Text(())
    for piece in pieces:
        machine.limits.step(size(made))
        made = mapped(made, lambda one: _longer(one, piece, at))  # noqa: B023 - called at once
    return made


def _longer(made: Value, piece: Value, at: Place) -> Value:
    return mapped(piece, lambda one: concatenated_texts([_as_text(made, at), _as_text(one, at)]))


def _fewer(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Join neighbouring parts that all are literals of the code."""
    kept: list[Part] = []
    for literal, found in groupby(parts, key=lambda part: part.literal):
        several = list(found)
        if literal:
            joint = "".join(part.text or "" for part in several)
            several = [replace(several[0], text=joint)]
        kept += several
    return tuple(kept)


def _as_text(value: Value, at: Place) -> Text:
    if isinstance(value, Instance) and is_data(value):
        value = value.data
    if isinstance(value, Text):
        return value
    number = value.number if isinstance(value, Unknown) else birth()
    return Text((Part(None, at, key=f"unknown {number}"),), value.trace)


def _of_container(
    machine: "Machine", value: Value, spec: Value | None, conversion: int, at: Place
) -> Value:
    """A list, tuple or dictionary that holds objects, in an f-string; a gap for all else.

    A text that is filled up, cut or quoted need have none of its parts where it stood.
    """
    if isinstance(value, Text):
        value = Unknown("a text that is formatted", at, value.trace)
    if conversion == ord("a") or not isinstance(value, (Tuple, List, Dict)):
        return _as_text(value, at)
    shown = machine.invoke(External("builtins.repr"), at, value)
    plain_spec = spec is None or (isinstance(spec, Text) and spec.known == "")
    return mapped(shown, lambda one: _as_text(one, at)) if plain_spec else _as_text(value, at)


def _told(
    machine: "Machine", value: Instance, spec: Value | None, conversion: int, at: Place
) -> Value | None:
    """What an object says itself of how it is formatted; None where its text counts."""
    if conversion == -1:
        own = machine.library.find_method(machine, value, "__format__", at)
        if own is not None:
            return machine.invoke(own, at, spec or Text((Part(""),)))
        as_member = machine.library.formatted(machine, value, at)
        return as_member and formatted(machine, as_member, spec, conversion, at)
    if conversion in {ord("r"), ord("a")} and (not is_data(value) or is_member(value)):
        as_repr = machine.invoke(External("builtins.repr"), at, value)
        return formatted(machine, as_repr, spec, ord("s"), at)
    return None


def formatted(
    machine: "Machine", value: Value, spec: Value | None, conversion: int, at: Place
) -> Value:
    """A value in an f-string."""
    if isinstance(value, Choice):
        return mapped(value, lambda one: formatted(machine, one, spec, conversion, at))
    plain_spec = spec is None or (isinstance(spec, Text) and spec.known == "")
    if isinstance(value, Text) and plain_spec and conversion in {-1, ord("s")}:
        return value
    if isinstance(value, Instance):
        told = _told(machine, value, spec, conversion, at)
        if told is not None:
            return told
        value = machine.library.as_text(machine, value, at)
    try:
        if holds_members(value):
            raise NotPlain(value)  # noqa: TRY301 - as below
        shown = plain(value)
        shown = {ord("r"): repr, ord("a"): ascii}.get(conversion, lambda one: one)(shown)
        how = plain(spec) if spec is not None else ""
        if WIDE.search(how):
            raise NotPlain(Unknown("a text that is too long"))  # noqa: TRY301 - the error is the one below
        content = format(shown, how)
    except NotPlain:
        return _of_container(machine, value, spec, conversion, at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, at) from None
    variable = value.parts[0].variable if isinstance(value, Text) else None
    return Text((Part(content, at, variable, literal=not value.trace),), value.trace)

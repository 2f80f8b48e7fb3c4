"""The methods of texts; where a text is not wholly known, what its known parts still say."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.interpreter import iterables
from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.choices import literal
from readiness.program.interpreter.formatting import concatenated, formatted
from readiness.program.interpreter.plain import NotPlain, lifted
from readiness.program.interpreter.traces import describe
from readiness.program.interpreter.truths import subject_key
from readiness.program.models.lifting import given
from readiness.program.models.python.partial_texts import changed, stripped, unknown_text
from readiness.program.values import (
    Arguments,
    Choice,
    Condition,
    Constant,
    Dict,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_PURE = [
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isspace",
    "istitle",
    "isupper",
    "ljust",
    "lower",
    "lstrip",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "isprintable",
    "translate",
    "__add__",
    "__mul__",
    "title",
    "upper",
    "zfill",
    "__len__",
    "__contains__",
    "__eq__",
]
_PART = re.compile(r"^[^.\[]*|\.[^.\[]+|\[[^\]]*\]")
_BY_PART = frozenset({"lower", "upper", "casefold", "swapcase"})
_STRIPS = frozenset({"strip", "lstrip", "rstrip"})
_QUICK = frozenset({"startswith", "endswith", "__len__", "__eq__"})


def _method(name: str) -> Callable[["Machine", Value, Arguments], Value]:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        for index, value in enumerate(arguments.positional):
            if isinstance(value, Choice):
                before, after = arguments.positional[:index], arguments.positional[index + 1 :]
                return machine.each(
                    value,
                    lambda one: run(machine, receiver, replace(
                        arguments, positional=(*before, one, *after))),  # noqa: B023 - called before the next round
                )  # fmt: skip
        if name not in _QUICK:
            machine.limits.hand(receiver)
        try:
            method = getattr(str, name)
            return pure(method, receiver, *arguments.positional, **arguments.keywords)
        except NotPlain:
            if name in {"index", "rindex"}:
                missing = machine.exception("ValueError", "substring not found", arguments.at)
                machine.may_fail("looking into a text", arguments.at, missing)
            return _partly(name, receiver, arguments)
        except Exception as error:  # noqa: BLE001 - as the code would see it
            raise machine.raised(error, arguments.at) from None

    return run


def _partly(name: str, receiver: Value, arguments: Arguments) -> Value:
    """The answer for a text that is not wholly known."""
    assert isinstance(receiver, Text)  # noqa: S101 - for the type checker
    if name in _BY_PART and not arguments.positional:
        return _by_part(name, receiver)
    if name in _STRIPS and not arguments.positional:
        whole = stripped(name, receiver)
        return unknown_text(receiver, arguments) if whole is None else whole
    given = arguments.positional[0] if arguments.positional else None
    if name in {"startswith", "endswith"} and given is not None:
        return _edge(name, receiver, given, arguments)
    if name in {"replace", "removeprefix", "removesuffix"}:
        return changed(name, receiver, arguments)
    return unknown_text(receiver, arguments)


def _by_part(name: str, receiver: Text) -> Text:
    parts = tuple(
        replace(part, key=f"{part.key}.{name}") if part.text is None
        else replace(part, text=getattr(part.text, name)())
        for part in receiver.parts
    )  # fmt: skip
    return Text(parts, receiver.trace)


def _edge(name: str, receiver: Text, given: Value, arguments: Arguments) -> Value:
    """``startswith`` and ``endswith`` by the known end of the text."""
    wanted = given.items if isinstance(given, Tuple) else (given,)
    known = receiver.parts[0 if name == "startswith" else -1].text
    words = [one.known for one in wanted if isinstance(one, Text)]
    if known is not None and None not in words:
        if any(getattr(known, name)(word) for word in words):
            return boolean(value=True, trace=receiver.trace)
        if all(word is not None and len(word) <= len(known) for word in words):
            return boolean(value=False, trace=receiver.trace)
    key = (name, subject_key(receiver), tuple(map(str, words)))
    what = describe(f"the text {name} {words}", receiver)
    return literal(Condition(key, what, arguments.at), truth=True)


def _join(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    content = machine.content(given(arguments, 0), arguments.at)
    return machine.each(content, lambda one: _joined(machine, receiver, one, arguments))


def _joined(machine: "Machine", receiver: Value, held: Value, arguments: Arguments) -> Value:
    if not isinstance(held, Tuple):
        reason = held.reason if isinstance(held, Unknown) else "items that are not known"
        return Unknown(reason, arguments.at, held.trace)
    found = held.items
    for one in found:
        if isinstance(one, (Constant, Tuple, List, Dict)):
            raise machine.error("TypeError", "only texts can be joined", arguments.at)
    if iterables.unordered(arguments.positional[0]):
        return Unknown(iterables.NO_ORDER, arguments.at)
    pieces: list[Value] = []
    for index, item in enumerate(found):
        pieces += [receiver, item] if index else [item]
    return concatenated(machine, pieces, arguments.at)


def _format(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
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
    return _format(machine, Text((Part(spec),)), arguments)


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


def _format_map(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
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
    return _format(machine, receiver, Arguments((), found, arguments.at))


def _itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The text of an URL that pydantic has checked."""
    return receiver


TEXTS: dict[str, Callable[["Machine", Value, Arguments], Value]] = {
    **{name: _method(name) for name in _PURE}, "unicode_string": _itself,
    "join": _join, "format": _format, "format_map": _format_map,
}  # fmt: skip


def bytes_method(machine: "Machine", receiver: Value, name: str, arguments: Arguments) -> Value:
    """A method of bytes."""
    try:
        return pure(getattr(bytes, name), receiver, *arguments.positional)
    except NotPlain:
        return Unknown("bytes that are not known", arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, arguments.at) from None

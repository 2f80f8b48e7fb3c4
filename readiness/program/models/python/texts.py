"""The methods of texts; where a text is not wholly known, what its known parts still say."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.interpreter import iterables
from readiness.program.interpreter.applying import pure
from readiness.program.interpreter.choices import literal
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.plain import NotPlain
from readiness.program.interpreter.traces import describe
from readiness.program.interpreter.truths import subject_key
from readiness.program.models.lifting import given
from readiness.program.models.python.partial_texts import changed, stripped, unknown_text
from readiness.program.models.python.text_formats import put_in, put_in_from
from readiness.program.values import (
    Arguments,
    Choice,
    Condition,
    Constant,
    Dict,
    List,
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


def _itself(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The text of an URL that pydantic has checked."""
    return receiver


TEXTS: dict[str, Callable[["Machine", Value, Arguments], Value]] = {
    **{name: _method(name) for name in _PURE}, "unicode_string": _itself,
    "join": _join, "format": put_in, "format_map": put_in_from,
}  # fmt: skip


def bytes_method(machine: "Machine", receiver: Value, name: str, arguments: Arguments) -> Value:
    """A method of bytes."""
    try:
        return pure(getattr(bytes, name), receiver, *arguments.positional, **arguments.keywords)
    except NotPlain:
        return Unknown("bytes that are not known", arguments.at)
    except Exception as error:  # noqa: BLE001 - as the code would see it
        raise machine.raised(error, arguments.at) from None

"""``configparser``: what is read into a parser of the library itself."""

from collections.abc import Callable
from configparser import (
    BasicInterpolation,
    ConfigParser,
    Error,
    ExtendedInterpolation,
    Interpolation,
    RawConfigParser,
)
from typing import TYPE_CHECKING, Any

from readiness.program.interpreter import inheritance
from readiness.program.interpreter.limits import LONGEST_TEXT
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.standard.files import contents, path_of
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PARSER = "configparser.ConfigParser"
RAW = "configparser.RawConfigParser"
NOT_READ = "a configuration file that is not known"


class TooLong(Exception):  # noqa: N818 - an answer about a value
    """The references of a value make it longer than an answer is worth."""


class _Bounded:
    """An interpolation that gives up what grows without end."""

    def _interpolate_some(self, parser: Any, option: str, accum: list[str], *rest: Any) -> None:
        if sum(map(len, accum)) > LONGEST_TEXT:
            raise TooLong
        super()._interpolate_some(parser, option, accum, *rest)  # type: ignore[misc]


class _Basic(_Bounded, BasicInterpolation):
    """``%(name)s``."""


class _Extended(_Bounded, ExtendedInterpolation):
    """``${name}``."""


_TOLD = frozenset({"allow_no_value", "delimiters", "comment_prefixes", "inline_comment_prefixes",
                   "strict", "empty_lines_in_values", "default_section"})  # fmt: skip


def _interpolation(given: Value | None, *, raw: bool) -> Interpolation | None:
    """What resolves references; raises `NotPlain` for one that is not known."""
    if given is None:
        return None if raw else _Basic()
    if isinstance(given, Constant) and given.value is None:
        return None
    name = getattr(given.cls, "name", "") if isinstance(given, Instance) else ""
    if name not in _INTERPOLATIONS:
        raise NotPlain(given)
    return _INTERPOLATIONS[name]()


_INTERPOLATIONS: dict[str, Callable[[], Interpolation]] = {
    "configparser.BasicInterpolation": _Basic, "configparser.ExtendedInterpolation": _Extended,
}  # fmt: skip


def build_parser(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """A parser of the library's own, which resolves references as the code asks for."""
    given = arguments.keywords.get("interpolation")
    raw = instance.cls == External(RAW)
    try:
        filling = _interpolation(given, raw=raw)
        told = {name: plain(one) for name, one in arguments.keywords.items() if name in _TOLD}
        kind = RawConfigParser if raw else ConfigParser
        instance.data = kind(interpolation=filling, **told)
    except (NotPlain, TypeError, ValueError):
        forget(instance)
        return
    defaults = arguments.keywords.get("defaults")
    if isinstance(defaults, Dict):
        _fill(machine, instance, Dict({"DEFAULT": defaults}, {"DEFAULT": text("DEFAULT")}))


def parser_of(receiver: Value) -> RawConfigParser | None:
    """The library's own parser; None where something unknown was read into it."""
    data = receiver.data if isinstance(receiver, Instance) else None
    if not isinstance(data, RawConfigParser) or not isinstance(receiver, Instance):
        return None
    if isinstance(receiver.cls, Class):
        own = inheritance.find(receiver.cls, "optionxform")
        if own is not None and isinstance(own[1], Class):
            return None
    spelled = receiver.slots.values.get("optionxform")
    if spelled is not None:
        known = _SPELLINGS.get(getattr(spelled, "name", ""))
        if known is None:
            return None
        data.optionxform = known  # type: ignore[method-assign, assignment]
    return data


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "builtins.str": str, "builtins.str.lower": str.lower, "builtins.str.upper": str.upper,
}  # fmt: skip


def forget(receiver: Value) -> None:
    """Something unknown was done to a parser."""
    if isinstance(receiver, Instance):
        receiver.data = False


def take_files(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``read``: files that are not there are passed over."""
    given = arguments.get("filenames", 0) or NONE
    several = isinstance(given, (List, Tuple))
    found = machine.iterate(given, arguments.at) if several else [given]
    read: list[Value] = []
    for one in found if isinstance(found, list) else []:
        path = path_of(machine, one)
        if path is not None and path not in machine.written:
            _take(machine, receiver, contents(machine, path))
            read.append(one)
        elif path is not None or not _is_absent(one):
            forget(receiver)
    if not isinstance(found, list):
        forget(receiver)
    return List(tuple(read))


def _is_absent(value: Value) -> bool:
    """Whether a path means a file of the project that is not there, which is passed over."""
    name = getattr(value.data if isinstance(value, Instance) else value, "known", None)
    return isinstance(name, str) and not name.startswith(("/", "~"))


def _take(machine: "Machine", receiver: Value, content: Value) -> None:
    parser = parser_of(receiver)
    if parser is None or machine.state.assumed or not isinstance(content, Text):
        forget(receiver)
        return
    try:
        parser.read_string(content.known or "")
    except Error:
        forget(receiver)


def take_string(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``read_string``."""
    given = arguments.positional[0] if arguments.positional else NONE
    _take(machine, receiver, given)
    return NONE


def take_file(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``read_file``: an open file of the project."""
    given = arguments.positional[0] if arguments.positional else NONE
    held = given.data if isinstance(given, Instance) else None
    _take(machine, receiver, contents(machine, held) if isinstance(held, str) else NONE)
    return NONE


def _fill(machine: "Machine", receiver: Value, given: Value) -> None:
    parser = parser_of(receiver)
    try:
        entries = plain(given)
    except NotPlain:
        forget(receiver)
        return
    if parser is None or machine.state.assumed or not isinstance(entries, dict):
        forget(receiver)
        return
    parser.read_dict(entries)


def take_dictionary(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``read_dict``."""
    _fill(machine, receiver, arguments.positional[0] if arguments.positional else NONE)
    return NONE

"""``configparser``: files of the project, read by the library itself."""

from collections.abc import Callable
from configparser import (
    BasicInterpolation,
    ConfigParser,
    Error,
    ExtendedInterpolation,
    RawConfigParser,
)
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.limits import LONGEST_TEXT
from readiness.program.interpreter.plain import TOO_LARGE, NotPlain, plain
from readiness.program.models.standard.files import contents, path_of
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

PARSER = "configparser.ConfigParser"
RAW = "configparser.RawConfigParser"
SECTION = "configparser.SectionProxy"
NOT_READ = "a configuration file that is not known"


class _TooLong(Exception):  # noqa: N818 - an answer about a value
    """The references of a value make it longer than an answer is worth."""


class _Bounded:
    """An interpolation that gives up what grows without end."""

    def _interpolate_some(self, parser: Any, option: str, accum: list[str], *rest: Any) -> None:
        if sum(map(len, accum)) > LONGEST_TEXT:
            raise _TooLong
        super()._interpolate_some(parser, option, accum, *rest)  # type: ignore[misc]


class _Basic(_Bounded, BasicInterpolation):
    """``%(name)s``."""


class _Extended(_Bounded, ExtendedInterpolation):
    """``${name}``."""


def _build(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    interpolation = arguments.keywords.get("interpolation")
    extended = isinstance(interpolation, Instance)
    raw = isinstance(interpolation, Constant) or (
        interpolation is None and instance.cls == External(RAW)
    )
    kind = RawConfigParser if raw else ConfigParser
    filling = _Extended() if extended else _Basic()
    instance.data = kind() if raw else kind(interpolation=filling)
    defaults = arguments.keywords.get("defaults")
    if isinstance(defaults, Dict):
        _fill(machine, instance, Dict({"DEFAULT": defaults}, {"DEFAULT": text("DEFAULT")}))


def _parser(receiver: Value) -> RawConfigParser | None:
    """The library's own parser; None where something unknown was read into it."""
    data = receiver.data if isinstance(receiver, Instance) else None
    if not isinstance(data, RawConfigParser) or not isinstance(receiver, Instance):
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


def _forget(receiver: Value) -> None:
    if isinstance(receiver, Instance):
        receiver.data = False


def _read(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
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
            _forget(receiver)
    if not isinstance(found, list):
        _forget(receiver)
    return List(tuple(read))


def _is_absent(value: Value) -> bool:
    """Whether a path means a file of the project that is not there, which is passed over."""
    name = getattr(value.data if isinstance(value, Instance) else value, "known", None)
    return isinstance(name, str) and not name.startswith(("/", "~"))


def _take(machine: "Machine", receiver: Value, content: Value) -> None:
    parser = _parser(receiver)
    if parser is None or machine.state.assumed or not isinstance(content, Text):
        _forget(receiver)
        return
    try:
        parser.read_string(content.known or "")
    except Error:
        _forget(receiver)


def _read_string(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    given = arguments.positional[0] if arguments.positional else NONE
    _take(machine, receiver, given)
    return NONE


def _read_file(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    given = arguments.positional[0] if arguments.positional else NONE
    held = given.data if isinstance(given, Instance) else None
    _take(machine, receiver, contents(machine, held) if isinstance(held, str) else NONE)
    return NONE


def _fill(machine: "Machine", receiver: Value, given: Value) -> None:
    parser = _parser(receiver)
    try:
        entries = plain(given)
    except NotPlain:
        _forget(receiver)
        return
    if parser is None or machine.state.assumed or not isinstance(entries, dict):
        _forget(receiver)
        return
    parser.read_dict(entries)


def _read_dict(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _fill(machine, receiver, arguments.positional[0] if arguments.positional else NONE)
    return NONE


def _looked_up(method: str) -> MethodModel:
    """``get(section, option, fallback=…)`` and its kin."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        parser = _parser(receiver)
        names = [getattr(one, "known", None) for one in arguments.positional[:2]]
        raw = getattr(arguments.keywords.get("raw", FALSE), "value", None)
        unclear = raw is None or "vars" in arguments.keywords
        if parser is None or None in names or len(names) != 2 or unclear:  # noqa: PLR2004 - section, option
            return Unknown(NOT_READ, arguments.at)
        section, option = str(names[0]), str(names[1])
        trace = arguments.positional[0].trace or arguments.positional[1].trace
        if "fallback" in arguments.keywords and not parser.has_option(section, option):
            return arguments.keywords["fallback"]
        try:
            found = getattr(parser, method)(section, option, raw=raw)
        except _TooLong:
            return Unknown(TOO_LARGE, arguments.at, trace)
        except (Error, ValueError) as error:
            name = type(error).__name__
            full = f"configparser.{name}" if isinstance(error, Error) else name
            raise machine.error(full, str(error), arguments.at, trace) from None
        if isinstance(found, str):
            return text(found, Place(arguments.at.path, arguments.at.line), trace)
        return Constant(found, trace)

    return run


def _of_section(method: str) -> MethodModel:
    """The same of one section: ``section.getboolean(option, fallback)``."""
    inner = _looked_up(method)

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
        parser, name = receiver.slots.values["parser"], receiver.slots.values["name"]
        keywords = dict(arguments.keywords)
        if len(arguments.positional) > 1:
            keywords["fallback"] = arguments.positional[1]
        keywords.setdefault("fallback", NONE)
        whole = Arguments((name, *arguments.positional[:1]), keywords, arguments.at)
        return inner(machine, parser, whole)

    return run


def _section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    parser, name = _parser(receiver), getattr(arguments.positional[0], "known", None)
    if parser is None or name is None:
        return Unknown(NOT_READ, arguments.at)
    if name not in parser:
        raise machine.error("KeyError", f"'{name}'", arguments.at, arguments.positional[0].trace)
    held = {"parser": receiver, "name": arguments.positional[0]}
    return Instance(External(SECTION), held, arguments.at)


def _option(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``section[option]``, which raises where there is none."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    parser, name = _parser(held["parser"]), getattr(held["name"], "known", "")
    option = getattr(arguments.positional[0], "known", None)
    if parser is not None and option is not None and not parser.has_option(name, option):
        raise machine.error("KeyError", f"'{option}'", arguments.at)
    whole = Arguments((held["name"], arguments.positional[0]), {}, arguments.at)
    return _looked_up("get")(machine, held["parser"], whole)


def _has_section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    parser, name = _parser(receiver), getattr(arguments.positional[0], "known", None)
    if parser is None or name is None:
        return Unknown(NOT_READ, arguments.at)
    return boolean(value=name in parser, trace=arguments.positional[0].trace)


def _has_option(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    parser = _parser(receiver)
    names = [getattr(one, "known", None) for one in arguments.positional[:2]]
    if parser is None or None in names:
        return Unknown(NOT_READ, arguments.at)
    return TRUE if parser.has_option(str(names[0]), str(names[1])) else FALSE


def _has_key(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    whole = Arguments((held["name"], *arguments.positional), {}, arguments.at)
    return _has_option(machine, held["parser"], whole)


def _sections(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    parser = _parser(receiver)
    if parser is None:
        return Unknown(NOT_READ, arguments.at)
    return List(tuple(text(name) for name in parser.sections()))


def _entries(machine: "Machine", receiver: Value, at: Place) -> Dict | None:
    """All options of a section, the defaults among them; None where they are not known."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    parser, name = _parser(held["parser"]), getattr(held["name"], "known", None)
    if parser is None or name is None:
        return None
    options = parser.options(name) if parser.has_section(name) else list(parser.defaults())
    look = _looked_up("get")
    entries = {one: look(machine, held["parser"], Arguments((held["name"], text(one)), {}, at))
               for one in options}  # fmt: skip
    return Dict(entries, {one: text(one) for one in entries})


def _view_of(method: str) -> MethodModel:
    """``section.items()`` and its kin, as those of a dictionary."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        entries = _entries(machine, receiver, arguments.at)
        if entries is None:
            return Unknown(NOT_READ, arguments.at)
        if method == "__iter__":
            return List(tuple(entries.keys.values()))
        return machine.call(machine.attribute(entries, method, arguments.at), arguments)

    return run


def _items_of(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parser.items(section)``: its options; without one, all sections."""
    if not arguments.positional:
        return Unknown("the sections of a configuration file", arguments.at)
    section = _section(machine, receiver, arguments)
    if not isinstance(section, Instance):
        return section
    entries = _entries(machine, section, arguments.at)
    if entries is None:
        return Unknown(NOT_READ, arguments.at)
    pairs = (Tuple((key, entries.slots.values[name])) for name, key in entries.keys.items())
    return List(tuple(pairs))


def _options(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    section = _section(machine, receiver, arguments)
    if not isinstance(section, Instance):
        return section
    return _view_of("__iter__")(machine, section, Arguments((), {}, arguments.at))


_VIEWS = ("items", "keys", "values", "__iter__")
_GETTERS = ("get", "getint", "getfloat", "getboolean")
_OF_PARSERS = LibraryClass(("defaults",), build=_build, methods={
    "read": _read, "read_string": _read_string, "read_file": _read_file,
    "read_dict": _read_dict, "__getitem__": _section, "__contains__": _has_section,
    "has_section": _has_section, "has_option": _has_option, "sections": _sections,
    "items": _items_of, "options": _options, "__iter__": _sections,
    **{name: _looked_up(name) for name in _GETTERS}})  # fmt: skip
TABLE = Table(
    classes={
        PARSER: _OF_PARSERS, RAW: _OF_PARSERS,
        SECTION: LibraryClass(methods={
            "__getitem__": _option, "__contains__": _has_key,
            **{name: _of_section(name) for name in _GETTERS},
            **{name: _view_of(name) for name in _VIEWS}}),
        "configparser.ExtendedInterpolation": LibraryClass(),
    },
    aliases={"configparser.SafeConfigParser": PARSER},
)  # fmt: skip

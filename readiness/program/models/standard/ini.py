"""``configparser``: what a parser says of its sections and options."""

from configparser import (
    Error,
)
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.plain import TOO_LARGE
from readiness.program.models.standard.ini_changes import (
    changed,
    defaults,
    drop_option,
    drop_section,
    put_option,
    put_section,
)
from readiness.program.models.standard.ini_files import (
    NOT_READ,
    PARSER,
    RAW,
    TooLong,
    build_parser,
    parser_of,
    take_dictionary,
    take_file,
    take_files,
    take_string,
)
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
    Tuple,
    Unknown,
    Value,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
SECTION = "configparser.SectionProxy"


def _looked_up(method: str) -> MethodModel:
    """``get(section, option, fallback=…)`` and its kin."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        parser = parser_of(receiver)
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
        except TooLong:
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
    parser, name = parser_of(receiver), getattr(arguments.positional[0], "known", None)
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
    parser, name = parser_of(held["parser"]), getattr(held["name"], "known", "")
    option = getattr(arguments.positional[0], "known", None)
    if parser is not None and option is not None and not parser.has_option(name, option):
        raise machine.error("KeyError", f"'{option}'", arguments.at)
    whole = Arguments((held["name"], arguments.positional[0]), {}, arguments.at)
    return _looked_up("get")(machine, held["parser"], whole)


def _has_section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    parser, name = parser_of(receiver), getattr(arguments.positional[0], "known", None)
    if parser is None or name is None:
        return Unknown(NOT_READ, arguments.at)
    return boolean(value=name in parser, trace=arguments.positional[0].trace)


def _has_option(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    parser = parser_of(receiver)
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
    parser = parser_of(receiver)
    if parser is None:
        return Unknown(NOT_READ, arguments.at)
    return List(tuple(text(name) for name in parser.sections()))


def _names(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """What walking through a parser gives: the section of the defaults comes first."""
    parser = parser_of(receiver)
    if parser is None:
        return Unknown(NOT_READ, arguments.at)
    return List(tuple(text(name) for name in parser))


def _entries(machine: "Machine", receiver: Value, at: Place) -> Dict | None:
    """All options of a section, the defaults among them; None where they are not known."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    parser, name = parser_of(held["parser"]), getattr(held["name"], "known", None)
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
_CHANGING = ("add_section", "set", "remove_section", "remove_option", "clear")
_GETTERS = ("get", "getint", "getfloat", "getboolean")
_OF_PARSERS = LibraryClass(("defaults",), build=build_parser, methods={
    "read": take_files, "read_string": take_string, "read_file": take_file,
    "read_dict": take_dictionary, "__getitem__": _section, "__contains__": _has_section,
    "has_section": _has_section, "has_option": _has_option, "sections": _sections,
    "items": _items_of, "options": _options, "__iter__": _names, "keys": _names,
    "__setitem__": put_section, "__delitem__": drop_section, "defaults": defaults,
    **{name: changed(name) for name in _CHANGING},
    **{name: _looked_up(name) for name in _GETTERS}})  # fmt: skip
TABLE = Table(
    classes={
        PARSER: _OF_PARSERS, RAW: _OF_PARSERS,
        SECTION: LibraryClass(methods={
            "__getitem__": _option, "__contains__": _has_key, "__setitem__": put_option,
            "__delitem__": drop_option,
            **{name: _of_section(name) for name in _GETTERS},
            **{name: _view_of(name) for name in _VIEWS}}),
        "configparser.ExtendedInterpolation": LibraryClass(),
        "configparser.BasicInterpolation": LibraryClass(),
    },
    aliases={"configparser.SafeConfigParser": PARSER},
)  # fmt: skip

"""``configparser``: sections and options that the code itself puts into a parser or takes out."""

from configparser import Error
from typing import TYPE_CHECKING

from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.lifting import arg
from readiness.program.models.standard.ini_files import forget, parser_of
from readiness.program.models.table import MethodModel
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    Dict,
    Instance,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def changed(method: str) -> MethodModel:
    """``add_section``, ``set`` and their kin, by the library itself."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        parser = parser_of(receiver)
        try:
            given = [plain(one) for one in arguments.positional]
            named = {name: plain(one) for name, one in arguments.keywords.items()}
        except NotPlain:
            parser = None
            given, named = [], {}
        if parser is None or machine.state.assumed or arguments.open is not None:
            forget(receiver)
            return Unknown("what a parser of configuration did", arguments.at)
        try:
            found = getattr(parser, method)(*given, **named)
        except (Error, TypeError, ValueError) as error:
            name = type(error).__name__
            full = f"configparser.{name}" if isinstance(error, Error) else name
            raise machine.error(full, str(error), arguments.at) from None
        return Constant(found) if isinstance(found, bool) else NONE

    return run


def put_section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parser[section] = {…}``: what was in it is gone."""
    name, entries = arg(arguments, 0), machine.library.settled(machine, arg(arguments, 1))
    parser = None if machine.state.assumed else parser_of(receiver)
    if parser is None or not isinstance(entries, Dict):
        forget(receiver)
        return NONE
    try:
        parser[plain(name)] = plain(entries)
    except (NotPlain, Error, TypeError, ValueError):
        forget(receiver)
    return NONE


def drop_section(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``del parser[section]``."""
    known = getattr(arg(arguments, 0), "known", None)
    parser = parser_of(receiver)
    if parser is not None and known is not None and not parser.has_section(known):
        raise machine.error("KeyError", f"'{known}'", arguments.at)
    return changed("remove_section")(machine, receiver, arguments)


def put_option(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``section[option] = value``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    whole = Arguments((held["name"], *arguments.positional), {}, arguments.at)
    return changed("set")(machine, held["parser"], whole)


def drop_option(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``del section[option]``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = receiver.slots.values
    whole = Arguments((held["name"], *arguments.positional), {}, arguments.at)
    found = changed("remove_option")(machine, held["parser"], whole)
    if isinstance(found, Constant) and found.value is False:
        raise machine.missing_key(arg(arguments, 0), arguments.at)
    return NONE


def defaults(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``parser.defaults()``."""
    parser = parser_of(receiver)
    if parser is None:
        return Unknown("the defaults of a configuration", arguments.at)
    held = {name: text(value) for name, value in parser.defaults().items()}
    return Dict(held, {name: text(name) for name in held})

"""The levels of loggers: their own, else that of the nearest one above them."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.models.lifting import arg
from readiness.program.models.table import MethodModel, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Constant,
    External,
    Instance,
    List,
    Text,
    Unknown,
    Value,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LOGGER = "logging.Logger"
_LEVELS = logging.getLevelNamesMapping()
_OFF, _ANY = "\0off", "\0any"
"""What all loggers together have: the level that is off, and that a configuration set any."""


def logger(machine: "Machine", arguments: Arguments) -> Value:
    """``logging.getLogger(name)``: the same one for each name."""
    name = arguments.get("name", 0)
    known = name.known if isinstance(name, Text) else None
    if name is None or (isinstance(name, Constant) and name.value is None) or known == "":
        known = "root"
    if known is None:
        return Instance(External(LOGGER), None, arguments.at)
    return _named(machine, known, arguments.at)


def _named(machine: "Machine", name: str, at: Place) -> Instance:
    key = f"\0logger {name}"
    if key not in machine.singletons:
        level = logging.WARNING if name == "root" else logging.NOTSET
        handlers = List(())
        made = Instance(External(LOGGER), {
            "name": text(name), "level": Constant(level), "handlers": handlers,
            "propagate": Constant(value=True), "disabled": Constant(value=False)}, at)  # fmt: skip
        made.slots.born = handlers.slots.born = 0  # there on every way, whoever asks for it first
        machine.singletons[key] = made
    found = machine.singletons[key]
    assert isinstance(found, Instance)  # noqa: S101 - nothing else is put there
    return found


def of_level(machine: "Machine", given: Value, at: Place) -> Value:
    """A level as a number, which may be named."""

    def one(value: Value) -> Value:
        if not isinstance(value, Text) or value.known is None:
            return Unknown("a level", at, value.trace) if isinstance(value, Text) else value
        if value.known not in _LEVELS:
            raise machine.error("ValueError", f"Unknown level: '{value.known}'", at)
        return Constant(_LEVELS[value.known], value.trace)

    return machine.each(given, one)


def set_level(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``logger.setLevel(level)``."""
    given = arguments.get("level", 0) or NONE
    if isinstance(receiver, Instance):
        level = of_level(machine, given, arguments.at)
        machine.state.write(receiver.slots, "level", level)
    return NONE


def configure(machine: "Machine", arguments: Arguments) -> Value:
    """``basicConfig``: the root's level, unless it was configured before."""
    root, level = _named(machine, "root", arguments.at), arguments.keywords.get("level")
    handlers, force = root.slots.values["handlers"], arguments.keywords.get("force")
    content = handlers.slots.values["items"] if isinstance(handlers, List) else NONE
    held = getattr(content, "items", None)
    sure = getattr(force, "value", False) is True or held == ()
    if held and force is None and not any(isinstance(one, Choice) for one in held):
        return NONE
    if level is not None and not (isinstance(level, Constant) and level.value is None):
        found = of_level(machine, level, arguments.at)
        unsure = Unknown("a level that may have been set before", arguments.at)
        machine.state.write(root.slots, "level", found if sure else unsure)
    if isinstance(handlers, List) and sure:
        made = Instance(External("logging.StreamHandler"), None, arguments.at)
        machine.invoke(machine.attribute(handlers, "append", arguments.at), arguments.at, made)
    return NONE


def told(machine: "Machine", arguments: Arguments) -> Value:
    """``logging.warning(…)`` and its kin: the root is configured by then, if it was not."""
    return configure(machine, Arguments((), {}, arguments.at))


def configure_all(machine: "Machine", arguments: Arguments) -> Value:
    """``dictConfig`` and its kin: any logger may have any level afterwards."""
    root = _named(machine, "root", arguments.at)
    machine.state.write(root.slots, _ANY, Unknown("a configuration of loggers", arguments.at))
    return NONE


def switch_off(machine: "Machine", arguments: Arguments) -> Value:
    """``logging.disable(level)``."""
    root = _named(machine, "root", arguments.at)
    level = arguments.get("level", 0) or Constant(logging.CRITICAL)
    machine.state.write(root.slots, _OFF, of_level(machine, level, arguments.at))
    return NONE


def _above(machine: "Machine", receiver: Instance) -> list[Instance]:
    """A logger and those above it that there are, up to the root."""
    name = getattr(receiver.slots.values.get("name"), "known", None) or ""
    pieces = name.split(".")
    names = [".".join(pieces[:size]) for size in range(len(pieces) - 1, 0, -1)]
    held = (machine.singletons.get(f"\0logger {one}") for one in (*names, "root"))
    root = [] if name == "root" else [one for one in held if isinstance(one, Instance)]
    return [receiver, *root]


def _effective(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The first level above a logger that is set."""
    at = arguments.at
    if not isinstance(receiver, Instance) or "level" not in receiver.slots.values:
        return Unknown("the level of a logger", at)
    root = _named(machine, "root", at)
    if _ANY in root.slots.values:
        return Unknown("a level that a configuration may have set", at)

    def first(loggers: list[Instance]) -> Value:
        level = loggers[0].slots.values["level"]
        if len(loggers) == 1:
            return level
        return machine.each(level, lambda one: first(loggers[1:]) if _is_unset(one) else one)

    return first(_above(machine, receiver))


def _is_unset(level: Value) -> bool:
    return isinstance(level, Constant) and level.value == logging.NOTSET


def _enabled(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``logger.isEnabledFor(level)``."""
    at, asked = arguments.at, of_level(machine, arg(arguments, 0), arguments.at)
    off = _named(machine, "root", at).slots.values.get(_OFF, Constant(-1))
    found = _effective(machine, receiver, arguments)

    def one(level: Value, own: Value, least: Value) -> Value:
        numbers = [getattr(each, "value", None) for each in (level, own, least)]
        if not all(isinstance(each, int) for each in numbers):
            return Unknown("whether a logger is told a level", at)
        return boolean(value=numbers[2] < numbers[0] >= numbers[1])  # type: ignore[operator]

    return machine.each(asked, lambda level: machine.each(found, lambda own: machine.each(
        off, lambda least: one(level, own, least))))  # fmt: skip


def _handled(machine: "Machine", receiver: Value, arguments: Arguments, method: str) -> Value:
    """``addHandler`` and ``removeHandler``."""
    held = receiver.slots.values.get("handlers") if isinstance(receiver, Instance) else None
    given = arg(arguments, 0)
    if isinstance(held, List):
        content = getattr(held.slots.values["items"], "items", ())
        there = any(one is given for one in content)
        if there is (method == "remove"):
            machine.invoke(machine.attribute(held, method, arguments.at), arguments.at, given)
    return NONE


def _child(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``logger.getChild(suffix)``."""
    above = receiver.slots.values.get("name") if isinstance(receiver, Instance) else None
    names = [getattr(one, "known", None) for one in (above, arg(arguments, 0))]
    if None in names:
        return receiver
    kept = names[1:] if names[0] == "root" else names
    return _named(machine, ".".join(map(str, kept)), arguments.at)


METHODS: dict[str, MethodModel] = {
    "setLevel": set_level, "isEnabledFor": _enabled, "getEffectiveLevel": _effective,
    "addHandler": partial(_handled, method="append"),
    "removeHandler": partial(_handled, method="remove"), "getChild": _child,
}  # fmt: skip


def _level(level: int, machine: "Machine") -> Value:
    _ = machine
    return Constant(level)


TABLE = Table(
    functions={
        "logging.getLogger": logger, "logging.basicConfig": configure,
        "logging.disable": switch_off, "logging.config.dictConfig": configure_all,
        "logging.config.fileConfig": configure_all,
    },
    values={f"logging.{name}": partial(_level, level) for name, level in _LEVELS.items()},
)  # fmt: skip

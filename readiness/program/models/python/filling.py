"""Classes that a library without a model may fill: with settings, from where nobody sees."""

import re
import sys
from typing import TYPE_CHECKING

from readiness.program.models.python.record_fields import attribute_of, fields_of
from readiness.program.values import (
    Arguments,
    Class,
    Constant,
    External,
    Instance,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_STARTS = ("setting", "conf", "env")


def fill_object(machine: "Machine", base: str, instance: Instance, given: Arguments) -> None:
    """What a class declares with a default may have another value in its objects."""
    if not isinstance(instance.cls, Class) or not _is_strange(machine, base):
        return
    for name in fields_of(instance.cls).keys() - given.keywords.keys():
        if _is_plain(attribute_of(instance.cls, name)):
            machine.state.write(instance.slots, name, _filled(name, base, given))


def fill_class(machine: "Machine", by: Value, cls: Class) -> None:
    """A base or a decorator that is named after settings may fill the class itself."""
    if not isinstance(by, External) or not _is_strange(machine, by.name):
        return
    words = (word.lower() for word in _WORDS.findall(by.name))
    if not any(word.startswith(_STARTS) for word in words):
        return
    for name, value in list(cls.slots.values.items()):
        if isinstance(name, str) and not name.startswith("__") and _is_plain(value):
            machine.state.write(cls.slots, name, _filled(name, by.name, Arguments((), {}, cls.at)))


def _is_strange(machine: "Machine", name: str) -> bool:
    first = name.partition(".")[0]
    return first not in sys.stdlib_module_names and first not in machine.library.first_names


def _is_plain(value: Value | None) -> bool:
    return isinstance(value, Text | Constant)


def _filled(name: str, by: str, given: Arguments) -> Unknown:
    return Unknown(f"{name}, which {by} may fill", given.at)

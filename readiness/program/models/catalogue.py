"""The names that the models know, and which classes they are."""

import builtins
import sys
from copy import copy
from typing import TYPE_CHECKING, Self

from readiness.program.models.python import members
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Class,
    External,
    Instance,
    Slots,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


MOST_NAMES = 20_000
"""The names that are remembered with what they stand for."""


class Catalogue:
    """All tables of models, by full names."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        self.functions = {k: v for table in tables for k, v in table.functions.items()}
        self.classes = {k: v for table in tables for k, v in table.classes.items()}
        self.values = {k: v for table in tables for k, v in table.values.items()}
        self.aliases = {k: v for table in tables for k, v in table.aliases.items()}
        self.recorded = frozenset(name for table in tables for name in table.recorded)
        self.connects = frozenset(name for table in tables for name in table.connects)
        self.copies = {k: v for table in tables for k, v in table.copies.items()}
        self.setters = frozenset(name for table in tables for name in table.setters)
        self.keeps = frozenset(name for table in tables for name in table.keeps)
        self.starts = frozenset(name for table in tables for name in table.starts)
        self.ends = frozenset(name for table in tables for name in table.ends)
        self.moments = frozenset(name for table in tables for name in table.moments)
        self.commands = frozenset(name for table in tables for name in table.commands)
        self.routes = frozenset(name for table in tables for name in table.routes)
        self.supplies = tuple(one for table in tables for one in table.supplies)
        self.optional = frozenset(name for table in tables for name in table.optional)
        self.holding = frozenset(name for table in tables for name in table.holding)
        every = (*self.functions, *self.classes, *self.values)
        self.first_names = frozenset(name.partition(".")[0] for name in every)
        aliased = frozenset(name.partition(".")[0] for name in self.aliases)
        self.modelled = self.first_names | aliased
        self.builtins = frozenset(vars(builtins))
        self._canonical: dict[str, str] = {}
        self.begin()

    def anew(self) -> Self:
        """The same tables for another run, which remembers nothing of this one."""
        made = copy(self)
        made.begin()
        return made

    def begin(self) -> None:
        """Remember nothing of any run."""
        self._caches: dict[int, Slots] = {}
        self._kept: list[Value] = []

    def canonical(self, name: str) -> str:
        """The name under which a thing is modelled."""
        known = self._canonical.get(name)
        if known is None:
            known = self._unaliased(name)
            if len(self._canonical) < MOST_NAMES:
                self._canonical[name] = known
        return known

    def _unaliased(self, name: str) -> str:
        for _ in range(4):
            if name in self.aliases:
                name = self.aliases[name]
                continue
            head, _, tail = name.rpartition(".")
            if head in self.aliases:
                name = f"{self.aliases[head]}.{tail}"
                continue
            break
        return name

    def knows(self, name: str) -> bool:
        """Whether a model tells what a name is."""
        full = self.canonical(name)
        return full in self.functions or full in self.classes or full in self.values

    def shadows(self, machine: "Machine", first: str) -> bool:
        """Whether a first name means the library even if the project has such a folder."""
        if first in self.first_names and first in sys.stdlib_module_names:
            return True
        mark = self.copies.get(first)
        return mark is not None and machine.sources.has_ending(f"{first}/{mark}")

    def star_names(self, module: Value) -> list[str]:
        """The modelled names of a library's module, for ``import *``."""
        if not isinstance(module, External):
            return []
        head = f"{module.name}."
        every = (*self.functions, *self.classes, *self.values, *self.aliases)
        return sorted({name[len(head):] for name in every
                       if name.startswith(head) and "." not in name[len(head):]})  # fmt: skip

    def class_of(self, value: Value) -> LibraryClass | None:
        """The modelled class of an object, or the nearest modelled base of its class."""
        if not isinstance(value, Instance):
            return None
        for name in self.names_of(value.cls):
            if name in self.classes:
                return self.classes[name]
        return None

    def names_of(self, cls: Value) -> list[str]:
        """The library classes that a class is, its own first, then its bases."""
        if isinstance(cls, Class):
            return [
                n for one in cls.order if isinstance(one, External) for n in self.names_of(one)
            ]
        if not isinstance(cls, External):
            return []
        names, pending = [], [self.canonical(cls.name)]
        while pending:
            name = pending.pop(0)
            if name in names:
                continue
            names.append(name)
            if name in self.classes:
                pending += self.classes[name].bases
        return names

    def class_method(self, name: str, method: str) -> "members.Method | None":
        """The model of a method of a library class, inherited ones too."""
        for one in self.names_of(External(name)):
            found = self.classes[one].methods.get(method) if one in self.classes else None
            if found is not None:
                return found
        return None

    def match_arguments(self, cls: Class) -> list[str] | None:
        """The ``__match_args__`` that a decorator or base has generated."""
        names = next((one.traits["match"] for one in cls.order
                      if isinstance(one, Class) and "match" in one.traits), None)  # fmt: skip
        found: list[str] | None = names(cls) if names is not None else None
        return found

    def leaves_alone(self, decorator: Value) -> bool:
        """Whether a decorator, not known, is taken to give back what it decorates."""
        if isinstance(decorator, Unknown):
            return True
        if isinstance(decorator, External):
            name = self.canonical(decorator.name)
            return name not in self.functions and name not in self.classes
        return False

    def cache_of(self, function: Wrapped) -> Slots:
        """The results that a cached function has given."""
        key = id(function.function)
        if key not in self._caches:
            self._caches[key] = made = Slots()
            made.born = 0  # it is there wherever the function is, not only on this way
            self._kept.append(function.function)
        return self._caches[key]

    def forget_cache(self, machine: "Machine", function: Wrapped) -> Value:
        """``function.cache_clear()``."""
        slots = self.cache_of(function)
        for key in list(slots.values):
            machine.state.write(slots, key, MISSING)
        return NONE

    def compared_fields(self, cls: Value) -> list[str] | None:
        """The fields by which a generated ``__eq__`` compares; None where there is none."""
        if not isinstance(cls, Class):
            return None
        names = next((one.traits["compared"] for one in cls.order
                      if isinstance(one, Class) and "compared" in one.traits), None)  # fmt: skip
        found: list[str] | None = names(cls) if names is not None else None
        return found

"""Functions that see what builds something in the call which made them."""

import ast
from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from readiness.program.interpreter.consulting import Thing
from readiness.program.interpreter.frame import Frame
from readiness.program.interpreter.machine import Machine
from readiness.program.kept_in import KeptIn
from readiness.program.nodes import walk
from readiness.program.values import Function

Made = tuple[ast.AST, Frame]
"""A function, by its code and the call that made it."""


class Seeing:
    """The functions that name what builds where the call that made them has it.

    ``held`` are those of all that is ``kept`` which build; ``names`` lead to the functions.
    Only those of ``roots`` count.
    """

    def __init__(
        self, machine: Machine, kept: Mapping[Thing, KeptIn], held: Iterable[KeptIn],
        roots: Container[str],
    ) -> None:  # fmt: skip
        self.functions: set[Made] = set()
        self.names: set[str] = set()
        self._kept = kept
        self._inside: dict[Frame, set[str]] = {}
        for frame, several in ((f, names) for one in held for f, names in one.inside.items()):
            self._inside.setdefault(frame, set()).update(several)
        made = [one for one in machine.records.functions
                if isinstance(one, Function) and one.closure.function is not None
                and one.path in roots]  # fmt: skip
        while new := self._new(made) if self._inside else []:
            self.functions.update(new)
            self._lead(new)

    def _new(self, made: Iterable[Function]) -> list[Made]:
        return [(one.node, one.closure) for one in made
                if (one.node, one.closure) not in self.functions
                and _says(one, self._seen(one.closure))]  # fmt: skip

    def _lead(self, new: Iterable[Made]) -> None:
        """Take note of the names that lead to these functions."""
        for node, closure in new:
            kept = self._kept.get(node)
            for frame, name in kept.made.get(closure, ()) if kept is not None else ():
                if frame is None:
                    self.names.add(name)
                else:
                    self._inside.setdefault(frame, set()).add(name)

    def _seen(self, frame: Frame | None) -> set[str]:
        """Those of the names that code sees in the calls around it."""
        found: set[str] = set()
        while frame is not None and frame.function is not None:
            found |= self._inside.get(frame, set())
            frame = frame.parent
        return found


def _says(function: Function, names: Collection[str]) -> bool:
    return bool(names) and any(one in names for one in _names(function))


def _names(function: Function) -> Iterator[str]:
    return (one.id for one in walk(function.node) if isinstance(one, ast.Name))

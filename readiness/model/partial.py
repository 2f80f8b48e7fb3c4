"""Structs of which not every field tells which one it is, or may be shown."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar

from msgspec import Struct


class Partial(Struct, frozen=True):
    """A struct whose ``ASIDE`` fields do not count where two are compared, nor are shown.

    Those that are ``HIDDEN`` do count, but are not shown either.
    """

    ASIDE: ClassVar[frozenset[str]] = frozenset()
    HIDDEN: ClassVar[frozenset[str]] = frozenset()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        counted = _counted(type(self))
        return type(self) is type(other) and bool(counted(self) == counted(other))

    def __hash__(self) -> int:
        return hash(_counted(type(self))(self))

    def __repr__(self) -> str:
        hidden = self.ASIDE | self.HIDDEN
        shown = [f"{n}={getattr(self, n)!r}" for n in self.__struct_fields__ if n not in hidden]
        return f"{type(self).__name__}({', '.join(shown)})"


@cache
def _counted(kind: type[Partial]) -> Callable[[Any], Any]:
    names = [name for name in kind.__struct_fields__ if name not in kind.ASIDE]
    return attrgetter("__class__", *names)

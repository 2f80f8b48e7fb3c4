"""One text in Python source, and what surrounds it."""

import ast
from typing import Literal as Either

from msgspec import Struct

from readiness import Place
from readiness.checkers.names import words

How = Either["assignment", "argument", "default", "entry", "compared", "other"]

# Words of conditions that look at how the process was set up.
_SWITCHING = frozenset({
    "env", "environ", "environment", "debug", "dev", "development", "test", "testing", "tests",
    "local", "demo", "prod", "production", "staging", "stage", "mode", "profile", "settings",
    "config", "conf", "args", "options", "flag", "enabled", "getenv", "seed", "sample",
})  # fmt: skip


class Literal(Struct, frozen=True):
    """A text in the code: under which name, where, and how it is used.

    ``variable`` is the environment variable that it stands in for (a default), ``guarded``
    tells whether a condition decides if the line is reached, ``switched`` that it may be one
    about the environment or its settings, and ``within`` are the names
    of the classes, functions and keys around it. An f-string has a hole for every value
    that is put in.
    """

    name: str
    text: str
    at: Place
    how: How
    variable: str | None = None
    guarded: bool = False
    within: tuple[str, ...] = ()
    switched: bool = False


class Around:
    """What surrounds a part of the source: conditions, names, a settings class's prefix.

    Of the conditions around few are ever looked into, since few texts matter.
    """

    __slots__ = ("_switched", "_tests", "fields", "guarded", "within")

    def __init__(
        self,
        fields: str | None = None,
        within: tuple[str, ...] = (),
        *,
        guarded: bool = False,
        tests: tuple[ast.expr, ...] = (),
        switched: bool = False,
    ) -> None:
        self.fields = fields
        self.within = within
        self.guarded = guarded
        self._tests = tests
        self._switched = switched

    @property
    def switched(self) -> bool:
        """Whether one of the conditions may be about the environment or its settings."""
        return self._switched or any(map(_speaks_of_environment, self._tests))

    def outside(self) -> "Around":
        """The same, where no name is a field of a settings class."""
        if self.fields is None:
            return self
        return Around(None, self.within, guarded=self.guarded, tests=self._tests,
                      switched=self._switched)  # fmt: skip

    def inside(self, name: str, fields: str | None = None) -> "Around":
        """The same within a class, a function, a key."""
        return Around(fields, (*self.within, name) if name else self.within, guarded=self.guarded,
                      tests=self._tests, switched=self._switched)  # fmt: skip

    def under(self, *tests: ast.expr, switched: bool = False) -> "Around":
        """The same, where a condition decides about it."""
        return Around(self.fields, self.within, guarded=True, tests=(*self._tests, *tests),
                      switched=switched or self._switched)  # fmt: skip


def _speaks_of_environment(test: ast.expr) -> bool:
    """Tell whether a condition may ask for an environment, a setting or an option."""
    for node in ast.walk(test):
        match node:
            case ast.Name(id=said) | ast.Attribute(attr=said) | ast.Constant(value=str() as said):
                if _SWITCHING & set(words(said)):
                    return True
    return False

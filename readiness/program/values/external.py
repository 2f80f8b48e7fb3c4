"""What libraries bring, and what a call hands to them."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.values.unknown import Unknown
from readiness.program.values.value import Slots, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.frame import Frame
    from readiness.program.interpreter.machine import Machine


OWN = sys.stdlib_module_names | {"builtins"}
"""The first names of the language's own library."""


class External(Value, Partial, frozen=True):
    """Something of a library or of the language, by its full dotted name."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"trace"})

    name: str
    trace: Trace = ()

    @property
    def may_be_plain(self) -> bool:
        """Whether it may be a text or a switch, such as ``settings.DEBUG`` of another library.

        By its spelling: a class has a name in capitals and small letters, and what has no dot
        is a module; of the standard library only constants are, ``signal.SIGTERM``.
        """
        first, _, last = self.name.rpartition(".")
        return bool(first) and (last.isupper() or (last.islower() and not self.is_own))

    @property
    def is_own(self) -> bool:
        """Whether it is one of the language's own library."""
        return self.name.partition(".")[0] in OWN


class Arguments(Struct, frozen=True, eq=False):
    """What a call passes: positional, by keyword, and whether more is passed unseen.

    ``more`` tells that some of what is not seen is positional.
    """

    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    at: Place
    open: Unknown | None = None
    caller: "Frame | None" = None
    more: bool = False

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument of this name, or at this position."""
        if name in self.keywords:
            return self.keywords[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return self.open

    def after(self, count: int) -> "Arguments":
        """The same call without its first positional arguments."""
        return replace(self, positional=self.positional[count:])


class Host(Value, Struct, frozen=True, eq=False):
    """A function of a model, ready to be called."""

    name: str
    run: "Callable[[Machine, Arguments], Value]"
    trace: Trace = ()
    attributes: "dict[str, Value]" = field(default_factory=dict)
    _shown: Slots | None = None

    @property
    def shown(self) -> Slots:
        """Its attributes, as code may set them: it is there on every way."""
        if self._shown is None:
            made = Slots(self.attributes)  # type: ignore[arg-type]
            made.born = 0
            force_setattr(self, "_shown", made)
            return made
        return self._shown

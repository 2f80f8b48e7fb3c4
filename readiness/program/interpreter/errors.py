"""Errors that the evaluated code sees: made, and told from those that only we run into."""

from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.interpreter.outcomes import LimitReached, Raised
from readiness.program.interpreter.plain import lifted
from readiness.program.provenance import variables_of
from readiness.program.values import NONE, External, Instance, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.models.library import Library

OURS = {
    "RecursionError": "its code nests too deeply",
    "MemoryError": "it takes more memory than there is",
}
"""Errors of Python's own that say something of the evaluation, not of the code."""


class Errors:
    """What the machine does about errors; ``meant`` are those that the code raises itself."""

    meant: list[Value]
    library: "Library"

    def error(
        self, name: str, message: str, at: Place, trace: Trace = ()
    ) -> Raised | LimitReached:
        """An exception of the language, to be raised; not one that only we run into."""
        if name in OURS:
            return LimitReached(OURS[name])
        return Raised(self.exception(name, message, at, trace))

    def raised(self, error: Exception, at: Place, trace: Trace = ()) -> Raised | LimitReached:
        """What Python itself raised, as the code would see it."""
        name = self.library.error_name(type(error))
        if name in OURS:
            return LimitReached(OURS[name])
        made = self.exception(name, str(error), at, trace)
        made.slots.values["args"] = lifted(tuple(error.args), trace)
        return Raised(made)

    def exception(self, name: str, message: str, at: Place, trace: Trace = ()) -> Instance:
        """An exception of the language, as a value; its words may be others than Python's."""
        words = Unknown(f"the words of an error ({message})", at, trace)
        arguments = Tuple((words,), trace)
        cls = External(name if "." in name else f"builtins.{name}")
        return Instance(cls, {"args": arguments}, at, trace)

    def missing_key(self, key: Value, at: Place, trace: Trace = ()) -> Raised:
        """The ``KeyError`` of this key."""
        made = self.exception("KeyError", "no such key", at, trace)
        made.slots.values["args"] = Tuple((key,), trace)
        return Raised(made)

    def stopped(self, value: Value | None, at: Place) -> Raised:
        """The ``StopIteration`` of a generator that returned this."""
        made = self.exception("StopIteration", "", at)
        made.slots.values["args"] = Tuple(()) if value is None else Tuple((value,))
        made.slots.values["value"] = NONE if value is None else value
        return Raised(made)

    def is_meant(self, error: Value) -> bool:
        """Whether an error is one that the code raises itself, or that a variable explains."""
        if any(error is one for one in self.meant) or isinstance(error, Unknown):
            return True
        if isinstance(error, Instance) and error.cls == External("builtins.SystemExit"):
            return True
        return bool(variables_of(error.trace))

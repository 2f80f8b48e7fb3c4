"""Room for the frames of calls, taken at once.

CPython keeps the frames of running calls in pieces of 16 KiB. A loop that happens to stand at
the end of one asks the system for the next piece with every call, and gives it back with every
return: the same code then takes three times as long. A frame that is too large for such a piece
gets one of its own, nearly twice as large; what is called from it finds its room there.
"""

from collections.abc import Callable
from types import FunctionType
from typing import TypeVar

Result = TypeVar("Result")

_WORDS = 1 << 20
"""The size of that frame: of its 8 MiB nothing is used, so no memory is taken for them."""


def _called(action: Callable[[], object]) -> object:
    return action()


_called_in_room = FunctionType(_called.__code__.replace(co_stacksize=_WORDS), {})


def with_room(action: Callable[[], Result]) -> Result:
    """Call something that calls much, with room for all its frames."""
    result: Result = _called_in_room(action)
    return result

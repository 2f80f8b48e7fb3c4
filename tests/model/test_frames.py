"""Calls find room for their frames, however deep the loop stands that makes them."""

import resource
from collections.abc import Callable
from types import FunctionType

import pytest

from readiness.model.frames import with_room

CALLS = 200


def _nothing() -> None:
    return None


def _faults() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        _nothing()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _called(action: Callable[[], int]) -> int:
    return action()


def _most() -> int:
    """Count below frames of many sizes: one of them leaves no room where it stands."""
    sizes = (_called.__code__.replace(co_stacksize=size) for size in range(10, 2_000, 4))
    found: list[int] = [FunctionType(code, {})(_faults) for code in sizes]
    return max(found)


def test_a_loop_of_calls_asks_for_no_memory_wherever_it_stands() -> None:
    assert with_room(_most) < CALLS / 10


def test_what_is_called_gives_its_result_and_its_error() -> None:
    assert with_room(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)

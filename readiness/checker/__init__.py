"""What a checker is: the decorator, its parameters, its facts, its registry."""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """This package, callable as the decorator.

    Python gives a package the name of each of its imported parts, so `readiness.checker`
    is this room once anything imported it, and the decorator of that name before.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Register a function as a checker, as `readiness.checker.registry.checker` does."""
        from readiness.checker.registry import checker  # noqa: PLC0415 - it imports this room

        return checker(*args, **kwargs)


sys.modules[__name__].__class__ = _Room

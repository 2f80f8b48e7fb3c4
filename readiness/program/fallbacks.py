"""Ways to a volatile db that one wrong value or one failed connection opens."""

from typing import TYPE_CHECKING

from readiness.program.answers import Fallback

if TYPE_CHECKING:
    from readiness.program.evaluation import Evaluated
    from readiness.program.program import Program


def fallbacks(program: "Program", evaluated: "Evaluated") -> tuple[Fallback, ...]:
    """Find them by asking what would be, were one variable otherwise."""
    _ = program, evaluated
    return ()

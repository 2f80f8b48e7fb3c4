"""The code as one environment would run it, without running it."""

from readiness.program.allowance import Allowance
from readiness.program.answers import (
    Call,
    Construction,
    Coverage,
    Engine,
    Fallback,
    Holder,
    LeftOut,
    Password,
    Piece,
    Read,
    Url,
)
from readiness.program.program import SECONDS, Program
from readiness.program.scope import Scope

__all__ = [
    "SECONDS", "Allowance",
    "Call", "Construction", "Coverage", "Engine", "Fallback", "Holder", "LeftOut", "Password",
    "Piece", "Program", "Read", "Scope", "Url",
]  # fmt: skip

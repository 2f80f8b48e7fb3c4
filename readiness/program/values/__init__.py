"""The values that evaluated code computes with.

A `Value` is known as far as it can be: a `Text` part by part, a `Dict` with a ``rest`` that is
not, a `Choice` between two values by a `Condition` that nothing answers, and `Unknown` with the
reason. What code defines is in ``code``, what comes from a library is `External`.
"""

from readiness.program.values.choice import ROUNDS, Choice, Condition, alternatives
from readiness.program.values.code import Bound, Class, Function, Instance, Module, Super, Wrapped
from readiness.program.values.containers import MORE, Dict, List, Tuple
from readiness.program.values.external import OWN, Arguments, External, Host
from readiness.program.values.scalars import FALSE, NONE, TRUE, Constant, Part, Text, boolean, text
from readiness.program.values.unknown import Open, Typed, Unknown
from readiness.program.values.value import MISSING, Slots, Value, birth

__all__ = [
    "FALSE", "MISSING", "MORE", "NONE", "OWN", "ROUNDS", "TRUE", "Arguments", "Bound", "Choice",
    "Class", "Condition", "Constant", "Dict", "External", "Function", "Host", "Instance",
    "List", "Module", "Open", "Part", "Slots", "Super", "Text", "Tuple", "Typed",
    "Unknown", "Value",
    "Wrapped", "alternatives", "birth", "boolean", "text",
]  # fmt: skip

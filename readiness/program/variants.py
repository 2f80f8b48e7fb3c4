"""The same program where variables are otherwise, and the words that it compares them with."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from readiness.environment import Environment
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.program.entries import Entry
from readiness.program.evaluation import Evaluated, evaluate
from readiness.program.interpreter.limits import Limits


def known(name: str, value: str) -> Variable:
    """A variable of which somebody supposes that it has this value."""
    return Variable(name, "known", Secret(value), (Origin("what if", None, Secret(value)),))


def environment_with(
    environment: Environment, evaluated: Evaluated, changes: Mapping[str, Variable]
) -> Environment:
    """The environment with these changes; what was learned about it stays true."""
    variables = dict(environment.variables)
    for proved in sorted(evaluated.proved):
        variables.setdefault(proved, Variable(proved, "injected"))
    for inferred, word in evaluated.inferred.items():
        variables[inferred] = known(inferred, word)
    return replace(environment, variables={**variables, **changes}, described=True)


def compared_words(
    environment: Environment, evaluated: Evaluated, names: Sequence[str],
    entry_points: Sequence[Entry],
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """What the code compares variables with, found by letting ``names`` be anything.

    Variables that only the ways then open compare are among them.
    """
    changes = {name: Variable(name, "injected") for name in names}
    changed = environment_with(environment, evaluated, changes)
    found: dict[str, dict[str, None]] = {}
    evaluate(
        evaluated.sources, changed, entry_points, evaluated.interest.scope,
        Limits(seconds=evaluated.machine.limits.seconds), compared=found,
        interest=evaluated.interest,
    )  # fmt: skip
    return {name: tuple(words) for name, words in found.items()}

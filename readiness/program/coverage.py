"""How much of the program was understood, and what was taken for granted."""

from collections.abc import Iterable
from operator import attrgetter

from readiness.program.answers import Coverage, LeftOut
from readiness.program.evaluation import Evaluated


def coverage(evaluated: Evaluated, failed: Iterable[LeftOut]) -> Coverage:
    """Which modules were evaluated, left out, or not understood; ``failed`` are answers."""
    machine = evaluated.machine
    cut = [LeftOut(path, why) for path, why in machine.cut_short.items()]
    gaps = [LeftOut(path, why, getattr(node, "lineno", 0))
            for (path, node), why in machine.gaps.items()]  # fmt: skip
    ended = [LeftOut(path, why) for path, why in evaluated.ended.items()]
    return Coverage(
        tuple(sorted(machine.evaluated)),
        _by_path(*evaluated.left_out, *ended, *gaps, *failed),
        _by_path(*evaluated.sources.left_out(), *cut),
    )


_PATH = attrgetter("path")


def _by_path(*left_out: LeftOut) -> tuple[LeftOut, ...]:
    return tuple(sorted(left_out, key=_PATH))


def assumptions(evaluated: Evaluated, environment: str) -> tuple[str, ...]:
    """What was taken for granted about variables of an environment, in words."""
    return tuple(
        f"{name} is assumed to be {value}, since no source describes the variables of "
        f"{environment} and the code compares it with that name"
        for name, value in sorted(evaluated.inferred.items())
    )

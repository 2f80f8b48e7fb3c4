"""The matrix of rules, versions and roles: what was seen of each rule on real servers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ROLES = ("ordinary", "pg_monitor", "optional grants", "superuser")
PROPERTY = "matrix"
_SIGNS = {"pass": "P", "fail": "F", "unknown": "?", "not-applicable": "-"}
_NOT_HERE = "not possible on this build"


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a rule in its good and its bad state, by role; ``why`` it could not be."""

    rule: str
    version: int
    good: Mapping[str, str] = field(default_factory=dict)
    bad: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> tuple[str, ...]:
        """The states that nobody saw and that could have been seen."""
        seen = {"pass": set(self.good.values()), "fail": set(self.bad.values())}
        return tuple(
            outcome for outcome, found in seen.items() if outcome not in {*found, *self.why}
        )

    def shown(self, role: str) -> str:
        """The two states for one role: ``P/F`` passes in the good one and fails in the bad one."""
        pairs = (("pass", self.good), ("fail", self.bad))
        return "/".join(
            "x" if outcome in self.why else _SIGNS.get(found.get(role, ""), " ")
            for outcome, found in pairs
        )


def table(cells: Iterable[Cell]) -> list[str]:
    """The lines of the matrix: a row for each rule, a column for each version and role."""
    by = {(cell.rule, cell.version): cell for cell in cells}
    rules = list(dict.fromkeys(rule for rule, _ in by))
    versions = sorted({version for _, version in by})
    width = max(map(len, rules), default=0)
    columns = "  ".join(f"{f'PostgreSQL {version}':15}" for version in versions)
    short = "  ".join(" ".join(f"{role[:3]}" for role in ROLES) for _ in versions)
    lines = [
        f"roles: {', '.join(ROLES)}; each in its good/bad state: P pass, F fail, ? unknown, "
        f"- not applicable, x {_NOT_HERE}",
        f"{'':{width}}  {columns}".rstrip(),
        f"{'':{width}}  {short}",
    ]
    for rule in rules:
        found = [by.get((rule, version)) for version in versions]
        shown = (" ".join(one.shown(role) if one else "   " for role in ROLES) for one in found)
        lines.append(f"{rule:{width}}  {'  '.join(shown)}".rstrip())
    return [*lines, *_reasons(by.values())]


def _reasons(cells: Iterable[Cell]) -> list[str]:
    """Why states could not be had, each reason once with what it is the reason of."""
    of: dict[str, dict[str, set[str]]] = {}
    for cell in cells:
        for outcome, why in cell.why.items():
            rules = of.setdefault(why, {}).setdefault(f"PostgreSQL {cell.version}", set())
            rules.add(f"{cell.rule} ({outcome})")
    return [
        f"x {where}, {_NOT_HERE}: {why}: {', '.join(sorted(rules))}"
        for why, places in of.items()
        for where, rules in places.items()
    ]

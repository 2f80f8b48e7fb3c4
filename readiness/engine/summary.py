"""The report: results, what was looked at, what was not, and the gate."""

from collections import Counter
from collections.abc import Iterable, Sequence

from readiness.database import Database
from readiness.engine.gather import Gathering
from readiness.environment.sensitive import is_harmless, shown
from readiness.model.outcome import Outcome, Severity
from readiness.model.report import Deployed, Judged, Result, Used
from readiness.model.rule import Checklist
from readiness.model.secret import MASK
from readiness.model.variable import Variable

DEFAULT_FAIL_ON = Severity.MEDIUM


def summary_of(results: Iterable[Result]) -> dict[str, int]:
    """Count the results by outcome; every outcome is there, also with 0."""
    counted = Counter(result.outcome for result in results)
    return {outcome.value: counted[outcome] for outcome in Outcome}


def used(checklists: Sequence[Checklist]) -> tuple[Used, ...]:
    """Name the checklists that were used."""
    return tuple(
        Used(
            name=checklist.name,
            title=checklist.title,
            owner=checklist.owner,
            review_by=checklist.review_by.isoformat() if checklist.review_by else None,
            rules=len(checklist.rules),
            sources=checklist.sources,
        )
        for checklist in checklists
    )


def deployed(gathering: Gathering) -> Deployed:
    """The environment as it was judged: its variables, as far as they may be shown."""
    environments = gathering.made("environments") or ()
    variables = {v.name: v for one in environments for v in one.variables.values()}
    database = gathering.made("database")
    return Deployed(
        name=gathering.name,
        traits=dict(gathering.settings.declared(gathering.name).traits),
        variables=tuple(_judged(variables[name]) for name in sorted(variables)),
        database=str(database.address) if isinstance(database, Database) else None,
    )


def _open(variable: Variable) -> str:
    """The value where it is known to be harmless, masked in part or whole elsewhere."""
    text = variable.value.reveal() if variable.value else ""
    if is_harmless(variable.name, text):
        return text
    return shown(variable.name, text) if "://" in text else MASK


def _judged(variable: Variable) -> Judged:
    value = _open(variable) if variable.state == "known" and variable.value else None
    source = variable.chain[0] if variable.chain else None
    where = f"{source.text} ({source.at})" if source and source.at else source and source.text
    return Judged(variable.name, variable.state, value, where or None)

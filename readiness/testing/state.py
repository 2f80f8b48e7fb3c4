"""A small state of the world, as the examples of a rule write it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from readiness.database import Database
from readiness.model.rule import Checklist
from readiness.model.secret import Secret
from readiness.project import Project
from readiness.settings.settings import Declared
from readiness.testing.projects import project

KEYS = (
    "files", "environment", "database", "answers", "evidence", "checklists", "today", "commit",
    "with", "outcome",
)  # fmt: skip
_ENVIRONMENT = ("name", "set", "unset", "injected", "traits")
_CHECKLIST = ("name", "owner", "review_by")


class State(Struct, frozen=True):
    """The world that a rule is judged in: what it has of each fact, and the rule's `with`."""

    project: Project
    name: str = "production"
    variables: Mapping[str, Secret] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    database: Database | None = None
    answers: Sequence[Mapping[str, Any]] = ()
    checklists: tuple[Checklist, ...] = ()
    today: date | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


def state(written: Mapping[str, Any]) -> State:
    """Read the good or bad example of a rule; raises ValueError where it has no form.

    Its keys are ``files`` (text by path), ``environment`` (``name``, ``set``, ``unset``,
    ``injected``, ``traits``), ``database`` (facts by name), ``answers`` (one mapping for
    each question, in their order; result files are read from ``files``), ``evidence``
    (text by name below ``evidence/``), ``checklists`` (``name``, ``owner`` and
    ``review_by`` of each), ``commit``, ``today``, ``with``, and ``outcome`` for
    `examples`.
    """
    _refuse(written, "an example", KEYS)
    around = written.get("environment") or {}
    _refuse(around, "an environment", _ENVIRONMENT)
    database = written.get("database")
    given = around.get("set") or {}
    return State(
        project=_project(written),
        name=around.get("name", "production"),
        variables={name: Secret(_text(value)) for name, value in given.items()},
        declared=Declared(
            unset=tuple(around.get("unset") or ()),
            injected=tuple(around.get("injected") or ()),
            traits=around.get("traits") or {},
        ),
        database=None if database is None else Database.from_facts(database),
        answers=_list("answers", written.get("answers")),
        checklists=tuple(map(_checklist, _list("checklists", written.get("checklists")))),
        today=_day("today", written.get("today")),
        parameters=written.get("with") or {},
    )


def _project(written: Mapping[str, Any]) -> Project:
    records = written.get("evidence") or {}
    files = {f"evidence/{name}": text for name, text in records.items()}
    return project({**(written.get("files") or {}), **files}, commit=written.get("commit"))


def _checklist(written: Mapping[str, Any]) -> Checklist:
    _refuse(written, "a checklist", _CHECKLIST)
    name = written.get("name", "checklist")
    day = _day("review_by", written.get("review_by"))
    return Checklist(name, name, rules=(), owner=written.get("owner"), review_by=day)


def _text(value: Any) -> str:
    """A value as an env file would have it, where a rule's author forgot the quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(key: str, written: Any) -> date | None:
    if written is None or isinstance(written, date):
        return written
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise ValueError(f"{key} is {written}; a day like 2027-01-31 is expected") from None


def _list(key: str, written: Any) -> Sequence[Any]:
    if written is not None and not isinstance(written, list | tuple):
        raise ValueError(f"the {key} of an example are a list")
    return written or ()


def _refuse(written: Any, what: str, known: Sequence[str]) -> None:
    if not isinstance(written, Mapping):
        raise ValueError(f"{what} is a mapping with {', '.join(known)}")
    unknown = sorted(set(written) - set(known))
    if unknown:
        raise ValueError(f"{what} has no {', '.join(unknown)}; it has {', '.join(known)}")

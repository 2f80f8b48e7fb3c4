"""A small state of the world, as the examples of a rule write it, turned into facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from datetime import date as day
from typing import Any

from readiness.environment import Environment
from readiness.evidence import Evidence
from readiness.evidence.evidence import GLOBS
from readiness.model.clock import Clock
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Project, Unreadable
from readiness.testing.projects import project

KEYS = ("files", "environment", "database", "answers", "evidence", "today", "commit", "with")
_ENVIRONMENT = ("name", "set", "unset", "injected")


@dataclass(frozen=True, slots=True)
class State:
    """Facts that were made from a mapping, the answers that it has, and its parameters."""

    facts: tuple[Any, ...]
    answers: tuple[Mapping[str, Any], ...] = ()
    parameters: tuple[tuple[str, Any], ...] = ()
    today: day | None = None


def state(written: Mapping[str, Any]) -> State:
    """Turn the good or bad example of a rule into facts; raises ValueError.

    Its keys are ``files`` (text by path), ``environment`` (``name``, ``set``, ``unset``,
    ``injected``), ``database`` (facts by name), ``answers`` (one mapping for each
    question, in their order; result files are read from ``files``), ``evidence`` (text
    by name below ``evidence/``), ``commit``, ``today`` and ``with``.
    """
    _refuse(set(written) - set(KEYS), "an example", KEYS)
    files = dict(written.get("files") or {})
    files |= {f"evidence/{name}": text for name, text in (written.get("evidence") or {}).items()}
    today = _today(written.get("today"))
    made = project(files)
    facts: list[Any] = [made, environment(written.get("environment") or {}), evidence_of(made)]
    if "database" in written:
        facts.append(_database(written["database"]))
    if today:
        facts.append(Clock.fixed(datetime.combine(today, time(12), UTC)))
    return State(
        tuple(facts),
        tuple(_answers(written.get("answers") or ())),
        tuple((written.get("with") or {}).items()),
        today,
    )


def environment(written: Mapping[str, Any]) -> Environment:
    """Make an environment of the variables that are ``set``, ``unset`` and ``injected``."""
    _refuse(set(written) - set(_ENVIRONMENT), "an environment", _ENVIRONMENT)
    variables = [_known(name, str(value)) for name, value in (written.get("set") or {}).items()]
    variables += [Variable(name, "unset") for name in written.get("unset") or ()]
    variables += [Variable(name, "injected") for name in written.get("injected") or ()]
    return Environment(
        name=written.get("name", "production"),
        variables={variable.name: variable for variable in variables},
        described=bool(variables),
    )


def evidence_of(made: Project) -> Evidence:
    """Read the records of a project."""
    texts, unreadable = {}, {}
    for path in made.files(*GLOBS):
        try:
            texts[path] = made.text(path)
        except Unreadable as error:
            unreadable[path] = error.reason
    return Evidence.parse(texts, unreadable)


def _database(written: Any) -> Any:
    from readiness.database import Database  # noqa: PLC0415 - only where a state has one

    return Database.from_facts(written)


def _known(name: str, value: str) -> Variable:
    secret = Secret(value)
    return Variable(name, "known", secret, (Origin("--set", value=secret),))


def _today(written: Any) -> day | None:
    if written is None or isinstance(written, day):
        return written
    try:
        return day.fromisoformat(written)
    except (TypeError, ValueError):
        raise ValueError(f"today is {written}; a day like 2027-01-31 is expected") from None


def _answers(written: Any) -> Sequence[Mapping[str, Any]]:
    if not isinstance(written, list | tuple):
        raise ValueError("the answers of an example are a list, one for each question")
    return written


def _refuse(unknown: set[str], what: str, known: Sequence[str]) -> None:
    if unknown:
        raise ValueError(f"{what} has no {', '.join(sorted(unknown))}; it has {', '.join(known)}")

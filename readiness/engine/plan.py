"""What a run would do, before it does anything."""

from collections.abc import Sequence
from pathlib import Path

from readiness.checker.registry import load as load_checkers
from readiness.checklist.load import load, load_inline
from readiness.checklist.select import select
from readiness.database import Query
from readiness.engine.bind import Item, bind_all
from readiness.evidence.record import Record, path_for
from readiness.evidence.text import parse_records
from readiness.model.age import Age
from readiness.model.clock import Clock
from readiness.model.errors import ReadinessError
from readiness.model.rule import Checklist
from readiness.project import Project
from readiness.settings.load import load as load_settings
from readiness.settings.settings import Settings


def checklists_of(
    folder: Path, asked: Sequence[str] = (), settings: Settings | None = None
) -> tuple[Checklist, ...]:
    """The checklists of a run: those that were asked for, else what the settings say.

    Paths that were asked for are relative to where the user stands, those in the
    settings to the settings. Raises `ChecklistError`.
    """
    if asked:
        return tuple(load(name, base=Path.cwd()) for name in asked)
    found = settings or load_settings(folder)
    if found.inline is not None:
        return (load_inline(found.inline, base=found.base, source=found.source or "settings"),)
    return tuple(load(name, base=found.base) for name in found.checklists)


def evidence_record(
    folder: Path,
    *,
    rule: str,
    by: str,
    note: str,
    valid: str,
    commit: str | None,
    files: tuple[str, ...],
    checklists: Sequence[str] = (),
    clock: Clock | None = None,
) -> tuple[str, str]:
    """Make a record for a rule of the project's checklists: its path and its text.

    Raises `ReadinessError` where the rule does not exist, the length of time has no
    form, a file is not there or the commit cannot be told.
    """
    if not folder.is_dir():
        raise ReadinessError(f"{folder}: there is no such folder")
    _check_evidence(rule, checklists_of(folder, checklists))
    project = Project.open(folder, named=files)
    for file in files:
        if not project.has(file):
            raise ReadinessError(f"{file}: there is no such file in the project")
    record = Record(
        rule=rule,
        by=by,
        on=(clock or Clock()).today(),
        valid=_age(valid),
        note=note,
        commit=_commit(project, commit),
        files=files,
    )
    path, text = path_for(record, project.paths), record.render()
    _refuse_unreadable(path, text)
    return path, text


def _age(valid: str) -> Age:
    try:
        return Age.parse(valid)
    except ValueError as error:
        raise ReadinessError(f"--valid {valid}: {error}") from None


def _refuse_unreadable(path: str, text: str) -> None:
    """Refuse a record that would not be read as it is meant."""
    faults = [fault for _, _, found in parse_records(text, path) for fault in found]
    if faults:
        said = "; ".join(f"{fault.found}: {fault.expected}" for fault in faults)
        raise ReadinessError(f"the record would not be read again: {said}")


def _check_evidence(rule: str, checklists: Sequence[Checklist]) -> None:
    """Refuse a rule that reads no evidence: nobody would ever see the record."""
    registry = load_checkers()
    kinds = {r.id: getattr(registry.get(r.check), "kind", None) for r in select(checklists).rules}
    select(checklists, only=[rule])
    if kinds.get(rule) != "evidence":
        by = ", ".join(name for name, kind in kinds.items() if kind == "evidence")
        raise ReadinessError(
            f"{rule} is judged from the code or the server, not by evidence",
            hint=f"rules by evidence are {by}" if by else None,
        )


def _commit(project: Project, asked: str | None) -> str | None:
    if asked != "HEAD":
        return asked
    if project.commit is None:
        raise ReadinessError(
            "--commit HEAD: git does not answer for this project",
            hint="leave --commit out, or name the commit",
        )
    return project.commit


def queries_of(folder: Path, asked: Sequence[str] = ()) -> tuple[Query, ...]:
    """The questions in SQL that the rules of the checklists ask of the server."""
    questions = (question for item in _items(folder, asked) for question in item.questions)
    return tuple(dict.fromkeys(q for q in questions if isinstance(q, Query)))


def asking_of(folder: Path, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """The rules of the checklists that put SQL of their own, by id."""
    return tuple(
        item.rule.id
        for item in _items(folder, asked)
        if any(isinstance(question, Query) for question in item.questions)
    )


def privileges_of(folder: Path, asked: Sequence[str] = ()) -> frozenset[str]:
    """What the rules of the checklists need on the server beyond what every role may read."""
    bound = (item.bound for item in _items(folder, asked))
    return frozenset(one for each in bound if each for one in each.privileges())


def _items(folder: Path, asked: Sequence[str]) -> tuple[Item, ...]:
    return bind_all(select(checklists_of(folder, asked)).rules, load_checkers())

"""Facts from outside, each read so that a failure is a reason and never a crash."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.backups import Backups
from readiness.database import Database, Guess, Query
from readiness.engine.facts import Missing
from readiness.engine.request import Request
from readiness.engine.words import Word
from readiness.evidence import Evidence, ResultFile, ToolResult
from readiness.evidence.evidence import GLOBS
from readiness.evidence.reading import answer
from readiness.model.finding import Undecidable
from readiness.project import Project, Unreadable
from readiness.settings.settings import Settings

if TYPE_CHECKING:
    from readiness.database.address import Address


def read_database(
    address: "Address",
    queries: Sequence[Query],
    words: Sequence[Word],
    request: Request,
    *,
    pooler: "Address | bool" = True,
    guess: Guess | None = None,
) -> Database | Missing:
    """Ask the live server, in two flights; a server that does not answer is a reason.

    Where it answers and lets nobody in, what the wire told is known, and the rest missing.
    """
    from readiness.database.read import read  # noqa: PLC0415 - psycopg is heavy
    from readiness.database.unreachable import Unreachable  # noqa: PLC0415 - as above

    try:
        return read(
            address,
            queries=queries,
            words=[(word.secret, word.at) for word in words],
            timeout=request.timeout,
            pooler=pooler,
            guess=guess,
        )
    except Unreachable as error:
        return error.seen or Missing(error.reason, error.hint)


def read_result(question: ResultFile, project: Project) -> ToolResult:
    """Another tool's result file."""
    if project.root is None:
        raise Undecidable("there is no folder that the result file could lie in")
    return answer(question, project.root, project.dated)


def read_evidence(project: Project) -> Evidence:
    """The dated records in the project's evidence folder."""
    texts: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    for path in project.files(*GLOBS):
        try:
            texts[path] = project.text(path)
        except Unreadable as error:
            unreadable[path] = error.reason
    return Evidence.parse(texts, unreadable)


def read_backups(project: Project, settings: Settings) -> Backups | Missing:
    """What the result files of backup tools say, as far as the settings name any."""
    if not settings.backups:
        return Missing("the settings name no result file of a backup tool", why="nothing")
    texts: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    for path in settings.backups:
        try:
            texts[path] = project.text(path)
        except Unreadable as error:
            unreadable[path] = error.reason
    return Backups.parse(texts, unreadable)

"""Questions go out, answers come back; what was not allowed or not reached says so."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from readiness.checker.answers import Answers
from readiness.commands import Command
from readiness.commands import run as run_command
from readiness.database import Database, Guess, Query
from readiness.endpoints import Request as Endpoint
from readiness.endpoints import fetch
from readiness.engine.expand import expand
from readiness.engine.facts import Missing
from readiness.engine.read import read_result
from readiness.engine.request import Request
from readiness.environment import Environment
from readiness.evidence import ResultFile
from readiness.model.finding import Undecidable
from readiness.project import Project


def ask(
    questions: Iterable[Hashable],
    project: Project,
    environments: Sequence[Environment],
    database: Callable[[], Database | Missing],
    request: Request,
) -> Answers:
    """Put every question; none of them raises, each has an answer or a reason."""
    given: dict[Hashable, Any] = {}
    missing: dict[Hashable, Undecidable] = {}
    for question in questions:
        try:
            given[question] = _answer(question, project, environments, database, request)
        except Undecidable as reason:
            missing[question] = reason
    return Answers(given, missing)


def _answer(
    question: Hashable,
    project: Project,
    environments: Sequence[Environment],
    database: Callable[[], Database | Missing],
    request: Request,
) -> Any:
    match question:
        case Query():
            found = database()
            if isinstance(found, Missing):
                raise Undecidable(found.reason, found.hint)
            return found.answer(question)
        case Guess():
            return None  # the comparison is made where the server is read
        case Endpoint():
            request.say("asking an endpoint")
            return fetch(expand(question, environments), timeout=request.timeout)
        case Command():
            return _command(question, request)
        case ResultFile():
            return read_result(question, project)
        case _:
            raise Undecidable(f"nobody can answer a {type(question).__name__}")


def _command(command: Command, request: Request) -> Any:
    if not request.allow_commands:
        raise Undecidable(
            "the rule runs a command, and commands are not allowed",
            "read the checklist, then add --allow-commands",
        )
    request.say(f"running {command.argv[0]}")
    return run_command(command, folder=request.folder, timeout=request.timeout)

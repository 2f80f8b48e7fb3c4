"""Backups that the application's own scheduler takes: Celery's beat, APScheduler and others."""

import ast
import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from readiness import Deployment, Finding, Place, Project, Search, ok, problem
from readiness.checkers.backup_jobs import OUTSIDE, SCHEDULE, Work, ephemeral_target, work_of
from readiness.checkers.scope import is_code
from readiness.checkers.spoken_commands import commands_in
from readiness.checkers.trees import source, tree_of

_TAKES = Search(rb"pg_dump|pg_basebackup|pgbackrest|wal-g|dbbackup|barman", among=is_code)
# A text that may run a tool, or a script of the project.
_COMMAND = re.compile(
    r"pg_dump|pg_basebackup|pgbackrest|wal-[ge]\b|dbbackup|barman|pg_probackup"
    r"|[\w-]\.(?:sh|bash|py)\b|/[\w.-]*backup"
)
# A decorator that hands a function to a clock.
_CLOCKS = re.compile(
    r"scheduled_job|periodic|repeat_every|repeat_at|crontab\(|\bevery\(|\bcron\b|schedule"
)
_BEAT = re.compile(r"beat|(?<!\S)-B(?!\S)")


def by_code(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """The functions that take a backup and that a scheduler of the application calls."""
    for work, function in taken_in_code(project):
        how = _scheduled(project, function)
        if how is None:
            continue
        if lost := ephemeral_target(work.text):
            yield problem(f"the scheduled function {function.name} writes to {lost}, which "
                          "nothing keeps", at=work.at, hint=OUTSIDE)  # fmt: skip
        elif how == "beat" and _lacks_beat(deployment):
            yield problem(f"{function.name} is in the schedule of Celery, and no process of its "
                          "beat is deployed", at=work.at, hint=SCHEDULE)  # fmt: skip
        else:
            yield ok(
                f"the application's scheduler runs {work.tool} in {function.name}", at=work.at
            )


def taken_in_code(
    project: Project,
) -> Iterator[tuple[Work, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The functions that call a tool for backups."""
    for path in filter(is_code, project.mentioning(_TAKES)):
        tree = tree_of(project, path)
        lines = project.lines(path) if tree is not None else ()
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                said = [one for one in commands_in(node).split("\n") if _COMMAND.search(one)]
                at = lines[node.lineno - 1].at
                if said and (work := work_of("\n".join(said), project, at)):
                    yield work, node


def uncalled(work: Work, project: Project) -> str | None:
    """The function in which a backup is taken, where no code ever mentions it."""
    at = work.at or Place("")
    tree = tree_of(project, at.path) if at.path.endswith(".py") else None
    for node in ast.walk(tree) if tree is not None else ():
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.decorator_list:
            continue
        inside = node.lineno <= (at.line or 0) <= (node.end_lineno or 0)
        if inside and not any(_mentions(project, path, node.name)
                              for path in filter(is_code, project.files("*.py"))):  # fmt: skip
            return node.name
    return None


def _mentions(project: Project, path: str, name: str) -> bool:
    """Tell whether code says a name otherwise than by defining it."""
    if name not in source(project, path):
        return False
    tree = tree_of(project, path)
    if tree is None:
        return True
    return any(
        name in (getattr(node, "id", None), getattr(node, "attr", None))
        or (isinstance(node, ast.Constant) and _names(str(node.value), name))
        or (isinstance(node, ast.alias) and name in {node.name, "*"})
        for node in ast.walk(tree)
    )


def _names(text: str, name: str) -> bool:
    """Tell whether a text is the name of a function, as a library may look it up."""
    return text == name or text.endswith((f".{name}", f":{name}"))


# What is asked of the same files for each function; gone with the project.
_bare: "WeakKeyDictionary[Project, dict[str, str]]" = WeakKeyDictionary()


def _without_comments(project: Project, path: str) -> str:
    known = _bare.setdefault(project, {})
    if path not in known:
        tree = tree_of(project, path)
        known[path] = ast.unparse(tree) if tree is not None else ""
    return known[path]


def _scheduled(project: Project, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    """How a function is given to a clock; None where nothing was seen to do it."""
    if any(_CLOCKS.search(ast.unparse(one)) for one in function.decorator_list):
        return "decorator"
    name = re.escape(function.name)
    ways = {
        "beat": rf"[\"']task[\"']\s*:\s*[\"'](?:[\w.]*\.)?{name}[\"']"
        rf"|add_periodic_task\([^\n]*\b{name}\.s",
        "call": rf"add_job\(\s*[\w.]*\b{name}\b|\.do\(\s*[\w.]*\b{name}\b"
        rf"|[\"'](?:\*|\d)[^\"'\n]*[\"']\s*,\s*[\"'][\w.]*\.{name}[\"']"
        rf"|\b{name}\.serve\([^)]*cron",
    }
    for path in filter(is_code, project.files("*.py")):
        if function.name not in source(project, path):
            continue
        text = _without_comments(project, path)
        for how, pattern in ways.items():
            if re.search(pattern, text):
                return how
    return None


def _lacks_beat(deployment: Deployment) -> bool:
    """Tell whether Celery's workers are deployed, and its beat is not."""
    lines = [" ".join(one.argv) for one in deployment.services]
    celery = [line for line in lines if "celery" in line]
    return bool(celery) and not any(map(_BEAT.search, celery))

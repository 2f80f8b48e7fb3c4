"""Passwords in what is deployed: variables of the processes, manifests, settings, scripts."""

import base64
import re
from collections.abc import Iterator

from readiness import (
    Deployment,
    Environment,
    Place,
    Program,
    Project,
    Unreadable,
    Variable,
)
from readiness.checkers.assignments import Assignment, assigned, pairs
from readiness.checkers.code_passwords import Found
from readiness.checkers.credentials import GUESSABLE, LITERAL, Nature, is_innocent, nature
from readiness.checkers.files import is_searched
from readiness.checkers.ignored import is_env_file
from readiness.checkers.literals import literals
from readiness.checkers.loaded import loaded
from readiness.checkers.logins import logins
from readiness.checkers.names import is_password, is_prose, is_reference, words
from readiness.checkers.scope import is_for, is_pipeline, is_template

_BESIDE = ("USER", "_DB", "DATABASE")
_SERVERS = frozenset({
    "db", "database", "postgres", "postgresql", "pg", "pgpassword", "dbpassword", "sql", "mysql",
    "mariadb", "mssql", "mongo", "mongodb", "redis", "rabbitmq",
})  # fmt: skip
_NO_PASSWORD = re.compile(r"(?:POSTGRES_HOST_AUTH_METHOD\Z|ALLOW_EMPTY_PASSWORD\Z"
                          r"|ALLOW_EMPTY_ROOT_PASSWORD\Z)")  # fmt: skip
_YES = frozenset({"trust", "yes", "true", "1", "on"})
# What developers run by hand; no deployment reads it.
_BY_HAND = ("Makefile", "justfile", "package.json")
# What stands for a host where a text shows what an address looks like.
_SHAPES = frozenset({"HOST", "HOSTNAME", "SERVER", "SERVERNAME"})
_COMPOSE = re.compile(r"(?:.*/)?(?:docker-)?compose[\w.-]*\.ya?ml\Z")


def in_variables(
    environment: Environment, deployment: Deployment, project: Project
) -> Iterator[Found]:
    """The passwords among the variables that processes of the deployment start with."""
    known = _shown_elsewhere(project)
    scopes = [list(environment.variables.values())]
    scopes += [list(service.variables) for service in deployment.services]
    for scope in scopes:
        scope = [one for one in scope if not _is_overridden(one, environment)]  # noqa: PLW2901 - what counts of it
        near = [_text(one) for one in scope if one.name.endswith(_BESIDE)]
        given = {one.name for one in scope if one.state != "unset" and _text(one).strip()}
        for variable in scope:
            if _is_empty(variable) and _asks_nothing(variable.name, "", given):
                yield Found(f"an empty {variable.name}", Nature.EMPTY, variable.at)
            else:
                yield from _of_variable(variable, near, project, known)


def _is_overridden(variable: Variable, environment: Environment) -> bool:
    """Tell whether a line of an env file is not what is deployed, as the user has said."""
    said = environment.get(variable.name)
    if said is None or said is variable or not said.chain:
        return False
    at = variable.at
    from_file = at is not None and is_env_file(at.path)
    return from_file and said.at is None and said.chain[0].text.startswith("--")


def _is_empty(variable: Variable) -> bool:
    value = variable.value
    return variable.state == "known" and value is not None and not value.reveal().strip()


def in_loaded(program: Program, environment: Environment, project: Project) -> Iterator[Found]:
    """The passwords in files of variables that the code loads when it starts."""
    found = loaded(program, environment, project)
    near = [one.text for one in found if one.name.endswith(_BESIDE)]
    given = {one.name for one in found if one.text.strip()} | set(environment.variables)
    for one in found:
        if _asks_nothing(one.name, one.text, given):
            yield Found(f"an empty {one.name}", Nature.EMPTY, one.at)
        elif (said := _nature_in(one.name, one.text, near)) in GUESSABLE:
            yield Found(_what(one.name), said, one.at)


def _nature_in(name: str, text: str, near: list[str]) -> Nature:
    """The nature of the password that a variable holds, whole or in an address."""
    found = Nature.EMPTY
    for login in logins(text):
        if login.password is not None and login.is_real:
            found = nature(login.password, near=login.near)
    if is_password(name) and not is_reference(name):
        found = nature(text, near=near)
    return found


def _asks_nothing(name: str, text: str, given: set[str]) -> bool:
    """Tell whether an empty text is the password of a database, and nothing stands in for it."""
    if text.strip() or not is_password(name) or is_reference(name):
        return False
    return bool(set(words(name)) & _SERVERS) and f"{name}_FILE" not in given


def _text(variable: Variable) -> str:
    """The value, or how it is written where a part of it comes from outside."""
    said = variable.chain[0].value if variable.chain and variable.state == "injected" else None
    value = variable.value or said
    return value.reveal() if value is not None else ""


def _shown_elsewhere(project: Project) -> dict[str, Place]:
    """The passwords that templates and the code show to whoever reads them."""
    found: dict[str, Place] = {}
    for path in project.paths:
        if is_template(path) and is_searched(project, path):
            for one in assigned(project, path).telling:
                if is_password(one.name) and nature(one.text) is Nature.VALUE:
                    found.setdefault(one.text, one.at)
    for literal in literals(project):
        if is_password(literal.variable or literal.name) and nature(literal.text) is Nature.VALUE:
            found.setdefault(literal.text, literal.at)
    return found


def _of_variable(
    variable: Variable, near: list[str], project: Project, known: dict[str, Place]
) -> Iterator[Found]:
    text = _text(variable)
    if _NO_PASSWORD.search(variable.name):
        if text.strip().lower() in _YES:
            yield Found(variable.name, Nature.EMPTY, variable.at)
        return
    found, password = Nature.EMPTY, text
    for login in logins(text):
        if login.password is not None and login.is_real:
            found, password = nature(login.password, near=login.near), login.password
    if is_password(variable.name) and not is_reference(variable.name):
        found, password = nature(text, near=near), text
    if found is Nature.VALUE and (shown := known.get(password)) and shown != variable.at:
        yield Found(_what(variable.name), Nature.SAMPLE, variable.at, like=shown)
    elif found in LITERAL:
        at = _written_at(variable, text, project)
        if found in GUESSABLE or (at is not None and _is_committed(at, project)):
            yield Found(_what(variable.name), found, at or variable.at)


def _is_committed(at: Place, project: Project) -> bool:
    """Tell whether a value stands in the repository: a file of variables may stay out of it."""
    return not is_env_file(at.path) or project.tracked(at.path) is True


def _what(name: str) -> str:
    return name if is_password(name) else f"the password in {name}"


def _written_at(variable: Variable, text: str, project: Project) -> Place | None:
    """The source in whose line the value itself stands, not a reference to it."""
    for origin in variable.chain:
        at = origin.at
        if at is None or at.line is None:
            continue
        try:
            line = project.lines(at.path)[at.line - 1].text
        except (Unreadable, IndexError):
            continue
        if text in line or base64.b64encode(text.encode()).decode() in line:
            return at
    return None


def in_commands(deployment: Deployment) -> Iterator[Found]:
    """The passwords in the commands that the deployment runs."""
    for service in deployment.services:
        for command in filter(None, (service.entrypoint, service.command)):
            for name, text in pairs(command.text):
                yield from _of_assignment(Assignment(name, text, command.at))
            for login in logins(command.text):
                found = nature(login.password or "", near=login.near)
                if found in LITERAL and login.is_real:
                    what = f"the password in the command of {service.name}"
                    yield Found(what, found, command.at)


def in_files(environment: Environment, project: Project) -> Iterator[Found]:
    """The passwords in manifests, settings and scripts that no process was seen to read."""
    for path in searched(environment, project):
        if not (_COMPOSE.match(path) or is_env_file(path) or is_template(path)):
            for one in assigned(project, path).telling:
                if is_for(one.section, environment.name):
                    yield from _of_assignment(one)


def searched(environment: Environment, project: Project) -> tuple[str, ...]:
    """The files of settings that may be deployed to the environment, and templates of them."""
    return tuple(
        path
        for path in project.paths
        if is_searched(project, path)
        and not (is_pipeline(path) or path.endswith(_BY_HAND))
        and is_for(path, environment.name)
    )


def _of_assignment(one: Assignment) -> Iterator[Found]:
    found = Nature.EMPTY
    for login in () if is_prose(one.name) else logins(one.text):
        if login.password is not None and login.is_real and login.host not in _SHAPES:
            found = nature(login.password, near=login.near)
    if is_password(one.name) and not is_reference(one.name) and not _is_about(one):
        found = nature(one.text)
    if found in LITERAL:
        yield Found(_what(one.name), found, one.at)


def _is_about(one: Assignment) -> bool:
    return not one.secret and one.name != "PASSWORD" and is_innocent(one.name, one.text)

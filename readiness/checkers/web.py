"""Checkers of web applications: debugging, the hosts they answer to, the origins they trust."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from readiness import (
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Program,
    Project,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.strangers import admits_strangers
from readiness.checkers.web_commands import told_by_commands
from readiness.checkers.web_said import UNSAID, Said
from readiness.checkers.web_settings import settings_of, untold
from readiness.checkers.web_words import DEBUGS, ORIGINS

_EVERYBODY = ("*",)
_RELOADS = "is on: the server watches files, and starts anew with each that changes"


@checker("web.debug", by_variables=True)
def debug(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """No web application of the environment runs with its debugger or its reloader on."""
    found = [
        one for one in settings_of(program, deployment, environment, project) if one.name in DEBUGS
    ] + [*told_by_commands(deployment)]
    yield from _judged(
        found, lambda one: bool(one.value), "is on: errors show the code and its variables",
        "read it from the environment, off by default", untold(environment, project),
    )  # fmt: skip


@checker("web.hosts", by_variables=True)
def hosts(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """Django answers to the hosts that are named, and to no other."""
    said = settings_of(program, deployment, environment, project)
    yield from _judged(
        [one for one in said if one.name == "ALLOWED_HOSTS"], lambda one: _is_all(one.value),
        "lets every host be asked for: links in mails can be made to lead elsewhere",
        "name the hosts under which the application is reached", untold(environment, project),
    )  # fmt: skip


@checker("web.origins", by_variables=True)
def origins(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """No page of somebody else may use the application with its visitors' logins."""
    said = settings_of(program, deployment, environment, project)
    named = [one for one in said if one.name in ORIGINS]
    yield from _judged(
        [_with_credentials(one) for one in named],
        lambda one: _is_all(one.value),
        "lets the pages of everybody in, with the logins of their visitors",
        "name the origins that may, or leave credentials out", untold(environment, project),
    )  # fmt: skip


def _with_credentials(one: Said) -> Said:
    """Without credentials a page of somebody else gets what everybody gets."""
    if one.name.endswith("regex") and isinstance(one.value, str):
        strangers = admits_strangers(one.value)
        one = replace(one, value=UNSAID if strangers is None else strangers)
    if one.credentials is None and _is_all(one.value):
        return replace(one, value=UNSAID)
    return one if one.credentials else replace(one, value="")


def _judged(
    found: list[Said], is_bad: Callable[[Said], bool], said: str, hint: str,
    unread: list[str],
) -> Iterator[Finding]:  # fmt: skip
    if not found and not unread:
        raise NotApplicable("no web framework is told anything of it here")
    for path in unread:
        yield undecided(f"{path} is not read or does not parse: what it tells its web framework "
                        "is not judged", at=Place(path),
                        hint="correct the file, or leave it out in the settings")  # fmt: skip
    for one in found:
        data = {"setting": one.name}
        if one.value is UNSAID:
            yield undecided(f"what {one.name} is cannot be told here", at=one.at, data=data,
                            hint="say with --set what decides it")  # fmt: skip
        elif is_bad(one):
            words = f"{one.name} {_RELOADS if one.name == 'reload' else said}"
            if one.under:
                yield undecided(f"{words}, if {' and '.join(one.under)}", at=one.at, hint=hint,
                                data=data)  # fmt: skip
            else:
                yield problem(words, at=one.at, hint=hint, data=data)
        else:
            yield ok(f"{one.name} is as it should be", at=one.at, data=data)


def _is_all(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(one in _EVERYBODY for one in value)
    return value is True or value in _EVERYBODY

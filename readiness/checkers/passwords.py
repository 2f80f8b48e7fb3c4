"""Checkers that judge the passwords which would be deployed."""

import re
from collections.abc import Iterable, Iterator

from readiness import (
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Program,
    Project,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.code_passwords import Found, in_code
from readiness.checkers.config_passwords import (
    in_commands,
    in_files,
    in_loaded,
    in_variables,
    searched,
)
from readiness.checkers.credentials import Nature
from readiness.checkers.mounted import in_mounted
from readiness.checkers.scope import is_code
from readiness.checkers.understood import doubts, unread

_SPEAKS = re.compile(rb"(?i:passw|pwd)|://[^\s/]*@")

_WORDS = {
    Nature.EMPTY: "lets everybody in without a password",
    Nature.PLACEHOLDER: "is a placeholder, and would be deployed as it stands",
    Nature.SAMPLE: "is a default or sample password",
    Nature.WEAK: "is short enough to be guessed",
    Nature.VALUE: "is written out in the repository",
}
_HINT = (
    "let the platform supply it (${NAME:?} in Compose, a secretKeyRef in Kubernetes, os.environ "
    "in code), and change it on the server"
)


@checker("passwords.default")
def default(
    program: Program, deployment: Deployment, environment: Environment, project: Project
) -> Iterator[Finding]:
    """No password that would be deployed is a default, a sample or a literal."""
    found = [
        *in_variables(environment, deployment, project),
        *in_loaded(program, environment, project),
        *in_commands(deployment),
        *in_mounted(deployment, project),
        *in_code(program, environment, project),
        *in_files(environment, project),
    ]
    yield from _once(found)
    unknown = [*unread(project, _SPEAKS, "passwords")] or [
        *doubts(program, project, _SPEAKS, "passwords", absent=False)
    ]
    yield from unknown
    if not found and not unknown:
        yield _searched(environment, project)


def _once(found: Iterable[Found]) -> Iterator[Finding]:
    """One finding for each line, however many ways lead to it."""
    seen: set[tuple[str, int | None] | None] = set()
    for one in found:
        line = (one.at.path, one.at.line) if one.at else None
        if line not in seen:
            seen.add(line)
            yield _judged(one)


def _judged(one: Found) -> Finding:
    data = {"nature": one.nature.value}
    if one.condition:
        return undecided(f"{one.what} {_WORDS[one.nature]}, if {one.condition}", at=one.at,
                         hint=_HINT, trace=one.trace, data=data)  # fmt: skip
    if one.nature is Nature.EMPTY:
        return problem(f"{one.what} {_WORDS[one.nature]}", at=one.at,
                       hint="demand scram-sha-256 and a password", trace=one.trace,
                       data=data)  # fmt: skip
    like = f": it stands in {one.like} too" if one.like else ""
    return problem(f"{one.what} {_WORDS[one.nature]}{like}", at=one.at,
                   hint=_HINT, trace=one.trace, data=data)  # fmt: skip


def _searched(environment: Environment, project: Project) -> Finding:
    code = sum(is_code(path) for path in project.paths)
    config = len(searched(environment, project))
    variables = len(environment.variables)
    if not (code or config or variables):
        raise NotApplicable("there is no code, no configuration and no variable to search")
    return ok(
        f"no default, sample or literal password among {variables} variables, in {code} files of "
        f"code and {config} of configuration",
        data={"variables": variables, "code": code, "configuration": config},
    )

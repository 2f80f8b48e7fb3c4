"""Checkers that judge the variables of the environment."""

from collections.abc import Iterator

from readiness import (
    Environment,
    Finding,
    Matcher,
    NotApplicable,
    Place,
    Program,
    Project,
    Variable,
    checker,
    ok,
    problem,
    shown,
    undecided,
)
from readiness.checkers.credentials import is_placeholder
from readiness.checkers.given import TEMPLATE, Given, from_environment, from_file
from readiness.checkers.names import is_password, is_secret, is_url

# What a program writes for a value that is not there; "none" may well be a choice.
_NOTHING = frozenset({"null", "NULL", "None", "nil", "undefined", "NaN", "n/a", "N/A", "example"})


@checker("environment.required")
def required(
    environment: Environment,
    program: Program,
    project: Project,
    *,
    required: list[str] | None = None,
    equals: dict[str, Matcher] | None = None,
    file: str | None = None,
) -> Iterator[Finding]:
    """Every variable that is needed is there, filled in, and has the right value.

    Without ``required``: every variable that the code reads without a default, or ends
    without. With ``file``, that file must give them; else any source of the environment may.
    ``equals`` maps names to the values that are expected.
    """
    expected = equals or {}
    needed = dict.fromkeys([*(required or ()), *expected])
    reads = {read.name: read.at for read in program.reads() if read.required}
    names = needed or dict.fromkeys(reads)
    if file is not None and not project.has(file):
        yield problem(f"{file} is not there, and should give {', '.join(names)}", at=Place(file),
                      hint=f"write {file}, or name the file that is deployed")  # fmt: skip
        return
    if not names:
        raise NotApplicable("the code reads no variable that it cannot do without")
    for name in names:
        if file is not None:
            given = from_file(project, file, environment, name)
        else:
            given = from_environment(environment, name)
        if given is None:
            yield _missing(name, environment, file, reads.get(name), named=name in needed)
        else:
            yield _judge(name, given, expected.get(name))


def _missing(
    name: str, environment: Environment, file: str | None, read: Place | None, *, named: bool
) -> Finding:
    by = f", which {read} reads" if read else ""
    hint = f"give {name} a value, or say --injected {name} where the platform supplies it"
    if file is not None:
        return problem(f"{file} does not give {name}{by}", at=Place(file), hint=hint)
    variable = environment.get(name)
    if variable is not None or (named and environment.described):
        return problem(f"{name}{by}, is not set in {environment.name}", at=_at(variable, read),
                       hint=hint)  # fmt: skip
    return undecided(f"no source gives {name}{by}: the platform must supply it", at=read,
                     hint=hint)  # fmt: skip


def _at(variable: Variable | None, read: Place | None) -> Place | None:
    return (variable.at if variable else None) or read


def _judge(name: str, given: Given, expected: Matcher | None) -> Finding:
    at = given.at
    if given.text is None:
        if expected is not None:
            return undecided(f"{name} is supplied by {given.source}, so nobody here can tell "
                             f"whether it is {expected}", at=at,
                             hint=f"say --set {name}=… as the platform does")  # fmt: skip
        return ok(f"{name} is supplied by {given.source}", at=at)
    if TEMPLATE.search(given.text):
        return undecided(f"{name} is a template, and nothing here fills it in", at=at,
                         hint=f"fill in {name}, or judge the file that was rendered")  # fmt: skip
    if not given.text.strip() or _stands_for_nothing(name, given.text):
        how = "a placeholder, a value is expected" if given.text.strip() else "empty"
        return problem(f"{name} is {how}", at=at, hint=f"give {name} a value")
    if expected is not None and not expected.accepts(given.text):
        found = shown(name, given.text)
        return problem(f"{name} is {found}, expected is {expected}", at=at,
                       hint=f"correct {name}")  # fmt: skip
    return ok(f"{name} is given at {given.source}", at=at)


def _stands_for_nothing(name: str, text: str) -> bool:
    plain = text.strip()
    if is_placeholder(text):
        return True
    secret = is_password(name) or is_secret(name) or is_url(name)
    return plain in _NOTHING or (plain.lower() == "none" and secret)

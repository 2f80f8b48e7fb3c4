"""Checkers of the roles' passwords: not to be guessed, and kept as SCRAM."""

import re
from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Place,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.providers import provider_of

_SCRAM = "scram-sha-256"


@checker("authentication.default-password", privileges=("verifiers",))
def guessable(database: Database) -> Iterator[Finding]:
    """No role has a default password, its own name, or a word from the repository.

    The words are compared with the verifiers, offline; no login is tried. Where the
    verifiers cannot be read, the password of the address itself is judged.
    """
    try:
        found = database.verifiers
    except Undecidable as error:
        yield from _own_password(database)
        provider = provider_of(database)
        refused = f"{provider} gives this grant to nobody" if provider else error.hint
        yield undecided(error.reason, hint=refused)
        return
    judged = [one for one in found.all if one.login and one.kind != "none"]
    if not judged:
        raise NotApplicable("no role that may log in has a password")
    for one in judged:
        if one.weak:
            yield _weak(one.role, one.word_source)
    if not found.complete:
        yield undecided(
            f"{found.checked} of {found.total} comparisons were made before the time was over",
            hint="give the check more time with `--timeout`",
            data={"checked": found.checked, "total": found.total},
        )
    strange = [one.role for one in judged if one.kind not in {"scram", "md5"}]
    for role in strange:
        yield undecided(f"the password of {role} is kept in a form that cannot be compared")
    good = [one.role for one in judged if one.weak is False]
    if good:
        yield ok(
            f"none of {found.candidates} known words opens {', '.join(sorted(good))}",
            data={"roles": sorted(good), "candidates": found.candidates},
        )


def _weak(role: str, source: str | None) -> Finding:
    return problem(
        f"the role {role} has a password that anybody can guess: {origin(source)}; "
        "a random one is required",
        at=place(source),
        hint=f"set another with `\\password {role}` in psql, and keep it out of the repository",
        source="database",
        data={"role": role, "word_source": source},
    )


def _own_password(database: Database) -> Iterator[Finding]:
    try:
        own = database.password
    except Undecidable:
        return
    if own.given and own.weak:
        yield _weak(database.user, own.word_source)


def origin(source: str | None) -> str:
    """Where a word came from, in words."""
    return f"it stands at {source}" if place(source) else (source or "a well-known default")


def place(source: str | None) -> Place | None:
    """The line in which a word stands; None where it came from a list."""
    found = re.fullmatch(r"(\S+):([0-9]+)", source or "")
    return Place(found[1], int(found[2])) if found else None


@checker("authentication.verifiers", privileges=("verifiers",))
def scram(database: Database) -> Iterator[Finding]:
    """Every password is kept as SCRAM, and so is the next one that is set."""
    yield from _next(database)
    judged = [one for one in database.verifiers.all if one.kind != "none"]
    if not judged:
        raise NotApplicable("no role has a password")
    for one in judged:
        if one.kind == "md5":
            yield problem(
                f"the password of {one.role} is kept as md5; scram-sha-256 is required",
                hint="SET password_encryption = 'scram-sha-256', then give the role a new one",
                data={"role": one.role, "kind": one.kind},
            )
        elif one.kind == "scram":
            yield ok(f"the password of {one.role} is kept as SCRAM", data={"role": one.role})
        else:
            yield undecided(f"the password of {one.role} is kept in a form that is not known")


def _next(database: Database) -> Iterator[Finding]:
    """How the next password would be kept; where that is not known, nothing."""
    try:
        encryption = database.setting("password_encryption").text
    except Undecidable:
        return
    if encryption != _SCRAM:
        yield problem(
            f"password_encryption is {encryption}, so the next password is kept as md5; "
            f"{_SCRAM} is required",
            hint=f"ALTER SYSTEM SET password_encryption = '{_SCRAM}', SELECT pg_reload_conf()",
            data={"password_encryption": encryption},
        )

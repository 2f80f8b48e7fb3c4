"""Checkers of the roles' passwords: not to be guessed, and kept as SCRAM."""

import re
from collections.abc import Iterator, Sequence

from readiness import (
    Database,
    Finding,
    Guess,
    NotApplicable,
    Place,
    Undecidable,
    Verifier,
    Verifiers,
    checker,
    counted,
    ok,
    problem,
    undecided,
)
from readiness.checkers.providers import set_server

_SCRAM = "scram-sha-256"
_COMPARED = frozenset({"scram", "md5"})


def _asks(
    *, users: Sequence[str] = (), dictionary: Sequence[str] = (), max_seconds: float = 20.0
) -> Iterator[Guess]:
    yield Guess(tuple(users), tuple(dictionary), max_seconds)


@checker("authentication.default-password", asks=_asks, privileges=("verifiers",))
def guessable(
    database: Database,
    *,
    users: Sequence[str] = (),
    dictionary: Sequence[str] = (),
    max_seconds: float = 20.0,
) -> Iterator[Finding]:
    """No role has a default password, its own name, or a word from the repository.

    The words are compared with the verifiers, offline; no login is tried. ``users`` are
    the roles to look at, all of them where it names none; ``dictionary`` are further
    words, ``max_seconds`` how long the comparison may take. Where the verifiers cannot be
    read, the password of the address itself is judged.
    """
    try:
        found = database.verifiers
    except Undecidable as error:
        yield from _own_password(database)
        yield undecided(error.reason, hint=error.hint)
        return
    judged = [
        one
        for one in found.all
        if one.login and one.kind != "none" and (not users or one.role in users)
    ]
    for name in sorted(set(users) - {one.role for one in found.all}):
        yield undecided(f"there is no role {name}, whose password the rule asks for")
    if not judged:
        raise NotApplicable("no role that may log in has a password")
    yield from (_weak(one.role, one.word_source) for one in judged if one.weak)
    yield from _not_compared(database, judged, max_seconds)
    if found.dictionary < len(dictionary):
        yield undecided(
            f"{found.dictionary} of {counted(len(dictionary), 'word')} of the rule's dictionary "
            "were tried",
            hint="take the snapshot with this checklist: `readiness database snapshot -c …`",
        )
    good = [one.role for one in judged if one.weak is False]
    if good:
        yield _strong(good, found)


def _strong(roles: Sequence[str], found: Verifiers) -> Finding:
    return ok(
        f"none of {found.candidates} known words opens {', '.join(sorted(roles))} "
        f"(checked {found.checked} of {found.total})",
        data={
            "roles": sorted(roles),
            "candidates": found.candidates,
            "checked": found.checked,
            "total": found.total,
        },
    )


def _not_compared(
    database: Database, judged: Sequence[Verifier], seconds: float
) -> Iterator[Finding]:
    """The passwords of which nobody knows whether a word opens them, and why."""
    found = database.verifiers
    unsure = [one.role for one in judged if one.weak is None and one.kind in _COMPARED]
    if not found.complete:
        yield undecided(
            f"{found.checked} of {found.total} comparisons were made before the time was over",
            hint=f"give the rule more than max_seconds: {seconds:g}, and the check as much with "
            "`--timeout`",
            data={"checked": found.checked, "total": found.total},
        )
    elif unsure:
        lack = database.not_compared(f"the password of {', '.join(unsure)} was not compared")
        yield undecided(lack.reason, hint=lack.hint)
    for one in judged:
        if one.kind not in _COMPARED:
            text = f"the password of {one.role} is kept in a form that cannot be compared"
            yield undecided(text)


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
            hint=set_server(database, "password_encryption", _SCRAM),
            data={"password_encryption": encryption},
        )

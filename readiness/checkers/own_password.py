"""Checkers of the password in the address of the database: long, and known to nobody."""

from collections.abc import Iterator
from typing import Literal

from readiness import (
    Database,
    Engine,
    Finding,
    NotApplicable,
    Program,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.credentials import GUESSABLE, nature
from readiness.checkers.verifiers import origin, place

Length = Literal[8, 12, 16, 20, 24, 32]
_MEND = "give the role another with `\\password` in psql, drawn by chance, from a secret store"


@checker("authentication.dsn-password")
def own_password(
    database: Database, program: Program | None, *, min_length: Length = 16
) -> Iterator[Finding]:
    """The passwords in the addresses of the database are long, no default, in no repository.

    Judged are the address that was looked at, and those that the code would connect with.
    Nothing is asked of the server.
    """
    found = [*_of_address(database, min_length)]
    user = database.user if found else None
    for engine in program.engines() if program else ():
        dialect = engine.dialect or engine.url.dialect or "postgresql"
        if dialect.startswith("postgres"):
            found += _of_engine(engine, min_length, user)
    if not found:
        raise NotApplicable("no address of the database has a password")
    yield from found


def _of_address(database: Database, least: int) -> Iterator[Finding]:
    own = database.password
    if not own.given:
        return
    user = database.user
    data = {"role": user, "word_source": own.word_source, "at_least": own.at_least}
    if own.weak:
        yield problem(
            f"the password of {user} in the address can be guessed: {origin(own.word_source)}; "
            "a random one is required",
            at=place(own.word_source),
            hint=_MEND,
            source="config",
            data=data,
        )
    if own.at_least < least:
        yield problem(
            f"the password of {user} in the address is shorter than {least} characters",
            hint=_MEND,
            source="config",
            data=data,
        )
    elif own.weak is None:
        lack = database.not_compared(f"the password of {user} was compared with no list")
        yield undecided(lack.reason, hint=lack.hint, source="config", data=data)
    elif not own.weak:
        text = f"the password of {user} in the address has {least} characters or more, and no list"
        yield ok(f"{text} that was tried has it", source="config", data=data)


def _of_engine(engine: Engine, least: int, judged: str | None) -> Iterator[Finding]:
    password, user = engine.url.password, engine.url.user.text or "the role"
    at = password.places[0] if password.places else engine.at
    data = {"url": str(engine.url)}
    what = f"the password of {user} with which the {engine.library} connection is made"
    why = password.reason or ("" if password.value else engine.url.reason)
    if why:
        if user != judged:
            yield undecided(
                f"{what} is not known here: {why}",
                at=engine.at,
                hint="give it with --env-file, or check with the application's own address",
                source="code",
                data=data,
            )
    elif password.value:
        text = password.value.reveal()
        near = (user, engine.url.database.text or "", engine.url.host.text or "")
        if nature(text, near=near) in GUESSABLE:
            yield problem(f"{what} can be guessed; a random one is required", at=at, hint=_MEND,
                          source="code", trace=engine.login, data=data)  # fmt: skip
        elif len(text) < least:
            yield problem(f"{what} is shorter than {least} characters", at=at, hint=_MEND,
                          source="code", trace=engine.login, data=data)  # fmt: skip
        else:
            yield ok(f"{what} has {least} characters or more, and is no default", at=at,
                     source="code", trace=engine.login, data=data)  # fmt: skip

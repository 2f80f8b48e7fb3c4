"""Which server is asked: what the user named, never what a repository chooses."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from readiness.engine.facts import Missing
from readiness.model.errors import ReadinessError
from readiness.model.secret import Secret
from readiness.program import Program

if TYPE_CHECKING:
    from readiness.database.address import Address
    from readiness.program.answers import Engine

_WAYS = "`--database auto` asks the one that the code would use, `--database none` leaves it out"


def choose_address(
    asked: str | None,
    programs: Callable[[], Sequence[Program]],
    own: Mapping[str, str] | None = None,
) -> "Address | Missing":
    """Read ``--database``: a URL, ``env:NAME``, ``auto`` or ``none``; a snapshot is no address.

    ``own`` are this program's variables, for ``env:NAME``. Raises `ReadinessError`
    where the words have no form.
    """
    match asked:
        case None:
            return Missing("nobody said which database to look at", _WAYS)
        case "none":
            return Missing("the database was left out (--database none)", why="left-out")
        case "auto":
            return _of_the_code(programs())
        case _ if asked.startswith("env:"):
            return _of_variable(asked.removeprefix("env:"), os.environ if own is None else own)
        case _:
            return _parsed(Secret(asked), "--database")


def choose_pooler(asked: str | None, own: Mapping[str, str] | None = None) -> "Address | bool":
    """Read ``--pooler``: a URL, ``env:NAME``, or ``none`` (False); True where nothing is said.

    Raises `ReadinessError` where the words have no form.
    """
    if asked in {None, "none"}:
        return asked is None
    if asked and asked.startswith("env:"):
        known = os.environ if own is None else own
        return _of_variable(asked.removeprefix("env:"), known, "--pooler")
    return _parsed(Secret(asked or ""), "--pooler")


def _of_variable(name: str, own: Mapping[str, str], option: str = "--database") -> "Address":
    if not own.get(name):
        raise ReadinessError(
            f"{option} env:{name}: the variable {name} is not set here",
            hint=f"export {name}, or name another variable",
        )
    return _parsed(Secret(own[name]), f"the variable {name}")


def _parsed(text: Secret, source: str) -> "Address":
    from readiness.database.address import Address  # noqa: PLC0415 - psycopg is heavy

    try:
        return Address.parse(text)
    except ValueError as error:
        raise ReadinessError(
            f"{source} is no address of a PostgreSQL server: {error}",
            hint="postgresql://user@host:5432/dbname?sslmode=verify-full",
        ) from None


def _of_the_code(programs: Sequence[Program]) -> "Address | Missing":
    """The one connection that the code would make; more than one is for the user to choose."""
    engines = [e for program in programs for e in program.engines() if _is_postgres(e)]
    found = {str(engine.url): engine for engine in engines}
    if not found:
        return Missing(
            "the code makes no connection to PostgreSQL that could be found",
            "name the server: --database env:NAME",
        )
    known = {shown: e for shown, e in found.items() if e.url.dsn is not None}
    if len(found) > 1:
        return Missing(
            f"the code would connect to {len(found)} databases: {', '.join(sorted(found))}",
            "name the one to look at: --database env:NAME",
        )
    if not known:
        return _incomplete(engines[0])
    return _address_of(next(iter(known.values())))


def _is_postgres(engine: "Engine") -> bool:
    """Tell whether an engine may lead to PostgreSQL: one of unknown kind does not rule it out."""
    return engine.dialect is None or engine.dialect.startswith("postgres")


def _address_of(engine: "Engine") -> "Address | Missing":
    from readiness.database.address import Address  # noqa: PLC0415 - psycopg is heavy

    try:
        return Address.parse(engine.url.dsn or Secret(""))
    except ValueError as error:
        return Missing(
            f"the code's connection ({engine.at}) has no form that libpq takes: {error}"
        )


def _incomplete(engine: "Engine") -> Missing:
    url = engine.url
    pieces = {"host": url.host, "user": url.user, "database": url.database}
    reasons = [f"{name}: {piece.reason}" for name, piece in pieces.items() if piece.reason]
    if url.password.reason:
        reasons.append(f"password: {url.password.reason}")
    return Missing(
        f"the connection of the code ({engine.at}) is not known in full: "
        f"{'; '.join(reasons) or url.reason}",
        "give what is missing with --set, or name the server: --database env:NAME",
    )

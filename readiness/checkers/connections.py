"""Connections that the variables describe and that no engine of the code takes up."""

import re
from collections.abc import Iterator

from msgspec import Struct

from readiness import Deployment, Environment, Place, Variable
from readiness.checkers.credentials import Nature, nature
from readiness.checkers.logins import Login, logins
from readiness.checkers.names import words

_DEFAULT = "prefer"
_TRUE = frozenset({"true", "1", "on", "yes"})


class Connection(Struct, frozen=True):
    """A connection at the line that describes it; ``default`` where nothing sets sslmode."""

    name: str
    at: Place | None
    host: str
    sslmode: str | None
    reason: str = ""
    default: bool = False


def unconsumed(
    environment: Environment, deployment: Deployment, consumed: frozenset[str]
) -> Iterator[Connection]:
    """The PostgreSQL connections of the variables that no engine is made of."""
    seen: set[Place | None] = set()
    scopes = [dict(environment.variables)]
    scopes += [{one.name: one for one in service.variables} for service in deployment.services]
    for scope in scopes:
        for connection in _of_scope(scope, consumed):
            if connection.at is None or connection.at not in seen:
                seen.add(connection.at)
                yield connection


def _of_scope(scope: dict[str, Variable], consumed: frozenset[str]) -> Iterator[Connection]:
    mode = _known(scope.get("PGSSLMODE"))
    for name, variable in scope.items():
        text = _known(variable)
        if text is None or name in consumed:
            continue
        if login := next((one for one in logins(text) if one.is_postgres), None):
            yield of_url(name, variable.at, login, scope)
        elif name == "PGHOST":
            yield _of_host(variable, text, scope, mode)
        elif _is_mode(name) and name != "PGSSLMODE":
            yield Connection(name, variable.at, "", text.strip().lower())


def said_by(
    environment: Environment, consumed: frozenset[str]
) -> Iterator[tuple[str, Place | None, Login]]:
    """The PostgreSQL addresses among the variables that no engine is made of."""
    for name, variable in sorted(environment.variables.items()):
        text = _known(variable)
        found = logins(text) if text is not None and name not in consumed else ()
        if login := next((one for one in found if one.is_postgres), None):
            yield name, variable.at, login


def _is_mode(name: str) -> bool:
    """Tell whether a variable is the sslmode of a database (`DB_SSL_MODE`)."""
    return bool(re.search(r"(?:ssl_?mode)\Z", name.lower())) and "mysql" not in words(name)


def _known(variable: Variable | None) -> str | None:
    """The text of a variable; an address with a reference in it, as it is written."""
    if variable is None or variable.state == "unset":
        return None
    value = variable.value or (variable.chain[0].value if variable.chain else None)
    text = value.reveal() if value is not None else ""
    if variable.state == "injected" and "://" not in text:
        return None
    return text if text.strip() else None


def of_url(name: str, at: Place | None, login: Login, scope: dict[str, Variable]) -> Connection:
    """The connection of an address; ``scope`` are the variables that its process has."""
    mode = _known(scope.get("PGSSLMODE"))
    said = login.option("sslmode") or _from_ssl(login.option("ssl"))
    host = login.host or _known(scope.get("PGHOST")) or ""
    if said is not None and nature(said) is Nature.REFERENCE:
        return Connection(name, at, host, None, "its sslmode is supplied from outside")
    if said is None and mode is None and _is_injected(scope.get("PGSSLMODE")):
        return Connection(name, at, host, None, "PGSSLMODE is supplied from outside")
    found = said or mode or _DEFAULT
    return Connection(name, at, host, found.lower(), default=not (said or mode))


def _from_ssl(said: str | None) -> str | None:
    """What asyncpg's and JDBC's `ssl` means as an sslmode."""
    if said is None:
        return None
    return "require" if said.lower() in _TRUE else said.lower()


def _is_injected(variable: Variable | None) -> bool:
    return variable is not None and variable.state == "injected"


def _of_host(
    variable: Variable, host: str, scope: dict[str, Variable], mode: str | None
) -> Connection:
    decides = scope.get("PGSSLMODE") or variable
    if mode is None and _is_injected(scope.get("PGSSLMODE")):
        return Connection("PGHOST", variable.at, host, None, "PGSSLMODE is supplied from outside")
    return Connection("PGHOST", decides.at or variable.at, host, (mode or _DEFAULT).lower(),
                      default=mode is None)  # fmt: skip

"""Addresses with a login in them: URLs and libpq's `key=value` strings."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

_URL = re.compile(
    r"""(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30})://
        (?P<user>[^\s:/@"'`]*)
        (?::(?P<password>(?:\$\{[^}]*\}|\$\([^)]*\)|\{\{[^}]*\}\}|[^\s@/"'`])*))?
        @(?P<host>\[[^\]]*\]|(?:\$\{[^}]*\}|[^\s/:?\#"'`,])*)
        (?::(?P<port>[^\s/?\#"'`]*))?
        (?:/(?P<database>[^\s?\#"'`]*))?
        (?:\?(?P<query>[^\s\#"'`]*))?""",
    re.VERBOSE,
)
_PLAIN = re.compile(
    r"(?P<scheme>postgres(?:ql)?(?:\+\w+)?)://(?P<host>[^\s/:?#@\"'`]*)(?::(?P<port>\d*))?"
    r"(?:/(?P<database>[^\s?#\"'`]*))?(?:\?(?P<query>[^\s#\"'`]*))?"
)
_PAIR = re.compile(r"\b(?P<key>[a-z_]+)\s*=\s*(?P<value>'(?:[^'\\]|\\.)*'|[^\s'\"]+)")
# The beginning of a regular expression, which finds addresses and is none.
_PATTERN = re.compile(r"\(\?|\[\^|\\")
_POSTGRES = re.compile(
    r"\Apostgres(?:ql)?(?:\+\w+)?\Z|\Apgsql\Z|\Ajdbc:postgresql\Z", re.IGNORECASE
)
_LIBPQ = frozenset({"host", "hostaddr", "dbname", "user", "port"})


class Login(Struct, frozen=True):
    """Who is let in where; ``password`` is None where the address has none."""

    scheme: str
    user: str
    password: str | None
    host: str
    database: str
    options: tuple[tuple[str, str], ...] = ()
    port: str = ""

    @property
    def is_postgres(self) -> bool:
        """Whether it leads to a PostgreSQL server."""
        return bool(_POSTGRES.match(self.scheme))

    @property
    def is_real(self) -> bool:
        """Whether the scheme is one that something speaks, and no word of a template."""
        return self.scheme.lower() not in {"driver", "scheme", "dialect", "protocol", "db"}

    def option(self, name: str) -> str | None:
        """An option of the address, the last of that name."""
        return dict(self.options).get(name)

    @property
    def near(self) -> tuple[str, ...]:
        """The words that stand beside the password, which it must not be."""
        return tuple(word for word in (self.user, self.database, self.host.split(".")[0]) if word)


def may_have_login(text: str) -> bool:
    """Tell at a look whether it is worth asking for the addresses in a text."""
    return "://" in text or text.count("=") > 1


def logins(text: str) -> Iterator[Login]:
    """Every address in a text that has a user, or that leads to PostgreSQL."""
    return _logins(text) if may_have_login(text) else iter(())


def _logins(text: str) -> Iterator[Login]:
    found = [one for one in _URL.finditer(text) if not _PATTERN.search(one["user"])]
    for match in found:
        yield _login(match)
    for match in _PLAIN.finditer(text):
        if not any(match.start() == other.start() for other in found):
            yield _login(match)
    if not found and (pairs := dict(_pairs(text))) and len(_LIBPQ & set(pairs)) > 1:
        rest = tuple((key, value) for key, value in pairs.items() if key not in _LIBPQ)
        yield Login("postgresql", pairs.get("user", ""), pairs.get("password"),
                    pairs.get("host", pairs.get("hostaddr", "")), pairs.get("dbname", ""),
                    rest, pairs.get("port", ""))  # fmt: skip


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(text):
        value = match["value"]
        yield match["key"], value[1:-1] if value.startswith("'") else value


def _login(match: re.Match[str]) -> Login:
    groups = match.groupdict()
    options = tuple(
        (key, unquote(value))
        for key, found, value in (
            part.partition("=") for part in (groups.get("query") or "").split("&")
        )
        if found
    )
    named = dict(options)
    password = groups.get("password")
    return Login(
        groups["scheme"],
        unquote(groups.get("user") or named.get("user", "")),
        named.get("password") if password is None else unquote(password),
        groups["host"] or named.get("host", ""),
        groups.get("database") or "",
        options,
        groups.get("port") or named.get("port", ""),
    )


_LOOPBACK = re.compile(
    r"\A(?:localhost(?:\.localdomain)?|127(?:\.\d+){3}|\[?::1\]?)\Z", re.IGNORECASE
)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, over its loopback."""
    return bool(_LOOPBACK.match(host))


def is_socket(host: str) -> bool:
    """Tell whether a host is a folder with a Unix socket."""
    return host.startswith(("/", "%2F", "%2f", "@"))

"""Where a database is, with its password kept secret."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.model.errors import ReadinessError
from readiness.model.secret import MASK, Secret

PORT = 5432
_SCHEME = re.compile(r"(?:postgres(?:ql)?)(?:\+[a-z0-9_]+)?://", re.IGNORECASE)
_SECRETS = frozenset({"password", "sslpassword", "oauth_client_secret", "scram_client_key"})
_RENAMED = {"database": "dbname", "username": "user", "ssl": "sslmode"}
_MEANT = {"true": "require", "1": "require", "false": "disable", "0": "disable"}


class AddressError(ReadinessError, ValueError):
    """A text that is no address of a PostgreSQL database; it is never shown."""


class Address(Struct, frozen=True):
    """Where a PostgreSQL database is and as whom to go there.

    ``options`` are libpq's other keywords. Several hosts are kept as libpq writes them,
    with commas; ``host`` is None where libpq's own default, the local socket, applies.
    """

    host: str | None = None
    port: int = PORT
    dbname: str | None = None
    user: str | None = None
    password: Secret | None = None
    sslmode: str | None = None
    options: Mapping[str, str | Secret] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.host, self.port, self.dbname, self.user, self.sslmode))

    @classmethod
    def parse(cls, text: str | Secret) -> "Address":
        """Read a URL or a ``key=value`` string; raises `AddressError` without showing it.

        SQLAlchemy's schemes (``postgresql+psycopg://``) and ``postgres://`` are taken.
        """
        given = text.reveal() if isinstance(text, Secret) else text
        words = _of_url(given.strip()) if "://" in given else _of_keywords(given.strip())
        return cls.of(words)

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> "Address":
        """Make an address of libpq's keywords, or of SQLAlchemy's parts of a URL."""
        named = {_RENAMED.get(word, word): value for word, value in words.items()}
        rest = {word: _text(value) for word, value in named.items() if value not in {None, ""}}
        mode = rest.pop("sslmode", None)
        password = rest.pop("password", None)
        return cls(
            host=rest.pop("host", None) or rest.get("hostaddr"),
            port=_port(rest.pop("port", str(PORT))),
            dbname=rest.pop("dbname", None),
            user=rest.pop("user", None),
            password=None if password is None else Secret(password),
            sslmode=None if mode is None else _MEANT.get(mode.lower(), mode),
            options={word: Secret(v) if word in _SECRETS else v for word, v in rest.items()},
        )

    @property
    def is_socket(self) -> bool:
        """Whether it is a socket in the file system, with no network between."""
        return self.host is None or self.host.startswith(("/", "@"))

    @property
    def is_local(self) -> bool:
        """Whether it is this machine: a socket, or loopback."""
        if self.is_socket or self.host == "localhost":
            return True
        try:
            return ip_address(self.host or "").is_loopback
        except ValueError:
            return False

    @property
    def masked(self) -> str:
        """The address as it may be shown."""
        secret = f":{MASK}" if self.password else ""
        user = f"{quote(self.user, safe='')}{secret}@" if self.user else ""
        host = "" if self.host is None else self.host
        place = quote(host, safe="") if host.startswith("/") else _bracketed(host)
        port = f":{self.port}" if host else ""
        mode = f"?sslmode={self.sslmode}" if self.sslmode else ""
        return f"postgresql://{user}{place}{port}/{quote(self.dbname or '', safe='')}{mode}"

    @property
    def place(self) -> str:
        """The server in words: its host and port, or its socket."""
        if self.is_socket:
            return f"the socket {self.host or 'of this machine'} (port {self.port})"
        return f"{_bracketed(self.host or '')}:{self.port}"

    @property
    def without_password(self) -> "Address":
        """The same address with no secret in it."""
        open_ = {word: v for word, v in self.options.items() if not isinstance(v, Secret)}
        return replace(self, password=None, options=open_)

    def keywords(self) -> dict[str, str]:
        """Give libpq's keywords with the secrets revealed: for connecting, never for output."""
        words = {
            "host": self.host,
            "port": str(self.port),
            "dbname": self.dbname,
            "user": self.user,
            "password": self.password.reveal() if self.password else None,
            "sslmode": self.sslmode,
        }
        rest = {w: v.reveal() if isinstance(v, Secret) else v for w, v in self.options.items()}
        return rest | {word: value for word, value in words.items() if value is not None}

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Address({self.masked})"


def _of_url(text: str) -> dict[str, str]:
    found = _SCHEME.match(text)
    if not found:
        scheme = text.partition("://")[0]
        shown = scheme if re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.\-]*", scheme) else "this"
        raise AddressError(
            f"{shown} is no scheme of a PostgreSQL address",
            hint="write postgresql://USER@HOST:PORT/DATABASE",
        )
    if text.partition("?")[0].count("@") > 1:
        # Whatever stands behind the first one would be taken for the host, and be shown.
        raise AddressError(
            "the address of the database has more than one @",
            hint="percent-encode what is special in the password (@ is %40, / is %2F)",
        )
    try:
        return _parsed(f"postgresql://{text[found.end() :]}")
    except AddressError:
        # SQLAlchemy takes query words that libpq does not know; they name no other server.
        return _split(text)


def _of_keywords(text: str) -> dict[str, str]:
    if "=" not in text:
        raise AddressError(
            "this is no address of a PostgreSQL database",
            hint="write postgresql://USER@HOST:PORT/DATABASE, or env:NAME for a variable",
        )
    return _parsed(text)


def _parsed(text: str) -> dict[str, str]:
    """Let libpq's own rules decide; its message may hold the password and is dropped."""
    import psycopg  # noqa: PLC0415 - only where an address is read
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    try:
        return {word: str(value) for word, value in conninfo_to_dict(text).items()}
    except (psycopg.Error, UnicodeError, ValueError):
        raise AddressError(
            "the address of the database cannot be read",
            hint="percent-encode what is special in the password (@ is %40, / is %2F)",
        ) from None


def _split(text: str) -> dict[str, str]:
    wrong = AddressError(
        "the address of the database cannot be read",
        hint="percent-encode what is special in the password (@ is %40, / is %2F)",
    )
    try:
        parts = urlsplit(text)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        port = parts.port
    except ValueError:
        raise wrong from None
    libpq = _known_words()
    if not set(asked) - libpq:
        raise wrong
    known = {w: value for w, value in asked.items() if w in libpq or w in _RENAMED}
    named = {
        "host": unquote(parts.hostname or ""),
        "port": str(port or ""),
        "dbname": unquote(parts.path.removeprefix("/")),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }
    return {word: value for word, value in named.items() if value} | known


def _known_words() -> frozenset[str]:
    from psycopg import pq  # noqa: PLC0415 - only where an address is read

    return frozenset(option.keyword.decode() for option in pq.Conninfo.get_defaults())


def _text(value: Any) -> str:
    return value.reveal() if isinstance(value, Secret) else str(value)


def _port(text: str) -> int:
    first = text.partition(",")[0].strip() or str(PORT)
    if not first.isdigit() or not 0 < int(first) < 2**16:
        raise AddressError(
            "the port of the database is no port", hint="a port is a number from 1 to 65535"
        )
    return int(first)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and "," not in host else host

"""Connection URLs over texts that are known in part."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote

from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.program.answers import Password, Piece, Url
from readiness.program.provenance import variables_of
from readiness.program.values import Constant, Dict, Instance, Part, Text, Unknown, Value

FIRST_GAP = 0xF0000
# What an URL object was made from, what was added to its query, and why it is not known.
TEXT, MORE, LOST = "\0text", "\0query", "\0lost"


@dataclass(frozen=True, slots=True)
class Spans:
    """A text whose unknown parts are written as one private character each."""

    content: str
    parts: tuple[tuple[int, Part], ...]

    @classmethod
    def of(cls, value: Text) -> "Spans":
        """Write the parts of a text one after the other."""
        content, parts = "", []
        for index, part in enumerate(value.parts):
            parts.append((len(content), part))
            content += chr(FIRST_GAP + index) if part.text is None else part.text
        return cls(content, tuple(parts))

    def covering(self, start: int, end: int) -> tuple[Part, ...]:
        """The parts that a stretch of the text came from."""
        found = []
        for index, (begin, part) in enumerate(self.parts):
            after = self.parts[index + 1][0] if index + 1 < len(self.parts) else len(self.content)
            if begin < end and after > start:
                found.append(part)
        return tuple(found)


def has_gap(content: str) -> bool:
    """Whether a stretch holds an unknown part."""
    return any(ord(character) >= FIRST_GAP for character in content)


def piece(content: str | None, parts: Iterable[Part], *, decode: bool = True) -> Piece:
    """A part of a connection, by the stretch of text that says it."""
    parts = tuple(parts)
    places = tuple(dict.fromkeys(part.at for part in parts if part.at))
    variables = tuple(dict.fromkeys(part.variable for part in parts if part.variable))
    literal = bool(parts) and all(part.literal for part in parts)
    if content is None:
        return Piece(None, "", places, variables, literal)
    if has_gap(content):
        return Piece(None, _supplied(variables), places, variables, literal)
    return Piece(unquote(content) if decode else content, "", places, variables, literal)


def _supplied(variables: tuple[str, ...]) -> str:
    if not variables:
        return "a part of it is not known"
    return f"{', '.join(variables)} {'is' if len(variables) == 1 else 'are'} set by the platform"


def unknown_url(reason: str, value: Value | None = None) -> Url:
    """An address of which nothing is known, and why."""
    variables = variables_of(value.trace) if value is not None else ()
    gap = Piece(None, reason, (), variables)
    return Url(None, gap, Password(None, reason, (), variables), gap, gap, gap, {}, reason)


def parse(value: Value) -> Url:
    """The address that a text, or SQLAlchemy's URL object, stands for."""
    if isinstance(value, Text):
        return _of_text(value)
    if isinstance(value, Instance) and {"drivername", TEXT} & set(value.slots.values):
        return _changed(value, _of_object(value))
    if isinstance(value, Unknown):
        return unknown_url(value.reason, value)
    if isinstance(value, Constant) and value.value is None:
        return unknown_url("no address is given", value)
    return unknown_url("its address is not a text", value)


def _of_text(value: Text) -> Url:
    spans = Spans.of(value)
    content = spans.content
    scheme, separator, _ = content.partition("://")
    if not separator:
        if has_gap(content) or "=" not in content:
            return _shapeless(spans, value)
        return _of_words(spans)
    if has_gap(scheme):
        return _shapeless(spans, value, after=len(scheme) + 3)
    start = len(scheme) + 3
    return _split(spans, scheme, start, value)


def _shapeless(spans: Spans, value: Text, after: int | None = None) -> Url:
    """An address that the platform supplies; what the code adds to it is still known."""
    _ = after
    variables = tuple(dict.fromkeys(p.variable for p in value.parts if p.variable))
    url = unknown_url(_supplied(variables) if variables else "its address is not known", value)
    places = tuple(dict.fromkeys(part.at for part in value.parts if part.at))
    gap = Piece(None, url.reason, places, variables)
    query = _query(spans, spans.content.find("?"))
    query.pop("password", None)
    password = Password(None, url.reason, places, variables)
    return Url(None, gap, password, gap, gap, gap, query, url.reason)


def _split(spans: Spans, scheme: str, start: int, value: Text) -> Url:
    content = spans.content
    ends = [i for i in (content.find(c, start) for c in "/?#") if i >= 0]
    # a password may hold a slash or a question mark where it is not quoted
    at = content.rfind("@", start, min(ends) if ends else None)
    if at < 0 <= content.find("@", start):
        at = content.rfind("@")
    host_start = at + 1 if at >= 0 else start
    ends = [i for i in (content.find(c, host_start) for c in "/?#") if i >= 0]
    host_end = min(ends) if ends else len(content)
    user, password = _login(spans, start, at)
    host, port = _hosts(spans, host_start, host_end)
    question = content.find("?", host_end)
    path_end = question if question >= 0 else len(content)
    path = content[host_end + 1 : path_end] if content[host_end : host_end + 1] == "/" else None
    whole = content[start:]
    database = piece(path, spans.covering(host_end + 1, path_end)) if path is not None else Piece()
    # a gap at the very end may hold a query of its own
    open_end = has_gap(content[-1:]) and question < 0 and _may_hold_query(value)
    query = _query(spans, question)
    if "password" in query:  # libpq takes it here too; it must stay a secret
        password = password_of(query.pop("password"))
    user = query.pop("user", user) if _is_absent(user) else user
    host = query.get("host", host) if _is_absent(host) else host
    reason = "" if not open_end else _supplied(
        tuple(dict.fromkeys(p.variable for p in value.parts if p.variable)))  # fmt: skip
    known = value.known
    _ = whole
    return Url(scheme, user, password, host, port, database, query, reason,
               Secret(known) if known is not None else None)  # fmt: skip


def _is_absent(given: Piece) -> bool:
    return given.known and not given.text


def _may_hold_query(value: Text) -> bool:
    """Whether the last part, which is not known, could be more than a name."""
    return len(value.parts) == 1


def _login(spans: Spans, start: int, at: int) -> tuple[Piece, Password]:
    if at < 0:
        return Piece(), Password()
    content = spans.content
    colon = content.find(":", start, at)
    user_end = colon if colon >= 0 else at
    user = piece(content[start:user_end], spans.covering(start, user_end))
    if colon < 0:
        return user, Password()
    return user, password_of(piece(content[colon + 1 : at], spans.covering(colon + 1, at)))


def password_of(given: Piece) -> Password:
    """A piece as a password, kept secret."""
    secret = Secret(given.text) if given.text is not None else None
    return Password(secret, given.reason, given.places, given.variables, given.literal)


def _hosts(spans: Spans, start: int, end: int) -> tuple[Piece, Piece]:
    content = spans.content[start:end]
    if content.startswith("[") and "]" in content:
        host_end = start + content.index("]") + 1
        rest = spans.content[host_end:end]
        host = piece(spans.content[start + 1 : host_end - 1], spans.covering(start, host_end))
        port = rest[1:] if rest.startswith(":") else None
        return host, piece(port, spans.covering(host_end, end)) if port else Piece()
    if "," in content:
        return piece(content, spans.covering(start, end)), Piece()
    name, colon, port = content.partition(":")
    middle = start + len(name)
    host = piece(name or None, spans.covering(start, middle))
    if not colon:
        return host, Piece()
    return host, piece(port or None, spans.covering(middle + 1, end))


def _query(spans: Spans, question: int) -> dict[str, Piece]:
    if question < 0:
        return {}
    found: dict[str, Piece] = {}
    position = question + 1
    for pair in spans.content[question + 1 :].split("#")[0].split("&"):
        name, equals, content = pair.partition("=")
        start = position + len(name) + 1
        if equals and not has_gap(name):
            parts = spans.covering(start, max(start + len(content), start + 1))
            found[unquote(name)] = piece(content, parts)
        position += len(pair) + 1
    return found


def _of_words(spans: Spans) -> Url:
    """Libpq's ``key=value key=value``."""
    import re  # noqa: PLC0415 - seldom needed

    found: dict[str, Piece] = {}
    for match in re.finditer(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)", spans.content):
        start, end = match.span(2)
        content = match.group(2)
        if content.startswith("'"):
            content, start, end = content[1:-1], start + 1, end - 1
        found[match.group(1)] = piece(content, spans.covering(start, end), decode=False)
    return from_pieces("postgresql", found)


def from_pieces(dialect: str | None, given: dict[str, Piece]) -> Url:
    """An address by libpq's key words."""
    rest = dict(given)
    user = rest.pop("user", rest.pop("username", Piece()))
    password = rest.pop("password", None)
    host = rest.pop("host", rest.pop("hostaddr", Piece()))
    port, database = rest.pop("port", Piece()), rest.pop("dbname", rest.pop("database", Piece()))
    return Url(dialect, user, password_of(password) if password else Password(), host, port,
               database, rest)  # fmt: skip


def piece_of(value: Value | None) -> Piece:
    """A value given by itself (``host=…``) as a part of a connection."""
    if value is None or (isinstance(value, Constant) and value.value is None):
        return Piece()
    if isinstance(value, Text):
        spans = Spans.of(value)
        return piece(spans.content, value.parts, decode=False)
    variables = variables_of(value.trace)
    if isinstance(value, Constant):
        return Piece(str(value.value), "", (), variables)
    if isinstance(value, Instance) and "secret" in value.slots.values:
        return piece_of(value.slots.values["secret"])
    if isinstance(value, Unknown):
        return Piece(None, value.reason, (), variables)
    return Piece(None, "it hangs on a condition that nothing decides", (), variables)


def _changed(value: Instance, url: Url) -> Url:
    """What was put into an URL object's query afterwards; unknown where that is."""
    held = value.slots.values
    lost, more = held.get(LOST), held.get(MORE)
    if isinstance(lost, Unknown):
        return unknown_url(lost.reason, lost)
    if isinstance(more, Dict):
        added = {str(key): piece_of(one) for key, one in more.slots.values.items()}
        return replace(url, query={**url.query, **added}, dsn=None)
    return url


def _of_text_object(base: Value, held: dict[Hashable, Value]) -> Url:
    """``make_url(text)``, of which ``set()`` may have replaced parts."""
    url = parse(base)
    changes: dict[str, object] = {}
    for name, field in (("username", "user"), ("host", "host"), ("port", "port"),
                        ("database", "database")):  # fmt: skip
        if name in held:
            changes[field] = piece_of(held[name])
    if "password" in held:
        changes["password"] = password_of(piece_of(held["password"]))
    if "drivername" in held:
        name_piece = piece_of(held["drivername"])
        changes["dialect"] = name_piece.text
    if "query" in held:
        entries = held["query"].slots.values if isinstance(held["query"], Dict) else {}
        changes["query"] = {str(key): piece_of(one) for key, one in entries.items()}
    return replace(url, **changes, dsn=None) if changes else url  # type: ignore[arg-type]


def _of_object(value: Instance) -> Url:
    held = value.slots.values
    if TEXT in held:
        return _of_text_object(held[TEXT], held)
    query: dict[str, Piece] = {}
    options = held.get("query")
    entries = getattr(getattr(options, "slots", None), "values", {})
    for key, one in entries.items():
        query[str(key)] = piece_of(one)
    name = piece_of(held.get("drivername"))
    return Url(
        name.text, piece_of(held.get("username")), password_of(piece_of(held.get("password"))),
        piece_of(held.get("host")), piece_of(held.get("port")), piece_of(held.get("database")),
        query, name.reason,
    )  # fmt: skip


def kind_of(value: Value) -> Piece:
    """What says of which kind of database an address is: its scheme, else all of it."""
    if isinstance(value, Instance):
        return piece_of(value.slots.values.get("drivername") or value.slots.values.get(TEXT))
    if not isinstance(value, Text):
        return piece_of(value)
    spans = Spans.of(value)
    scheme = spans.content.partition("://")[0]
    end = len(spans.content) if has_gap(scheme) or scheme.startswith("sqlite") else len(scheme)
    return piece(None, spans.covering(0, max(end, 1)))


def dialect_of(value: Value) -> tuple[str | None, str | None]:
    """The dialect and database of an address, as far as they are known."""
    url = parse(value)
    if url.dialect is None:
        return None, None
    if url.dialect.startswith("sqlite"):
        name = url.database.text if url.database.known else None
        query = "&".join(f"{k}={v.text}" for k, v in url.query.items())
        return url.dialect, None if name is None and not url.database.known else (
            f"{name or ''}{'?' + query if query else ''}")  # fmt: skip
    return url.dialect, url.database.text


__all__ = ["Place", "dialect_of", "from_pieces", "kind_of", "parse", "password_of", "piece",
           "piece_of"]  # fmt: skip

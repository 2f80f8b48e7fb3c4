"""Addresses that are texts: URLs, and libpq's ``key=value`` words."""

import re
from urllib.parse import unquote

from msgspec.structs import replace

from readiness.model.secret import Secret
from readiness.program.answers import Password, Piece, Url
from readiness.program.urls.pieces import (
    Spans,
    from_pieces,
    has_gap,
    is_absent,
    password_of,
    piece,
    supplied,
    unknown_url,
)
from readiness.program.values import Text

_WORD = re.compile(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)")
"""A word of libpq's; what the platform supplies after the ``=`` is a value, and no more words."""


def of_text(value: Text) -> Url:
    """The address that a text stands for."""
    spans = Spans.of(value)
    content = spans.content
    scheme, separator, _ = content.partition("://")
    if not separator:
        if not content.strip():
            return Url()
        if "=" not in content or has_gap(_WORD.sub("", content)):
            return _shapeless(spans, value)
        return _of_words(spans)
    if has_gap(scheme):
        return _shapeless(spans, value)
    start = len(scheme) + 3
    if has_gap(content[start : start + 1]) and "@" not in content and "/" not in content[start:]:
        return replace(_shapeless(spans, value), dialect=scheme)
    return _split(spans, scheme, start, value)


def _shapeless(spans: Spans, value: Text) -> Url:
    """An address that the platform supplies; what the code adds to it is still known."""
    variables = tuple(dict.fromkeys(p.variable for p in value.parts if p.variable))
    url = unknown_url(supplied(variables) if variables else "its address is not known", value)
    places = tuple(dict.fromkeys(part.at for part in value.parts if part.at))
    gap = Piece(None, url.reason, places, variables, key=url.key)
    query = _query(spans, spans.content.find("?"))
    query.pop("password", None)
    password = Password(None, url.reason, places, variables)
    return Url(None, gap, password, gap, gap, gap, query, url.reason, key=url.key)


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
    database = piece(path, spans.covering(host_end + 1, path_end)) if path is not None else Piece()
    # a gap at the very end may hold a query of its own
    if question < 0:
        open_end = has_gap(content[-1:]) and _may_hold_query(value)
    else:
        open_end = _may_hold_options(content[question + 1 :])
    query = _query(spans, question)
    if "password" in query:  # libpq takes it here too; it must stay a secret
        password = password_of(query.pop("password"))
    user = query.pop("user", user) if is_absent(user) else user
    host = query.get("host", host) if is_absent(host) else host
    reason = "" if not open_end else supplied(
        tuple(dict.fromkeys(p.variable for p in value.parts if p.variable)))  # fmt: skip
    known = value.known
    return Url(scheme, user, password, host, port, database, query, reason,
               Secret(known) if known is not None else None)  # fmt: skip


def _may_hold_query(value: Text) -> bool:
    """Whether the last part, which is not known, could be more than a name."""
    return len(value.parts) == 1


def _may_hold_options(query: str) -> bool:
    """Whether what is not known in a query may be options, names and all."""
    return any(has_gap(one.partition("=")[0]) for one in query.partition("#")[0].split("&"))


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
        # where the whole is not known, a port may be in it too
        return host, Piece(None, host.reason, host.places, host.variables, key=host.key)
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
            found[unquote(name)] = _beside(found.get(unquote(name)), name, piece(content, parts))
        position += len(pair) + 1
    return found


def _beside(before: Piece | None, name: str, given: Piece) -> Piece:
    """SQLAlchemy makes one list of several hosts; else the last one of a name counts."""
    known = before is not None and before.known and given.known
    if before is None or name not in {"host", "port"} or not known:
        return given
    both = dict.fromkeys((*before.places, *given.places))
    names = dict.fromkeys((*before.variables, *given.variables))
    return Piece(f"{before.text},{given.text}", "", tuple(both), tuple(names))


def _of_words(spans: Spans) -> Url:
    """Libpq's ``key=value key=value``."""
    found: dict[str, Piece] = {}
    for match in _WORD.finditer(spans.content):
        start, end = match.span(2)
        content = match.group(2)
        if content.startswith("'"):
            content, start, end = content[1:-1], start + 1, end - 1
        found[match.group(1)] = piece(content, spans.covering(start, end), decode=False)
    return from_pieces("postgresql", found)

"""The dates of a certificate, read from its DER bytes."""

from datetime import UTC, datetime

_CONTEXT_0 = 0xA0
_UTC_TIME = 0x17
_GENERALIZED = 0x18
_LONG = 0x80


def validity(der: bytes) -> tuple[str, str] | None:
    """The first and the last moment of validity, ISO 8601 in UTC; None where unreadable."""
    try:
        return _validity(der)
    except (IndexError, ValueError):
        return None


def _validity(der: bytes) -> tuple[str, str]:
    certificate = _content(der, 0)
    body = _content(der, certificate[0])
    position = body[0]
    if der[position] == _CONTEXT_0:
        position = _end(der, position)
    # The serial number, the algorithm and the issuer stand before the validity.
    for _ in range(3):
        position = _end(der, position)
    first, _ = _content(der, position)
    return _moment(der, first), _moment(der, _end(der, first))


def _content(der: bytes, position: int) -> tuple[int, int]:
    """Where the content of an element begins and ends."""
    length = der[position + 1]
    begin = position + 2
    if length & _LONG:
        count = length & ~_LONG
        length = int.from_bytes(der[begin : begin + count], "big")
        begin += count
    if begin + length > len(der):
        raise ValueError("an element ends behind the end")
    return begin, begin + length


def _end(der: bytes, position: int) -> int:
    return _content(der, position)[1]


def _moment(der: bytes, position: int) -> str:
    begin, end = _content(der, position)
    text = der[begin:end].decode("ascii")
    kind = der[position]
    if kind not in {_UTC_TIME, _GENERALIZED}:
        raise ValueError("this is no time")
    form = "%y%m%d%H%M%SZ" if kind == _UTC_TIME else "%Y%m%d%H%M%SZ"
    return datetime.strptime(text, form).replace(tzinfo=UTC).isoformat()

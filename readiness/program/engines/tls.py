"""Which sslmode a connection has: each driver's own words, in its own precedence."""

from collections.abc import Mapping

from msgspec import Struct

from readiness.model.place import Place
from readiness.program import urls
from readiness.program.answers import Piece, Url
from readiness.program.engines.drivers import MODES, WORDS, Driver, by_word
from readiness.program.engines.process import Process
from readiness.program.engines.reading import Values, is_none
from readiness.program.interpreter.records import Event
from readiness.program.values import Choice, Constant, External, Instance, Text, Unknown, Value


class Tls(Struct, frozen=True):
    """An sslmode, whether anything sets it, and the reason where it is not known."""

    mode: str | None
    is_set: bool = False
    reason: str = ""
    at: Place | None = None


class Asked(Struct, frozen=True):
    """A connection about which the question is: its driver, and all that it is given.

    ``words`` are those of the address, ``open`` says why there may be more arguments.
    """

    driver: Driver
    url: Url
    given: Values
    words: tuple[str, ...]
    process: Process
    event: Event
    open: str = ""
    service: str = ""


def tls(asked: Asked) -> Tls:
    """The sslmode that counts: arguments, address, service, variables, default."""
    driver, at = asked.driver, asked.event.at
    known = WORDS if asked.url.dialect is None else (driver.word,)
    strange = [n for n in WORDS if n not in known and not is_none(asked.given.get(n))]
    strange += [n for n in WORDS if n not in (*known, *asked.words) and n in asked.url.query]
    if strange:
        return Tls(None, reason=f"{driver.name} has no argument {strange[0]}: it cannot connect",
                   at=at)  # fmt: skip
    for name in known:
        if not _is_absent(driver, asked.given.get(name)):
            return of_value(asked.given[name], driver if len(known) == 1 else by_word(name), at)
    if asked.open:
        return Tls(None, reason=f"the connection's arguments are not known: {asked.open}", at=at)
    for name in asked.words:
        if name in asked.url.query:
            return _told(asked.url.query[name], driver, at)
    return _otherwise(asked)


def _is_absent(driver: Driver, value: Value | None) -> bool:
    """Whether nothing is said; pg8000 has a meaning of its own for None."""
    return is_none(value) and not (driver.name == "pg8000" and value is not None)


def _otherwise(asked: Asked) -> Tls:
    """What counts where neither arguments nor address speak."""
    at, reason = asked.event.at, asked.service or asked.url.reason
    if reason:
        return Tls(None, reason=reason, at=at)
    value = asked.process.get("PGSSLMODE")
    if isinstance(value, Text):
        return _told(urls.piece_of(value), asked.driver, at)
    if value is not None:
        return Tls(None, is_set=True, reason="what PGSSLMODE is hangs on what nothing decides",
                   at=at)  # fmt: skip
    root = asked.given.get("sslrootcert")
    said = urls.piece_of(root) if root is not None else asked.url.query.get("sslrootcert")
    if said is not None and said.text == "system":
        return Tls(None, reason="sslrootcert=system means verify-full from libpq 16 on, and "
                   "nothing before", at=at)  # fmt: skip
    return Tls(asked.driver.default)


def of_value(value: Value, driver: Driver, at: Place) -> Tls:  # noqa: PLR0911 - one answer for each kind of value
    """What a driver's argument means."""
    value = urls.in_text(value)
    if isinstance(value, Text):
        return _told(urls.piece_of(value), driver, at)
    if isinstance(value, Constant):
        truth = driver.truths.get(value.value) if isinstance(value.value, bool) else None
        return Tls(truth or (driver.default if value.value is None else str(value.value)),
                   is_set=True, at=at)  # fmt: skip
    if isinstance(value, Instance) and value.cls == External("ssl.SSLContext"):
        return Tls(_of_context(value.slots.values), is_set=True, at=at)
    if isinstance(value, External) and value.name.startswith("asyncpg."):
        return Tls(value.name.rpartition(".")[2].replace("_", "-"), is_set=True, at=at)
    if isinstance(value, Unknown):
        return Tls(None, is_set=True, reason=value.reason, at=at)
    if isinstance(value, Choice):
        return Tls(None, is_set=True, reason=f"it hangs on: {value.condition.text}", at=at)
    return Tls(None, is_set=True, reason="the TLS settings are not known", at=at)


def _told(told: Piece, driver: Driver, at: Place) -> Tls:
    where = next(iter(told.places), at)
    if told.text is None or driver.name == "libpq" or told.text in MODES:
        return Tls(told.text, is_set=True, reason=told.reason, at=where)
    return Tls(None, is_set=True, reason=f"{driver.name} knows no sslmode {told.text}: it cannot "
               "connect", at=where)  # fmt: skip


def _of_context(held: Mapping[object, Value]) -> str | None:
    mode, names = held.get("verify_mode"), held.get("check_hostname")
    if isinstance(mode, External) and mode.name.endswith("CERT_NONE"):
        return "require"
    if isinstance(names, Constant) and names.value is False:
        return "verify-ca"
    return "verify-full"

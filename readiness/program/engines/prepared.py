"""Whether a driver keeps prepared statements on the server by itself, by its own words."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from readiness.program.answers import Engine
from readiness.program.engines.reading import Values, entries, is_none, unseen
from readiness.program.engines.sqlalchemy import driver_of
from readiness.program.interpreter.records import Event
from readiness.program.values import Constant, Unknown, Value

Told = tuple[bool | None, str]
"""Whether it does; None with the reason where that is not known."""

_BY_VERSION = (
    None,
    (
        "without a driver in the URL it is psycopg2 up to SQLAlchemy 2.0, which does not, and "
        "psycopg from 2.1 on, which does"
    ),
)


def with_prepared(event: Event, values: Values, engine: Engine) -> Engine:
    """The engine, told whether its driver prepares statements that outlive a transaction."""
    keeps, reason = _told(event, values, engine)
    return replace(engine, prepares=keeps, prepares_reason=reason)


def _told(event: Event, values: Values, engine: Engine) -> Told:
    if engine.library in {"sqlalchemy", "agno"}:
        return _of_sqlalchemy(event, values, engine)
    given = {**values, **entries(values.get("kwargs")), **_options(values)}
    teller = _TELLERS.get(engine.library)
    if teller is None:
        return None, f"what {engine.library} prepares is not known here"
    return teller(given, _open(values, "kwargs"))


def _options(values: Values) -> dict[str, Value]:
    """The options of an entry of Django's ``DATABASES``."""
    entry = entries(values.get("entry"))
    return entries(entry.get("OPTIONS"))


def _of_sqlalchemy(event: Event, values: Values, engine: Engine) -> Told:
    if not (is_none(values.get("creator")) and is_none(values.get("async_creator"))):
        return None, "a function of the code makes its connections"
    if engine.url.dialect is None:
        return None, engine.url.reason or "its driver is not known"
    given, open_ = entries(values.get("connect_args")), _open(values, "connect_args")
    return _of_driver(driver_of(engine.url, event.name), given, open_, engine)


def _of_driver(name: str, given: Values, open_: str, engine: Engine) -> Told:
    match name:
        case "psycopg" | "psycopg_async":
            return _psycopg(given, open_)
        case "asyncpg":
            return _asyncpg_adapted(given, open_, engine)
        case "psycopg2" | "psycopg2cffi":
            return False, ""
        case "libpq":
            told = _psycopg(given, open_)
            return told if told[0] is False else _BY_VERSION
        case other:
            return None, f"what {other} prepares is not known here"


def _psycopg(given: Values, open_: str) -> Told:
    """After ``prepare_threshold`` runs, five if nothing says otherwise; never if it is None."""
    value = given.get("prepare_threshold")
    if value is None:
        return (None, open_) if open_ else (True, "")
    if isinstance(value, Constant):
        return value.value is not None, ""
    return None, _why(value)


def _asyncpg(given: Values, open_: str) -> Told:
    """Where ``statement_cache_size`` is above zero, as it is if nothing says otherwise."""
    return _is_above_zero(given.get("statement_cache_size"), open_)


def _asyncpg_adapted(given: Values, open_: str, engine: Engine) -> Told:
    """SQLAlchemy's own cache counts where its statements have names, else that of asyncpg."""
    if is_none(given.get("prepared_statement_name_func")):
        return _asyncpg(given, open_)
    word = "prepared_statement_cache_size"
    said = engine.url.query.get(word)
    if word not in given and said is not None:
        return (said.text != "0", "") if said.known else (None, said.reason)
    return _is_above_zero(given.get(word), open_)


def _is_above_zero(value: Value | None, open_: str) -> Told:
    if value is None:
        return (None, open_) if open_ else (True, "")
    if isinstance(value, Constant) and isinstance(value.value, int):
        return value.value > 0, ""
    return None, _why(value)


def _django(given: Values, open_: str) -> Told:
    """Django switches it off, unless its options say otherwise."""
    value = given.get("prepare_threshold")
    if value is None:
        return (None, open_) if open_ else (False, "")
    return _psycopg(given, open_)


def _never(given: Values, open_: str) -> Told:
    """Psycopg2 puts the values into the text itself."""
    del given, open_
    return False, ""


def _in_steps(given: Values, open_: str) -> Told:
    del given, open_
    return None, "pg8000 parses and runs in two steps, which hold together in a transaction only"


def _open(values: Values, name: str) -> str:
    """Why there may be more arguments than are seen."""
    more = values.get("**")
    entry = entries(values.get("entry"))
    return (
        (more.reason if isinstance(more, Unknown) else "")
        or unseen(values.get(name))
        or unseen(entry.get("OPTIONS"))
    )


def _why(value: Value) -> str:
    return value.reason if isinstance(value, Unknown) else "its value is not known"


_TELLERS: Mapping[str, Callable[[Values, str], Told]] = {
    "psycopg": _psycopg, "psycopg_pool": _psycopg, "asyncpg": _asyncpg, "databases": _asyncpg,
    "psycopg2": _never, "aiopg": _never, "django": _django, "pg8000": _in_steps,
}  # fmt: skip

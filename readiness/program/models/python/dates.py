"""Dates, decimal numbers and UUIDs: their objects never change, so each is a constant."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import lift
from readiness.program.models.table import Table, ValueModel

BY_CLOCK = frozenset({"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp", "astimezone",
                      "timestamp", "dst", "tzname"})  # fmt: skip
"""Methods that ask the clock or the machine's time zone."""
_MAKING: dict[str, Callable[..., Any]] = {
    "datetime.date": dt.date, "datetime.datetime": dt.datetime,
    "datetime.time": dt.time, "datetime.timedelta": dt.timedelta,
    "datetime.timezone": dt.timezone, "decimal.Decimal": Decimal,
    "uuid.UUID": uuid.UUID, "uuid.uuid3": uuid.uuid3, "uuid.uuid5": uuid.uuid5,
}  # fmt: skip
_CLASS_METHODS = {
    dt.date: ("fromisoformat", "fromordinal", "fromisocalendar"),
    dt.datetime: ("fromisoformat", "fromordinal", "fromisocalendar", "strptime", "combine"),
    dt.time: ("fromisoformat",),
}


def _functions() -> dict[str, Callable[..., Any]]:
    found = dict(_MAKING)
    for kind, names in _CLASS_METHODS.items():
        for name in names:
            found[f"datetime.{kind.__name__}.{name}"] = getattr(kind, name)
    return found


def _constant(value: object) -> ValueModel:
    return lambda machine: lifted(value)


TABLE = Table(
    functions={name: lift(function) for name, function in _functions().items()},
    values={
        "datetime.timezone.utc": _constant(dt.UTC), "datetime.UTC": _constant(dt.UTC),
        "uuid.NAMESPACE_DNS": _constant(uuid.NAMESPACE_DNS),
        "uuid.NAMESPACE_URL": _constant(uuid.NAMESPACE_URL),
        "uuid.NAMESPACE_OID": _constant(uuid.NAMESPACE_OID),
    },
)  # fmt: skip

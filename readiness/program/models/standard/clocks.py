"""What clocks and chance give: no two runs share it, but of what class it is is known."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import Arguments, Constant, Typed, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_FIRST = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - the clock of a machine may have any zone
"""No clock of a deployment stands before this was written."""
_SECONDS = dt.datetime(2024, 1, 1, tzinfo=dt.UTC).timestamp()
_FULL = 36
_HEX = 32
_OF_UUIDS: dict[str, tuple[str, int | None]] = {
    "hex": ("builtins.str", _HEX), "urn": ("builtins.str", 45), "bytes": ("builtins.bytes", 16),
    "int": ("builtins.int", None), "version": ("builtins.int", None),
}  # fmt: skip


def _given(name: str, kind: str, least: Any = None) -> FunctionModel:
    """A function that gives an object of this class."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        return Typed(f"what {name}() gives", arguments.at, kind=kind, least=least)

    return run


def _now(machine: "Machine", arguments: Arguments) -> Value:
    """``datetime.now(zone)``: with a zone it is compared with such dates only."""
    zone = arguments.get("tz", 0)
    aware = zone is not None and not (isinstance(zone, Constant) and zone.value is None)
    least = _FIRST.replace(tzinfo=dt.UTC) if aware else _FIRST
    return Typed("what datetime.datetime.now() gives", arguments.at, kind="datetime.datetime",
                 least=least)  # fmt: skip


def _uuid(name: str) -> FunctionModel:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        return Typed(f"what {name}() gives", arguments.at, kind="uuid.UUID", parts=dict(_OF_UUIDS))

    return run


def _of_bytes(name: str, kind: str, each: int) -> FunctionModel:
    """A number of bytes by chance, each shown by so many signs."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        count = getattr(arg(arguments, 0), "value", None)
        width = count * each if isinstance(count, int) and not isinstance(count, bool) else None
        return Typed(f"what {name}() gives", arguments.at, kind=kind, width=width)

    return run


_FLOATS = ("time.monotonic", "time.perf_counter", "time.process_time", "random.random",
           "random.uniform", "random.gauss")  # fmt: skip
_NUMBERS = ("random.randint", "random.getrandbits", "secrets.randbits", "secrets.randbelow",
            "time.monotonic_ns", "time.perf_counter_ns")  # fmt: skip
TABLE = Table(functions={
    "time.time": _given("time.time", "builtins.float", _SECONDS),
    "time.time_ns": _given("time.time_ns", "builtins.int", int(_SECONDS) * 10**9),
    "datetime.date.today": _given("datetime.date.today", "datetime.date", _FIRST.date()),
    "datetime.datetime.now": _now,
    **{name: _given(name, "datetime.datetime", _FIRST)
       for name in ("datetime.datetime.utcnow", "datetime.datetime.today")},
    **{name: _given(name, "builtins.float") for name in _FLOATS},
    **{name: _given(name, "builtins.int") for name in _NUMBERS},
    "os.getpid": _given("os.getpid", "builtins.int", 1),
    "uuid.uuid1": _uuid("uuid.uuid1"), "uuid.uuid4": _uuid("uuid.uuid4"),
    "secrets.token_hex": _of_bytes("secrets.token_hex", "builtins.str", 2),
    "secrets.token_bytes": _of_bytes("secrets.token_bytes", "builtins.bytes", 1),
    "secrets.token_urlsafe": _given("secrets.token_urlsafe", "builtins.str"),
    "os.urandom": _of_bytes("os.urandom", "builtins.bytes", 1),
})  # fmt: skip

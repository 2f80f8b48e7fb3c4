"""Loggers: whatever they are told, they neither fail nor change anything."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import NONE, Arguments, Constant, External, Instance, Text, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

LOGGER = "logging.Logger"
_WORDS = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log", "trace",
          "success")  # fmt: skip
_SET_UP = ("setLevel", "addHandler", "removeHandler", "addFilter", "add", "remove", "configure")

_LEVELS = {"NOTSET": 0, "DEBUG": 10, "INFO": 20, "WARN": 30, "WARNING": 30, "ERROR": 40,
           "FATAL": 50, "CRITICAL": 50}  # fmt: skip


def _logger(machine: "Machine", arguments: Arguments) -> Value:
    """``logging.getLogger(name)``: the same one for each name."""
    made = Instance(External(LOGGER), None, arguments.at)
    made.slots.born = 0  # it is there on every way, whoever asks for it first
    name = arguments.get("name", 0)
    known = name.known if isinstance(name, Text) else ("root" if name is None else None)
    return made if known is None else machine.singletons.setdefault(f"\0logger {known}", made)


def _level(level: int, machine: "Machine") -> Value:
    _ = machine
    return Constant(level)


TABLE = Table(
    functions={
        **{f"logging.{word}": lambda m, a: NONE for word in _WORDS},
        "logging.getLogger": _logger,
        "structlog.get_logger": lambda m, a: Instance(External(LOGGER), None, a.at),
        "logging.disable": lambda m, a: NONE, "logging.captureWarnings": lambda m, a: NONE,
        "logging.config.dictConfig": lambda m, a: NONE, "warnings.warn": lambda m, a: NONE,
        "warnings.filterwarnings": lambda m, a: NONE,
        "warnings.simplefilter": lambda m, a: NONE,
    },
    classes={
        LOGGER: LibraryClass(methods={
            **{word: lambda m, r, a: NONE for word in (*_WORDS, *_SET_UP)},
            **{word: lambda m, r, a: r for word in ("bind", "opt", "getChild", "new")},
        }),
    },
    values={
        "loguru.logger": lambda m: Instance(External(LOGGER)),
        **{f"logging.{name}": partial(_level, level) for name, level in _LEVELS.items()},
    },
    aliases={"structlog.getLogger": "structlog.get_logger",
             "structlog.stdlib.get_logger": "structlog.get_logger"},
)  # fmt: skip

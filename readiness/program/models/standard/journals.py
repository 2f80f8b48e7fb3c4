"""Loggers: whatever they are told, they neither fail nor change anything."""

from readiness.program.models.standard.levels import LOGGER, METHODS, told
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import NONE, External, Instance

_WORDS = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log", "trace",
          "success")  # fmt: skip
_SET_UP = ("addFilter", "add", "remove", "configure")


TABLE = Table(
    functions={
        **{f"logging.{word}": told for word in _WORDS},
        "structlog.get_logger": lambda m, a: Instance(External(LOGGER), None, a.at),
        "logging.captureWarnings": lambda m, a: NONE, "warnings.warn": lambda m, a: NONE,
        "warnings.filterwarnings": lambda m, a: NONE,
        "warnings.simplefilter": lambda m, a: NONE,
    },
    classes={
        LOGGER: LibraryClass(methods={
            **{word: lambda m, r, a: NONE for word in (*_WORDS, *_SET_UP)},
            **{word: lambda m, r, a: r for word in ("bind", "opt", "new")},
            **METHODS,
        }),
    },
    values={
        "loguru.logger": lambda m: Instance(External(LOGGER)),
    },
    aliases={"structlog.getLogger": "structlog.get_logger",
             "structlog.stdlib.get_logger": "structlog.get_logger"},
)  # fmt: skip

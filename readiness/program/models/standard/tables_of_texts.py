"""``csv``: the rows of lines, and the line of a row; the rest of it is a stand-in."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from readiness.program.models.lifting import lift
from readiness.program.models.table import Table


def _rows(lines: list[str], dialect: str, options: dict[str, Any]) -> list[list[str]]:
    return list(csv.reader(lines, dialect, **options))


def _line(row: Iterable[Any], dialect: str, options: dict[str, Any]) -> str:
    written = io.StringIO()
    csv.writer(written, dialect, **options).writerow(row)
    return written.getvalue()


TABLE = Table(
    functions={
        "__readiness__.rows_of_csv": lift(_rows),
        "__readiness__.line_of_csv": lift(_line),
    }
)

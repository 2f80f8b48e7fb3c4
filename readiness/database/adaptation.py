"""What the server gives, as values that JSON has."""

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection


# As the server writes them: psycopg refuses 'infinity' and dates before Christ, and takes
# the text of a database without an encoding for bytes.
_AS_TEXT = (
    "text", "name", "varchar", "bpchar", '"char"', "date", "time", "timetz", "timestamp",
    "timestamptz", "interval", "bytea", "uuid",
)  # fmt: skip


def plain(value: Any) -> Any:
    """Make a JSON value of what the server gave; what JSON does not have is text."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return _number(value)
        case list() | tuple():
            return [plain(one) for one in value]
        case dict():
            return {str(key): plain(one) for key, one in value.items()}
        case _:
            return str(value)


def _number(value: Decimal) -> int | float | str:
    if not value.is_finite():
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def use_text(connection: "Connection[Any]") -> None:
    """Let a connection give texts and dates as the server writes them."""
    from psycopg.adapt import Loader  # noqa: PLC0415 - psycopg is heavy

    class Text(Loader):
        def load(self, data: Any) -> str:
            return bytes(data).decode("utf-8", "backslashreplace")

    for name in _AS_TEXT:
        connection.adapters.register_loader(name, Text)

"""How long something may last or how old it may be: 12h, 90d, 2w."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_WRITTEN = re.compile(r"([1-9][0-9]{0,4})([mhdw])\Z")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_EXPECTED = "a number and one of m, h, d, w is expected, like 90d"


class Age(Struct, frozen=True):
    """A length of time, as it was written."""

    text: str
    length: timedelta

    @classmethod
    def parse(cls, text: Any) -> "Age":
        """Read a length like ``90d``; raises ValueError with what was expected."""
        if isinstance(text, Age):
            return text
        written = _WRITTEN.match(text) if isinstance(text, str) else None
        if not written:
            raise ValueError(_EXPECTED)
        return cls(str(text), timedelta(**{_UNITS[written[2]]: int(written[1])}))

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Let a length of time be a parameter of a checker."""
        from pydantic_core import core_schema  # noqa: PLC0415 - only where texts are validated

        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Describe a length of time to editors."""
        return {"type": "string", "pattern": "^[1-9][0-9]{0,4}[mhdw]$"}

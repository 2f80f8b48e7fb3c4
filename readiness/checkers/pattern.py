"""A pattern as a parameter of a rule, refused before anything is read where it is none."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness import compile_pattern

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Pattern(Struct, frozen=True, dict=True):
    """An RE2 pattern, in which ``^`` and ``$`` mean the ends of a line."""

    text: str

    @classmethod
    def parse(cls, text: Any) -> "Pattern":
        """Read a pattern; raises ValueError with what is wrong with it."""
        if isinstance(text, Pattern):
            return text
        if not isinstance(text, str) or not text:
            raise ValueError("a pattern is a text")
        compile_pattern(text)
        return cls(text)

    @cached_property
    def compiled(self) -> Any:
        """The pattern, ready to be searched for."""
        return compile_pattern(f"(?m){self.text}")

    def lines_in(self, text: str) -> Iterator[int]:
        """The number of every line on which it is found, once each."""
        offset, line, last = 0, 1, 0
        for match in self.compiled.finditer(text):
            line += text.count("\n", offset, match.start())
            offset = match.start()
            if line != last:
                yield line
            last = line

    def is_in(self, text: str) -> bool:
        """Tell whether it is found at all."""
        return self.compiled.search(text) is not None

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Let a pattern be a parameter of a checker."""
        from pydantic_core import core_schema  # noqa: PLC0415 - only where texts are validated

        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Describe a pattern to editors."""
        return {"type": "string", "description": "an RE2 pattern"}

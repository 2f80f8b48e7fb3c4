"""Settings fields without a default are reads that start-up cannot do without."""

import pytest

from tests.program.conftest import Make

FIELDS = [
    ("url: str", ("URL", True)),
    ("url: str = Field(...)", ("URL", True)),
    ("url: str = Field(..., alias='MY_URL')", ("MY_URL", True)),
    ("url: str = Field(alias='MY_URL')", ("MY_URL", True)),
    ("url: Annotated[str, Field(...)]", ("URL", True)),
    ("url: str = 'x'", ("URL", False)),
    ("url: str = Field('x', alias='MY_URL')", ("MY_URL", False)),
    ("url: str | None = None", ("URL", False)),
]


@pytest.mark.parametrize(("field", "read"), FIELDS)
def test_a_field_is_a_read(program: Make, field: str, read: tuple[str, bool]) -> None:
    made = program(
        "from typing import Annotated\nfrom pydantic import Field\n"
        "from pydantic_settings import BaseSettings\n"
        f"class Settings(BaseSettings):\n    {field}\nsettings = Settings()",
        head=False,
    )

    assert [(one.name, one.required) for one in made.reads()] == [read]

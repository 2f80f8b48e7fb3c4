"""What a field of settings holds, by its type and the class's configuration. The values are what
pydantic 2.13 and pydantic-settings themselves gave."""

import pytest

from readiness.program.values import alternatives
from tests.program.conftest import Make

HEAD = """
import enum
from decimal import Decimal
from typing import Annotated, Optional
from pydantic import AfterValidator, BeforeValidator, StringConstraints, conint, constr
from pydantic import field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
class K(str, enum.Enum):
    MEM = "memory"
    PG = "pg"
class I(enum.IntEnum):
    A = 1
    B = 2
"""
SPLIT = """x: Annotated[list[str], NoDecode] = []
    @field_validator("x", mode="before")
    @classmethod
    def split(cls, v): return v.split(",") if isinstance(v, str) else v"""
CONFIG = "x: str = 'D'\n    model_config = SettingsConfigDict({})"
FAILS = "EXC"
FIELDS: dict[tuple[str, str], dict[str | None, str]] = {
    ("x: Annotated[str, StringConstraints(to_lower=True, strip_whitespace=True)] = 'd'", "S().x"):
        {" PG ": "'pg'", None: "'d'"},
    (CONFIG.format("str_strip_whitespace=True"), "S().x"): {" pg ": "'pg'", None: "'D'"},
    (CONFIG.format("str_to_lower=True"), "S().x"): {"PG": "'pg'", None: "'d'"},
    (CONFIG.format("str_max_length=2"), "S().x"): {"pgs": FAILS, "pg": "'pg'"},
    (CONFIG.format("env_parse_none_str='D'"), "S().x"): {"pg": "'pg'", "D": FAILS},
    ("x: constr(min_length=2, to_upper=True) = 'ab'", "S().x"): {"t": FAILS, "pg": "'PG'"},
    ("x: conint(gt=1) = 4", "S().x"): {"1": FAILS, "2": "2", None: "4"},
    ("x: K = K.MEM\n    model_config = SettingsConfigDict(env_parse_enums=True)", "S().x is K.PG"):
        {"PG": "True", "pg": "True", "MEM": "False", "Pg": FAILS},
    ("x: Optional[K] = None", "S().x is K.PG"): {"pg": "True", "memory": "False", "PG": FAILS},
    ("x: I = I.A", "S().x is I.B"): {"2": "True", "1": "False", "3": FAILS, "b": FAILS},
    (SPLIT, "S().x"): {"a,b": "['a', 'b']", None: "[]"},
    (SPLIT.replace(", NoDecode", ", 1"), "S().x"): {"a,b": FAILS, '["a"]': "['a']"},
    (SPLIT.replace(", NoDecode", ", 1")
     + "\n    model_config = SettingsConfigDict(enable_decoding=False)", "S().x"):
        {"a,b": "['a', 'b']"},
    ("x: Annotated[str, BeforeValidator(lambda v: v.lower()), AfterValidator(lambda v: v + '.')]"
     " = 'D'", "S().x"): {"PG": "'pg.'", None: "'d.'"},
    ("x: str = 'd'", "S.model_construct().x"): {"pg": "'d'"},
    ("x: str = 'd'", "S.model_construct(x='e').x"): {"pg": "'e'"},
}  # fmt: skip
CASES = [(body, read, value, shown) for (body, read), values in FIELDS.items()
         for value, shown in values.items()]  # fmt: skip


@pytest.mark.parametrize(("body", "read", "value", "shown"), CASES)
def test_a_field_holds_what_pydantic_makes_of_a_variable(
    program: Make, body: str, read: str, value: str | None, shown: str
) -> None:
    source = f"{HEAD}\nclass S(BaseSettings):\n    {body}\n"
    source += f"try:\n    said = repr({read})\nexcept Exception:\n    said = {FAILS!r}\n"
    source += f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"

    assert [one.db for one in program(source, {"X": value}).agents()] == ["durable"]


def test_a_text_as_a_type_that_is_not_followed_is_not_known(program: Make) -> None:
    source = f"{HEAD}\nclass S(BaseSettings):\n    x: Decimal = 3\n"
    source += "Agent(db=PostgresDb('postgresql://h/d') if S().x == '3' else InMemoryDb())\n"

    assert [one.db for one in program(source, {"X": "3"}).agents()] == ["unknown"]


def test_a_word_that_is_no_member_ends_start_up_as_a_validation_error(program: Make) -> None:
    source = f"{HEAD}\nfrom pydantic import ValidationError\nclass S(BaseSettings):\n    x: K\n"
    source += "try:\n    S()\n    db = PostgresDb('postgresql://h/d')\n"
    source += "except ValidationError:\n    db = InMemoryDb()\nAgent(db=db)\n"

    assert [one.db for one in program(source, {"X": "PG"}).agents()] == ["volatile"]
    assert [one.db for one in program(source, {"X": "pg"}).agents()] == ["durable"]


@pytest.mark.parametrize(
    ("kind", "errors"),
    [("list", {"SettingsError", "ValidationError"}), ("int", {"ValidationError"})],
)
def test_a_text_that_nobody_knows_may_be_no_json_where_it_has_to_be(
    program: Make, kind: str, errors: set[str]
) -> None:
    source = f"""
import nobody
from pydantic_settings import BaseSettings
os.environ["TAGS"] = nobody.tags()
class S(BaseSettings):
    tags: {kind}
try:
    S()
    made = "fine"
except Exception as error:
    made = type(error).__name__
"""
    made = program(source).value("app:made")

    assert {getattr(one, "known", None) for one in alternatives(made)} == {"fine", *errors}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, ["d"]),
        ({"TAGS": "null"}, ["d"]),
        ({"TAGS": '["a"]'}, ["a"]),
        ({"TAGS": "[null]"}, "ValidationError"),
        ({"MUST": "null"}, "ValidationError"),
        ({"INNER__TAGS": "null"}, "ValidationError"),
    ],
)
def test_null_says_nothing_of_a_setting_but_of_its_parts(
    program: Make, variables: dict[str, str], expected: object
) -> None:
    source = """
from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict
class Inner(BaseModel):
    tags: list[str] = ["i"]
class S(BaseSettings):
    model_config = SettingsConfigDict(env_nested_delimiter="__")
    tags: list[str] = ["d"]
    inner: Inner = Inner()
    MUST
try:
    made = S().tags
except Exception as error:
    made = type(error).__name__
"""
    made = program(source.replace("MUST", "must: list" if "MUST" in variables else ""), variables)

    assert made.plain(made.value("app:made")) == expected

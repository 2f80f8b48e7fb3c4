"""Other names of a setting, and places in JSON, as pydantic-settings 2.16 was seen to read."""

import pytest

from readiness.program.values import Text, Unknown
from readiness.testing import check
from tests.program.conftest import Make

CODE = """
from pydantic import AliasChoices, AliasPath, Field
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    password: str = Field("default", validation_alias={})
settings = Settings({})
"""
CHOICES = 'AliasChoices("DB_PASSWORD", AliasPath("DB", "password"), "PG_PASSWORD")'
SEEN = [
    (CHOICES, {}, "", "default"),
    (CHOICES, {"DB": '{"password": "x"}'}, "", "x"),
    (CHOICES, {"db": '{"password": "x"}'}, "", "x"),
    (CHOICES, {"DB": '{"user": "x"}'}, "", "default"),
    (CHOICES, {"DB": "[1]"}, "", "default"),
    (CHOICES, {"DB": '{"password": "x"}', "PG_PASSWORD": "pg"}, "", "x"),
    (CHOICES, {"DB": '{"user": "x"}', "PG_PASSWORD": "pg"}, "", "default"),
    (CHOICES, {"DB": '{"password": "x"}', "DB_PASSWORD": "p"}, "", "p"),
    (CHOICES, {"PG_PASSWORD": "pg"}, "", "pg"),
    (CHOICES, {}, '**{"DB": {"password": "told"}}', "told"),
    (CHOICES, {}, '**{"DB": {"user": "told"}}', "default"),
    ('AliasPath("DB", "a", "password")', {"DB": '{"a": {"password": "x"}}'}, "", "x"),
    ('AliasPath("DB", 1)', {"DB": '["a", "b"]'}, "", "b"),
    ('AliasPath("DB", -1)', {"DB": '["a", "b"]'}, "", "b"),
    ('AliasChoices(AliasPath("DB", 5), "PG_PASSWORD")', {"DB": '["a", "b"]'}, "", "default"),
    ('AliasChoices("DB", AliasPath("DB", "x"))', {"DB": "plain"}, "", "plain"),
]


@pytest.mark.parametrize(("alias", "variables", "given", "expected"), SEEN)
def test_a_setting_has_what_stands_below_the_first_of_its_names_that_is_there(
    program: Make, alias: str, variables: dict[str, str], given: str, expected: str
) -> None:
    made = program(CODE.format(alias, given), dict.fromkeys(("DB",), None) | variables)

    value = made.value("app:settings.password")

    assert isinstance(value, Text)
    assert value.known == expected


def test_below_what_the_platform_supplies_nothing_is_known(program: Make) -> None:
    made = program(CODE.format(CHOICES, ""), injected=("DB",))

    assert isinstance(made.value("app:settings.password"), Unknown)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ('DB={"password":"nC7vKq92LmRx"}', "pass"),
        ('DB={"user":"nC7vKq92LmRx"}', "fail"),
        ("PG_PASSWORD=nC7vKq92LmRx", "pass"),
        ("OTHER=nC7vKq92LmRx", "fail"),
    ],
)
def test_the_default_of_a_setting_is_not_deployed_where_another_of_its_names_is_given(
    given: str, outcome: str
) -> None:
    code = CODE.format(CHOICES, "").replace('"default"', '"postgres"')
    files = {"app.py": code, ".env.production": f"{given}\n"}

    assert check("passwords.default", {"files": files}).outcome == outcome

"""Settings of pydantic whose class says where they come from, and in which order."""

import pytest

from tests.program.conftest import Make

SETTINGS = """
from pydantic_settings import BaseSettings, SettingsConfigDict, YamlConfigSettingsSource
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file="of.env", yaml_file="of.yaml", extra="ignore")
    store: str = "memory"
    @classmethod
    def settings_customise_sources(cls, settings_cls, init_settings, env_settings,
                                   dotenv_settings, file_secret_settings):
        return {}
PG = PostgresDb("postgresql://h/d")
Agent(db=PG if Settings({}).store == "postgres" else InMemoryDb())
"""
FILES = {"of.env": "STORE=memory\n", "of.yaml": "store: postgres\n"}


@pytest.mark.parametrize(
    ("order", "given", "variables", "db"),
    [
        ("init_settings, env_settings", "", {"STORE": "postgres"}, "durable"),
        ("init_settings, dotenv_settings", "", {"STORE": "postgres"}, "volatile"),
        ("env_settings, dotenv_settings", "", {"STORE": "postgres"}, "durable"),
        ("dotenv_settings, env_settings", "", {"STORE": "postgres"}, "volatile"),
        ("env_settings, init_settings", "store='memory'", {"STORE": "postgres"}, "durable"),
        ("init_settings, env_settings", "store='memory'", {"STORE": "postgres"}, "volatile"),
        ("env_settings, YamlConfigSettingsSource(settings_cls)", "", {}, "durable"),
        ("env_settings, YamlConfigSettingsSource(settings_cls)", "", {"STORE": "m"}, "volatile"),
        ("dotenv_settings, YamlConfigSettingsSource(settings_cls)", "", {}, "volatile"),
        ("(YamlConfigSettingsSource(settings_cls, 'none.yaml'),)", "", {}, "volatile"),
        ("env_settings, Vault(settings_cls)", "", {}, "unknown"),
    ],
)
def test_the_first_source_that_has_it_counts(
    program: Make, order: str, given: str, variables: dict[str, str], db: str
) -> None:
    source = "from elsewhere import Vault\n" + SETTINGS.format(order, given)

    made = program(source, variables, files=FILES)

    assert [one.db for one in made.agents()] == [db]


@pytest.mark.parametrize(("name", "written", "db"), [
    ("Toml", 'store = "postgres"', "durable"), ("Toml", 'shop = "postgres"', "volatile"),
    ("Json", '{"store": "postgres"}', "durable"), ("Json", '{"store": "memory"}', "volatile"),
])  # fmt: skip
def test_documents_of_other_kinds_count(program: Make, name: str, written: str, db: str) -> None:
    source = SETTINGS.replace("Yaml", name).replace("yaml_file", f"{name.lower()}_file")
    source = source.format(f"({name}ConfigSettingsSource(settings_cls),)", "")

    made = program(source, {}, files={"of.yaml": written})

    assert [one.db for one in made.agents()] == [db]


@pytest.mark.parametrize(
    ("order", "told"), [("init_settings, env_settings", True), ("(init_settings,)", False)]
)
def test_the_variable_that_would_have_counted_is_told(
    program: Make, order: str, told: bool
) -> None:
    source = "from elsewhere import Vault\n" + SETTINGS.format(order, "")

    (agent,) = program(source, {}, files=FILES).agents()

    assert agent.db == "volatile"
    assert any(step.text.startswith("STORE is not set") for step in agent.trace) is told

"""Facts in memory: what is there is given, what is not is never taken for absent."""

import json
from pathlib import Path
from typing import Any

import pytest

from readiness.database import Answer, Database, Query
from readiness.model.finding import Undecidable

RECORDED = sorted((Path(__file__).parent / "facts").glob("*.json"))


def test_a_fact_that_was_not_read_is_undecided() -> None:
    database = Database.from_facts({})

    for name in ("version", "settings", "roles", "hba", "verifiers", "tls", "offers"):
        with pytest.raises(Undecidable, match=name):
            getattr(database, name)


def test_a_fact_that_was_denied_names_the_grant() -> None:
    database = Database.from_facts(
        {"missing": {"hba": {"reason": "hidden", "hint": "GRANT it;"}, "slots": "no reason"}}
    )

    with pytest.raises(Undecidable) as denied:
        _ = database.hba
    with pytest.raises(Undecidable) as plain:
        _ = database.slots

    assert (denied.value.reason, denied.value.hint) == ("hidden", "GRANT it;")
    assert (plain.value.reason, plain.value.hint) == ("no reason", None)


def test_an_empty_list_is_a_fact() -> None:
    database = Database.from_facts({"roles": [], "hba": [], "tables": []})

    assert not database.roles
    assert not database.hba
    assert not database.tables
    assert database.role("app") is None


def test_a_hidden_setting_names_the_grant_and_the_role() -> None:
    database = Database.from_facts(
        {"settings": {"fsync": True}, "session": {"user": "My App", "database": "d"}}
    )

    with pytest.raises(Undecidable) as caught:
        database.setting("shared_preload_libraries")

    assert caught.value.hint == 'GRANT pg_read_all_settings TO "My App";'


def test_the_strongest_setting_of_a_role_wins() -> None:
    database = Database.from_facts(
        {
            "session": {"user": "app", "database": "shop"},
            "settings": {"statement_timeout": {"value": 0, "unit": "ms"}},
            "role_settings": [
                {"name": "statement_timeout", "text": "50s", "database": "shop"},
                {"name": "statement_timeout", "text": "40s", "role": "app"},
                {"name": "statement_timeout", "text": "30s", "role": "app", "database": "shop"},
                {"name": "statement_timeout", "text": "20s", "role": "app", "database": "other"},
                {"name": "statement_timeout", "text": "10s"},
            ],
        }
    )

    def effective(role: str | None = None, where: str | None = None) -> float:
        return database.effective_setting("statement_timeout", role, where).seconds

    assert effective() == 30
    assert effective("app", "third") == 40
    assert effective("somebody") == 50
    assert effective("somebody", "third") == 10


def test_a_value_of_the_checkers_own_role_is_not_the_servers() -> None:
    database = Database.from_facts(
        {
            "session": {"user": "checker", "database": "shop"},
            "settings": {"statement_timeout": {"value": "5000", "unit": "ms", "source": "user"}},
            "role_settings": [{"name": "statement_timeout", "text": "5s", "role": "checker"}],
        }
    )

    assert database.effective_setting("statement_timeout").seconds == 5
    with pytest.raises(Undecidable, match="hidden behind"):
        database.effective_setting("statement_timeout", "app")


def test_capacity_follows_from_settings_that_were_written_by_hand() -> None:
    database = Database.from_facts(
        {"settings": {"max_connections": 20, "superuser_reserved_connections": 2}}
    )

    assert database.capacity.usable == 18
    assert database.capacity.used is None


def test_answers_are_given_by_their_query() -> None:
    database = Database.from_facts(
        {"answers": {"select 1 as a": [{"a": 1}], "select x": {"error": "no", "code": "42703"}}}
    )

    assert database.answer(Query("select 1 as a")) == Answer(({"a": 1},), ("a",))
    assert database.answer(Query("select x")).code == "42703"
    with pytest.raises(Undecidable):
        database.answer(Query("select 2"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"setings": {}}, "did you mean settings?"),
        ({"roles": {"name": "app"}}, "a list is required"),
        ({"roles": [{"name": "app", "superusr": True}]}, "did you mean superuser?"),
        ({"roles": [{"superuser": True}]}, "name is missing"),
        ({"roles": [{"name": "app", "superuser": "yes"}]}, "a bool is required"),
        ({"capacity": {"maximum": True}}, "a int is required"),
        ({"version": "new"}, "is required"),
        ({"settings": {"fsync": None}}, "leave out what is hidden"),
        ({"settings": []}, "no mapping"),
        ({"answers": {"select 1": 7}}, "neither a list of rows nor an answer"),
        ({"missing": []}, "no mapping"),
    ],
)
def test_facts_that_cannot_be_used_are_named(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("?", r"\?")):
        Database.from_facts(facts)


@pytest.mark.parametrize(
    ("written", "number", "shown"),
    [("15.18", 150018, "15.18"), (18, 180000, "18.0"), (160014, 160014, "16.14")],
)
def test_a_version_may_be_written_in_any_form(written: Any, number: int, shown: str) -> None:
    version = Database.from_facts({"version": written}).version

    assert version.number == number
    assert str(version) == shown


@pytest.mark.parametrize("path", RECORDED, ids=[path.stem for path in RECORDED])
def test_recorded_facts_come_back_as_they_were(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))

    database = Database.from_facts(recorded)

    assert database.to_facts() == recorded
    assert database.version.major in {15, 18}
    assert database.setting("max_connections").value == 100
    assert database.roles


def test_there_are_recorded_facts() -> None:
    assert len(RECORDED) >= 2


def test_a_secret_in_the_address_does_not_leave_with_the_facts() -> None:
    database = Database.from_facts({"address": "postgresql://app:hidden-word@h/d"})

    assert "hidden-word" not in json.dumps(database.to_facts())
    assert "hidden-word" not in repr(database)

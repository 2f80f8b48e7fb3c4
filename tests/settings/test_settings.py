"""Settings: readiness.yaml or [tool.readiness], with every fault at once."""

from datetime import date
from pathlib import Path

import pytest

from readiness.model.errors import SettingsError
from readiness.settings.load import load


def test_a_project_without_settings_has_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)

    assert (settings.environment, settings.checklists, settings.database) == (
        "production",
        ("production",),
        None,
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text(
        "environment: staging\n"
        "checklist:\n"
        "  extends: [production]\n"
        "environments:\n"
        "  staging:\n"
        "    variables: {DB_HOST: db.internal, WORKERS: 4, DEBUG: false}\n"
        "    injected: [DB_PASSWORD]\n"
        "    traits: {users: many}\n"
        "    database: env:STAGING_URL\n"
        "waivers:\n"
        "  - {rule: backups, reason: moved, owner: Ada, expires: 2027-01-31}\n"
    )

    settings = load(tmp_path)
    staging = settings.declared("staging")

    assert {name: value.reveal() for name, (value, _) in staging.variables.items()} == {
        "DB_HOST": "db.internal",
        "WORKERS": "4",
        "DEBUG": "false",
    }
    assert staging.variables["WORKERS"][1].line == 6
    assert settings.inline is not None
    assert settings.waivers[0].expires == date(2027, 1, 31)
    assert settings.declared("production").variables == {}


def test_pyproject_is_read_where_there_is_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.readiness]\ndatabase = "auto"\n')

    assert load(tmp_path).database == "auto"


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text(
        "enviroment: staging\nfail_on: hihg\nwaivers: [{rule: a, owner: b, expires: never}]\n"
    )

    with pytest.raises(SettingsError) as caught:
        load(tmp_path)

    said = [str(fault) for fault in caught.value.faults]
    assert "did you mean environment?" in said[0]
    assert "readiness.yaml:2:10: fail_on is the text 'hihg'" in said[1]
    assert len(said) == 4


def test_settings_that_are_a_list_are_refused(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text("- one\n")

    with pytest.raises(SettingsError, match="no mapping at the top"):
        load(tmp_path)


def test_settings_name_no_file_outside_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text(
        "environments: {production: {env_files: [../secret]}}\nfiles: [/etc/passwd]\n"
    )

    with pytest.raises(SettingsError) as caught:
        load(tmp_path)

    assert ["outside of the project" in str(fault) for fault in caught.value.faults] == [True] * 2


def test_an_environment_that_says_no_more_is_fine(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text("environments:\n  production:\n    # nothing\n")

    assert load(tmp_path).declared("production").env_files == ()

import os
from pathlib import Path

import pytest

from readiness.deployment import Deployment
from readiness.environment import (
    Environment,
    Overrides,
    build_environments,
    given_variables,
)
from readiness.model.errors import ReadinessError
from readiness.model.secret import Secret
from readiness.project import Project


def build(
    overrides: Overrides | None = None, name: str = "production", /, **files: str
) -> tuple[Environment, ...]:
    project = Project({path.replace("__", "/"): text.encode() for path, text in files.items()})
    deployment = Deployment.read(project, environment=name)
    return build_environments(project, deployment, name=name, overrides=overrides)


def one(
    overrides: Overrides | None = None, name: str = "production", /, **files: str
) -> Environment:
    (found,) = build(overrides, name, **files)
    return found


def value(environment: Environment, name: str) -> str | None:
    found = environment.get(name)
    return found.value.reveal() if found is not None and found.value is not None else None


def chain(environment: Environment, name: str) -> list[str]:
    found = environment.get(name)
    assert found is not None
    return [str(origin.at or origin.text) for origin in found.chain]


COMPOSE = "services:\n  app:\n    build: .\n    environment: {A: compose, B: compose}\n"
PROJECT = {
    "main.py": "",
    "compose.yaml": COMPOSE,
    "Dockerfile": "FROM python:3\nENV A=image C=image\n",
    ".env.production": "A=file\nC=file\nD=file\n",
    "given.env": "A=given\nB=given\nE=given\n",
}


def test_the_strongest_source_wins_and_the_chain_keeps_the_rest() -> None:
    overrides = Overrides(
        set={"A": "line"}, env_files=("given.env",),
        settings={"B": Secret("settings"), "F": Secret("settings")},
    )  # fmt: skip

    found = one(overrides, **PROJECT)

    assert [value(found, name) for name in "ABCDEF"] == [
        "line", "given", "image", "file", "given", "settings",
    ]  # fmt: skip
    assert chain(found, "A") == [
        "--set", "given.env:1", "compose.yaml:4", "Dockerfile:2", ".env.production:1",
    ]  # fmt: skip
    assert chain(found, "B") == ["given.env:2", "the settings", "compose.yaml:4"]


def test_what_is_unset_or_injected_stays_so_whatever_files_say() -> None:
    found = one(Overrides(unset=frozenset({"A"}), injected=frozenset({"B"})), **PROJECT)

    states = {name: v.state for name, v in found.variables.items()}

    assert (states["A"], states["B"]) == ("unset", "injected")
    assert value(found, "A") is None


def test_a_later_file_on_the_command_line_wins() -> None:
    found = one(
        Overrides(env_files=("a.env", "b.env")), **{"a.env": "A=1\nB=1\n", "b.env": "A=2\n"}
    )

    assert [value(found, name) for name in "AB"] == ["2", "1"]


def test_the_last_line_of_a_file_wins_and_the_first_is_kept() -> None:
    found = one(**{".env.production": "LEVEL=production\nX=1\nLEVEL=development\n"})

    assert value(found, "LEVEL") == "development"
    assert chain(found, "LEVEL") == [".env.production:3", ".env.production:1"]


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("A=${A}", "injected", None),
        ("A=${NOWHERE}", "injected", None),
        ("A=x${NOWHERE}y", "injected", None),
        ("A=${NOWHERE:-d}", "known", "d"),
        ("B=1\nA=${B}2", "known", "12"),
        ("B=${B}\nA=${B}", "injected", None),
        ("A=$B", "known", "$B"),
        ("A=", "known", ""),
    ],
)
def test_a_reference_to_itself_or_to_nothing_is_supplied_by_the_platform(
    text: str, state: str, expected: str | None
) -> None:
    found = one(**{".env.production": text})

    assert found.variables["A"].state == state
    assert value(found, "A") == expected


def test_references_take_what_stronger_sources_say() -> None:
    found = one(
        Overrides(set={"HOST": "h"}), **{".env.production": "HOST=x\nURL=pg://${HOST}/d\n"}
    )

    assert value(found, "URL") == "pg://h/d"


@pytest.mark.parametrize(
    "path", [".env", ".env.example", ".env.sample", ".env.template", ".env.development",
             ".env.staging", ".env.production.example", "tests/.env.production"]
)  # fmt: skip
def test_other_files_of_variables_do_not_count(path: str) -> None:
    found = one(**{path: "A=1\n"})

    assert (dict(found.variables), found.described) == ({}, False)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".env.production": "A=1", ".env.prod": "A=2"}, "1"),
        ({".env.prod": "A=2"}, "2"),
        ({"deploy/.env.production": "A=3"}, "3"),
        ({"production.env": "A=4"}, "4"),
        ({".env.prod": "A=1", ".env.live": "A=2"}, None),
        ({"a/.env.production": "A=1", "b/.env.production": "A=2"}, None),
        ({"a/.env.production": "A=1", ".env.production": "A=2"}, "2"),
    ],
)
def test_the_file_of_an_environment_is_found_where_it_is_clear(
    files: dict[str, str], expected: str | None
) -> None:
    found = one(**files)

    assert value(found, "A") == expected
    assert found.notes or expected is not None


@pytest.mark.parametrize(
    ("variables", "other", "taken"),
    [
        ({"APP_ENV": "test"}, "conf/test.env", False),
        ({"APP_ENV": "TEST"}, "conf/.env.test", False),
        ({"APP_ENV": "production", "DB_NAME": "test"}, "conf/test.env", True),
        ({"APP_ENV": "prod"}, "conf/prod-eu.env", True),
        ({"APP_ENV": "test"}, "conf/staging.env", True),
        ({"DB_NAME": "test"}, "conf/test.env", True),
        ({"APP_ENV": "test"}, "elsewhere/test.env", True),
        ({}, "conf/test.env", True),
    ],
)
def test_a_file_is_not_taken_where_variables_name_another_that_has_one(
    variables: dict[str, str], other: str, taken: bool
) -> None:
    found = one(Overrides(set=variables), **{"conf/production.env": "A=1", other: "A=2"})

    assert value(found, "A") == ("1" if taken else None)
    assert any("names another" in note for note in found.notes) is not taken


def test_an_environment_of_any_name_has_its_file() -> None:
    assert value(one(None, "eu-west", **{".env.eu-west": "A=1"}), "A") == "1"
    assert value(one(None, "live", **{".env.live": "A=1", ".env.production": "A=2"}), "A") == "1"


def test_the_environment_of_the_tool_itself_never_counts() -> None:
    found = one(**{
        "m.py": "", "Dockerfile": "FROM x\nENV B=${PATH}\n", ".env.production": "A=${PATH}\n",
        "compose.yaml": "services:\n  a: {build: ., environment: ['C=${PATH}', PATH]}\n",
    })  # fmt: skip

    assert os.environ["PATH"]
    assert {name: v.state for name, v in found.variables.items()} == {
        "A": "injected", "B": "known", "C": "injected", "PATH": "injected",
    }  # fmt: skip
    assert value(found, "B") == ""


@pytest.mark.parametrize(
    ("overrides", "files", "described"),
    [
        (Overrides(), {}, False),
        (Overrides(unset=frozenset({"A"})), {}, True),
        (Overrides(set={"A": "1"}), {}, True),
        (Overrides(), {".env.production": "A=1"}, True),
        (Overrides(), {"m.py": "", "Dockerfile": "FROM python\nENV LEVEL=x\n"}, True),
        (Overrides(), {"m.py": "", "Dockerfile": "FROM python\nENV PYTHONUNBUFFERED=1\n"}, False),
        (Overrides(), {"compose.yaml": "services:\n  db:\n    image: postgres\n"
                                       "    environment: {POSTGRES_PASSWORD: x}\n"}, False),
    ],
)  # fmt: skip
def test_an_environment_is_described_where_any_source_spoke(
    overrides: Overrides,
    files: dict[str, str],
    described: bool,
) -> None:
    assert one(overrides, **files).described is described


def test_each_service_with_variables_of_its_own_has_its_environment() -> None:
    compose = (
        "services:\n  api: {build: ., environment: {A: 1}}\n"
        "  web: {build: ., environment: {A: 1}}\n  job: {build: ., environment: {A: 2}}\n"
        "  db: {image: postgres, environment: {A: 3}}\n"
    )

    found = build(**{"m.py": "", "Dockerfile": "FROM python\n", "compose.yaml": compose})

    assert [(e.service, e.services, value(e, "A")) for e in found] == [
        ("api", ("api", "web"), "1"), ("job", ("job",), "2"),
    ]  # fmt: skip


def test_a_missing_file_that_the_deployment_loads_is_named() -> None:
    found = one(**{"m.py": "", "compose.yaml": "services:\n  a: {build: ., env_file: x.env}\n"})

    assert found.unread_sources == ("x.env",)


def test_a_plain_env_file_counts_where_compose_loads_it() -> None:
    compose = "services:\n  a: {build: ., env_file: .env}\n"

    assert value(one(**{"m.py": "", "compose.yaml": compose, ".env": "A=1\n"}), "A") == "1"


def test_a_given_file_may_lie_anywhere_and_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "x.env").write_bytes(b"\xef\xbb\xbfexport A='1'\r\n")

    assert value(one(Overrides(env_files=(str(tmp_path / "x.env"),))), "A") == "1"
    with pytest.raises(ReadinessError, match="cannot be read") as caught:
        build(Overrides(env_files=(str(tmp_path / "absent.env"),)))
    assert caught.value.hint


def test_what_the_user_gives_also_fills_the_references_of_compose() -> None:
    project = Project({
        "m.py": b"", "compose.yaml": b"services:\n  a: {build: ., environment: ['U=x${A}']}\n"
    })  # fmt: skip
    given = given_variables(project, Overrides(set={"A": "1"}))

    deployment = Deployment.read(project, given)

    (found,) = build_environments(project, deployment, name="production")
    assert value(found, "U") == "x1"


def test_no_value_shows_in_the_text_of_an_environment() -> None:
    found = one(
        Overrides(set={"A": "hunter1"}), **{".env.production": "B=hunter2\nC=${X}hunter3\n"}
    )

    assert "hunter" not in repr(found)
    assert "hunter" not in repr(Overrides(set={"A": "hunter1"}))

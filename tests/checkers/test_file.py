from typing import Any

import pytest

from readiness.testing import check, project

FILES = {
    "deploy/app.yaml": "spec:\n  replicas: 3\n---\nspec:\n  replicas: 1\n",
    "pyproject.toml": '[project]\nname = "app"\n[tool.x]\nports = [1, 2]\n',
    "a.json": '{"image": {"tag": "latest"}, "empty": ""}',
    "alembic.ini": "[alembic]\nscript_location = db\n",
    ".env.production": "MODE=production\nAPI_KEY=abcdef\n",
    "gunicorn.txt": "workers: 4\n",
}


def judge(**parameters: Any) -> Any:
    return check("file.value", project(FILES), **parameters)


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({"path": "pyproject.toml", "at": "project.name", "expect": "app"}, "pass"),
        ({"path": "pyproject.toml", "at": "tool.x.ports.1", "expect": 2}, "pass"),
        ({"path": "pyproject.toml", "at": "$.tool.x.ports[*]", "expect": {"max": 1}}, "fail"),
        ({"path": "a.json", "at": "image.tag", "expect": {"not": "latest"}}, "fail"),
        ({"path": "a.json", "at": "image"}, "pass"),
        ({"path": "a.json", "at": "image", "expect": {"not": "latest"}}, "fail"),
        ({"path": "a.json", "at": "empty"}, "fail"),
        ({"path": "alembic.ini", "at": "alembic.script_location", "expect": "db"}, "pass"),
        ({"path": ".env.production", "at": "MODE", "expect": "production"}, "pass"),
        ({"path": "gunicorn.txt", "at": "workers", "format": "yaml", "expect": 4}, "pass"),
        ({"path": "gunicorn.txt", "at": "workers", "expect": 4}, "unknown"),
        ({"path": "deploy/*.yaml", "at": "spec.replicas", "expect": {"min": 2}}, "fail"),
        ({"path": "a.json", "at": "nothing"}, "fail"),
        ({"path": "a.json", "at": "nothing", "optional": True}, "not-applicable"),
        ({"path": "b.json", "at": "x"}, "fail"),
        ({"path": "b.json", "at": "x", "optional": True}, "not-applicable"),
        ({"path": "a.json", "at": "$["}, "unknown"),
    ],
)
def test_a_value_is_found_and_judged_in_every_format(
    parameters: dict[str, Any], outcome: str
) -> None:
    assert judge(**parameters).outcome == outcome


def test_every_document_of_a_yaml_file_is_judged_at_its_line() -> None:
    result = judge(path="deploy/*.yaml", at="spec.replicas", expect={"min": 2})

    assert [str(one.at) for one in result.oks] == ["deploy/app.yaml:2"]
    assert [str(one.at) for one in result.problems] == ["deploy/app.yaml:5"]
    assert result.problems[0].message == "spec.replicas is 1, at least 2 is expected"


def test_a_secret_value_is_never_shown() -> None:
    assert "abcdef" not in repr(judge(path=".env.production", at="API_KEY", expect="other"))


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe", b"a\0b"])
def test_a_file_that_cannot_be_understood_is_undecided(content: bytes) -> None:
    result = check(
        "file.value", project({"a.yaml": content}), path="a.yaml", at="a", optional=True
    )

    assert result.outcome == "unknown"


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({"present": ["pyproject.toml", "deploy/*"]}, "pass"),
        ({"present": ["Dockerfile"]}, "fail"),
        ({"absent": ["*.pem"]}, "pass"),
        ({"absent": ["a.json", "*.pem"]}, "fail"),
        ({}, "unknown"),
    ],
)
def test_files_are_there_or_not(parameters: dict[str, Any], outcome: str) -> None:
    assert check("file.present", project(FILES), **parameters).outcome == outcome


def test_that_nothing_is_there_says_how_much_was_searched() -> None:
    (finding,) = check("file.present", project(FILES), absent=["*.pem"]).oks

    assert finding.message == "none of 6 files matches *.pem"


def test_absence_in_an_empty_project_is_not_applicable() -> None:
    assert check("file.present", project({}), absent=["*.pem"]).outcome == "not-applicable"

"""Files of variables, and single ones, that the options of a command give to the program."""

import pytest

from readiness.deployment import Deployment
from readiness.environment import Environment, build_environments
from readiness.project import Project


def started(command: str, **files: str) -> Environment:
    texts = {
        "app.py": "",
        "conf/a.env": "A=file\n# B=comment\nC=${A}-more\n",
        "conf/b.env": "A=file\n",
        "Dockerfile": f"FROM python:3\nENV A=image\nCOPY . .\nCMD {command}\n",
        **files,
    }
    project = Project({path: text.encode() for path, text in texts.items()})
    [found] = build_environments(project, Deployment.read(project), name="production")
    return found


def values(found: Environment) -> dict[str, str | None]:
    return {
        name: one.value.reveal() if one.value else None for name, one in found.variables.items()
    }


WEAK = {"A": "image", "C": "image-more"}
STRONG = {"A": "file", "C": "file-more"}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uvicorn app:app", {"A": "image"}),
        ("uvicorn app:app --env-file conf/a.env", WEAK),
        ('["uvicorn", "app:app", "--env-file=conf/a.env"]', WEAK),
        ("python -m uvicorn app:app --env-file conf/a.env", WEAK),
        ("uv run --env-file conf/a.env --with x python app.py", WEAK),
        ("flask -e conf/a.env --app app run", WEAK),
        ("dotenv -f conf/a.env run -- python app.py", STRONG),
        ("dotenv -f conf/a.env run --no-override python app.py", WEAK),
        ("honcho -e conf/b.env run python app.py", {"A": "file"}),
        ("export $(cat conf/b.env | xargs) && python app.py", {"A": "file"}),
        ("gunicorn -e A=one --env=B=two app:app", {"A": "one", "B": "two"}),
        ("gunicorn --env app:app", {"A": "image"}),
        ("hypercorn app:app --env-file conf/a.env", {"A": "image"}),
    ],
)
def test_a_command_loads_what_its_options_name(command: str, expected: dict[str, str]) -> None:
    assert values(started(command)) == expected


@pytest.mark.parametrize(
    "command",
    [
        "uv run --env-file conf/a.env --with x uvicorn app:app",
        "dotenv -f conf/a.env run -- uvicorn app:app",
        "honcho -e conf/a.env run uvicorn app:app",
    ],
)
def test_the_program_behind_the_options_is_found(command: str) -> None:
    texts = {"app.py": "", "Dockerfile": f"FROM python:3\nCMD {command}\n"}
    project = Project({path: text.encode() for path, text in texts.items()})

    [entry] = Deployment.read(project).entry_points()

    assert (entry.module, entry.attribute) == ("app", "app")


RAW = "raw_env = ['A=file', f'B={1}', 'C']\n"


@pytest.mark.parametrize(
    ("command", "files", "expected"),
    [
        ("gunicorn app:app", {"gunicorn.conf.py": RAW}, {"A": "file"}),
        ("gunicorn -c other.py app:app", {"other.py": RAW}, {"A": "file"}),
        ("gunicorn -c other.py app:app", {"gunicorn.conf.py": RAW}, {"A": "image"}),
        ("gunicorn -e A=line app:app", {"gunicorn.conf.py": RAW}, {"A": "line"}),
        ("gunicorn app:app", {"gunicorn.conf.py": "raw_env = more()\n"}, {"A": "image"}),
        ("gunicorn app:app", {"gunicorn.conf.py": "raw_env = [\n"}, {"A": "image"}),
        ("uwsgi --ini u.ini", {"u.ini": "[uwsgi]\nenv = A=file\nenv = B=x=y\n"},
         {"A": "file", "B": "x=y"}),
        ("uwsgi --ini u.ini", {"u.ini": "[uwsgi]\n# env = A=file\n"}, {"A": "image"}),
        ("python app.py", {"u.ini": "[uwsgi]\nenv = A=file\n"}, {"A": "image"}),
    ],
)  # fmt: skip
def test_a_server_gives_what_its_file_sets(
    command: str, files: dict[str, str], expected: dict[str, str]
) -> None:
    assert values(started(command, **files)) == expected


def test_a_file_that_is_not_there_is_named() -> None:
    found = started("uvicorn app:app --env-file prod.env")

    assert found.unread_sources == ("prod.env",)
    assert values(found) == {"A": "image"}

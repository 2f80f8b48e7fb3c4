"""How many workers a service has, as its server counts them."""

import pytest

from readiness.checkers.demand import Factor
from readiness.checkers.workers import workers_factor
from readiness.deployment import Deployment
from readiness.engine.entries import entries_of
from readiness.environment.build import build_environments
from readiness.program import Program
from readiness.project import Project

APP = "def app(scope, receive, send): pass\n"
CONF = "gunicorn.conf.py"


def workers(command: str, variables: str = "", **files: str) -> Factor:
    """The workers of an image that runs a command; files by name, ``__`` for a slash."""
    lines = "".join(f"ENV {pair}\n" for pair in variables.split())
    texts = {
        "Dockerfile": f"FROM python:3\nWORKDIR /app\nCOPY . .\n{lines}CMD {command}\n",
        "app.py": APP,
        **{name.replace("__", "/"): text for name, text in files.items()},
    }
    return factor({name: text.encode() for name, text in texts.items()})


def factor(files: dict[str, bytes], name: str | None = None) -> Factor:
    project = Project(files)
    deployment = Deployment.read(project)
    environments = build_environments(project, deployment, name="production")
    service = next(one for one in deployment.services if name in {None, one.name})
    judged = next(one for one in environments if service.name in one.services)
    own, _ = entries_of(deployment, environments, judged)
    return workers_factor(deployment, Program(project, judged, entry_points=own), service)


@pytest.mark.parametrize(
    ("copies", "expected"),
    [
        ("COPY . .", "3"),
        ("COPY app.py ./", "1"),
        ("COPY app.py gunicorn.conf.py ./", "3"),
        ("COPY *.py ./", "3"),
        ("COPY *.txt ./", "1"),
        ('COPY ["app.py", "./"]', "1"),
        ('COPY ["gunicorn.conf.py", "./"]', "3"),
        ("COPY --chown=app app.py ./", "1"),
        ("COPY --from=build . ./", "1"),
        ("ADD $FILES ./", "3"),
        ("COPY app.py ./\nRUN git clone https://x.example/y .", "3"),
        ("COPY app.py ./\nVOLUME /app", "3"),
        ("USER app", "3"),
    ],
)
def test_gunicorn_reads_no_file_that_the_image_lacks(copies: str, expected: str) -> None:
    lines = f"FROM python:3\nWORKDIR /app\n{copies}\nCMD gunicorn app:app\n"
    files = {"Dockerfile": lines, "app.py": APP, CONF: "workers = 3\n"}

    found = factor({name: text.encode() for name, text in files.items()})

    assert str(found.span) == expected


@pytest.mark.parametrize(
    ("conf", "variables", "command", "expected"),
    [
        ("workers = 3", "", "gunicorn app:app", "3"),
        ("workers = 3", "WEB_CONCURRENCY=7", "gunicorn app:app", "3"),
        ("bind = ':80'", "WEB_CONCURRENCY=7", "gunicorn app:app", "7"),
        ("bind = ':80'", "", "gunicorn app:app", "1"),
        ("Workers = 3", "", "gunicorn app:app", "1"),
        ("workers = 3", "", "gunicorn -w 2 app:app", "2"),
        ("workers = 3", "GUNICORN_CMD_ARGS=--workers=8", "gunicorn app:app", "8"),
        ("workers = 3", "GUNICORN_CMD_ARGS=--workers=8", "gunicorn -w 2 app:app", "2"),
        ("workers = 3", "GUNICORN_CMD_ARGS=--config=other.py", "gunicorn app:app", "5"),
        ("workers = 3", "GUNICORN_CMD_ARGS=--config=no.py", "gunicorn -c other.py app:app", "5"),
        ("workers = 3", "", "gunicorn -c other.py app:app", "5"),
        ("workers = 3", "", "gunicorn -c /app/other.py app:app", "5"),
        ("workers = 3", "", "gunicorn --config=python:other app:app", "5"),
        ("workers = 3", "", "gunicorn -c file:other.py app:app", "5"),
        ("workers = '0x6'", "", "gunicorn app:app", "6"),
        ("workers = True", "", "gunicorn app:app", "1"),
        ("import os\nworkers = int(os.getenv('WEB_CONCURRENCY', 4))", "", "gunicorn app:app", "4"),
        ("import os\nworkers = int(os.getenv('WEB_CONCURRENCY', 4))", "WEB_CONCURRENCY=9",
         "gunicorn app:app", "9"),
        ("if __name__ == '__main__':\n    workers = 3", "", "gunicorn app:app", "1"),
        ("workers = 3", "", "python -m gunicorn app:app", "3"),
        ("workers = 3", "", "sh -c 'exec gunicorn app:app'", "3"),
        ("workers = 3", "", "uvicorn app:app", "1"),
        ("workers = 'many'", "", "gunicorn app:app", "at least 1"),
        ("import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1", "",
         "gunicorn app:app", "at least 1"),
        ("workers = 3\nraise SystemExit", "", "gunicorn app:app", "at least 1"),
        ("workers = 3", "", "gunicorn -c missing.py app:app", "at least 1"),
        ("import lib\nif lib.large():\n    workers = 8\nelse:\n    workers = 2", "",
         "gunicorn app:app", "2 to 8"),
        ("import lib\nif lib.large():\n    workers = 8", "WEB_CONCURRENCY=3",
         "gunicorn app:app", "3 to 8"),
    ],
)  # fmt: skip
def test_gunicorn_reads_its_file_where_nothing_stronger_speaks(
    conf: str, variables: str, command: str, expected: str
) -> None:
    found = workers(command, variables, **{CONF: conf + "\n", "other.py": "workers = 5\n"})

    assert str(found.span) == expected


CELERY = "import os\nfrom celery import Celery\napp = Celery('a')\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", "at least 1"),
        ("app.conf.worker_concurrency = 4", "4"),
        ("app.conf.update(worker_concurrency=2 * 2)", "4"),
        ("app.conf.update({'worker_concurrency': 4})", "4"),
        ("CELERYD_CONCURRENCY = 4", "4"),
        ("app.conf.worker_concurrency = int(os.getenv('N', '3'))", "3"),
        ("app.conf.worker_concurrency = os.cpu_count()", "at least 1"),
        ("app.conf.worker_concurrency = 4\napp.conf.worker_concurrency = 5", "at least 1"),
        ("app.conf.worker_concurrency = 4\napp.conf.worker_pool = 'solo'", "at least 1"),
        ("app.conf.worker_pool = 'solo'", "at least 1"),
        ("if os.getenv('N'):\n    app.conf.worker_concurrency = 4", "at least 1"),
        ("def tell(n):\n    app.conf.worker_concurrency = 4", "at least 1"),
    ],
)
def test_celery_is_told_by_its_configuration(code: str, expected: str) -> None:
    found = workers("celery -A tasks worker", **{"tasks.py": f"{CELERY}{code}\n"})

    assert str(found.span) == expected


def test_the_command_of_celery_comes_before_its_configuration() -> None:
    files = {"tasks.py": f"{CELERY}app.conf.worker_concurrency = 4\n"}

    assert str(workers("celery -A tasks worker -c 2", **files).span) == "2"
    assert str(workers("celery -A tasks worker -c auto", **files).span) == "at least 1"


def test_the_line_of_the_file_is_named() -> None:
    found = workers("gunicorn app:app", **{CONF: "bind = ':80'\nworkers = 2 + 1\n"})

    assert str(found.at) == f"{CONF}:2"
    assert found.text == f"workers of Dockerfile (gunicorn reads {CONF})"


def test_what_is_not_known_of_the_file_is_said() -> None:
    code = "import multiprocessing\nworkers = multiprocessing.cpu_count()\n"

    found = workers("gunicorn app:app", **{CONF: code})

    assert "cpu_count" in found.text
    assert str(found.at) == f"{CONF}:2"


def test_a_file_in_another_folder_is_perhaps_the_one() -> None:
    found = workers("gunicorn app:app", **{f"deploy__{CONF}": "workers = 3\n"})

    assert str(found.span) == "at least 1"


@pytest.mark.parametrize(
    ("command", "expected"),
    [("cd deploy && gunicorn app:app", "3"), ("cd . && gunicorn app:app", "2")],
)
def test_a_server_reads_the_file_of_the_folder_that_it_is_started_in(
    command: str, expected: str
) -> None:
    found = workers(command, **{f"deploy__{CONF}": "workers = 3\n", CONF: "workers = 2\n"})

    assert str(found.span) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("WEB_CONCURRENCY=6 gunicorn app:app", "6"),
        ("env WEB_CONCURRENCY=6 gunicorn app:app", "6"),
        ("export WEB_CONCURRENCY=${N:-5} && gunicorn app:app", "5"),
        ("export WEB_CONCURRENCY=${WEB_CONCURRENCY:-5} && gunicorn app:app", "5"),
        ("gunicorn -w 2 app:app & celery -A app worker -c 3", "at least 1"),
        ("celery -A app worker -c 3", "3"),
        ("celery -A app worker --concurrency=3", "3"),
        ("celery -A app worker -c auto", "at least 1"),
        ("celery -A app worker -P threads -c 30", "1"),
        ("celery -A app worker --autoscale=10,3", "10"),
        ("celery -A app beat", "1"),
        ("celery -A app worker", "at least 1"),
        ("fastapi run app.py --workers 4", "4"),
        ("granian --workers 3 app:app", "3"),
        ("hypercorn -c hypercorn.toml app:app", "7"),
        ("hypercorn -c hypercorn.toml -w 2 app:app", "2"),
        ("hypercorn app:app", "1"),
        ("hypercorn -c file:conf.py app:app", "at least 1"),
        ("hypercorn -c missing.toml app:app", "at least 1"),
        ("uwsgi --ini uwsgi.ini", "4"),
        ("uwsgi --ini missing.ini", "at least 1"),
        ("uwsgi --http :80 --module app", "1"),
    ],
)
def test_each_server_has_words_of_its_own(command: str, expected: str) -> None:
    found = workers(command, **{
        "hypercorn.toml": "workers = 7\n",
        "uwsgi.ini": "[uwsgi]\nmodule = app\nprocesses = 4\n",
    })  # fmt: skip

    assert str(found.span) == expected


RUN = "import os\nimport uvicorn\nif __name__ == '__main__':\n    uvicorn.run('app:app'{})\n"


@pytest.mark.parametrize(
    ("arguments", "variables", "command", "expected"),
    [
        (", workers=4", "", "python main.py", "4"),
        (", workers=int(os.getenv('N', '3'))", "", "python main.py", "3"),
        (", workers=int(os.getenv('N', '3'))", "N=6", "python main.py", "6"),
        (", workers=os.cpu_count()", "", "python main.py", "at least 1"),
        ("", "", "python main.py", "1"),
        ("", "WEB_CONCURRENCY=5", "python main.py", "5"),
        (", workers=2", "WEB_CONCURRENCY=5", "python main.py", "2"),
        (", workers=4", "", "uvicorn main:app", "1"),
    ],
)
def test_the_code_may_start_its_server_itself(
    arguments: str, variables: str, command: str, expected: str
) -> None:
    found = workers(command, variables, **{"main.py": APP + RUN.format(arguments)})

    assert str(found.span) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"Procfile": "web: gunicorn app:app\n"}, "3"),
        ({"Procfile": "web: gunicorn app:app -w 2\n"}, "2"),
        ({"a.service": "[Service]\nExecStart=/srv/venv/bin/gunicorn app:app\n"}, "3"),
        ({"compose.yaml": "services:\n  api:\n    build: .\n    command: gunicorn app:app\n",
          "Dockerfile": "FROM python:3\nCOPY . .\n"}, "3"),
        ({"compose.yaml": "services:\n  api:\n    build: .\n    command: gunicorn -w 6 app:app\n",
          "Dockerfile": "FROM python:3\nCOPY . .\n"}, "6"),
        ({"start.sh": '#!/bin/sh\nset -e\nexec gunicorn app:app "$@"\n',
          "Dockerfile": 'FROM python:3\nCOPY . .\nENTRYPOINT ["./start.sh"]\nCMD ["-w", "8"]\n'},
         "8"),
        ({"start.sh": '#!/bin/sh\nset -e\nexec gunicorn app:app "$@"\n',
          "Dockerfile": 'FROM python:3\nCOPY . .\nENTRYPOINT ["./start.sh"]\n'}, "3"),
    ],
)  # fmt: skip
def test_every_platform_starts_the_same_server(files: dict[str, str], expected: str) -> None:
    texts = {"app.py": APP, CONF: "workers = 3\n", **files}

    found = factor({name: text.encode() for name, text in texts.items()})

    assert str(found.span) == expected


@pytest.mark.parametrize(("arguments", "expected"), [("workers=4", "4"), ("port=80", "1")])
def test_agno_os_serves_by_uvicorn(arguments: str, expected: str) -> None:
    code = (
        "from agno.os import AgentOS\nagent_os = AgentOS(agents=[])\n"
        f"if __name__ == '__main__':\n    agent_os.serve('main:app', {arguments})\n"
    )

    assert str(workers("python main.py", **{"main.py": code}).span) == expected

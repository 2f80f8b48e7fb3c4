import pytest

from readiness.deployment import Deployment
from readiness.deployment.facts import EntryPoint, Workers
from readiness.deployment.interpolation import as_known
from readiness.project import Project


def read(**files: str) -> Deployment:
    named = {name.replace("__", "/"): text.encode() for name, text in files.items()}
    return Deployment.read(Project({"app/main.py": b"", "main.py": b"", **named}))


def dockerfile(command: str, **more: str) -> Deployment:
    return read(Dockerfile=f"FROM python:3\nWORKDIR /app\n{command}\n", **more)


def starts(found: Deployment) -> list[str]:
    def text(one: EntryPoint) -> str:
        return one.path or f"{one.module}{':' if one.attribute else ''}{one.attribute or ''}"

    return [text(one) for one in found.entry_points()]


def workers(found: Deployment) -> Workers | None:
    return found.workers(found.services[0])


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('CMD ["python", "main.py"]', ["main.py"]),
        ("CMD python -u main.py --port 80", ["main.py"]),
        ("CMD python3.12 -X dev /app/main.py", ["main.py"]),
        ("CMD python app/main.py", ["app/main.py"]),
        ("CMD python -m app.main", ["app.main"]),
        ('CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]', ["app.main:app"]),
        ("CMD python -m uvicorn app.main:app", ["app.main:app"]),
        ("CMD gunicorn -k uvicorn.workers.UvicornWorker app.main:app", ["app.main:app"]),
        ("CMD gunicorn 'app.main:create_app()'", ["app.main:create_app"]),
        ("CMD gunicorn app.main", ["app.main"]),
        ("CMD exec uvicorn app.main:app --port ${PORT}", ["app.main:app"]),
        ('CMD ["sh", "-c", "alembic upgrade head && uvicorn app.main:app"]', ["app.main:app"]),
        ("CMD poetry run uvicorn app.main:app", ["app.main:app"]),
        ("CMD uv run --no-dev python main.py", ["main.py"]),
        ("CMD opentelemetry-instrument --x python main.py", ["main.py"]),
        ('ENTRYPOINT ["tini", "--"]\nCMD ["python", "main.py"]', ["main.py"]),
        ('ENTRYPOINT ["python"]\nCMD ["main.py"]', ["main.py"]),
        ("CMD A=1 python main.py", ["main.py"]),
        ("CMD fastapi run app/main.py", ["app/main.py"]),
        ("CMD celery -A app.main worker", ["app.main"]),
        ("CMD python -c 'print(1)'", []),
        ("CMD python -c 'import app.main as m; m.serve(1)'", ["app.main", "app.main:serve"]),
        ("CMD python -c 'from app import main; main.serve()'", ["app", "app.main:serve"]),
        (
            "CMD python -c 'from app.main import serve as s; run(s())'",
            ["app.main", "app.main:serve"],
        ),
        ("CMD python -c 'import ('", []),
        ("CMD python -m fire app.main serve", ["app.main:serve"]),
        ("CMD nginx -g 'daemon off;'", []),
    ],
)
def test_a_command_names_what_it_starts(command: str, expected: list[str]) -> None:
    assert starts(dockerfile(command)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shop", "shop.celery"),
        ("shop.celery", "shop.celery"),
        ("shop.celery.app", "shop.celery"),
        ("shop.celery:app", "shop.celery:app"),
        ("shop.tasks", "shop.tasks"),
        ("absent", "absent"),
    ],
)
@pytest.mark.parametrize("folder", ["", "src/", "back/"])
def test_celery_looks_for_its_application_in_a_package(
    name: str, expected: str, folder: str
) -> None:
    context = "back/" if folder == "back/" else ""
    files = {
        f"{folder}shop/__init__.py": "",
        f"{folder}shop/celery.py": "app = 1\n",
        f"{folder}shop/tasks.py": "",
        f"{context}Dockerfile": f"FROM a\nCMD celery -A {name} worker\n",
        "compose.yaml": f"services: {{a: {{build: {context or '.'}}}}}\n",
    }

    found = Deployment.read(Project({path: text.encode() for path, text in files.items()}))

    assert starts(found) == [expected]


@pytest.mark.parametrize(
    ("command", "call"),
    [
        ("CMD gunicorn 'app.main:create(\"dev\", port=1)'", '("dev", port=1)'),
        ("CMD flask --app 'app.main:create(\"dev\")' run", '("dev")'),
        ("CMD gunicorn 'app.main:create()'", "()"),
        ("CMD gunicorn app.main:create", ""),
    ],
)
def test_a_command_tells_what_an_application_is_called_with(command: str, call: str) -> None:
    (found,) = dockerfile(command).entry_points()

    assert (found.module, found.attribute, found.call) == ("app.main", "create", call)


def test_the_main_file_of_a_command_stands_at_its_line() -> None:
    found = dockerfile('CMD ["python", "main.py"]')

    assert [str(one.at) for one in found.entry_points()] == ["Dockerfile:3"]


def test_a_start_script_is_read_up_to_the_command_that_it_runs() -> None:
    found = dockerfile(
        'COPY . .\nENTRYPOINT ["/app/scripts/start.sh"]\nCMD ["python", "main.py"]',
        **{"scripts__start.sh":
           '#!/bin/sh\nset -e\nif [ "$X" ]; then\n  python -m app.main\nfi\nexec "$@"\n'},
    )  # fmt: skip

    assert starts(found) == ["app.main", "main.py"]


def test_the_scripts_of_a_project_are_entry_points_too() -> None:
    found = read(**{"pyproject.toml": "[project.scripts]\nserve = 'app.main:run'\n"})

    assert starts(found) == ["app.main:run"]


def test_a_compose_command_replaces_that_of_the_image() -> None:
    found = read(**{
        "Dockerfile": "FROM python:3\nCMD python main.py\n",
        "compose.yaml": "services:\n  web:\n    build: .\n    command: python app/main.py\n"
                        "  worker:\n    build: .\n",
    })  # fmt: skip

    assert starts(found) == ["app/main.py", "main.py"]


def test_a_procfile_starts_its_processes() -> None:
    found = read(Procfile="web: gunicorn -w 3 app.main:app\n# none: x\nworker: python main.py\n")

    assert starts(found) == ["app.main:app", "main.py"]
    assert workers(found) == Workers(
        3, "gunicorn with 3 workers", found.services[0].at, "gunicorn"
    )


@pytest.mark.parametrize(
    ("command", "env", "count"),
    [
        ("gunicorn -w 4 a:b", "", 4),
        ("gunicorn -w4 a:b", "", 4),
        ("gunicorn --workers=5 a:b", "", 5),
        ("gunicorn -w 2 --workers 6 a:b", "", 6),
        ("gunicorn a:b", "", 1),
        ("gunicorn a:b", "ENV WEB_CONCURRENCY=7\n", 7),
        ("gunicorn -w 2 a:b", "ENV WEB_CONCURRENCY=7\n", 2),
        ("gunicorn a:b", "ENV GUNICORN_CMD_ARGS='--workers 8'\n", 8),
        ("gunicorn a:b", "ARG X\nENV GUNICORN_CMD_ARGS=$X\n", None),
        ("gunicorn -w ${N:-3} a:b", "", 3),
        ("gunicorn -w ${N:-3} a:b", "ENV N=9\n", 9),
        ("gunicorn -w $N a:b", "", None),
        ("gunicorn -c conf.py a:b", "", None),
        ("uvicorn a:b --workers 2", "", 2),
        ("uvicorn a:b", "", 1),
        ("python -m uvicorn a:b --workers 3", "", 3),
        ("hypercorn -w 2 a:b", "", 2),
        ("celery -A a worker -c 4", "", 4),
        ("celery -A a worker", "", None),
    ],
)
def test_workers_are_counted_as_the_server_counts_them(
    command: str, env: str, count: int | None
) -> None:
    found = workers(dockerfile(f"{env}CMD {command}"))

    assert found is not None
    assert found.count == count


def test_variables_of_the_environment_decide_where_they_are_given() -> None:
    found = dockerfile("CMD gunicorn a:b")
    given = as_known({"WEB_CONCURRENCY": "6"})

    said = found.workers(found.services[0], given)

    assert said is not None
    assert said.count == 6


@pytest.mark.parametrize(("env", "count"), [("", None), ("N=5\n", 5), ("N=\n", None)])
def test_a_reference_of_compose_that_nobody_knows_is_no_default(env: str, count: int) -> None:
    text = "services:\n  a: {build: ., command: 'gunicorn a:b -w ${N}'}\n"

    said = workers(dockerfile("CMD x", **{"compose.yaml": text, ".env": env}))

    assert said is not None
    assert said.count == count


def test_a_program_of_ones_own_says_nothing_about_workers() -> None:
    assert workers(dockerfile("CMD python main.py")) is None


def test_a_configuration_of_gunicorn_makes_the_number_unknown() -> None:
    found = workers(dockerfile("CMD gunicorn a:b", **{"gunicorn.conf.py": "workers = 9\n"}))

    assert found is not None
    assert (found.count, found.text) == (None, "gunicorn reads gunicorn.conf.py")


def test_scripts_that_call_each_other_do_not_hang() -> None:
    found = dockerfile("CMD ./a.sh", **{"a.sh": "#!/bin/sh\n" + "./b.sh\n" * 999,
                                        "b.sh": "#!/bin/sh\n" + "./a.sh\n" * 999})  # fmt: skip

    assert starts(found) == []


SCRIPTS = '[project.scripts]\nserve = "shop.cli:main"\n'
POETRY = '[tool.poetry.scripts]\nserve = { reference = "shop.cli:main", type = "console" }\n'
SETUP = (
    "[options.entry_points]\nconsole_scripts =\n    serve = shop.cli:main [extra]\n    other=a:b\n"
)


@pytest.mark.parametrize(
    ("file", "text"),
    [("pyproject.toml", SCRIPTS), ("pyproject.toml", POETRY), ("setup.cfg", SETUP)],
)
def test_a_command_that_the_installation_makes_is_started_with_its_words(
    file: str, text: str
) -> None:
    found = read(**{
        file: text, "Dockerfile": 'FROM python:3\nENTRYPOINT ["serve"]\nCMD ["--workers", "4"]\n',
    })  # fmt: skip
    first = found.entry_points()[0]

    assert (first.service, first.module, first.attribute) == ("Dockerfile", "shop.cli", "main")
    assert first.arguments == ("--workers", "4")


def test_another_command_is_none_of_the_project() -> None:
    found = read(**{"pyproject.toml": SCRIPTS, "Dockerfile": "FROM python:3\nCMD served --x\n"})

    assert [one.service for one in found.entry_points()] == ["pyproject.toml"]


def test_a_package_of_a_workspace_makes_commands_too() -> None:
    found = read(**{
        "pyproject.toml": "[tool.uv.workspace]\nmembers = ['packages/*']\n",
        "packages__shop__pyproject.toml": SCRIPTS,
        "Dockerfile": "FROM python:3\nCMD uv run --no-sync serve\n",
    })  # fmt: skip

    assert [(one.service, one.module) for one in found.entry_points()] == [
        ("Dockerfile", "shop.cli")
    ]

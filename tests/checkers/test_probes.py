import pytest

from readiness.testing import check

COMPOSE = "services:\n  app:\n    build: .\n    ports: ['8000:8000']\n{}"
DOCKERFILE = 'FROM {}\nCOPY . .\n{}CMD ["uvicorn", "app:app"]\n'
CHECKED = "HEALTHCHECK CMD curl -f localhost:8000/health\n"
OFF = "    healthcheck: {disable: true}\n"
MANIFEST = """\
apiVersion: {version}
kind: {kind}
metadata: {{name: shop}}
spec:
  template:
    spec:
      containers:
        - name: shop
          image: registry.example/shop:1
          command: [uvicorn, app:app]
{probes}"""
READY = "          readinessProbe: {httpGet: {path: /ready, port: 8000}}\n"
ALIVE = "          livenessProbe: {httpGet: {path: /health, port: 8000}}\n"


def composed(service: str, image: str = "", base: str = "python:3.13") -> str:
    files = {
        "compose.yaml": COMPOSE.format(service),
        "Dockerfile": DOCKERFILE.format(base, image),
        "app.py": "app = None\n",
    }
    return check("probes.configured", {"files": files}).outcome


@pytest.mark.parametrize(
    ("service", "image", "expected"),
    [
        ("", "", "fail"),
        ("    healthcheck: {test: [CMD, ask]}\n", "", "pass"),
        ("", CHECKED, "pass"),
        (OFF, CHECKED, "fail"),
        ("", "HEALTHCHECK NONE\n", "fail"),
        ("    healthcheck: {interval: 5s}\n", "", "unknown"),
    ],
)
def test_a_service_of_compose_or_its_image_has_a_check(
    service: str, image: str, expected: str
) -> None:
    assert composed(service, image) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [("ghcr.io/astral-sh/uv:python3.13-alpine", "fail"), ("ours.example/base:3", "unknown")],
)
def test_what_an_image_of_others_brings_is_not_known(base: str, expected: str) -> None:
    assert composed("", base=base) == expected


def deployed(probes: str, kind: str = "Deployment", version: str = "apps/v1") -> str:
    manifest = MANIFEST.format(version=version, kind=kind, probes=probes)
    files = {"k8s/production/shop.yaml": manifest, "app.py": "app = None\n"}
    return check("probes.configured", {"files": files}).outcome


@pytest.mark.parametrize(
    ("probes", "expected"),
    [("", "fail"), (READY, "fail"), (ALIVE, "fail"), (READY + ALIVE, "pass")],
)
def test_a_container_of_kubernetes_has_both_probes(probes: str, expected: str) -> None:
    assert deployed(probes) == expected


def test_a_job_is_not_asked() -> None:
    assert deployed("", "Job", "batch/v1") == "not-applicable"


def test_a_worker_is_not_asked() -> None:
    manifest = MANIFEST.format(version="apps/v1", kind="Deployment", probes="")
    files = {
        "k8s/production/shop.yaml": manifest.replace("uvicorn, app:app", "celery, worker"),
        "app.py": "app = None\n",
    }

    assert check("probes.configured", {"files": files}).outcome == "not-applicable"


def test_kubernetes_does_not_look_at_the_check_of_an_image() -> None:
    manifest = MANIFEST.format(version="apps/v1", kind="Deployment", probes="")
    files = {
        "k8s/production/shop.yaml": manifest,
        "app.py": "app = None\n",
        "Dockerfile": DOCKERFILE.format("python:3.13", CHECKED),
    }
    judged = check("probes.configured", {"files": files})

    assert [one.message for one in judged.problems] == [
        "shop has no readiness and no liveness probe"
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("", "fail"),
        ("    command: celery -A app worker\n", "not-applicable"),
        ("    command: python -m tasks\n", "not-applicable"),
        ("    command: uvicorn app:app --workers 2\n", "fail"),
        ("    command: python -m tasks\n    expose: ['9000']\n", "fail"),
    ],
)
def test_a_port_of_the_image_is_not_one_of_a_worker(command: str, expected: str) -> None:
    files = {
        "compose.yaml": f"services:\n  app:\n    build: .\n{command}",
        "Dockerfile": DOCKERFILE.format("python:3.13", "EXPOSE 8000\n").replace(
            "uvicorn", "serve"
        ),
        "app.py": "app = None\n",
    }

    assert check("probes.configured", {"files": files}).outcome == expected


STARTING = """import uvicorn
from fastapi import FastAPI
app = FastAPI()
def main():
    {}
if __name__ == "__main__":
    main()
"""
SERVES, PRINTS = "uvicorn.run(app, host='0.0.0.0')", "print(app)"
SCRIPTS = '[project]\nname = "x"\nversion = "1"\n[project.scripts]\nserve-it = "start:main"\n'
OTHERS = {
    "agno": "from agno.os import AgentOS\nAgentOS().serve(app='x:app')\n",
    "flask": "from flask import Flask\nFlask('x').run(host='0.0.0.0')\n",
    "aiohttp": "from aiohttp import web\nweb.run_app(web.Application())\n",
    "another module": "import start\nstart.main()\n",
}


def started(command: str, **more: str) -> str:
    files = {
        "compose.yaml": "services:\n  app:\n    build: .\n",
        "Dockerfile": f"FROM python:3.13\nCOPY . .\nRUN pip install .\nCMD {command}\n",
        "pyproject.toml": SCRIPTS,
        **{f"{name}.py": text for name, text in more.items()},
    }
    return check("probes.configured", {"files": files}).outcome


@pytest.mark.parametrize(("does", "expected"), [(SERVES, "fail"), (PRINTS, "not-applicable")])
@pytest.mark.parametrize(
    "command",
    [
        '["serve-it"]',
        '["uv", "run", "serve-it"]',
        '["python", "start.py"]',
        '["python", "-m", "start"]',
        "python -m start",
    ],
)
def test_a_script_of_the_project_that_starts_a_server_is_asked(
    command: str, does: str, expected: str
) -> None:
    assert started(command, start=STARTING.format(does)) == expected


@pytest.mark.parametrize("server", OTHERS)
def test_each_way_to_serve_counts_for_the_process_that_does(server: str) -> None:
    files = {"start": STARTING.format(SERVES), "web": OTHERS[server], "job": "print(1)\n"}

    assert started('["python", "web.py"]', **files) == "fail"
    assert started('["python", "job.py"]', **files) == "not-applicable"


def test_a_server_of_django_is_asked() -> None:
    assert started('["python", "manage.py", "runserver"]', manage="x = 1\n") == "fail"
    assert started('["python", "manage.py", "migrate"]', manage="x = 1\n") == "not-applicable"

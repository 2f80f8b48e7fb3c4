"""The canary: a secret that was put everywhere comes out nowhere."""

from pathlib import Path

import pytest

from tests.functional.conftest import Readiness

CANARY = "canary-Xq7-4711-zP"
FILES = {
    ".env.production": (
        f"DB_PASSWORD={CANARY}-env\n"
        f"DATABASE_URL=postgresql://app:{CANARY}-url@127.0.0.1:1/app\n"
        f"API_TOKEN={CANARY}-token\n"
        f"INNOCENT={CANARY}-innocent\n"
        f'JSON_CFG={{"password": "{CANARY}-json"}}\n'
    ),
    "compose.yaml": (
        "services:\n"
        "  api:\n"
        "    build: .\n"
        "    command: python app.py\n"
        f"    environment: {{APP_SECRET_KEY: {CANARY}-compose}}\n"
        "  db:\n"
        "    image: postgres:16\n"
        f"    environment: {{POSTGRES_PASSWORD: {CANARY}-postgres}}\n"
    ),
    "Dockerfile": f'FROM python:3.13\nENV API_KEY={CANARY}-image\nCMD ["python", "app.py"]\n',
    "secret.yaml": (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n"
        f"stringData: {{password: {CANARY}-kubernetes}}\n"
    ),
    "app.py": (
        "import os\n"
        "from sqlalchemy import create_engine\n"
        f'PASSWORD = "{CANARY}-code"\n'
        f'engine = create_engine("postgresql://app:{CANARY}-dsn@db/app")\n'
        'url = os.environ["DATABASE_URL"]\n'
        "other = create_engine(url)\n"
        f'third = create_engine(os.getenv("OTHER", "postgresql://a:{CANARY}-default@h/d"))\n'
        f'raise ValueError("{CANARY}-error")\n'
    ),
    "readiness.yaml": (
        f"environments: {{production: {{variables: {{SMTP_PASSWORD: {CANARY}-settings}}}}}}\n"
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("report", ["terminal", "markdown", "json"])
def test_no_report_shows_it(readiness: Readiness, project: Path, report: str) -> None:
    done = readiness("check", project, "--database", "none", "--report", report,
                     "--set", f"GIVEN_PASSWORD={CANARY}-given")  # fmt: skip

    assert done.code == 1
    assert "no-default-passwords" in done.out
    assert CANARY not in done.out + done.err


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://app:{CANARY}-given@127.0.0.1:1/app",
        f"host=127.0.0.1 port=1 password={CANARY}-given dbname=app",
        f"postgresql://app:{CANARY}@-given@127.0.0.1:x/app",
        f"mysql://app:{CANARY}-given@h/d",
        "auto",
    ],
)
def test_no_connection_that_fails_shows_it(
    readiness: Readiness, project: Path, address: str
) -> None:
    done = readiness("check", project, "--database", address, "--timeout", "3")

    assert done.code in {1, 2}
    assert CANARY not in done.out + done.err


def test_debugging_does_not_show_it(process: Readiness, project: Path) -> None:
    (project / "readiness.yaml").write_text(f"environmnt: {CANARY}-fault\n")

    done = process("check", project, "--debug", "--database", f"postgresql://a:{CANARY}@h:1:2/d")

    assert done.code != 0
    assert f"{CANARY}@" not in done.out + done.err


@pytest.mark.parametrize("rule", ["agents-durable-db", "ssl-required", "no-hardcoded-secrets"])
def test_no_explanation_shows_it(readiness: Readiness, project: Path, rule: str) -> None:
    done = readiness("explain", rule, project, "--database", "none")

    assert rule in done.out
    assert CANARY not in done.out + done.err


def test_the_first_settings_do_not_hold_it(readiness: Readiness, project: Path) -> None:
    (project / "readiness.yaml").unlink()

    done = readiness("init", project)

    assert done.code == 0
    assert CANARY not in (project / "readiness.yaml").read_text() + done.out + done.err


def test_a_file_outside_of_the_project_is_not_read(readiness: Readiness, project: Path) -> None:
    (project.parent / "outside").write_text(f"SHOWN={CANARY}\n")
    (project / ".env.production").unlink()
    (project / ".env.production").symlink_to(project.parent / "outside")

    done = readiness("check", project, "--database", "none", "--report", "json")

    assert "SHOWN" not in {v["name"] for v in done.report["environment"]["variables"]}
    assert CANARY not in done.out + done.err

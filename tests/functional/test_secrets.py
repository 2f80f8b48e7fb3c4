# ruff: noqa: E501 - a small file stands in one line
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


MORE = {
    "serve.py": f"""
import os
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
from agno.job_queue import QueueConfig
from agno.models.openai import OpenAIChat
from agno.os import AgentOS
from agno.os.config import CORSConfig
from agno.os.settings import AgnoAPISettings
from agno.tools.sql import SQLTools
from agno.vectordb.qdrant import Qdrant
from dynaconf import Dynaconf
from omegaconf import OmegaConf

dyna = Dynaconf(settings_files=["settings.toml", ".secrets.toml"])
conf = OmegaConf.load("conf.yaml")
if dyna.password == "{CANARY}-compared":
    db = InMemoryDb()
else:
    db = PostgresDb(db_url=f"postgresql://app:{{dyna.password}}@db/app?password={CANARY}-query")
vectors = Qdrant(collection="c", url="https://u:{CANARY}-qdrant@q.example.com", location=os.getenv("Q_SECRET"))
key = AgnoAPISettings(os_security_key="{CANARY}-one" if os.environ["Y_SECRET"] == "{CANARY}-two" else "changeme-{CANARY}")
agent = Agent(
    model=OpenAIChat(id="m", api_key="{CANARY}-model"), session_id="{CANARY}-session", db=db,
    user_id=os.environ["OS_SECURITY_KEY"], debug_mode=conf.password == "{CANARY}-flag",
    tools=[SQLTools(db_url="postgresql://u:{CANARY}-sql@h/d", requires_confirmation_tools=["{CANARY}-tool"])],
)
served = AgentOS(
    agents=[agent], settings=key, cors=CORSConfig(origin_regex="https://{CANARY}-cors.*|(?=x)"),
    cors_allowed_origins=["https://u:{CANARY}-origin@x"], scheduler=dyna.password == "{CANARY}-when",
    authorization=os.environ["JWT_VERIFICATION_KEY"] == "{CANARY}-token", user_isolation=conf.password,
    queue=QueueConfig(durable=True, redis="redis://:{CANARY}-redis@r/0"),
)
raise RuntimeError(conf.password + "{CANARY}-raise")
""",
    "settings.toml": f'password = "{CANARY}-dynaconf"\n',
    ".secrets.toml": f'token = "{CANARY}-secrets"\n',
    "conf.yaml": f"url: postgresql://app:{CANARY}-omega@localhost/app\npassword: {CANARY}-omega\n",
    "stack.env": f"OS_SECURITY_KEY={CANARY}-key\nJWT_VERIFICATION_KEY={CANARY}-jwt\n",
    "compose.prod.yaml": (
        "services:\n  api:\n    build: .\n    env_file: stack.env\n"
        f"    command: python serve.py --token {CANARY}-command\n"
        f"    environment: {{INNOCENT: {CANARY}-other, Y_SECRET: {CANARY}-secret}}\n"
        f"  db:\n    image: postgres:16\n    command: postgres -c app.key={CANARY}-setting "
        f"-c 'primary_conninfo=host=h password={CANARY}-standby'\n"
    ),
    "postgresql.conf": f"restore_command = 'x {CANARY}-restore'\napp.jwt_key = '{CANARY}-guc'\n",
    "pg_hba.conf": f"host all all 0.0.0.0/0 ldap ldapbindpasswd={CANARY}-ldap\n",
    "k8s/kustomization.yaml": (
        f"secretGenerator:\n- {{name: s, literals: [PASSWORD={CANARY}-generated], envs: [s.env]}}\n"
        f"patches:\n- {{target: {{name: '(*{CANARY}'}}, patch: '[{{op: no, path: /{CANARY}-path}}]'}}\n"
    ),
    "k8s/s.env": f"S_ENV={CANARY}-envs\n",
    "main.tf": (
        'resource "aws_db_parameter_group" "g" {\n  family = "postgres16"\n  parameter {\n'
        f'    name  = "app.secret"\n    value = "{CANARY}-parameter"\n  }}\n}}\n'
    ),
    "broken.yaml": f"apiVersion: [{CANARY}-broken\n",
    "tasks.py": f"import subprocess\n\ndef dump():\n    subprocess.run(['pg_dump', 'postgresql://u:{CANARY}-dump@h/d'])\n",
}  # fmt: skip
ALL = ("-c", "production", "-c", "agno", "-c", "postgres")


@pytest.fixture
def serving(project: Path) -> Path:
    for name, text in MORE.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    return project


def test_no_shipped_checklist_shows_it(readiness: Readiness, serving: Path) -> None:
    done = readiness("check", serving, *ALL, "--database", "none", "--report", "json", "--debug")
    (serving / "made.json").write_text(done.out)
    shown = readiness("report", serving / "made.json", "--report", "markdown")

    outcomes = {result["id"]: result["outcome"] for result in done.report["results"]}
    assert {outcomes["agno-own-sessions"], outcomes["agno-confirmed-tools"]} == {"fail"}
    assert CANARY not in done.out + done.err + shown.out + shown.err


@pytest.mark.parametrize("command", ["plan", "grants", "snapshot"])
def test_nothing_about_the_database_shows_it(
    readiness: Readiness, serving: Path, command: str
) -> None:
    address = f"postgresql://u:{CANARY}-given@127.0.0.1:1/d?application_name={CANARY}"
    done = readiness("database", command, "--database", address, *ALL, serving)
    plain = readiness("database", command, serving)

    assert CANARY not in done.out + done.err + plain.out + plain.err

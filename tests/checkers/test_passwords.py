# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]


def compose(value: str, **others: str) -> Files:
    text = f"""
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: {value}
"""
    return {"compose.yaml": text.lstrip(), **others}


def job(command: str) -> Files:
    text = f"services:\n  job:\n    image: postgres:17\n    command: [sh, -c, '{command}']\n"
    return {"compose.yaml": text}


def kubernetes(entry: str) -> Files:
    text = f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: api}}
spec:
  template:
    spec:
      containers:
        - name: api
          image: acme/api:1
          env:
            - name: DB_PASSWORD
              {entry}
"""
    return {"k8s/api.yaml": text.lstrip()}


def secret(key: str, value: str, kind: str = "Secret") -> Files:
    text = f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: db}}\n{key}:\n  password: {value}\n"
    return {"k8s/secret.yaml": text}


NAMED = """import os
def setting(name, default):
    return os.getenv("DB_" + name, default)
password = setting("PASSWORD", "postgres")
"""

BEHIND = [
    (
        'import os\nPREFIX = "DB_"\npassword = os.environ.get(PREFIX + "PASSWORD") or "postgres"\n',
        3,
    ),
    ('import os\np = "db_".upper()\npassword = os.environ.get(p + "PASSWORD") or "postgres"\n', 3),
    ('import os\np = "db_"\npassword = os.environ.get(f"{p}PASSWORD".upper()) or "postgres"\n', 3),
    (
        'import os\ndef read(name):\n    return os.environ.get("DB_" + name)\npassword = read("PASSWORD") or "postgres"\n',
        4,
    ),
    (
        'import os\ndef read(name):\n    return os.environ.get("DB_" + name)\nimport web\nweb.link(password=read("PASSWORD") if read("PASSWORD") else "postgres")\n',
        5,
    ),
]


def django(password: str) -> Files:
    text = f"""
import os

DATABASES = {{"default": {{
    "ENGINE": "django.db.backends.postgresql", "HOST": "db", "NAME": "app", "USER": "app",
    "PASSWORD": {password},
}}}}
"""
    return {"settings.py": text.lstrip()}


def engine(url: str) -> Files:
    return {"db.py": f"import os\nfrom sqlalchemy import create_engine\n\nengine = {url}\n"}


SETTINGS = """
from pydantic_settings import BaseSettings, SettingsConfigDict

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    db_password: str = "postgres"

settings = Settings()
""".lstrip("\n")
LOADED = """
import os
from dotenv import load_dotenv
from sqlalchemy import create_engine

load_dotenv()
engine = create_engine(os.environ["DATABASE_URL"])
"""

READ = """
import os
from dotenv import load_dotenv

{}
DB_PASSWORD = os.environ["DB_PASSWORD"]
"""
UNLESS = 'if os.environ.get("APP_ENV", "production") != "{}":\n    load_dotenv()'
FROM_FILE = """
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    model_config = {"env_file": ".env"}
    db_password: str

settings = Settings()
"""
ALIASED = """
from pydantic import Field
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    db_password: str = Field({}, alias="CREDENTIAL")
"""
MOUNTED = """
services:
  db:
    image: postgres:17
    environment: {{POSTGRES_PASSWORD_FILE: /run/secrets/pw}}
    secrets: [pw]
secrets:
  pw: {{{}}}
"""
WEAK = {".env": "DB_PASSWORD=postgres\n"}

TWINS = [
    pytest.param({"a.py": READ.format(""), **WEAK}, {"a.py": READ.format("load_dotenv()"), **WEAK},
                 ".env:1", id="a file that is loaded"),
    pytest.param({"a.py": READ.format(UNLESS.format("production")), **WEAK},
                 {"a.py": READ.format(UNLESS.format("test")), **WEAK}, ".env:1",
                 id="a file that is loaded under a condition"),
    pytest.param({"a.py": READ.format("load_dotenv()"), **WEAK, ".env.production": "DB_PASSWORD=${X}\n"},
                 {"a.py": READ.format("load_dotenv(override=True)"), **WEAK, ".env.production": "DB_PASSWORD=${X}\n"},
                 ".env:1", id="a file that wins"),
    pytest.param({"a.py": FROM_FILE.replace("env_file", "env_files"), **WEAK}, {"a.py": FROM_FILE, **WEAK},
                 ".env:1", id="a file that settings read"),
    pytest.param({"locales.yaml": "en_PW: en\n"}, {"locales.yaml": "db_PW: en\n"}, "locales.yaml:1",
                 id="the locale of Palau"),
    pytest.param(compose("${P:?}"), compose("${P:-}"), "compose.yaml:5", id="an empty default"),
    pytest.param({".env.production": "SMTP_PASSWORD=\n"}, {".env.production": "DB_PASSWORD=\n"},
                 ".env.production:1", id="an empty password"),
    pytest.param(job("redis-server --requirepass $P"), job("redis-server --requirepass foobared"),
                 "compose.yaml:4", id="an option of a command"),
    pytest.param(job("python a.py --db postgresql://app:$P@db/app"),
                 job("python a.py --db postgresql://app:postgres@db/app"), "compose.yaml:4",
                 id="an address in a command"),
    pytest.param({"Procfile": "web: DB_PASSWORD=$P gunicorn app\n"},
                 {"Procfile": "web: DB_PASSWORD=postgres gunicorn app\n"}, "Procfile:1", id="a Procfile"),
    pytest.param({"compose.yaml": MOUNTED.format("external: true").lstrip(), "pw.txt": "postgres\n"},
                 {"compose.yaml": MOUNTED.format("file: ./pw.txt").lstrip(), "pw.txt": "postgres\n"},
                 "pw.txt:1", id="a mounted file"),
    pytest.param({"compose.yaml": MOUNTED.format("environment: PW").lstrip(), ".env": "PW=nC7vKq92LmRx\n"},
                 {"compose.yaml": MOUNTED.format("environment: PW").lstrip(), ".env": "PW=postgres\n"},
                 ".env:1", id="a mounted variable"),
    pytest.param({".env.production": "REDIS_URL=redis://:${PW}@redis:6379/0\n"},
                 {".env.production": "REDIS_URL=redis://:foobared@redis:6379/0\n"},
                 ".env.production:1", id="another server's address"),
    pytest.param({"a.py": ALIASED.format("...")}, {"a.py": ALIASED.format('"postgres"')}, "a.py:6",
                 id="a field with another name outside"),
    pytest.param(compose("${P:?set it}"), compose("${P:-postgres}"), "compose.yaml:5", id="interpolated"),
    pytest.param(compose("${P}"), compose("nC7vKq92LmRx"), "compose.yaml:5", id="written in compose"),
    pytest.param(compose("${P}", **{".env": "P=vT7q-9sKx2mRw\n"}),
                 compose("${P}", **{".env": "P=password\n"}), ".env:1", id="filled in from .env"),
    pytest.param(kubernetes("valueFrom: {secretKeyRef: {name: db, key: password}}"),
                 kubernetes("value: postgres"), "k8s/api.yaml:12", id="kubernetes"),
    pytest.param(secret("encryptedData", "AgBy3i4OJSWKPiTySYZZA9rO43c", "SealedSecret"),
                 secret("data", "cG9zdGdyZXM="), "k8s/secret.yaml:5", id="base64 is no encryption"),
    pytest.param({"chart/values.yaml": "auth:\n  password: ''\n  existingSecret: db\n"},
                 {"chart/values.yaml": "auth:\n  password: postgres\n"}, "chart/values.yaml:2",
                 id="helm values"),
    pytest.param({"main.tf": 'resource "aws_db_instance" "a" {\n  password = var.password\n}\n'},
                 {"main.tf": 'resource "aws_db_instance" "a" {\n  password = "changeme"\n}\n'},
                 "main.tf:2", id="terraform"),
    pytest.param({"main.tf": 'variable "db_password" {\n  sensitive = true\n}\n'},
                 {"main.tf": 'variable "db_password" {\n  default = "changeme"\n}\n'}, "main.tf:2",
                 id="terraform's default"),
    pytest.param({"initdb/1.sql": "CREATE ROLE app PASSWORD 'SCRAM-SHA-256$4096:a$b:c';\n"},
                 {"initdb/1.sql": "CREATE ROLE app PASSWORD 'app';\n"}, "initdb/1.sql:1", id="sql"),
    pytest.param({"alembic.ini": "[alembic]\nsqlalchemy.url = driver://user:pass@localhost/db\n"},
                 {"alembic.ini": "[alembic]\nsqlalchemy.url = postgresql://app:app@db/app\n"},
                 "alembic.ini:2", id="alembic"),
    pytest.param({".env.production": "DB_PASSWORD=8fK2-xQv91LmzT\n"},
                 {".env.production": "DB_PASSWORD=changeme\n"}, ".env.production:1",
                 id="a placeholder that would be deployed"),
    pytest.param({".env.production": "DB_USER=shop\nDB_PASSWORD=8fK2-xQv91LmzT\n"},
                 {".env.production": "DB_USER=shop\nDB_PASSWORD=Shop2024!\n"}, ".env.production:2",
                 id="the name of the user"),
    pytest.param({".env.example": "DB_PASSWORD=changeme\n"}, {".env.production": "DB_PASSWORD=changeme\n"},
                 ".env.production:1", id="a template asks for a value"),
    pytest.param({"a.py": 'import os\n\nDB_PASSWORD = os.environ["DB_PASSWORD"]\n'},
                 {"a.py": 'import os\n\nDB_PASSWORD = os.getenv("DB_PASSWORD", "postgres")\n'},
                 "a.py:3", id="the default of getenv"),
    pytest.param({"a.py": 'import os\n\nDB_PASSWORD = os.getenv("DB_PASSWORD", "postgres")\n',
                  ".env.production": "DB_PASSWORD=${DB_PASSWORD}\n"},
                 {"a.py": 'import os\n\nDB_PASSWORD = os.getenv("DB_PASSWORD", "postgres")\n',
                  ".env.production": "DB_PASSWD=${DB_PASSWORD}\n"}, "a.py:3",
                 id="a default counts where nothing is given"),
    pytest.param(engine('create_engine(os.environ["DATABASE_URL"])'),
                 engine('create_engine("postgresql+psycopg://app:hunter2@db/app")'), "db.py:4",
                 id="an address in the code"),
    pytest.param(engine('create_engine(f"postgresql://app:{os.environ[\'PASSWORD\']}@db/app")'),
                 engine('create_engine(f"postgresql://app:app@{os.environ[\'DB_HOST\']}/app")'),
                 "db.py:4", id="an f-string"),
    pytest.param(django('os.environ["DB_PASSWORD"]'), django('"app"'), "settings.py:5", id="django"),
    pytest.param({"a.py": "import asyncpg\n\n\nasync def go(password):\n"
                  '    return await asyncpg.connect(host="db", user="app", password=password)\n'},
                 {"a.py": "import asyncpg\n\n\nasync def go():\n"
                  '    return await asyncpg.connect(host="db", user="app", password="app")\n'},
                 "a.py:5", id="arguments of a driver"),
    pytest.param({"c.py": 'class DevelopmentConfig:\n    DB_PASSWORD = "postgres"\n'},
                 {"c.py": 'class ProductionConfig:\n    DB_PASSWORD = "postgres"\n'}, "c.py:2",
                 id="a class of another environment"),
    pytest.param({"tests/conftest.py": 'PASSWORD = "postgres"\n', "a.py": "x = 1\n"},
                 {"conf.py": 'DB_PASSWORD = "postgres"\n'}, "conf.py:1", id="a test's fixture"),
    pytest.param({"Dockerfile": "FROM python:3.13\nENV DB_HOST=db\n"},
                 {"Dockerfile": "FROM python:3.13\nENV DB_PASSWORD=postgres\n"}, "Dockerfile:2",
                 id="an image"),
    pytest.param({"docker-compose.dev.yml": compose("postgres")["compose.yaml"], "a.py": "x = 1\n"},
                 compose("postgres"), "compose.yaml:5", id="a file of another environment"),
    pytest.param({".env.example": "DB_PASSWORD=<set-me>\n", ".env.production": "DB_PASSWORD=opensesame42\n"},
                 {".env.example": "DB_PASSWORD=opensesame42\n", ".env.production": "DB_PASSWORD=opensesame42\n"},
                 ".env.production:1", id="the sample of the template"),
    pytest.param({"config/db.yml": "development:\n  password: dev\nproduction:\n  password: <%= ENV['P'] %>\n"},
                 {"config/db.yml": "development:\n  password: dev\nproduction:\n  password: postgres\n"},
                 "config/db.yml:4", id="a section of another environment"),
    pytest.param({".env.production": "DATABASE_URL=postgresql://app:${PW}@${HOST}/app\n"},
                 {".env.production": "DATABASE_URL=postgresql://app:changeme@${HOST}/app\n"},
                 ".env.production:1", id="an address that is known in part"),
    pytest.param(job("psql -h db"), job("PGPASSWORD=postgres psql -h db"), "compose.yaml:4", id="a command"),
    pytest.param({"deploy/.pgpass": "db:5432:app:app:${PASSWORD}\n"},
                 {"deploy/.pgpass": "db:5432:app:app:postgres\n"}, "deploy/.pgpass:1", id="libpq's file"),
    pytest.param({"a.py": NAMED, ".env.production": "DB_PASSWORD=nC7vKq92LmRx\n"},
                 {"a.py": NAMED, ".env.production": "DB_USER=app\n"}, "a.py:4",
                 id="a default behind a name that is put together"),
    *(pytest.param({"a.py": code, ".env.production": "DB_PASSWORD=nC7vKq92LmRx\n"},
                   {"a.py": code, ".env.production": "DB_USER=app\n"}, f"a.py:{line}", id=f"a text behind or: {code[:30]}")
      for code, line in BEHIND),
    pytest.param({"a.py": BEHIND[0][0], ".env.production": "DB_PASSWORD=nC7vKq92LmRx\n"},
                 {"a.py": BEHIND[0][0], ".env.production": "DB_PASSWORD=\n"}, ".env.production:1",
                 id="a variable that is empty"),
    pytest.param({"a.py": 'parser.add_argument("--db-password", default=None)\n'},
                 {"a.py": 'parser.add_argument("--db-password", default="postgres")\n'}, "a.py:1",
                 id="an option of the command line"),
    pytest.param({"a.py": SETTINGS, ".env.production": "APP_DB_PASSWORD=${DB_PASSWORD}\n"},
                 {"a.py": SETTINGS, ".env.production": "DB_PASSWORD=${DB_PASSWORD}\n"}, "a.py:5",
                 id="a field with a prefix"),
    pytest.param({"a.py": LOADED, ".env": "DATABASE_URL=postgresql://app:nC7vKq92LmRx@db/app\n"},
                 {"a.py": LOADED, ".env": "DATABASE_URL=postgresql://app:app@db/app\n"}, ".env:1",
                 id="a file that the code loads"),
    pytest.param({".github/workflows/ci.yml": "env: {POSTGRES_PASSWORD: postgres}\n", "a.py": "\n"},
                 {"deploy/app.yml": "env: {POSTGRES_PASSWORD: postgres}\n"}, "deploy/app.yml:1",
                 id="the database of a pipeline"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("passwords.default", {"files": good})
    wrong = check("passwords.default", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_names_that_merely_contain_the_word_are_no_passwords() -> None:
    text = """
PASSWORD_MIN_LENGTH = 12
PASSWORD_RESET_URL = "https://example.org/reset-password"
LABELS = {"password": "Password", "new_password": "New password"}
FORGOT_PASSWORD_TEMPLATE = "emails/forgot_password.html"
PASSWORD_ENV = "DB_PASSWORD"


class Grant:
    PASSWORD = "password"
"""

    result = check("passwords.default", {"files": {"forms.py": text}})

    assert result.outcome == "pass"


def test_trust_asks_for_no_password_at_all() -> None:
    text = "services:\n  db:\n    image: postgres:17\n    environment: [POSTGRES_HOST_AUTH_METHOD=trust]\n"

    result = check("passwords.default", {"files": {"compose.yaml": text}})

    assert result.outcome == "fail"
    assert "lets everybody in" in result.problems[0].message


def test_the_branch_of_another_environment_is_not_deployed() -> None:
    text = """
import os
from sqlalchemy import create_engine

if os.getenv("APP_ENV") == "production":
    url = os.environ["DATABASE_URL"]
else:
    url = "postgresql+psycopg://ai:ai@localhost/ai"
engine = create_engine(url)
"""
    state = {"files": {"db.py": text}}

    live = check("passwords.default", {**state, "environment": {"set": {"APP_ENV": "production"}}})
    other = check("passwords.default", {**state, "environment": {"set": {"APP_ENV": "staging"}}})

    assert live.outcome == "pass"
    assert [str(one.at) for one in other.problems] == ["db.py:8"]


@pytest.mark.parametrize(("name", "outcome"), [("production", "fail"), ("staging", "pass")])
def test_a_name_has_the_value_that_the_environment_chooses(name: str, outcome: str) -> None:
    text = """
import os

if os.getenv("APP_ENV") == "production":
    DB_PASSWORD = "postgres"
else:
    DB_PASSWORD = os.environ["DB_PASSWORD"]
"""

    result = check("passwords.default", {"files": {"config.py": text},
                                         "environment": {"set": {"APP_ENV": name}}})  # fmt: skip

    assert result.outcome == outcome


def test_no_finding_shows_the_password() -> None:
    result = check("passwords.default", {"files": compose("nC7vKq92LmRx")})

    assert "nC7vKq92LmRx" not in repr(result)


def test_a_project_without_anything_to_search_is_not_applicable() -> None:
    assert check("passwords.default", {"files": {}}).outcome == "not-applicable"


def test_nothing_is_absent_from_a_file_that_nobody_understands() -> None:
    files = {"a.py": "x = 1\n", "b.py": 'PASSWORD = "postgres"\ndef (:\n'}

    result = check("passwords.default", {"files": files})

    assert (result.outcome, str(result.findings[0].at)) == ("unknown", "b.py")


def test_what_is_no_text_does_not_end_the_search() -> None:
    text = 'run(debug=None, port=8000, cast=b"")\nDB_PASSWORD = "postgres"\n'

    result = check("passwords.default", {"files": {"a.py": text}})

    assert [str(one.at) for one in result.problems] == ["a.py:2"]


SHARED = """services:
  db: {image: postgres, env_file: .env}
  web: {build: ., env_file: .env}
"""


def test_what_the_user_gives_stands_in_for_an_env_file_of_every_service() -> None:
    files = {"compose.yaml": SHARED, ".env": "ADMIN_PASSWORD=changethis\n", "a.py": "x = 1\n"}
    given = {"set": {"ADMIN_PASSWORD": "nC7vKq92LmRx"}}

    as_it_stands = check("passwords.default", {"files": files})
    supplied = check("passwords.default", {"files": files, "environment": given})

    assert (as_it_stands.outcome, supplied.outcome) == ("fail", "pass")


@pytest.mark.parametrize(
    ("read", "outcome"),
    [
        ('os.environ.get("DB_PASSWORD")', "pass"),
        ('os.environ.get("DB_PASSWORD") or "changeme"', "fail"),
        ('"None"', "fail"),
    ],
)
def test_a_variable_that_is_not_set_is_no_password(read: str, outcome: str) -> None:
    code = f"import os\nfrom sqlalchemy import create_engine\nword = {read}\n"
    code += 'engine = create_engine(f"postgresql://app:{word}@db.internal/shop")\n'

    assert check("passwords.default", {"files": {"db.py": code}}).outcome == outcome

# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]

APP = {"app.py": 'import os\n\nENVIRONMENT = os.environ["APP_ENV"]\n'}


def image(variable: str) -> str:
    return f'FROM python:3.13\nENV {variable}\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n'


LOADING = {
    "app.py": 'import os\nfrom dotenv import load_dotenv\n\nload_dotenv({})\nENVIRONMENT = os.environ["APP_ENV"]\n',
    ".env": "APP_ENV=development\n",
    ".env.production": "APP_ENV=production\n",
}


def loading(arguments: str) -> Files:
    return {**LOADING, "app.py": LOADING["app.py"].format(arguments)}


def workflow(value: str) -> Files:
    text = f"on: push\njobs:\n  deploy:\n    environment: production\n    env:\n      APP_ENV: {value}\n    steps: [{{run: ./deploy.sh}}]\n"
    return {".github/workflows/deploy.yml": text, ".env.production": "APP_ENV=production\n"}


TWINS = [
    pytest.param(loading(""), loading("override=True"), id="a file that wins over what is set"),
    pytest.param(workflow("production"), workflow("development"), id="the workflow that deploys"),
    pytest.param({"Dockerfile": image("APP_ENV=production"), ".env.production": "APP_ENV=production\n"},
                 {"Dockerfile": image("APP_ENV=development"), ".env.production": "APP_ENV=production\n"},
                 id="an image that says another name"),
    pytest.param({".env.production": "MINERU_API_MODE=local\n"}, {".env.production": "MINERU_API_MODE=development\n"},
                 id="a mode is local, and no environment"),
    pytest.param({".env.production": "APP_ENV=prod\n"}, {".env.production": "APP_ENV=staging\n"},
                 id="a switch of another environment"),
    pytest.param({"Dockerfile": image("LOG_LEVEL=info"), ".env.production": "LOG_LEVEL=warning\n"},
                 {"Dockerfile": image("DB_HOST=localhost"), ".env.production": "DB_HOST=db\n"},
                 id="a default that is meant to be overridden"),
    pytest.param({".env.production": "DB_HOST=db\nDB_PORT=5432\n", "Dockerfile": image("DB_HOST=db")},
                 {".env.production": "DB_HOST=db\nDB_HOST=db2\n"}, id="the same name twice"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), TWINS)
def test_one_change_decides(good: Files, bad: Files) -> None:
    fine = check("environment.consistent", {"files": {**APP, **good}})
    wrong = check("environment.consistent", {"files": {**APP, **bad}})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"


def test_a_value_from_outside_contradicts_no_default() -> None:
    files = {
        **APP,
        "Dockerfile": image("DB_HOST=localhost"),
        ".env.production": "DB_HOST=${DB_HOST}\n",
    }

    assert check("environment.consistent", {"files": files}).outcome == "pass"


def test_what_the_user_tries_out_is_what_counts() -> None:
    files = {**APP, ".env.production": "APP_ENV=staging\n"}
    tried = {"files": files, "environment": {"set": {"APP_ENV": "production"}}}

    assert check("environment.consistent", {"files": files}).outcome == "fail"
    assert check("environment.consistent", tried).outcome == "pass"


def test_the_whole_chain_is_told() -> None:
    files = {**APP, "Dockerfile": image("APP_ENV=development"),
             ".env.production": "APP_ENV=production\n"}  # fmt: skip

    message = check("environment.consistent", {"files": files}).problems[0].message

    assert ".env.production:1 says production" in message
    assert "Dockerfile:2 says development" in message
    assert message.endswith("; Dockerfile:2 counts, so development")


def test_what_compose_gives_last_counts_and_is_told_so() -> None:
    compose = "services:\n  app: {build: ., env_file: .env.production}\n"
    files = {**APP, "Dockerfile": image("APP_ENV=development"), "compose.yaml": compose,
             ".env.production": "APP_ENV=production\n"}  # fmt: skip

    finding = check("environment.consistent", {"files": files}).problems[0]

    assert str(finding.at) == "Dockerfile:2"
    assert finding.message.endswith(
        ".env.production:1 says production, Dockerfile:2 says development; "
        ".env.production:1 counts, so production"
    )
    assert finding.data["sources"] == [".env.production:1", "Dockerfile:2"]


def test_a_switch_that_nothing_sets_reads_its_default() -> None:
    files = {"app.py": 'import os\n\nENVIRONMENT = os.getenv("APP_ENV", "test")\n',
             ".env.production": "DB_HOST=db\n"}  # fmt: skip

    result = check("environment.consistent", {"files": files})

    assert result.outcome == "fail"
    assert "test" in result.problems[0].message


def test_a_password_in_the_chain_is_not_shown() -> None:
    files = {**APP, ".env.production": "DATABASE_URL=postgresql://a:first1@b/c\n"
             "DATABASE_URL=postgresql://a:second2@b/c\n"}  # fmt: skip

    result = check("environment.consistent", {"files": files})

    assert result.outcome == "fail"
    assert "first1" not in repr(result)
    assert "second2" not in repr(result)


def test_a_file_that_fills_a_reference_and_is_loaded_too_is_named_once() -> None:
    compose = "services:\n  api:\n    image: a\n    env_file: .env\n    environment:\n      APP_ENV: ${APP_ENV}\n"

    judged = check(
        "environment.consistent",
        {"files": {**APP, "compose.yaml": compose, ".env": "APP_ENV=dev\n"}},
    )

    assert [one.message.count(".env:1 says") for one in judged.problems] == [1]


@pytest.mark.parametrize(
    ("test", "word"),
    [
        ('if stage not in ["dev", "stg", "prd"]:\n    raise SystemExit(stage)', "prd"),
        ('debug = stage == "live"', "live"),
        ('debug = stage == "dev"', "production"),
    ],
)
def test_the_hint_says_the_word_that_the_code_knows(test: str, word: str) -> None:
    code = f'import os\nfrom agno.agent import Agent\n\nstage = os.getenv("APP_ENV", "dev")\n{test}\nAgent()\n'
    result = check(
        "environment.consistent", {"files": {"app.py": code, ".env.production": "A=1\n"}}
    )

    assert [one.hint for one in result.problems] == [f"set APP_ENV to {word}"]

# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]


def app(text: str, requirement: str = "") -> Files:
    files = {"app.py": text}
    return {**files, "requirements.txt": f"{requirement}\n"} if requirement else files


def sentry(environment: str) -> str:
    return f"""import os
import sentry_sdk

if os.getenv("APP_ENV", "test") == "{environment}":
    sentry_sdk.init(dsn=os.environ["SENTRY_DSN"])
"""


def image(command: str) -> Files:
    return {"Dockerfile": f"FROM python:3.13\nCOPY . .\nCMD [{command}]\n", "app.py": "x = 1\n"}


FASTAPI = "from fastapi import FastAPI\nfrom prometheus_client import Counter, make_asgi_app\n\n"
MOUNTED = f'{FASTAPI}app = FastAPI()\napp.mount("/metrics", make_asgi_app())\n'
COUNTED = f'{FASTAPI}app = FastAPI()\nrequests = Counter("requests", "requests")\n'
SETUP = "import os\nimport sentry_sdk\n\n\ndef setup():\n    sentry_sdk.init(os.environ['DSN'])\n"

HANDLER = f"""{FASTAPI}from prometheus_client import generate_latest

app = FastAPI()


@app.get("/metrics")
def metrics():
    return generate_latest()
"""
LIFESPAN = """
import os
from contextlib import asynccontextmanager

import sentry_sdk
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app):
    sentry_sdk.init(dsn=os.environ["SENTRY_DSN"])
    yield


app = FastAPI({})
"""
SCRAPED = "scrape_configs:\n  - job_name: api\n    static_configs:\n      - targets: ['{}']\n"
DEPLOYED = {"compose.yaml": "services:\n  api:\n    build: .\n", **image('"uvicorn", "app:app"')}

BEHIND = "import sentry_sdk\n\n\ndef setup():\n    {}\n    sentry_sdk.init(dsn='https://a@b/1')\n\n\nsetup()\n"
TRACED = 'FROM python:3.13\nENV DD_TRACE_ENABLED={}\nCMD ["ddtrace-run", "python", "a.py"]\n'
BUILT = "from prometheus_fastapi_instrumentator import Instrumentator\n\ni = Instrumentator(){}\n"

SWITCHED = """import os
from fastapi import FastAPI
from prometheus_fastapi_instrumentator import Instrumentator
app = FastAPI()
if os.environ["APP_ENV"] == "{}":
    Instrumentator().instrument(app).expose(app)
"""
RELIC = 'FROM python:3.13\nENV NEW_RELIC_MONITOR_MODE=false\nCMD ["python", "app.py"]\n'


def relic(mode: str, own: str = "") -> Files:
    section = f"\n[newrelic:production]\nmonitor_mode = {own}\n" if own else ""
    return {
        **app("from newrelic import agent\n\nagent.initialize('newrelic.ini', 'production')\n"),
        "newrelic.ini": f"[newrelic]\napp_name = a\nmonitor_mode = {mode}\n{section}",
    }


TWINS = [
    pytest.param(app(BEHIND.format("pass")), app(BEHIND.format("return")), "app.py:6", id="behind a return"),
    pytest.param({"Dockerfile": TRACED.format("true"), "a.py": "x = 1\n"},
                 {"Dockerfile": TRACED.format("false"), "a.py": "x = 1\n"}, "Dockerfile:2", id="a tool's own switch"),
    pytest.param(app(BUILT.format(".instrument(app).expose(app)")), app(BUILT.format("")), "app.py:3", id="built, and not started"),
    pytest.param(app("import ddtrace.auto\n"), app("import ddtrace\n"), "app.py", id="an import that starts"),
    pytest.param(app(sentry("production")), app(sentry("staging")), "app.py:5", id="a branch"),
    pytest.param(app(sentry("production"), "sentry-sdk==2.19"), app("x = 1\n", "sentry-sdk==2.19"),
                 "requirements.txt:1", id="installed, never started"),
    pytest.param(app(MOUNTED), app(COUNTED, "prometheus-client"), "requirements.txt:1",
                 id="metrics that nobody can read"),
    pytest.param(app('import os\nimport sentry_sdk\n\nsentry_sdk.init(dsn=os.environ["DSN"])\n'),
                 app('import sentry_sdk\n\nsentry_sdk.init(dsn="")\n'), "app.py:3", id="no address"),
    pytest.param(image('"ddtrace-run", "uvicorn", "app:app"'), image('"uvicorn", "app:app"'),
                 "app.py", id="a command around it"),
    pytest.param(app(HANDLER), app(COUNTED), "app.py", id="a route"),
    pytest.param(app(LIFESPAN.format("lifespan=lifespan")), app(LIFESPAN.format("").replace("@asynccontextmanager\n", "")), "app.py:10", id="a lifespan"),
    pytest.param({**DEPLOYED, "prometheus.yml": SCRAPED.format("api:8000")}, {**DEPLOYED, "prometheus.yml": SCRAPED.format("localhost:9090")}, "app.py", id="scraped"),
    pytest.param({**DEPLOYED, "prometheus.yml": SCRAPED.format("api:8000"), **app(SWITCHED.format("production"))},
                 {**DEPLOYED, "prometheus.yml": SCRAPED.format("api:8000"), **app(SWITCHED.format("staging"))}, "app.py:6", id="scraped, and answered elsewhere only"),
    pytest.param({**DEPLOYED, "prometheus.yml": SCRAPED.format("api:8000"), **app(BUILT.format(".instrument(app).expose(app)"))},
                 {**DEPLOYED, "prometheus.yml": SCRAPED.format("api:8000"), **app(BUILT.format(""))}, "app.py:3", id="scraped, and never exposed"),
    pytest.param(relic("true"), relic("false"), "newrelic.ini:3", id="New Relic's file"),
    pytest.param(relic("false", own="true"), relic("true", own="false"), "newrelic.ini:6", id="the section of an environment"),
    pytest.param({**relic("true"), "Dockerfile": RELIC}, {**relic("false"), "Dockerfile": RELIC}, "newrelic.ini:3", id="a file before the variable"),
    pytest.param({"obs.py": SETUP, "app.py": "from obs import setup\n\nsetup()\n"},
                 {"app.py": "x = 1\n"}, "app.py", id="through a function"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    around = {"environment": {"set": {"APP_ENV": "production"}}}

    fine = check("monitoring.initialised", {"files": good, **around})
    wrong = check("monitoring.initialised", {"files": bad, **around})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_an_address_that_nothing_gives_is_undecided_and_one_that_is_not_set_a_problem() -> None:
    text = 'import os\nimport sentry_sdk\n\nsentry_sdk.init(dsn=os.getenv("SENTRY_DSN"))\n'

    def outcome(**given: object) -> str:
        return check("monitoring.initialised", {"files": app(text), "environment": given}).outcome

    assert outcome() == "unknown"
    assert outcome(injected=["SENTRY_DSN"]) == "pass"
    assert outcome(unset=["SENTRY_DSN"]) == "fail"


def test_a_tool_that_does_not_mind_sends_nothing_without_its_token() -> None:
    text = "import logfire\n\nlogfire.configure({})\n"

    def outcome(arguments: str, **given: object) -> str:
        example = {"files": app(text.format(arguments)), "environment": given}
        return check("monitoring.initialised", example).outcome

    assert outcome("send_to_logfire='if-token-present'") == "unknown"
    assert outcome("send_to_logfire='if-token-present'", unset=["LOGFIRE_TOKEN"]) == "fail"
    assert outcome("send_to_logfire='if-token-present'", injected=["LOGFIRE_TOKEN"]) == "pass"
    assert outcome("send_to_logfire='if-token-present', token='t'") == "pass"
    assert outcome("") == "pass"  # it refuses to start without a token


def test_what_prometheus_reads_has_to_answer() -> None:
    read = {**DEPLOYED, "prometheus.yml": SCRAPED.format("api:8000")}

    silent = check(
        "monitoring.initialised", {"files": {**read, **app(COUNTED, "prometheus-client")}}
    )
    other = check("monitoring.initialised", {"files": {**read, **app("x = 1\n")}})

    assert (silent.outcome, other.outcome) == ("unknown", "pass")


def test_without_code_there_is_nothing_to_watch() -> None:
    result = check("monitoring.initialised", {"files": {"README.md": "hello\n"}})

    assert result.outcome == "not-applicable"


def test_nothing_is_absent_from_a_file_that_nobody_understands() -> None:
    other = check("monitoring.initialised", {"files": {"a.py": "x = 1\n", "b.py": "def (:\n"}})
    speaks = check(
        "monitoring.initialised",
        {"files": {"a.py": "x = 1\n", "b.py": "import sentry_sdk\ndef (:\n"}},
    )

    assert other.outcome == "fail"
    assert (speaks.outcome, str(speaks.findings[0].at)) == ("unknown", "b.py")


POSTHOG = "from posthog import Posthog\n\nclient = Posthog({})\n"


def test_counting_clicks_is_not_watching_errors() -> None:
    counting = check("monitoring.initialised", {"files": app(POSTHOG.format('"k"'))})
    told = 'project_api_key="k", enable_exception_autocapture=True'
    watching = check("monitoring.initialised", {"files": app(POSTHOG.format(told))})

    assert (counting.outcome, watching.outcome) == ("fail", "pass")


def test_what_nothing_watches_is_the_file_that_the_deployment_starts() -> None:
    files = {"a.py": "x = 1\n", "web/main.py": "app = 1\n", **image('"uvicorn", "web.main:app"')}

    started = check("monitoring.initialised", {"files": files})
    alone = check("monitoring.initialised", {"files": {"a.py": "x = 1\n"}})

    assert [str(one.at) for one in started.findings] == ["web/main.py"]
    assert [str(one.at) for one in alone.findings] == ["a.py"]


def test_without_a_deployment_it_is_the_file_that_is_named_like_a_start() -> None:
    files = {"shop/__init__.py": "", "shop/errors.py": "x = 1\n", "shop/main.py": "x = 1\n"}

    found = check("monitoring.initialised", {"files": files})

    assert [str(one.at) for one in found.problems] == ["shop/main.py"]

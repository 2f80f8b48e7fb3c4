# ruff: noqa: E501 - a small file stands in one line
"""Starts of monitoring that another module, or an exit before them, decides about."""

import pytest

from readiness.testing import check

Files = dict[str, str]

MAIN = "from fastapi import FastAPI\nimport watch\n\napp = FastAPI()\nwatch.setup()\n"
WATCH = 'import os\nimport sentry_sdk\n\ndef setup():\n    if os.environ["STAGE"] == "{}":\n        sentry_sdk.init("https://k@s.example/1")\n'
EXIT = 'import os\nimport sentry_sdk\n\ndef setup():\n    if os.environ["STAGE"] == "{}":\n        return\n    sentry_sdk.init("https://k@s.example/1")\n\nsetup()\n'
TRIED = 'try:\n    import sentry_sdk\nexcept ImportError:\n    sentry_sdk = None\n\nif sentry_sdk:\n    sentry_sdk.init("https://k@s.example/1")\n'
METRICS = (
    "from fastapi import FastAPI\nfrom prometheus_client import make_asgi_app\n\napp = FastAPI()\n"
)
INSTRUMENTED = "from prometheus_fastapi_instrumentator import Instrumentator\n\nmade = Instrumentator().instrument(app)\n"

SPANS = """from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor({}SpanExporter()))
trace.set_tracer_provider(provider)
"""
CHOSEN = SPANS.format("Console").replace(
    "provider.add",
    """import os
if os.environ["STAGE"] {} "production":
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
else:
    provider.add""",
)
ASKED = SPANS.format("OTLP").replace(
    "provider.add", 'import os\nif os.getenv("ENDPOINT"):\n    provider.add'
)
START = 'import sentry_sdk\nsentry_sdk.init("https://k@s.example/1")\n'
LISTED = {"requirements.txt": "sentry-sdk\n"}

TWINS = [
    pytest.param({"main.py": MAIN, "watch.py": WATCH.format("production")}, {"main.py": MAIN, "watch.py": WATCH.format("test")},
                 "watch.py:6", id="a condition in another module"),
    pytest.param({"main.py": EXIT.format("test")}, {"main.py": EXIT.format("production")}, "main.py:7", id="an exit before it"),
    pytest.param({"a.py": METRICS + 'app.mount("/m", make_asgi_app())\n'}, {"a.py": METRICS + "made = make_asgi_app()\n"},
                 "a.py:5", id="metrics that are mounted"),
    pytest.param({"a.py": f"{INSTRUMENTED}made.expose(app)\n"}, {"a.py": INSTRUMENTED}, "a.py:3", id="metrics that are shown"),
    pytest.param({"shop/settings/production.py": START, **LISTED}, {"shop/settings/local.py": START, **LISTED}, "shop/settings/local.py:2",
                 id="settings of another environment"),
    pytest.param({"shop/local.py": START, "shop/app.py": "from shop import local\n", **LISTED}, {"shop/local.py": START, **LISTED},
                 "shop/local.py:2", id="a module that another asks for"),
    pytest.param({"a.py": "from phoenix.otel import register\n\nregister()\n"},
                 {"a.py": "from fastapi import FastAPI\n\napp = FastAPI()\n", "requirements.txt": "arize-phoenix-otel\n"},
                 "requirements.txt:1", id="a tool for traces of agents"),
    pytest.param({"a.py": SPANS.format("OTLP")}, {"a.py": SPANS.format("Console")}, "a.py:7", id="spans for a console only"),
    pytest.param({"a.py": CHOSEN.format("==")}, {"a.py": CHOSEN.format("!=")}, "a.py:11", id="spans for a console here"),
    pytest.param({"a.py": ASKED, ".env.production": "STAGE=x\nENDPOINT=http://c:4317\n"}, {"a.py": ASKED, ".env.production": "STAGE=x\n"},
                 "a.py:10", id="an exporter that a variable asks for"),
    pytest.param({"a.py": SPANS.format("Console") + "provider.add_span_processor(acme.ShopSpanProcessor())\n"},
                 {"a.py": SPANS.format("Console")}, "a.py:7", id="spans for somebody else, too"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    world = {"environment": {"set": {"STAGE": "production"}}}
    fine = check("monitoring.initialised", {"files": good, **world})
    wrong = check("monitoring.initialised", {"files": bad, **world})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_a_console_that_is_perhaps_asked_for_is_not_blamed() -> None:
    source = SPANS.format("Console").replace(
        "provider.add", "if provider.wanted():\n    provider.add"
    )

    assert check("monitoring.initialised", {"files": {"a.py": source}}).outcome != "fail"


def test_what_the_requirements_name_can_be_imported() -> None:
    asked = check(
        "monitoring.initialised", {"files": {"a.py": TRIED, "requirements.txt": "sentry-sdk\n"}}
    )
    unasked = check("monitoring.initialised", {"files": {"a.py": TRIED}})

    assert (asked.outcome, unasked.outcome) == ("pass", "unknown")


APP = {"app.py": "import fastapi\n\napp = fastapi.FastAPI()\n",
       "Dockerfile": "FROM python:3.13\nCOPY . .\nCMD uvicorn app:app\n"}  # fmt: skip
POD = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {0}}}\nspec:\n  template:\n    metadata:\n      labels: {{app: {0}}}\n      annotations:\n        {2}: 'true'\n    spec: {{containers: [{{name: {0}, image: '{1}'}}]}}\n"
MONITOR = "---\nkind: ServiceMonitor\nmetadata: {name: figures}\nspec: {selector: {matchLabels: {app: NAME}}}\n"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (POD.format("api", "repo/api:1", "prometheus.io/scrape"), POD.format("db", "postgres:17", "prometheus.io/scrape")),
        (POD.format("api", "repo/api:1", "a") + MONITOR.replace("NAME", "api"),
         POD.format("db", "redis:7", "a") + MONITOR.replace("NAME", "db")),
    ],
)  # fmt: skip
def test_figures_of_a_database_are_not_the_applications(own: str, other: str) -> None:
    fine = check("monitoring.initialised", {"files": {**APP, "k8s.yaml": own}})
    wrong = check("monitoring.initialised", {"files": {**APP, "k8s.yaml": other}})

    assert (fine.outcome, wrong.outcome) == ("pass", "fail")


WRAPPED = "import acme\nimport watch\n\nwatch = acme.patched(watch)\nwatch.setup()\n"
SETUP = 'import sentry_sdk\n\ndef setup():\n    sentry_sdk.init("https://k@s.example/1")\n'


def test_a_name_that_several_functions_have_shows_no_start() -> None:
    """What a library hands back is not known: the text alone tells, as far as it can."""
    files = {"main.py": WRAPPED, "watch.py": SETUP}
    other = {"log.py": "def setup():\n    pass\n"}

    alone = check("monitoring.initialised", {"files": files})
    several = check("monitoring.initialised", {"files": {**files, **other}})

    assert (alone.outcome, several.outcome) == ("pass", "unknown")

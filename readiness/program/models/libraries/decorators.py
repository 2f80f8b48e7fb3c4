"""Libraries without another model whose decorators hand on what the function gives."""

from readiness.program.models.table import Table

_KEPT_PROPERTIES = (
    "werkzeug.utils.cached_property", "kombu.utils.objects.cached_property",
    "cached_property.cached_property", "pyramid.decorator.reify",
    "boltons.cacheutils.cachedproperty", "sqlalchemy.util.memoized_property",
)  # fmt: skip
TABLE = Table(
    keeps=frozenset({
        "agentops", "agno.tools", "aiocache", "aiohttp", "anyio", "apscheduler", "arq", "asgiref",
        "async_lru", "attr", "attrs", "beartype", "bentoml", "blacksheep", "cachetools", "celery",
        "chainlit", "circuitbreaker", "click", "click_extra", "dagster", "ddtrace",
        "dependency_injector", "discord", "diskcache", "django", "dramatiq", "elasticapm",
        "falcon", "fastapi", "fastmcp", "faststream", "flask", "flask_caching", "flask_login",
        "functions_framework", "gradio", "graphene", "huey", "hydra", "injector", "inngest",
        "jaxtyping", "joblib", "kfp", "langfuse", "langsmith", "line_profiler", "litestar",
        "logfire", "loguru", "marshmallow", "mcp", "mlflow", "modal", "newrelic", "nicegui",
        "numba", "openinference", "opentelemetry", "opik", "pluggy", "prefect", "procrastinate",
        "prometheus_client", "public", "pybreaker", "pydantic", "pytest", "quart", "ratelimit",
        "rest_framework", "retrying", "rich_click", "robyn", "sanic", "sentry_sdk", "slack_bolt",
        "slowapi", "socketio", "sqlalchemy", "stamina", "starlette", "stevedore", "strawberry",
        "streamlit", "taskiq", "temporalio", "tenacity", "torch", "tornado", "traceloop", "trio",
        "typeguard", "typer", "typing_extensions", "weave", "wrapt.synchronized", "zenml", "zope",
    }),
    aliases=dict.fromkeys(_KEPT_PROPERTIES, "functools.cached_property"),
)  # fmt: skip
"""Libraries by first names, or by longer ones where others of theirs do not."""

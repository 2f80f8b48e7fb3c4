"""The words that tell which Python files can matter to the program; one search for all."""

from readiness.project import Search

# Not in these words: agnostic, diagnosis, environment.
NEEDLES = Search(
    rb"agno(?:[^s]|\z)|environ(?:[^m]|\z)",
    rb"SQLAlchemy|sqlalchemy|sqlmodel|psycopg|asyncpg|DATABASES|getenv|BaseSettings|InMemoryDb",
    rb"\bdecouple\b|dotenv|dj_database_url|sentry_sdk|opentelemetry|prometheus|logfire",
    rb"tortoise|peewee|playhouse|aiopg|pg8000|(?:from|import) (?:configurations|databases)",
    rb"langgraph\.|langchain_postgres|piccolo\.engine|start_connection_pool",
    rb"(?:from|import) (?:dataset|pony|procrastinate|records)\b",
    rb"\bCelery\(|[\"'](?:db|database|sqla|sqlalchemy)\+",
    rb"apscheduler\.jobstores|llama_index\.vector_stores|\bFastAPI\(|\bFlask\(",
    rb"\b(?:Starlette|Litestar|Quart)\(|\buvicorn\.(?:run|Config)\(|\bimport uvicorn\b",
    rb"\bhydra\b[^\n]*\binstantiate\b|\bhydra\.utils\b",
    rb"phoenix\.otel|agentops|langwatch|traceloop|openlit|langtrace_python_sdk",
    rb"ddtrace|newrelic|rollbar|bugsnag|posthog|elasticapm|honeybadger|scout_apm|structlog",
)
"""What a module mentions that is run by itself."""

STARTS = Search(
    rb"sentry_sdk\.init\(|from sentry_sdk import[^\n]*\binit\b|rollbar\.init\(",
    rb"bugsnag\.configure\(|logfire\.configure\(|honeybadger\.configure\(|newrelic\.agent|set_tracer_provider\(",
    rb"start_http_server\(|Instrumentator\(\)|configure_azure_monitor\(|elasticapm",
)
"""What a module says that starts error tracking or metrics, itself or when it is called."""

LOGGING = Search(rb"logging")
"""What many modules mention that have nothing else to do with any answer."""

LOADING = Search(
    rb"\bimport_(?:module|string|object)\b|\b__import__\(|\bresolve_name\b|\bload_object\b",
    rb"\bpydoc\b[^\n]*\blocate\b",
)
"""What a module says that takes modules, or what they have, by a text."""

SERVED = Search(rb"\bget_[aw]sgi_application\b")
"""What a module says from which a server takes an application, and with it its settings."""

LIBRARIES = Search(
    rb"agno|sqlalchemy|sqlmodel|psycopg|asyncpg|aiopg|pg8000|SQLALCHEMY|DATABASES",
    rb"tortoise|peewee|playhouse|databases",
    rb"langgraph\.|langchain_postgres|piccolo\.engine|start_connection_pool",
    rb"(?:from|import) (?:dataset|pony|procrastinate|records)\b",
    rb"\bCelery\(|[\"'](?:db|database|sqla|sqlalchemy)\+",
    rb"apscheduler\.jobstores|llama_index\.vector_stores",
)
"""The libraries whose objects are judged."""

HOLDERS = Search(rb"\bagno\b")
"""What a module mentions that makes objects which hold a db."""

VOLATILE = Search(rb"InMemory|:memory:|sqlite://")
"""What a module mentions that can give a db which is gone with the process."""

WRITTEN = Search(
    rb"\b(?:blinker|decouple|dynaconf|hydra|injector|lagom|omegaconf|pluggy|punq|svcs|tenacity)\b",
    rb"\b(?:TaskGroup|bisect|cachetools|graphlib|heapq|singledispatchmethod|total_ordering|concurrent\.futures|queue)\b",
    rb"\b(?:async)?contextmanager\b|ContextDecorator\b|\bredirect_stdout\b|\bcmp_to_key\b",
    rb"\bimport[^\n]*\b(?:csv|io)\b|\b(?:String|Bytes)IO\b",
    rb"\basyncio\.(?:\w*Queue|Event|wait)\b|\basyncio\s+import[^\n]*\b(?:\w*Queue|Event|wait)\b",
    rb"\bthreading\.local\b|\bthreading\s+import[^\n]*\blocal\b",
    rb"\b(?:pkgutil|starlette\.config|unittest\.mock|unittest import mock)\b",
    rb"\b(?:langgraph|langchain_postgres|piccolo|llama_index|apscheduler)\b",
    rb"(?:from|import) (?:configurations|dataset|records|pony)\b|\battrs?\b[^\n]*\bconverters\b",
    rb"\bimportlib[._ ][^\n]*\bresources\b|\bimportlib_resources\b",
)
"""The libraries for which `models.written` has a stand-in."""

INJECTING = Search(rb"\b(?:Depends|Security)\b")
"""What a module mentions that names functions which a framework calls for each request."""

INJECTORS = Search(rb"\b(?:injector|lagom|punq|svcs)\b")
"""The libraries that give a function or class what the hints of its parameters name."""

WHOLE = Search(
    rb"\bFire\(|\bglobals\(\)|\bvars\(|\w\.__dict__\[|getmembers|import_module|from_module",
    rb"\bgetattr\([\w.\[\]]+, *[^\s\"']|jsonargparse|scriptine|register\(",
)
"""What a module says that takes all functions of another, whatever their names."""

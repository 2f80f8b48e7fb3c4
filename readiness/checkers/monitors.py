"""What watches an application: the calls, commands and packages of the tools for it."""

import re

_NO = frozenset({"false", "0", "no", "off"})
_YES = frozenset({"true", "1"})
_NONE = frozenset({"none"})

CALLS = {
    "sentry_sdk.init": "Sentry",
    "rollbar.init": "Rollbar",
    "bugsnag.configure": "Bugsnag",
    "honeybadger.honeybadger.configure": "Honeybadger",
    "airbrake.Airbrake": "Airbrake",
    "raygun4py.raygunprovider.RaygunSender": "Raygun",
    "elasticapm.Client": "Elastic APM",
    "elasticapm.contrib.starlette.make_apm_client": "Elastic APM",
    "elasticapm.contrib.starlette.ElasticAPM": "Elastic APM",
    "elasticapm.contrib.flask.ElasticAPM": "Elastic APM",
    "elasticapm.instrument": "Elastic APM",
    "newrelic.agent.initialize": "New Relic",
    "newrelic.agent.register_application": "New Relic",
    "ddtrace.patch_all": "Datadog",
    "ddtrace.patch": "Datadog",
    "datadog.initialize": "Datadog",
    "statsd.StatsClient": "statsd",
    "logfire.configure": "Logfire",
    "scout_apm.api.install": "Scout",
    "scout_apm.api.Config.set": "Scout",
    "appsignal.Appsignal": "AppSignal",
    "appsignal.start": "AppSignal",
    "uptrace.configure_opentelemetry": "Uptrace",
    "azure.monitor.opentelemetry.configure_azure_monitor": "Azure Monitor",
    "aws_xray_sdk.core.xray_recorder.configure": "X-Ray",
    "google.cloud.error_reporting.Client": "Google error reporting",
    "highlight_io.H": "Highlight",
    "phoenix.otel.register": "Phoenix",
    "agentops.init": "AgentOps",
    "langwatch.setup": "LangWatch",
    "traceloop.sdk.Traceloop.init": "Traceloop",
    "openlit.init": "OpenLIT",
    "langtrace_python_sdk.langtrace.init": "Langtrace",
    "posthog.Posthog": "PostHog",
    "prometheus_client.start_http_server": "Prometheus",
    "prometheus_client.start_wsgi_server": "Prometheus",
    "prometheus_client.make_asgi_app": "Prometheus",
    "prometheus_client.make_wsgi_app": "Prometheus",
    "prometheus_client.generate_latest": "Prometheus",
    "prometheus_client.push_to_gateway": "Prometheus",
    "prometheus_client.exposition.generate_latest": "Prometheus",
    "prometheus_client.exposition.start_http_server": "Prometheus",
    "prometheus_fastapi_instrumentator.Instrumentator": "Prometheus",
    "prometheus_flask_exporter.PrometheusMetrics": "Prometheus",
    "starlette_exporter.handle_metrics": "Prometheus",
    "starlette_prometheus.metrics": "Prometheus",
    "aioprometheus.asgi.starlette.metrics": "Prometheus",
    "opentelemetry.trace.set_tracer_provider": "OpenTelemetry",
    "opentelemetry.metrics.set_meter_provider": "OpenTelemetry",
    "opentelemetry.instrumentation.fastapi.FastAPIInstrumentor.instrument_app": "OpenTelemetry",
    "opentelemetry.instrumentation.auto_instrumentation.initialize": "OpenTelemetry",
}
"""Functions that start a tool, by their full names."""

STARTERS = {
    "ddtrace-run": "Datadog",
    "newrelic-admin": "New Relic",
    "opentelemetry-instrument": "OpenTelemetry",
    "elasticapm-run": "Elastic APM",
    "scout-apm-run": "Scout",
    "prometheus_multiproc": "Prometheus",
}
"""Commands that start a tool around the application."""

PACKAGES = re.compile(
    r"""\s*(?:-\s*)?["']?(?P<package>sentry[-_]sdk|rollbar|bugsnag|honeybadger|airbrake|raygun4py
      |elastic[-_]apm|newrelic|ddtrace|datadog|statsd|logfire|scout[-_]apm|appsignal|uptrace
      |prometheus[-_]client|prometheus[-_]fastapi[-_]instrumentator|prometheus[-_]flask[-_]exporter
      |starlette[-_]exporter|starlette[-_]prometheus|aioprometheus|django[-_]prometheus
      |opentelemetry[-_](?:sdk|distro|instrumentation[\w-]*|exporter[\w-]*)
      |azure[-_]monitor[-_]opentelemetry|aws[-_]xray[-_]sdk|highlight[-_]io
      |arize[-_]phoenix[-_]otel|agentops|langwatch|traceloop[-_]sdk|openlit|langtrace[-_]python[-_]sdk)
      (?=["'\s\[=<>~!;,]|\Z)""",
    re.VERBOSE,
)
"""A package of such a tool, at the start of a requirement."""

ALONE = frozenset({"django_prometheus", "django_prometheus.middleware.PrometheusAfterMiddleware"})
"""Django applications and middleware that work by being listed."""

SWITCHES: dict[str, tuple[object, ...]] = {
    "dsn": ("",),
    "send_to_logfire": (False,),
    "enabled": (False,),
    "api_key": ("",),
    "access_token": ("",),
}
"""Arguments, and the values with which a tool is started and sends nothing."""

OFF: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "Datadog": (("DD_TRACE_ENABLED", _NO),),
    "OpenTelemetry": (("OTEL_SDK_DISABLED", _YES), ("OTEL_TRACES_EXPORTER", _NONE)),
    "Elastic APM": (("ELASTIC_APM_ENABLED", _NO), ("ELASTIC_APM_RECORDING", _NO)),
    "Scout": (("SCOUT_MONITOR", _NO),),
    "AppSignal": (("APPSIGNAL_ACTIVE", _NO),),
    "Logfire": (("LOGFIRE_SEND_TO_LOGFIRE", _NO),),
    "X-Ray": (("AWS_XRAY_SDK_ENABLED", _NO),),
}
"""Variables that switch a tool off, and the values with which they do; New Relic has files too."""

ADDRESSED = {
    "sentry_sdk.init": ("dsn", "SENTRY_DSN"),
    "logfire.configure": ("token", "LOGFIRE_TOKEN"),
    "bugsnag.configure": ("api_key", "BUGSNAG_API_KEY"),
    "honeybadger.honeybadger.configure": ("api_key", "HONEYBADGER_API_KEY"),
}
"""The argument that says whom a tool tells, and the variable that it reads instead: without either
it is started and sends nothing. Logfire refuses to start, but where it was told not to mind."""

UNMINDED = {"logfire.configure": ("send_to_logfire", "if-token-present")}
"""What a call has to say so that it starts without an address."""

IMPORTS = {"ddtrace.auto": "Datadog", "ddtrace.bootstrap.sitecustomize": "Datadog"}
"""Modules whose import starts a tool."""

FOLLOWED = {
    "prometheus_fastapi_instrumentator.Instrumentator": ("expose",),
    "prometheus_client.make_asgi_app": ("mount", "Mount", "add_route", "routes", "serve", "run"),
    "prometheus_client.make_wsgi_app": (
        "DispatcherMiddleware",
        "make_server",
        "run_simple",
        "mount",
        "serve",
    ),
    "posthog.Posthog": ("capture_exception",),
}
"""What is only built by its call, and the methods that start it."""

BY_ARGUMENT = {"posthog.Posthog": "enable_exception_autocapture"}
"""What counts users' clicks, and watches errors only where this argument says so."""

MEND = (
    "initialise error tracking or metrics where the application starts, such as "
    'sentry_sdk.init(dsn=os.environ["SENTRY_DSN"]) or a mounted /metrics'
)
"""What to do where nothing watches."""

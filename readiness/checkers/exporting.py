"""Where the spans and figures of OpenTelemetry go: what a console shows watches nothing."""

import re

from readiness import Call, Program, Project
from readiness.checkers.scope import is_code

_API = "opentelemetry.sdk"
_SHOWN = (
    f"{_API}.trace.export.ConsoleSpanExporter",
    f"{_API}.metrics.export.ConsoleMetricExporter",
    f"{_API}._logs.export.ConsoleLogExporter",
    f"{_API}.trace.export.in_memory_span_exporter.InMemorySpanExporter",
    f"{_API}.metrics.export.InMemoryMetricReader",
)
"""What keeps to the process; somebody may read its output, and nobody is told of an error."""
_SENDING = tuple(
    f"opentelemetry.exporter.{kind}"
    for kind in (
        *(f"otlp.proto.{way}.{part}"
          for way in ("http", "grpc")
          for part in ("trace_exporter.OTLPSpanExporter", "metric_exporter.OTLPMetricExporter",
                       "_log_exporter.OTLPLogExporter")),
        "jaeger.thrift.JaegerExporter", "zipkin.json.ZipkinExporter",
        "zipkin.proto.http.ZipkinExporter", "cloud_trace.CloudTraceSpanExporter",
        "prometheus.PrometheusMetricReader",
    )
)  # fmt: skip
_ANY = rb"\b\w+(?:Exporter|MetricReader|SpanProcessor|LogRecordProcessor)\b"
_WORDS = (b"Exporter", b"MetricReader", b"Processor")
# Names of the library that send nothing by themselves.
_PLAIN = frozenset({
    "SpanExporter", "MetricExporter", "LogExporter", "BatchSpanProcessor", "SimpleSpanProcessor",
    "SpanProcessor", "MetricReader", "PeriodicExportingMetricReader", "BatchLogRecordProcessor",
    "SimpleLogRecordProcessor", "ConcurrentMultiSpanProcessor", "SynchronousMultiSpanProcessor",
})  # fmt: skip


def shown_only(program: Program, project: Project) -> Call | None:
    """The call that sends spans or figures to the console, where none sends them elsewhere."""
    shown = [one for one in program.calls(*_SHOWN) if not one.under]
    if not shown or program.calls(*_SENDING):
        return None
    known = _PLAIN | {name.rpartition(".")[2] for name in (*_SHOWN, *_SENDING)}
    return None if _named(project) - known else shown[0]


def _named(project: Project) -> set[str]:
    """Whatever the code names that may take spans or figures elsewhere."""
    found: set[str] = set()
    for path in project.matching(_ANY, _WORDS, is_code):
        found |= set(re.findall(_ANY.decode(), project.text_if_any(path) or ""))
    return found

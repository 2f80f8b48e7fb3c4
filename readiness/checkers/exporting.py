"""Where the spans and figures of OpenTelemetry go: what a console shows watches nothing."""

import re

from msgspec import Struct

from readiness import Call, Place, Program, Project
from readiness.checkers.scope import is_code
from readiness.checkers.understood import was_cut_short

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


class Silence(Struct, frozen=True):
    """Why what the process sees does not leave it: ``certain``, or where conditions hold only."""

    why: str
    at: Place
    certain: bool


def silence(call: Call, program: Program, project: Project) -> Silence | None:
    """Why a start of OpenTelemetry sends nothing; None where something is sent, or may be.

    A provider that code makes has the exporters that code gives it: the variables for them
    count only for the one that ``opentelemetry-instrument`` makes.
    """
    sending = program.calls(*_SENDING)
    named = _named(project)
    if any(not one.under for one in sending) or named - _KNOWN:
        return None
    if sending:
        why = f"sends what it sees only if {' and '.join(sending[0].under)}"
        return Silence(why, sending[0].at, certain=False)
    shown = program.calls(*_SHOWN)
    if any(not one.under for one in shown):
        return Silence("sends what it sees to the console only", shown[0].at, certain=True)
    if shown or call.function not in _SET or not program.calls(*_PROVIDERS):
        return None
    added = bool(project.matching(_ADDED, (b"add_span_processor", b"metric_readers"), is_code))
    certain = not (was_cut_short(program) or call.under) and (not added or bool(named & _SENDERS))
    return Silence("has no exporter in this environment" if certain else
                   "was seen to have no exporter", call.at, certain=certain)  # fmt: skip


_SENDERS = frozenset(name.rpartition(".")[2] for name in _SENDING)
_KNOWN = _PLAIN | _SENDERS | {name.rpartition(".")[2] for name in _SHOWN}
_SET = frozenset(
    {"opentelemetry.trace.set_tracer_provider", "opentelemetry.metrics.set_meter_provider"}
)
_PROVIDERS = (f"{_API}.trace.TracerProvider", f"{_API}.metrics.MeterProvider")
_ADDED = rb"\badd_span_processor\(|\bmetric_readers\b"


def _named(project: Project) -> set[str]:
    """Whatever the code names that may take spans or figures elsewhere."""
    found: set[str] = set()
    for path in project.matching(_ANY, _WORDS, is_code):
        found |= set(re.findall(_ANY.decode(), project.text_if_any(path) or ""))
    return found

"""The engines that Celery and kombu make of addresses such as ``db+postgresql://…``."""

import re
from collections.abc import Hashable, Iterator, Mapping

from readiness.program.answers import Engine
from readiness.program.engines import sqlalchemy
from readiness.program.engines.reading import Reader, Values, entries
from readiness.program.interpreter.machine import Machine
from readiness.program.interpreter.records import Event
from readiness.program.models.libraries import celery, django
from readiness.program.models.libraries.django_settings import LAZY
from readiness.program.urls.pieces import Spans
from readiness.program.values import (
    NONE,
    TRUE,
    Class,
    Dict,
    External,
    Instance,
    Module,
    Text,
    Tuple,
    Value,
)

RESULTS, BROKER = "celery: results", "celery: broker"
_DATABASE, _TRANSPORT = re.compile(r"(?:db|database)\+"), re.compile(r"(?:sqla|sqlalchemy)\+")
_BY_NAME = frozenset({"db", "database"})
_OLD = {
    "result_backend": "CELERY_RESULT_BACKEND", "broker_url": "BROKER_URL",
    "database_url": "CELERY_RESULT_DBURI",
    "database_engine_options": "CELERY_RESULT_ENGINE_OPTIONS",
    "broker_transport_options": "BROKER_TRANSPORT_OPTIONS",
}  # fmt: skip
"""The names of the settings, with those that they had before Celery 4."""
_VARIABLES = {"result_backend": "CELERY_RESULT_BACKEND", "broker_url": "CELERY_BROKER_URL"}
"""Variables that Celery itself asks, before it asks its settings."""


def events(machine: Machine) -> Iterator[Event]:
    """What each application and connection does with its addresses, when start-up is over."""
    again = machine.records.superseded
    for event in machine.records.events:
        if id(event) in again:
            continue
        if event.name == celery.CONNECTION:
            options = event.arguments.get("transport_options", NONE)
            given = {
                "broker_url": event.arguments["hostname"],
                "broker_transport_options": options,
            }
            yield _event(BROKER, event, given)
        conf = event.arguments.get(celery.CONF) if event.name == celery.APPLICATION else None
        if isinstance(conf, Instance):
            said = {name: _said(machine, event, conf, name) for name in _OLD}
            yield _event(RESULTS, event, said)
            yield _event(BROKER, event, said)


def _event(name: str, event: Event, given: dict[str, Value]) -> Event:
    return Event(name, given, event.at, event.path, event.trace, None, event.process,
                 event.levels, event.repeated)  # fmt: skip


def _said(machine: Machine, event: Event, conf: Instance, name: str) -> Value:
    """A setting: of the variables, else as the code has it last, else of its sources."""
    held, sources = conf.slots.values, conf.slots.values.get(celery.SOURCES)
    found = event.process.get(_VARIABLES.get(name, ""))
    if found is None or getattr(found, "known", None) == "":
        found = held.get(name, held.get(_OLD[name]))
    weaker = reversed(sources.items) if isinstance(sources, Tuple) else iter(())
    while found is None and (source := next(weaker, None)) is not None:
        found = _of_source(machine, source, name)
    return found or NONE


def _of_source(machine: Machine, source: Value, name: str) -> Value | None:
    held = source.slots.values if isinstance(source, Dict) else {}
    prefix = getattr(held.get(celery.NAMESPACE), "known", None)
    names = (name, _OLD[name])
    if prefix is not None:
        long = f"{prefix}_{name}"
        names = (long.upper() if prefix.isupper() else long, long)
    owners = _owners(machine, held.get(celery.ENTRIES, NONE))
    found = (owner.get(one) for one in names for owner in owners)
    return next((one for one in found if one is not None), None)


def _owners(machine: Machine, source: Value) -> list[Mapping[Hashable, Value]]:
    """Where the names of a source stand, the strongest first."""
    if _is_of_django(source):
        return [one.slots.values for one in django.named_settings(machine)]
    kind = source.cls if isinstance(source, Instance) else source
    bases = kind.order if isinstance(kind, Class) else ()
    held = [one for one in (source, *bases) if isinstance(one, Class | Instance | Module | Dict)]
    return [one.slots.values for one in held]


def _is_of_django(source: Value) -> bool:
    known = str(getattr(source, "known", None) or "")
    return known.startswith("django.conf") or (
        isinstance(source, Instance) and source.cls == External(LAZY)
    )


def _results(machine: Machine, event: Event, values: Values) -> Engine | None:
    """``db+postgresql://…``, or ``database`` whose address is a setting of its own."""
    backend = values["result_backend"]
    is_named = getattr(backend, "known", None) in _BY_NAME
    url = values["database_url"] if is_named else _without(_DATABASE, backend)
    return _engine(machine, event, url, values["database_engine_options"])


def _broker(machine: Machine, event: Event, values: Values) -> Engine | None:
    """``sqla+postgresql://…``."""
    url = _without(_TRANSPORT, values["broker_url"])
    return _engine(machine, event, url, values["broker_transport_options"])


def _without(prefix: "re.Pattern[str]", address: Value) -> Value:
    """What stands behind the word for the library; nothing where that is no such address."""
    spans = Spans.of(address) if isinstance(address, Text) else None
    found = prefix.match(spans.content) if spans is not None else None
    return NONE if spans is None or found is None else spans.between(
        found.end(), len(spans.content), getattr(address, "trace", ()))  # fmt: skip


def _engine(machine: Machine, event: Event, url: Value, options: Value) -> Engine | None:
    given = {**entries(options), "url": url, sqlalchemy.OF_LIBRARY: TRUE}
    make = sqlalchemy.READERS["sqlalchemy.create_engine"]
    return None if url == NONE else make(machine, event, given)


READERS: Mapping[str, Reader] = {RESULTS: _results, BROKER: _broker}

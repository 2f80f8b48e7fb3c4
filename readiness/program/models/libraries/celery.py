"""Celery's applications and kombu's connections: what they are told of where they keep things."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.libraries import flask
from readiness.program.models.lifting import arg, given
from readiness.program.models.python.making import named
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Dict,
    External,
    Host,
    Instance,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

APPLICATION = "celery.Celery"
CONNECTION = "kombu.Connection"
SETTINGS = "celery.app.utils.Settings"
CONF = "\0conf"
SOURCES, NAMESPACE, ENTRIES = "\0sources", "\0namespace", "\0entries"
_PARAMETERS = ("main", "loader", "backend", "amqp", "events", "log", "control", "set_as_current",
               "tasks", "broker")  # fmt: skip
_OWN = {"backend": "result_backend", "broker": "broker_url", "result_backend": "result_backend",
        "broker_url": "broker_url"}  # fmt: skip


def _application(machine: "Machine", arguments: Arguments) -> Value:
    """Its settings are what it is told itself, then by ``conf``, over whole sources of them."""
    made = Unknown(f"what {APPLICATION}() gives", arguments.at)
    held = dict(zip(_PARAMETERS, arguments.positional, strict=False)) | arguments.keywords
    told: dict[str, Value] = {
        setting: held[name] for name, setting in _OWN.items() if held.get(name, NONE) != NONE
    }
    settings = Instance(External(SETTINGS), {**told, SOURCES: Tuple(())}, arguments.at)
    made.memo["conf"] = settings
    made.memo["config_from_object"] = Host("config_from_object", partial(_take, settings))
    if "config_source" in held:
        _add(machine, settings, held["config_source"], held.get("namespace"), arguments)
    event = machine.record(APPLICATION, {**named(arguments), CONF: settings}, arguments.at)
    machine.records.results[made.number] = event
    machine.library.escape(machine, arguments, APPLICATION)
    return made


def _take(settings: Instance, machine: "Machine", arguments: Arguments) -> Value:
    """``app.config_from_object("package.settings", namespace="CELERY")``."""
    source = arguments.get("obj", 0) or NONE
    return _add(machine, settings, source, arguments.get("namespace", 3), arguments)


def _add(
    machine: "Machine", settings: Instance, source: Value, namespace: Value | None,
    arguments: Arguments,
) -> Value:  # fmt: skip
    """A module is loaded now, and looked at when all that it says is there."""

    def loaded(one: Value) -> Value:
        name, colon, attribute = (getattr(one, "known", None) or "").partition(":")
        if not name or name.startswith("django."):
            return one
        module = machine.import_module(name, arguments.caller, arguments.at)
        return machine.attribute(module, attribute, arguments.at) if colon else module

    held = settings.slots.values.get(SOURCES)
    before = held.items if isinstance(held, Tuple) else ()
    found = Dict({ENTRIES: machine.each(source, loaded), NAMESPACE: namespace or NONE})
    machine.state.write(settings.slots, SOURCES, Tuple((*before, found)))
    return NONE


def _update(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``app.conf.update({…}, name=…)``."""
    for one in arguments.positional:
        machine.each(one, lambda each: _put_all(machine, receiver, each, arguments))
    for name, value in arguments.keywords.items():
        machine.set_attribute(receiver, name, value, arguments.at)
    return NONE


def _put_all(machine: "Machine", receiver: Value, given: Value, arguments: Arguments) -> Value:
    if isinstance(given, Instance) and given.cls == External(flask.CONFIG):
        given = given.slots.values["entries"]
    entries = given.slots.values if isinstance(given, Dict) else machine.library.mapping_of(
        machine, given, arguments.at)  # fmt: skip
    for name, value in (entries or {}).items():
        machine.set_attribute(receiver, str(name), value, arguments.at)
    return NONE


def _put(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``app.conf["result_backend"] = …``."""
    key = given(arguments, 0)
    if isinstance(key, Text) and key.known is not None:
        machine.set_attribute(receiver, key.known, given(arguments, 1), arguments.at)
    return NONE


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A setting that the code did not say has Celery's default."""
    del machine, receiver
    name = getattr(arg(arguments, 0), "known", None) or "a setting"
    return Unknown(f"{name} of an application of Celery", arguments.at)


def _item(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = getattr(arg(arguments, 0), "known", None)
    return _get(machine, receiver, arguments) if name is None else machine.attribute(
        receiver, name, arguments.at)  # fmt: skip


def _connection(machine: "Machine", arguments: Arguments) -> Value:
    made = Unknown(f"what {CONNECTION}() gives", arguments.at)
    hostname = arguments.get("hostname", 0) or NONE
    event = machine.record(CONNECTION, {**named(arguments), "hostname": hostname}, arguments.at)
    machine.records.results[made.number] = event
    machine.library.escape(machine, arguments, CONNECTION)
    machine.may_fail(f"{CONNECTION}()", arguments.at)
    return made


TABLE = Table(
    functions={APPLICATION: _application, CONNECTION: _connection},
    classes={
        SETTINGS: LibraryClass(methods={
            "update": _update, "__setitem__": _put, "__getitem__": _item, "__getattr__": _get,
            "get": _item,
        }),
    },
    aliases={
        "celery.app.Celery": APPLICATION, "celery.app.base.Celery": APPLICATION,
        "kombu.BrokerConnection": CONNECTION, "kombu.connection.Connection": CONNECTION,
        "kombu.connection.BrokerConnection": CONNECTION,
    },
)  # fmt: skip

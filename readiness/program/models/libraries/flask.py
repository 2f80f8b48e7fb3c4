"""Flask's configuration, and Flask-SQLAlchemy's engine."""

import posixpath
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.program.interpreter import item_changes
from readiness.program.models.libraries import flask_sources
from readiness.program.models.libraries.request_states import note_application
from readiness.program.models.lifting import given
from readiness.program.models.python.making import named
from readiness.program.models.standard.files import path_of
from readiness.program.models.table import LibraryClass, MethodModel, Table
from readiness.program.releases import at_least
from readiness.program.values import (
    FALSE,
    NONE,
    TRUE,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    Module,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

CONFIG = "flask.Config"
"""Recorded with the names below, each time that one of them is set to something else."""
TOLD = ("DEBUG",)
URL = "SQLALCHEMY_DATABASE_URI"
OPTIONS = "SQLALCHEMY_ENGINE_OPTIONS"
BINDS = "SQLALCHEMY_BINDS"
OLD = {"SQLALCHEMY_POOL_SIZE": "pool_size", "SQLALCHEMY_MAX_OVERFLOW": "max_overflow",
       "SQLALCHEMY_POOL_RECYCLE": "pool_recycle",
       "SQLALCHEMY_POOL_TIMEOUT": "pool_timeout"}  # fmt: skip
"""Names that count before Flask-SQLAlchemy 3, where all options are weaker than they are now."""


def _app(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    config = Instance(External(CONFIG), {"entries": Dict()}, arguments.at)
    instance.slots.values["config"] = config
    note_application(machine, instance)


def _run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``app.run()`` serves until the process ends."""
    _ = receiver
    machine.record("flask.Flask.run", named(arguments), arguments.at)
    machine.library.escape(machine, arguments, "flask.Flask.run")
    return NONE


def _entries(receiver: Value) -> Dict:
    held = receiver.slots.values.get("entries") if isinstance(receiver, Instance) else None
    return held if isinstance(held, Dict) else Dict()


def _get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return machine.item(_entries(receiver), given(arguments, 0), arguments.at)


def _put(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    key, value = given(arguments, 0), given(arguments, 1)
    done = item_changes.put(machine, _entries(receiver), key, value, arguments.at)
    _note(machine, receiver, arguments)
    return done


def _note(machine: "Machine", config: Value, arguments: Arguments) -> None:
    """Record what the configuration says by now of the names that are asked for."""
    if not isinstance(config, Instance):
        return
    held = _entries(config).slots.values
    for name in TOLD:
        if name in held and config.slots.values.get(name) is not held[name]:
            machine.state.write(config.slots, name, held[name])
            machine.record(CONFIG, {name: held[name]}, arguments.at, config)


def _forwarded(name: str) -> MethodModel:
    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        method = machine.attribute(_entries(receiver), name, arguments.at)
        found = machine.call(method, arguments)
        _note(machine, receiver, arguments)
        return found

    return run


def _from_object(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The upper-case names of a class, object or module."""
    value = arguments.positional[0] if arguments.positional else NONE
    name = getattr(value, "known", None)
    if name is not None:
        value = _imported(machine, name, arguments)
    machine.each(value, lambda one: _take(machine, _entries(receiver), one, arguments))
    _note(machine, receiver, arguments)
    return NONE


def _imported(machine: "Machine", name: str, arguments: Arguments) -> Value:
    """What ``"package.module"``, ``"package.module.Class"`` or with a colon means."""
    near = arguments.caller.path if arguments.caller is not None else arguments.at.path
    module, colon, rest = name.partition(":")
    if not colon and machine.sources.locate(name, near) is None:
        module, _, rest = name.rpartition(".")
    value = machine.import_module(module or name, arguments.caller, arguments.at)
    return machine.attribute(value, rest, arguments.at) if rest and module else value


def _from_pyfile(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The upper-case names of a file of Python."""
    path = path_of(machine, arguments.get("filename", 0))
    value: Value = Unknown("the configuration of the application", arguments.at)
    if path is not None and not path.endswith(".py"):
        return _update(
            machine, receiver, flask_sources.of_code(machine, path, arguments), arguments
        )
    if path is not None:
        name = posixpath.splitext(path)[0].replace("/", ".")
        value = machine.import_module(name, arguments.caller, arguments.at)
    _take(machine, _entries(receiver), value, arguments)
    _note(machine, receiver, arguments)
    return TRUE


def _from_prefixed_env(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The variables that begin with ``FLASK_``, each as the JSON that it may be."""
    entries = _entries(receiver)
    found = flask_sources.of_variables(machine, entries, arguments)
    if found is None:
        unknown = Unknown("the configuration of the application", arguments.at)
        found = Dict(rest=unknown)
    return _update(machine, receiver, found, arguments)


def _from_file(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """What a file says, read as the code says."""
    return _update(machine, receiver, flask_sources.of_file(machine, arguments), arguments)


def _from_envvar(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The file of Python that a variable names."""
    name = arguments.get("variable_name", 0) or NONE
    path = machine.invoke(External("os.getenv"), arguments.at, name)
    there = machine.truth(path, arguments.at)
    if there is False:
        return FALSE
    given = Arguments((path,), {}, arguments.at, caller=arguments.caller)
    return _from_pyfile(machine, receiver, given)


def _update(machine: "Machine", receiver: Value, value: Value, arguments: Arguments) -> Value:
    machine.each(value, lambda one: _forwarded("update")(
        machine, receiver, Arguments((one,), {}, arguments.at)))  # fmt: skip
    return TRUE


def _take(machine: "Machine", made: Dict, value: Value, arguments: Arguments) -> Value:
    owners = [value]
    if isinstance(value, Class):
        owners = list(reversed(value.order))
    elif isinstance(value, Instance) and isinstance(value.cls, Class):
        owners = [*reversed(value.cls.order), value]
    for owner in owners:
        if not isinstance(owner, (Class, Instance, Module)):
            made.rest = Unknown("the configuration of the application", arguments.at)
            continue
        for key in list(owner.slots.values):
            if isinstance(key, str) and key.isupper():
                made.keys[key] = text(key)
                machine.state.write(made.slots, key, machine.attribute(value, key, arguments.at))
    return NONE


def _database(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    app = arguments.keywords.get("app")
    instance.slots.values["options"] = arguments.keywords.get("engine_options", NONE)
    if isinstance(app, Instance):
        _connect(machine, instance, app, arguments)


def _init_app(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    app = arguments.get("app", 0)
    if isinstance(app, Instance) and isinstance(receiver, Instance):
        _connect(machine, receiver, app, arguments)
    return NONE


def _connect(machine: "Machine", database: Instance, app: Instance, arguments: Arguments) -> None:
    """The extension makes an engine of the application's configuration, and one for each bind."""
    entries = _entries(app.slots.values.get("config", NONE))
    unknown = entries.rest or Unknown("the application's configuration", arguments.at)
    held, own = entries.slots.values, database.slots.values.get("options", NONE)
    url, binds = held.get(URL), held.get(BINDS)
    # an engine stands where the extension is made, whichever way it meets the application
    arguments = Arguments((), {}, database.at or arguments.at)
    new = at_least(machine.sources.project, "flask-sqlalchemy", (3,))
    old = _old(held, arguments, new=new)
    said = held.get(OPTIONS, NONE)
    weaker = [old, said, own] if new is False else [old, own]
    if url is not None or binds is None:
        options = weaker if new is False else [*weaker, said]
        _engine(machine, url or unknown, options, arguments)
    if isinstance(binds, Dict):
        for one in binds.slots.values.values():
            machine.each(one, lambda each: _bound(machine, each, weaker, arguments))
    elif binds is not None and not isinstance(binds, Constant):
        _engine(machine, Unknown("the binds of a configuration", arguments.at), [own], arguments)


def _old(held: Mapping[Hashable, Value], arguments: Arguments, *, new: bool | None) -> Value:
    """The options that single names of the configuration give, unless the release is ``new``."""
    if new:
        return NONE
    why = "it counts before Flask-SQLAlchemy 3 only, and no release is pinned"
    return Dict({
        option: held[name] if new is False else Unknown(f"{name}: {why}", arguments.at)
        for name, option in OLD.items() if name in held
    })  # fmt: skip


def _bound(machine: "Machine", given: Value, weaker: list[Value], arguments: Arguments) -> Value:
    """A bind is an address, or options with one in them."""
    if isinstance(given, Dict):
        _engine(machine, given.slots.values.get("url", NONE), [*weaker, given], arguments)
    else:
        _engine(machine, given, weaker, arguments)
    return NONE


def _engine(
    machine: "Machine", url: Value, options: list[Value], arguments: Arguments
) -> None:  # fmt: skip
    """An engine, for which each of the options beats those before."""
    values: dict[str, Value] = {"url": url}
    for one in options:
        if isinstance(one, Dict):
            values.update({str(key): value for key, value in one.slots.values.items()})
        elif not isinstance(one, Constant):
            values["**"] = Unknown("the application's configuration", arguments.at)
    machine.call(External("sqlalchemy.create_engine"), Arguments((), values, arguments.at, None))


TABLE = Table(
    classes={
        "flask.Flask": LibraryClass(("import_name",), recorded=True, build=_app,
                                    methods={"run": _run}),
        CONFIG: LibraryClass(methods={
            "__getitem__": _get, "__setitem__": _put, "from_object": _from_object,
            "get": _forwarded("get"), "update": _forwarded("update"),
            "from_mapping": _forwarded("update"),
            "setdefault": _forwarded("setdefault"), "from_pyfile": _from_pyfile,
            "from_prefixed_env": _from_prefixed_env, "from_file": _from_file,
            "from_envvar": _from_envvar,
        }),
        "flask_sqlalchemy.SQLAlchemy": LibraryClass(
            ("app",), build=_database, methods={"init_app": _init_app}),
    },
    connects=frozenset({"flask_sqlalchemy.SQLAlchemy"}),
)  # fmt: skip

"""Addresses as entries of Django's ``DATABASES``: dj-database-url's and django-environ's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from readiness.model.place import Place
from readiness.program import urls
from readiness.program.answers import Password, Piece, Url
from readiness.program.interpreter import reads
from readiness.program.models.standard.process_variables import literal_at, name_of
from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import (
    FALSE,
    NONE,
    Arguments,
    Constant,
    Dict,
    External,
    Part,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

ADDRESS = "\0address"
"""Where an address is not known, it stands in its entry whole."""
_PLAIN = "django.db.backends"
_POSTGRES = f"{_PLAIN}.postgresql"
_BOTH = {
    "postgres": _POSTGRES, "postgresql": _POSTGRES, "pgsql": _POSTGRES,
    "postgis": "django.contrib.gis.db.backends.postgis", "sqlite": f"{_PLAIN}.sqlite3",
    "mysql": f"{_PLAIN}.mysql", "mysql2": f"{_PLAIN}.mysql", "oracle": f"{_PLAIN}.oracle",
    "redshift": "django_redshift_backend",
}  # fmt: skip
_PASSED_ON = {"conn_max_age": Constant(0), "conn_health_checks": FALSE,
              "disable_server_side_cursors": FALSE}  # fmt: skip


class Form(Struct, frozen=True):
    """How a library writes an entry: its engines, the order of the parts, and what it adds."""

    engines: dict[str, str]
    order: tuple[str, ...]
    strict: bool


DJ = Form(
    {**_BOTH, "cockroach": "django_cockroachdb", "timescale": "timescale.db.backends.postgresql"},
    ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME"), strict=True,
)  # fmt: skip
ENVIRON = Form(
    {**_BOTH, "psql": _POSTGRES, "cockroachdb": "django_cockroachdb"},
    ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS", "ENGINE"), strict=False,
)  # fmt: skip


def _config(machine: "Machine", arguments: Arguments) -> Value:
    """``dj_database_url.config()``: the variable, else the default; neither gives ``{}``."""
    name = name_of(arguments.get("env", 0)) or "DATABASE_URL"
    default = arguments.get("default", 1) or NONE
    value = reads.optional(machine, name, arguments.at, default, literal_at(default))

    def one(found: Value) -> Value:
        if machine.truth(found, arguments.at) is False:
            return Dict()
        return _entry(machine, found, arguments, DJ)

    return machine.each(value, one)


def parsing(form: Form) -> FunctionModel:
    """``dj_database_url.parse(url, …)`` and what django-environ does of an address."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        value = arguments.get("url", 0) or NONE
        return machine.each(value, lambda one: _entry(machine, one, arguments, form))

    return run


def _entry(machine: "Machine", value: Value, arguments: Arguments, form: Form) -> Value:
    known = getattr(value, "known", None)
    if isinstance(value, Constant) and value.value is None:
        return Dict()
    if known == "sqlite://:memory:":
        return Dict({"ENGINE": text(f"{_PLAIN}.sqlite3"), "NAME": text(":memory:")},
                    {name: text(name) for name in ("ENGINE", "NAME")})  # fmt: skip
    if form.strict and known is not None and not _is_taken(known, form):
        raise machine.error("ValueError", "the address is not understood", arguments.at)
    url = urls.parse(value)
    made = Dict(trace=value.trace)
    made.at = arguments.at
    if url.dialect is None:
        made.slots.values[ADDRESS] = value
        reason = url.reason or "the address is not known"
        made.rest = Unknown(reason, arguments.at, value.trace)
    options = _options(machine, url.query, arguments, form)
    for key in form.order if url.dialect is not None else ():
        if key != "OPTIONS":
            _put(made, key, _part(machine, key, url, arguments, form))
        elif options.slots.values:
            _put(made, key, options)
    _add(made, options, arguments, form)
    return made


def _is_taken(address: str, form: Form) -> bool:
    """Whether the library takes an address: it knows the scheme, and the port is a number."""
    try:
        split = urlsplit(address)
        _ = split.port
    except ValueError:
        return False
    return split.scheme in form.engines


def _part(machine: "Machine", key: str, url: Url, arguments: Arguments, form: Form) -> Value:
    at = arguments.at
    host, port = _apart(url)
    if key == "ENGINE":
        return _engine(arguments, url.dialect or "", form)
    if key == "PORT":
        return _number(machine, port, at)
    if key == "NAME" and url.dialect == "sqlite" and not url.database.text:
        return text(":memory:")
    parts: dict[str, Piece | Password] = {
        "NAME": url.database,
        "USER": url.user,
        "HOST": host,
        "PASSWORD": url.password,
    }
    return _value_of(parts[key], at)


def _apart(url: Url) -> tuple[Piece, Piece]:
    """Several hosts and their ports are two lists."""
    said = url.host.text or ""
    if "," not in said or ":" not in said:
        return url.host, url.port
    pairs = [one.partition(":") for one in said.split(",")]
    ports = ",".join(port for _, _, port in pairs if port)
    return (replace(url.host, text=",".join(name for name, _, _ in pairs)),
            replace(url.host, text=ports))  # fmt: skip


def _add(made: Dict, options: Dict, arguments: Arguments, form: Form) -> None:
    """What dj-database-url puts in besides, each time that it is called."""
    if options.slots.values or options.rest is not None or made.rest is not None:
        _put(made, "OPTIONS", options)
    if not form.strict:
        return
    for name, default in _PASSED_ON.items():
        _put(made, name.upper(), arguments.keywords.get(name, default))
    test = arguments.keywords.get("test_options", NONE)
    if not (isinstance(test, Constant) and test.value is None):
        _put(made, "TEST", test)


def _engine(arguments: Arguments, dialect: str, form: Form) -> Value:
    given = arguments.keywords.get("engine", NONE)
    if isinstance(given, Constant) and not given.value:
        return text(form.engines.get(dialect, dialect))
    known = getattr(given, "known", None)
    return text(form.engines[known]) if known in form.engines and not form.strict else given


def _options(
    machine: "Machine", query: Mapping[str, Piece], arguments: Arguments, form: Form
) -> Dict:
    options = Dict()
    for key, piece in query.items():
        value = _value_of(piece, arguments.at)
        known = getattr(value, "known", None)
        if known == "":
            continue  # parse_qs leaves out what is empty
        if known is not None and known.isdecimal():
            value = machine.invoke(External("builtins.int"), arguments.at, value)
        elif known is not None and known.lower() in {"true", "false"} and form.strict:
            value = Constant(known.lower() == "true", value.trace)
        _put(options, key, value)
    demand = arguments.keywords.get("ssl_require")
    truth = machine.truth(demand, arguments.at) if demand is not None else False
    if truth:
        _put(options, "sslmode", Text((Part("require", arguments.at, literal=True),)))
    elif truth is None:
        options.rest = Unknown("whether TLS is required", arguments.at)
    return options


def _put(made: Dict, key: str, value: Value) -> None:
    made.slots.values[key] = value
    made.keys[key] = text(key)


def _number(machine: "Machine", piece: Piece, at: Place) -> Value:
    value = _value_of(piece, at)
    known = getattr(value, "known", None)
    return value if not (known or "").isdecimal() else machine.invoke(
        External("builtins.int"), at, value)  # fmt: skip


def _value_of(piece: Piece | Password, at: Place) -> Value:
    content = piece.value.reveal() if isinstance(piece, Password) and piece.value else getattr(
        piece, "text", None)  # fmt: skip
    if not piece.known:
        return Unknown(piece.reason, at)
    if content is None:
        return text("")
    variable = piece.variables[0] if piece.variables else None
    place = piece.places[0] if piece.places else at
    return Text((Part(content, place, variable, piece.literal),))


TABLE = Table(
    functions={
        "dj_database_url.config": _config, "dj_database_url.parse": parsing(DJ),
        "environ.Env.db_url_config": parsing(ENVIRON),
    },
)  # fmt: skip

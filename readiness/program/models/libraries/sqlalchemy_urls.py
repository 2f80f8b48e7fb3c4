"""SQLAlchemy's URL objects: made of parts or of a text, read, and changed."""

import urllib.parse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter import equalities
from readiness.program.models.libraries.sqlalchemy_parts import (
    NAMES,
    gathered,
    is_no_address,
    several,
    taken_apart,
)
from readiness.program.models.libraries.sqlalchemy_texts import is_none, rendered
from readiness.program.models.table import AttributeModel, LibraryClass, Table
from readiness.program.urls import LOST, MORE, TEXT
from readiness.program.values import (
    NONE,
    Arguments,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

URL = "sqlalchemy.engine.URL"
_DRIVERS = {"sqlite": "pysqlite", "mysql": "mysqldb"}


def _create(machine: "Machine", arguments: Arguments) -> Value:
    """``URL.create``: an URL by its parts."""
    instance = Instance(External(URL), None, arguments.at)
    for index, name in enumerate(NAMES):
        instance.slots.values[name] = arguments.get(name, index) or NONE
    held = instance.slots.values
    held["query"] = _own_query(held["query"])
    if isinstance(held["port"], Text):
        held["port"] = machine.invoke(External("builtins.int"), arguments.at, held["port"])
    return instance


def _own_query(given: Value) -> Value:
    """The query of an URL is a copy, which no later change of the mapping reaches."""
    if is_none(given):
        return Dict()
    if not isinstance(given, Dict):
        return given
    entries = {key: _fixed(one) for key, one in given.slots.values.items()}
    return Dict(entries, given.keys, given.trace, given.rest)


def _fixed(value: Value) -> Value:
    """Several values of one name are kept as a tuple."""
    items = value.slots.values.get("items") if isinstance(value, List) else None
    return Tuple(items.items, value.trace) if isinstance(items, Tuple) else value


def make_url(machine: "Machine", arguments: Arguments) -> Value:
    """``make_url``: an URL of a text."""
    given = arguments.get("name_or_url", 0) or NONE

    def one(value: Value) -> Value:
        if not isinstance(value, Text):
            return value
        return Instance(External(URL), {TEXT: value}, arguments.at, value.trace)

    return machine.each(given, one)


def _strict(machine: "Machine", arguments: Arguments) -> Value:
    """``make_url`` as code calls it: what is no address ends it."""
    at = arguments.at

    def one(value: Value) -> Value:
        if isinstance(value, Text) and is_no_address(value):
            raise machine.error("sqlalchemy.exc.ArgumentError", "the text is no address", at)
        return make_url(machine, Arguments((value,), {}, at))

    return machine.each(arguments.get("name_or_url", 0) or NONE, one)


def _opened(machine: "Machine", receiver: Value, at: Place) -> dict[str, Value]:
    """The parts of an URL; those of a text that is not known stay together."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = {str(key): value for key, value in receiver.slots.values.items()}
    whole = held.get(TEXT)
    if set(held) != {TEXT} or not isinstance(whole, Text):
        return held
    found = taken_apart(machine, whole, at)
    return held if found is None else found


def _of(name: str) -> AttributeModel:
    """A part of an URL that is kept as a text."""

    def run(machine: "Machine", value: Instance, at: Place) -> Value:
        held = value.slots.values
        whole = held.get(TEXT)
        changed = LOST in held or (name == "query" and MORE in held)
        found = None if changed or not isinstance(whole, Text) else taken_apart(machine, whole, at)
        if found is None:
            return Unknown(f"the {name} of an address that is not known", at, value.trace)
        return found[name]

    return run


def _made(held: dict[str, Value], receiver: Value, at: Place) -> Instance:
    cls = receiver.cls if isinstance(receiver, Instance) else External(URL)
    return Instance(cls, held, at, receiver.trace)


def _changed(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.set(…)``: what is None stays as it was."""
    return _with(machine, receiver, arguments, lambda name, old, new: machine.each(
        new, lambda one: old if is_none(one) else _kept(name, one)))  # fmt: skip


def _replaced(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url._replace(…)``, which also takes parts away."""
    return _with(machine, receiver, arguments, lambda name, old, new: _kept(name, new))


def _kept(name: str, value: Value) -> Value:
    return _own_query(value) if name == "query" else value


def _with(machine: "Machine", receiver: Value, arguments: Arguments, way: Any) -> Value:
    held = _opened(machine, receiver, arguments.at)
    changes: dict[str, Value] = {}
    for name, new in arguments.keywords.items():
        old = held.get(name)
        if old is None and TEXT in held and is_none(new):
            continue  # the text keeps what it says
        changes[name] = way(name, NONE if old is None else old, new)
    if "query" in changes:
        changes[MORE] = NONE
    if arguments.open is not None:
        changes[LOST] = arguments.open
    made = {**held, **changes}
    if TEXT not in made:
        made.pop(MORE, None)
    return _made(made, receiver, arguments.at) if changes else receiver


def replaced(machine: "Machine", url: Value, changes: Mapping[str, Value], at: Place) -> Value:
    """An URL of which parts are others."""
    return _made({**_opened(machine, url, at), **changes}, url, at) if changes else url


def _appends(machine: "Machine", arguments: Arguments) -> bool | None:
    append = arguments.get("append", 1)
    return False if append is None else machine.truth(append, arguments.at)


def _with_dict(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_dict(…)``."""
    given = arguments.get("query_parameters", 0) or NONE
    entries = machine.invoke(External("builtins.dict"), arguments.at, given)
    known = isinstance(entries, Dict) and entries.rest is None
    added = dict(entries.slots.values) if known and isinstance(entries, Dict) else None
    return updated(machine, receiver, added, arguments.at, append=_appends(machine, arguments))


def _with_pairs(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_pairs(…)``."""
    found = machine.iterate(arguments.get("key_value_pairs", 0) or NONE, arguments.at)
    pairs = [_pair(one) for one in found] if isinstance(found, list) else [None]
    kept = [one for one in pairs if one is not None]
    added = gathered(kept).slots.values if len(kept) == len(pairs) else None
    return updated(machine, receiver, added, arguments.at, append=_appends(machine, arguments))


def _pair(value: Value) -> tuple[str, Value] | None:
    if not isinstance(value, Tuple) or len(value.items) != 2:  # noqa: PLR2004 - a pair
        return None
    name = getattr(value.items[0], "known", None)
    return None if name is None else (name, value.items[1])


def _with_text(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.update_query_string("sslmode=require")``."""
    given = arguments.get("query_string", 0)
    added = None
    if isinstance(given, Text) and given.known is not None:
        pairs: list[tuple[str, Value]] = [
            (name, text(one, arguments.at)) for name, one in urllib.parse.parse_qsl(given.known)
        ]
        added = gathered(pairs).slots.values
    return updated(machine, receiver, added, arguments.at, append=_appends(machine, arguments))


def updated(
    machine: "Machine", receiver: Value, added: "Mapping[Any, Value] | None", at: Place,
    *, append: bool | None = False,
) -> Value:  # fmt: skip
    """An URL with more in its query, or with less where that is None."""
    held = _opened(machine, receiver, at)
    name = MORE if TEXT in held else "query"
    before = held.get(name)
    lost = added is None or append is None or (append and name == MORE)
    if lost or (isinstance(before, Dict) and before.rest is not None) or added is None:
        return _made({**held, LOST: Unknown("the query of an URL", at)}, receiver, at)
    old = before.slots.values if isinstance(before, Dict) else {}
    if append:
        added = {key: Tuple((*several(old[key]), *several(one))) if key in old else one
                 for key, one in added.items()}  # fmt: skip
    entries = {**old, **{key: _fixed(one) for key, one in added.items()}}
    if name == "query":
        entries = {key: one for key, one in entries.items() if not is_none(one)}
    return _made({**held, name: Dict(entries, {key: text(str(key)) for key in entries})},
                 receiver, at)  # fmt: skip


def _without(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.difference_update_query(names)``."""
    found = machine.iterate(arguments.get("names", 0) or Tuple(()), arguments.at)
    names = [getattr(one, "known", None) for one in found] if isinstance(found, list) else [None]
    if None in names:
        return updated(machine, receiver, None, arguments.at)
    gone = dict.fromkeys(map(str, names), NONE)
    held = _opened(machine, receiver, arguments.at).get("query")
    if isinstance(held, Dict) and held.rest is None and not gone.keys() & held.slots.values.keys():
        return receiver
    return updated(machine, receiver, gone, arguments.at)


def _items(machine: "Machine", receiver: Value, at: Place) -> Value:
    """An URL is a named tuple of its parts."""
    return Tuple(tuple(machine.attribute(receiver, name, at) for name in NAMES))


def _walked(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    return _items(machine, receiver, arguments.at)


def _equal(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    other, at = arguments.get("other", 0) or NONE, arguments.at

    def one(value: Value) -> Value:
        alike = isinstance(value, Instance) and value.cls == External(URL)
        other = _items(machine, value, at) if alike else value
        return equalities.equality(
            machine, _items(machine, receiver, at), other, at, "addresses are equal"
        )

    return machine.each(other, one)


def _half(index: int) -> Any:
    """The backend or the driver, which stand before and after the ``+``."""

    def one(name: Value, at: Place) -> Value:
        known = getattr(name, "known", None)
        if known is None:
            return Unknown("the name of a driver", at, name.trace)
        backend, _, driver = known.partition("+")
        halves = backend, driver or _DRIVERS.get(backend)
        found = halves[index]
        return Unknown("the driver of a dialect", at) if found is None else text(found)

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        name = machine.attribute(receiver, "drivername", arguments.at)
        return machine.each(name, lambda value: one(value, arguments.at))

    return run


def _translated(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``url.translate_connect_args(username="user")``: what is there, under the driver's names."""
    at, entries = arguments.at, {}
    if arguments.positional or arguments.open is not None:
        return Unknown("the words of an address", at, receiver.trace)
    for name in ("host", "database", "username", "password", "port"):
        value = machine.attribute(receiver, name, at)
        there = machine.truth(value, at)
        if there is None and not isinstance(value, Text):
            return Unknown("the words of an address", at, receiver.trace)
        key = arguments.keywords.get(name, text(name))
        if name == "password" and there is not False:
            value = machine.invoke(External("builtins.str"), at, value)
        if there is not False and not is_none(key):
            entries[getattr(key, "known", None) or name] = value
    return Dict(entries, {key: text(key) for key in entries})


def _normal(machine: "Machine", value: Instance, at: Place) -> Value:
    """``url.normalized_query``: each name with all its values."""
    query = machine.attribute(value, "query", at)
    if not isinstance(query, Dict) or query.rest is not None:
        return Unknown("the query of an address", at, value.trace)
    entries: dict[Any, Value] = {
        key: Tuple(several(one)) for key, one in query.slots.values.items()
    }
    return Dict(entries, query.keys)


TABLE = Table(
    functions={"sqlalchemy.engine.URL.create": _create, "sqlalchemy.make_url": _strict},
    classes={URL: LibraryClass(methods={
        "render_as_string": rendered, "__str__": rendered, "__to_string__": rendered,
        "set": _changed, "_replace": _replaced,
        "update_query_dict": _with_dict, "update_query_pairs": _with_pairs,
        "update_query_string": _with_text, "difference_update_query": _without,
        "get_backend_name": _half(0), "get_driver_name": _half(1),
        "translate_connect_args": _translated, "__eq__": _equal, "__iter__": _walked,
    }, attributes={**{name: _of(name) for name in NAMES}, "normalized_query": _normal})},
)  # fmt: skip

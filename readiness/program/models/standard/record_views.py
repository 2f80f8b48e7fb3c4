"""Objects of dataclasses seen otherwise: as texts, as dictionaries, as changed copies."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.python.record_fields import (
    FIELD,
    attribute_of,
    fields_of,
    given_only,
    left_out,
)
from readiness.program.models.python.signatures import defers
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def show(cls: Class) -> None:
    """The generated ``__repr__``, unless the class has one of its own."""
    names = [
        name
        for name, home in fields_of(cls).items()
        if not left_out(attribute_of(cls, name), "repr") and not given_only(home, name)
    ]
    if "__repr__" not in cls.slots.values:
        cls.slots.values["__repr__"] = Wrapped("method", Host("__repr__", representation(names)))


def representation(names: list[str]) -> FunctionModel:
    """A ``__repr__`` that shows the class and these attributes of an object."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        receiver, at = arguments.positional[0], arguments.at
        if not isinstance(receiver, Instance) or not isinstance(receiver.cls, Class):
            return Unknown("how an object is shown", at)
        pieces: list[Value] = [text(f"{receiver.cls.traits.get('qualified')}(")]
        for index, name in enumerate(names):
            value = machine.attribute(receiver, name, at)
            pieces += [text(f"{', ' if index else ''}{name}="),
                       machine.invoke(External("builtins.repr"), at, value)]  # fmt: skip
        return concatenated(machine, [*pieces, text(")")], at)

    return run


def _fields(machine: "Machine", arguments: Arguments) -> Value:
    """``dataclasses.fields``: what is known of each is its name and what is noted on it."""
    held = arguments.positional[0] if arguments.positional else NONE
    cls = held.cls if isinstance(held, Instance) else held
    if not isinstance(cls, Class) or cls.traits.get("match") is None:
        return Unknown("the fields of a class", arguments.at)
    homes = {name: home for name, home in fields_of(cls).items() if not given_only(home, name)}
    return Tuple(tuple(_told(cls, name, home) for name, home in homes.items()))


SHOWN = "dataclasses._ShownField"
_ABSENT = External("dataclasses.MISSING")


def _told(cls: Class, name: str, home: Class) -> Instance:
    """What a class says of one of its fields; its type is asked for later, if at all."""
    said = attribute_of(cls, name)
    held: dict[str, Value] = {"name": text(name), "metadata": _noted(cls, name)}
    if isinstance(said, Instance) and said.cls == External(FIELD):
        own = said.slots.values
        factory = own.get("default_factory", own.get("factory", _ABSENT))
        held |= {"default": own.get("default", _ABSENT), "default_factory": factory}
    else:
        held |= {"default": _ABSENT if said is None else said, "default_factory": _ABSENT}
    made = Instance(External(SHOWN), held)
    made.data = (name, home)
    return made


def _type(machine: "Machine", field: Instance, at: Place) -> Value:
    """``field.type``: what stands there, as a text where it is one."""
    name, home = field.data
    frame = machine.frames.get(home.at.path)
    tree = machine.sources.tree(home.at.path)
    if frame is None or tree is None:
        return Unknown("the type of a field", at)
    node = home.fields[name]
    return text(ast.unparse(node)) if defers(tree) else machine.evaluate(node, frame)


def _noted(cls: Class, name: str) -> Value:
    field = attribute_of(cls, name)
    found = field.slots.values.get("metadata") if isinstance(field, Instance) else None
    return Dict() if found is None else found


def _is_record(machine: "Machine", arguments: Arguments) -> Value:
    """``dataclasses.is_dataclass``."""
    held = arguments.positional[0] if arguments.positional else NONE
    cls = held.cls if isinstance(held, Instance) else held
    if isinstance(cls, (Unknown, Choice)):
        return Unknown("whether it is a dataclass", arguments.at)
    order = cls.order if isinstance(cls, Class) else ()
    return Constant(any("compared" in one.traits for one in order if isinstance(one, Class)))


DEEPEST = 20


def _asdict(machine: "Machine", arguments: Arguments) -> Value:
    """The fields, those of the objects in them too."""
    value = arguments.positional[0] if arguments.positional else NONE
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return Unknown("an object as a dictionary", arguments.at)
    if arguments.keywords:
        return Unknown("an object as a dictionary of a kind of its own", arguments.at)
    return machine.each(value, lambda one: _as_plain(machine, one, DEEPEST))


def _astuple(machine: "Machine", arguments: Arguments) -> Value:
    """The values of the fields, those of the objects in them too."""
    value = arguments.positional[0] if arguments.positional else NONE
    if arguments.keywords or not isinstance(value, (Instance, Choice)):
        return Unknown("an object as a tuple", arguments.at)
    return machine.each(value, lambda one: _as_plain(machine, one, DEEPEST, named=False))


def _as_plain(machine: "Machine", value: Value, left: int, *, named: bool = True) -> Value:
    def inner(one: Value) -> Value:
        return mapped(one, lambda each: _as_plain(machine, each, left - 1, named=named))

    machine.limits.step()
    if left < 0:
        return Unknown("a part of an object that nests too deeply")
    match value:
        case Instance(cls=Class() as cls) if cls.traits.get("match") is not None:
            held = {name: inner(value.slots.values.get(name, MISSING)) for name in fields_of(cls)}
            words = {name: text(name) for name in held}
            return Dict(held, words) if named else Tuple(tuple(held.values()))
        case Tuple():
            return Tuple(tuple(map(inner, value.items)), value.trace)
        case List(kind="list"):
            made = List((), value.trace)
            made.slots.values["items"] = inner(value.slots.values["items"])
            return made
        case Dict(kind="dict", rest=None):
            entries = {key: inner(one) for key, one in value.slots.values.items()}
            return Dict(entries, dict(value.keys), value.trace)
    return value


def _replace(machine: "Machine", arguments: Arguments) -> Value:
    old = arguments.positional[0] if arguments.positional else NONE
    if not isinstance(old, Instance):
        return Unknown("a copy of an object", arguments.at)
    made = Instance(old.cls, dict(old.slots.values), arguments.at)
    homes = fields_of(old.cls) if isinstance(old.cls, Class) else {}
    handed = []
    for name, value in arguments.keywords.items():
        if name in homes and given_only(homes[name], name):
            handed.append(value)
        else:
            machine.state.write(made.slots, name, value)
    hook = machine.library.find_method(machine, made, "__post_init__", arguments.at)
    if hook is not None:
        machine.invoke(hook, arguments.at, *handed)
    return made


TABLE = Table(functions={
    "dataclasses.fields": _fields, "dataclasses.is_dataclass": _is_record,
    "dataclasses.asdict": _asdict,
    "dataclasses.astuple": _astuple, "attrs.asdict": _asdict,
    "dataclasses.replace": _replace, "copy.replace": _replace, "attrs.evolve": _replace,
    "attr.evolve": _replace,
}, classes={SHOWN: LibraryClass(attributes={"type": _type})},
    values={_ABSENT.name: lambda m: _ABSENT})  # fmt: skip

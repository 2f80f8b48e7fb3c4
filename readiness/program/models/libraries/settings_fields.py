"""The fields of a pydantic model: defaults, other names, and what fills them."""

import ast
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.models.libraries.settings_aliases import aliases_of, reached, steps_of
from readiness.program.models.libraries.settings_ordered import Ordered
from readiness.program.models.libraries.settings_types import OF_MODELS
from readiness.program.models.libraries.settings_values import Wanted, secret_of
from readiness.program.models.python.record_fields import fields_of
from readiness.program.values import (
    MISSING,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
    from readiness.program.models.libraries.settings_sources import Sources


FIELD = "pydantic.fields.FieldInfo"
CONSTRAINTS = "pydantic.StringConstraints"
PRIVATE = "pydantic.fields.ModelPrivateAttr"


def info_of(home: Class, name: str) -> tuple[Value | None, dict[str, Value]]:
    """The default of a field, and what ``Field(…)`` says besides."""
    found = inheritance.find(home, name)
    default = found[0] if found is not None and isinstance(found[1], Class) else None
    details: dict[str, Value] = {}
    if isinstance(default, Instance) and default.cls == External(FIELD):
        details = {str(key): value for key, value in default.slots.values.items()}
        default = details.get("default")
        if isinstance(default, Constant) and default.value is Ellipsis:
            del details["default"]
            default = None
    return default, details


class Field(Struct, frozen=True):
    """A field of a model: its name, the class that has it, and what ``Field(…)`` says of it."""

    name: str
    home: Class
    details: dict[str, Value]
    config: dict[str, Value]

    @property
    def annotation(self) -> ast.expr:
        """The type that it asks for."""
        return self.home.fields[self.name]

    @property
    def wanted(self) -> Wanted:
        """What it asks of its value."""
        told = {name: self.config[name] for name in OF_MODELS if name in self.config}
        return Wanted(self.annotation, self.home, {**told, **self.details})

    @property
    def default(self) -> Value | None:
        """Its default, where that is no function."""
        return self.details.get("default")

    @property
    def required(self) -> bool:
        """Whether something has to fill it."""
        return self.default is None and "default_factory" not in self.details

    @property
    def names(self) -> list[str]:
        """The names under which the constructor takes it: its own only if it has no other."""
        others = aliases_of(self.details)
        both = any(getattr(self.config.get(key), "value", False) for key in _BOTH)
        return [*others, self.name] if both or not others else others


_BOTH = ("populate_by_name", "allow_population_by_field_name", "validate_by_name")


def fields_told(machine: "Machine", cls: Class, config: dict[str, Value]) -> list[Field]:
    """The fields of a model, in order, with all that is said of them."""
    homes = {name: home for name, home in fields_of(cls).items()
             if name != "model_config" and not name.startswith("_")}  # fmt: skip
    return [Field(name, home, _details_of(machine, home, name), config)
            for name, home in homes.items()]  # fmt: skip


def private_of(cls: Class) -> dict[str, Value]:
    """The private attributes of a model that have a default: names that begin with ``_``."""
    found: dict[str, Value] = {}
    for owner in reversed([one for one in cls.order if isinstance(one, Class)]):
        for name, value in owner.slots.values.items():
            said = isinstance(value, Instance) and value.cls == External(PRIVATE)
            plain = isinstance(value, (Constant, Text, Tuple, List, Dict))
            spelled = isinstance(name, str) and name[:1] == "_" and not name.startswith("__")
            if spelled and (said or plain):
                found[str(name)] = value
    return found


def own_private(machine: "Machine", value: Value, at: Place) -> Value | None:
    """What a private attribute of a new object has; None where nothing says that."""
    if not isinstance(value, Instance) or value.cls != External(PRIVATE):
        return _copy_of(value)
    factory, default = (value.slots.values.get(key) for key in ("default_factory", "default"))
    if factory is not None:
        return machine.invoke(factory, at)
    return None if default is None else _copy_of(default)


def _copy_of(value: Value) -> Value:
    return _own_default(value, ast.Constant(None), Place(""))


def _details_of(machine: "Machine", home: Class, name: str) -> dict[str, Value]:
    default, details = info_of(home, name)
    found = {**annotated_details(machine, home, name), **details}
    if isinstance(one := found.get("default"), Constant) and one.value is Ellipsis:
        del found["default"]
    return found if default is None else {**found, "default": default}


def value_of(
    machine: "Machine", field: Field, given: dict[str, Value],
    reader: "Sources | Ordered | None", arguments: Arguments,
) -> tuple[Value, bool]:  # fmt: skip
    """What fills a field, and whether it is validated: given, from the sources, its default."""
    default = partial(_default, machine, field, arguments)
    if isinstance(reader, Ordered):
        return reader.fill(field, given, default), True
    for key in field.names:
        held = reached(
            machine, given.get(key, MISSING), steps_of(field.details, key), arguments.at
        )
        if held is not MISSING:
            return held, True
    if reader is not None:
        return reader.read(field, default), True
    return default(), field.required


def _default(machine: "Machine", field: Field, arguments: Arguments) -> Value:
    """What a field has that nothing fills; raises where it is required."""
    if field.default is not None:
        return _own_default(field.default, field.annotation, arguments.at)
    if not field.required:
        return machine.invoke(field.details["default_factory"], arguments.at)
    if arguments.open is not None:
        return arguments.open
    message = f"the field {field.name} is required"
    raise machine.error("pydantic.ValidationError", message, arguments.at)


def _own_default(default: Value, annotation: ast.expr, at: Place) -> Value:
    """A default; one that can be changed is copied for each object."""
    if isinstance(default, List):
        made = List((), default.trace, default.kind)
        made.slots.values.update(default.slots.values)
        return made
    if isinstance(default, Dict) and default.kind == "dict":
        return Dict(default.slots.values, default.keys, default.trace, default.rest)
    secret = "SecretStr" in ast.unparse(annotation) and isinstance(default, Text)
    return secret_of(default, at) if secret else default


def annotated_details(machine: "Machine", home: Class, name: str) -> dict[str, Value]:
    """What ``Annotated[str, Field(…), StringConstraints(…)]`` and ``constr(…)`` say."""
    found: dict[str, Value] = {}
    for value in annotated(machine, home, name):
        if isinstance(value, Instance) and value.cls in {External(FIELD), External(CONSTRAINTS)}:
            found |= {str(key): item for key, item in value.slots.values.items()}
    return found


def annotated(machine: "Machine", home: Class, name: str) -> list[Value]:
    """What stands beside the type of a field in ``Annotated``, or makes that type."""
    node = home.fields[name]
    frame = home.traits.get("frame") or machine.frames.get(home.at.path)
    inner: list[ast.expr] = [node] if isinstance(node, ast.Call) else []
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Annotated"):
        inner = node.slice.elts[1:] if isinstance(node.slice, ast.Tuple) else []
    return [] if frame is None else [machine.evaluate(one, frame) for one in inner]

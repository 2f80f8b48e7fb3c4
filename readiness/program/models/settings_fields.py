# ruff: noqa: ARG001 - all models of a kind take the same arguments
"""The fields of a pydantic model: defaults, other names, and what fills them."""

import ast
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import classes
from readiness.program.models.settings_values import (
    convert,
    secret_of,
)
from readiness.program.values import (
    Arguments,
    Class,
    Constant,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
    from readiness.program.models.settings_sources import Sources


FIELD = "pydantic.fields.FieldInfo"


def info_of(home: Class, name: str) -> tuple[Value | None, dict[str, Value]]:
    """The default of a field, and what ``Field(…)`` says besides."""
    found = classes.find(home, name)
    default = found[0] if found is not None and isinstance(found[1], Class) else None
    details: dict[str, Value] = {}
    if isinstance(default, Instance) and default.cls == External(FIELD):
        details = {str(key): value for key, value in default.slots.values.items()}
        default = details.get("default")
        if isinstance(default, Constant) and default.value is Ellipsis:
            del details["default"]
            default = None
    return default, details


def value_of(  # noqa: PLR0917 - a field, and everything that may fill it
    machine: "Machine", home: Class, name: str, given: dict[str, Value],
    reader: "Sources | None", arguments: Arguments,
) -> Value:  # fmt: skip
    """The value of a field: as it is given, from the sources, or its default."""
    default, details = info_of(home, name)
    details = {**annotated_details(machine, home, name), **details}
    if isinstance(one := details.get("default"), Constant) and one.value is Ellipsis:
        del details["default"]
    if default is None and "default" in details:
        default = details["default"]
    annotation = home.fields[name]
    for key in (*aliases_of(details), name):
        if key in given:
            return convert(machine, given[key], annotation, home, arguments.at)
    if reader is not None:
        found = reader.read(name, details, required=default is None
                            and "default_factory" not in details, default=default,
                            annotation=annotation, home=home)  # fmt: skip
        if found is not None:
            return found
    if default is not None:
        return _own_default(machine, default, annotation, home, arguments.at)
    if "default_factory" in details:
        return machine.invoke(details["default_factory"], arguments.at)
    if arguments.open is not None:
        return arguments.open
    raise machine.error("pydantic.ValidationError", f"the field {name} is required", arguments.at)


def _own_default(
    machine: "Machine", default: Value, annotation: ast.expr, home: Class, at: Place
) -> Value:
    secret = "SecretStr" in ast.unparse(annotation) and isinstance(default, Text)
    _ = home
    return secret_of(default, at) if secret else default


def annotated_details(machine: "Machine", home: Class, name: str) -> dict[str, Value]:
    """What ``Annotated[str, Field(…)]`` says."""
    node = home.fields[name]
    if not isinstance(node, ast.Subscript) or not ast.unparse(node.value).endswith("Annotated"):
        return {}
    frame = home.traits.get("frame") or machine.frames.get(home.at.path)
    inner = node.slice.elts[1:] if isinstance(node.slice, ast.Tuple) else []
    for one in inner:
        if isinstance(one, ast.Call) and frame is not None:
            value = machine.evaluate(one, frame)
            if isinstance(value, Instance) and value.cls == External(FIELD):
                return {str(key): item for key, item in value.slots.values.items()}
    return {}


def aliases_of(details: dict[str, Value]) -> list[str]:
    """The other names of a field."""
    found: list[str] = []
    for key in ("validation_alias", "alias", "env"):
        value = details.get(key)
        if isinstance(value, Text) and value.known is not None:
            found.append(value.known)
        elif isinstance(value, Tuple):
            found += [item.known for item in value.items if isinstance(item, Text) and item.known]
        elif isinstance(value, List) and isinstance(value.slots.values["items"], Tuple):
            items = value.slots.values["items"].items
            found += [item.known for item in items if isinstance(item, Text) and item.known]
    return found


def is_given_otherwise(home: Class, name: str, given: dict[str, Value]) -> bool:
    """Whether a field that has another name outside is given under it."""
    default = home.slots.values.get(name)
    held = default.slots.values if isinstance(default, Instance) else {}
    aliases = (getattr(held.get(key), "known", None) for key in ("alias", "validation_alias"))
    return any(alias in given for alias in aliases)

"""Texts as the types that the annotations of pydantic's fields ask for."""

import ast
import json
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted, parts_of
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Dict,
    External,
    Instance,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


SECRET = "pydantic.SecretStr"  # noqa: S105 - the name of a class
TRUTHS = {"1": True, "true": True, "t": True, "yes": True, "y": True, "on": True,
          "0": False, "false": False, "f": False, "no": False, "n": False, "off": False}  # fmt: skip  # noqa: E501 - a table


def traits_of(cls: Class) -> set[str]:
    """What the class and its bases of the code are marked with."""
    return {key for one in cls.order if isinstance(one, Class) for key in one.traits}


def class_of(machine: "Machine", annotation: ast.expr, home: Class) -> Class | None:
    """The class of the code that an annotation names."""
    if isinstance(annotation, ast.BinOp):
        return class_of(machine, annotation.left, home)
    frame = machine.frames.get(home.at.path)
    name = ast.unparse(annotation)
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        name = annotation.value
    name = name.removeprefix("Optional[").removesuffix("]")
    value = frame.find(name) if frame is not None else None
    return value if isinstance(value, Class) else None


def convert(
    machine: "Machine", value: Value, annotation: ast.expr, home: Class, at: Place
) -> Value:
    """A text as the type that the annotation asks for."""
    shown = ast.unparse(annotation)
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        shown = annotation.value
    if "Annotated[" in shown:
        shown = shown.partition("Annotated[")[2].partition(",")[0]
    if "SecretStr" in shown and isinstance(value, Text):
        return secret_of(value, at)
    inner = class_of(machine, annotation, home)
    if inner is not None and "members" in inner.traits:
        return machine.invoke(inner, at, value)
    if inner is not None and isinstance(value, Dict) and "generated" in traits_of(inner):
        keywords = {str(key): item for key, item in value.slots.values.items()}
        return machine.call(inner, Arguments((), keywords, at, value.rest))
    if shown.startswith(("Literal", "typing.Literal")):
        machine.variables.note_keys(value, [text(node.value) for node in ast.walk(annotation)
                                            if isinstance(node, ast.Constant)
                                            and isinstance(node.value, str)])  # fmt: skip
    if isinstance(value, Unknown):
        machine.may_fail("reading a setting", at, machine.exception(
            "pydantic.ValidationError", "a value of the wrong type", at))  # fmt: skip
    if not isinstance(value, Text):
        return value
    return _converted(machine, value, shown, at)


def refuse_others(machine: "Machine", value: Value, annotation: ast.expr, at: Place) -> None:
    """A text that is none of a ``Literal`` is refused."""
    if not ast.unparse(annotation).startswith(("Literal[", "typing.Literal[")):
        return
    words = {node.value for node in ast.walk(annotation) if isinstance(node, ast.Constant)}
    known = value.known if isinstance(value, Text) else None
    if isinstance(annotation, ast.Subscript) and known is not None and known not in words:
        raise machine.error("pydantic.ValidationError", "it is none of the literals", at,
                            value.trace)  # fmt: skip


def _converted(machine: "Machine", value: Text, shown: str, at: Place) -> Value:
    words = {word.strip() for word in shown.replace("|", ",").replace("Optional[", ",")
             .replace("]", "").split(",")}  # fmt: skip
    if "str" in words or (not words & {"bool", "int", "float"} and not shown.startswith(
            ("list", "List", "dict", "Dict", "set", "tuple"))):  # fmt: skip
        return value
    if value.known is None:
        machine.may_fail("reading a setting", at, machine.exception(
            "pydantic.ValidationError", "a value of the wrong type", at))  # fmt: skip
        names = ", ".join(sorted({p.variable for p in value.parts if p.variable}))
        return Unknown(f"{names or 'a value'} is set by the platform", at, value.trace)
    try:
        return lifted(_python(value.known, words, shown), value.trace, parts_of(value))
    except (ValueError, KeyError):
        raise machine.error("pydantic.ValidationError", "a value of the wrong type", at,
                            value.trace) from None  # fmt: skip


def _python(known: str, words: set[str], shown: str) -> Any:
    if "bool" in words:
        return TRUTHS[known.lower()]
    if "int" in words:
        return int(known)
    if "float" in words:
        return float(known)
    _ = shown
    return json.loads(known)


def secret_of(value: Value, at: Place) -> Value:
    """A value that is shown as stars only."""
    return Instance(External(SECRET), {"secret": value}, at, value.trace)


def reveal(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``secret.get_secret_value()``."""
    _ = machine, arguments
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    return receiver.slots.values.get("secret", NONE)


def make_secret(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """``SecretStr(…)``."""
    _ = machine
    instance.slots.values["secret"] = arguments.keywords.get("secret_value", NONE)

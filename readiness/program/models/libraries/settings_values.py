"""Values as the types that the annotations of pydantic's fields ask for."""

import ast
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.model.place import Place
from readiness.program.interpreter.outcomes import Raised
from readiness.program.interpreter.plain import NotPlain, lifted, parts_of, plain, trace_of
from readiness.program.interpreter.switches import note_keys
from readiness.program.models.libraries.settings_types import (
    BOUNDS,
    CHANGED,
    OF_MODELS,
    OF_TEXTS,
    Bounds,
    Refused,
    parts_of_type,
    spelled,
    taken,
)
from readiness.program.models.libraries.settings_unions import chosen, unfolded
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Choice,
    Class,
    Constant,
    Dict,
    External,
    Function,
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


SECRET = "pydantic.SecretStr"  # noqa: S105 - the name of a class


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


class Wanted(Struct, frozen=True):
    """What a field asks for: its annotation, where that stands, and what ``Field(…)`` says."""

    annotation: ast.expr
    home: Class
    details: dict[str, Value]

    @property
    def bounds(self) -> Bounds:
        """What is asked of the value besides its type, as far as it is known."""
        asked = (*BOUNDS, *OF_TEXTS, *OF_MODELS)
        given = ((name, self.details[name]) for name in asked if name in self.details)
        found = ((name, value.known if isinstance(value, Text) else getattr(value, "value", None))
                 for name, value in given)  # fmt: skip
        return tuple((name, held) for name, held in found if held is not None)

    def inner(self, annotation: ast.expr) -> "Wanted":
        """The same for a part of the annotation."""
        kept = {name: self.details[name] for name in OF_MODELS if name in self.details}
        return Wanted(annotation, self.home, kept)


def convert(  # noqa: PLR0911 - one answer for each kind of type
    machine: "Machine", value: Value, wanted: Wanted, at: Place
) -> Value:
    """A value as the type that the annotation asks for."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: convert(machine, one, wanted, at))
    annotation = spelled(wanted.annotation)
    if "SecretStr" in ast.unparse(annotation) and isinstance(value, Text):
        return secret_of(value, at)
    inner = class_of(machine, annotation, wanted.home)
    if inner is not None and "members" in inner.traits:
        return value if _is_none(value) else _member(machine, value, inner, at)
    if inner is not None and isinstance(value, Dict) and "generated" in traits_of(inner):
        keywords = {str(key): item for key, item in value.slots.values.items()}
        return machine.call(inner, Arguments((), keywords, at, value.rest))
    models = models_of(machine, annotation, wanted.home) if isinstance(value, Dict) else []
    if isinstance(value, Dict) and len(models) > 1:
        model = chosen(value, models)
        if model is None:
            return Unknown(f"which of {len(models)} models a value is read as", at)
        keywords = {str(key): item for key, item in value.slots.values.items()}
        return machine.call(model, Arguments((), keywords, at, value.rest))
    if parts_of_type(annotation)[0] == "Literal":
        note_keys(machine.variables, value, [text(node.value) for node in ast.walk(annotation)
                                            if isinstance(node, ast.Constant)
                                            and isinstance(node.value, str)])  # fmt: skip
    if isinstance(value, Text) and parts_of_type(annotation)[0] in CHANGED:
        value = Unknown(f"a text as {ast.unparse(annotation)}", at, value.trace)
    if isinstance(value, Unknown):
        _may_be_refused(machine, at)
        return value
    return _taken(machine, value, wanted, at)


def _member(machine: "Machine", value: Value, cls: Class, at: Place) -> Value:
    """The member of an enumeration with this value; one of numbers takes them as texts too."""
    if External("builtins.int") in cls.order or _NUMBERS & set(cls.order):
        numbered = re.fullmatch(r"[+-]?[0-9]+", getattr(value, "known", None) or "")
        if isinstance(value, Text) and numbered:
            value = lifted(int(numbered[0]), value.trace, parts_of(value))
    depth = len(machine.stack)
    try:
        return machine.invoke(cls, at, value)
    except Raised as raised:
        error = raised.value
        if getattr(error, "cls", None) != External("builtins.ValueError"):
            raise
        del machine.stack[depth:]
        raise machine.error("pydantic.ValidationError", "no such member", at,
                            trace_of(value)) from None  # fmt: skip


def models_of(machine: "Machine", annotation: ast.expr, home: Class) -> list[Class]:
    """The models that an annotation names: itself, or in a union."""
    whole = unfolded(machine, spelled(annotation), home)
    word, inner = parts_of_type(whole)
    found = [class_of(machine, one, home) for one in (inner if word == "Union" else [whole])]
    return [one for one in found if one is not None and "generated" in traits_of(one)]


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _may_be_refused(machine: "Machine", at: Place) -> None:
    machine.may_fail("reading a setting", at, machine.exception(
        "pydantic.ValidationError", "a value of the wrong type", at))  # fmt: skip


def _taken(machine: "Machine", value: Value, wanted: Wanted, at: Place) -> Value:
    """What pydantic makes of a value that is known; of others as far as can be told."""
    old = "old pydantic" in traits_of(wanted.home) and not isinstance(value, Text)
    try:
        given = plain(value)
        made = given if old else taken(given, wanted.annotation, wanted.bounds)
    except (NotPlain, LookupError):
        return _in_parts(machine, value, wanted, at)
    except Refused:
        raise machine.error("pydantic.ValidationError", "a value of the wrong type", at,
                            trace_of(value)) from None  # fmt: skip
    if type(made) is type(given) and isinstance(made, (str, int, float)) and made == given:
        return value
    return lifted(made, trace_of(value), parts_of(value))


def _in_parts(machine: "Machine", value: Value, wanted: Wanted, at: Place) -> Value:
    """A value by a type with parts that only the code knows, or one that is not all known."""
    word, inner = parts_of_type(wanted.annotation)

    def one(item: Value, annotation: ast.expr) -> Value:
        return convert(machine, item, wanted.inner(annotation), at)

    if isinstance(value, _OPAQUE) and _refuses_things(wanted.annotation):
        message = "an object where a plain value is asked for"
        raise machine.error("pydantic.ValidationError", message, at, value.trace)
    if word == "Union":
        rest = [each for each in inner if ast.unparse(each) != "None"]
        alone = len(rest) == 1 and not _is_none(value)
        return one(value, rest[0]) if alone else value
    if word in {"list", "List", "Sequence"} and inner and isinstance(value, List):
        content = value.slots.values["items"]
        if isinstance(content, Tuple):
            return List(tuple(one(item, inner[0]) for item in content.items), value.trace)
    if word in {"dict", "Dict", "Mapping"} and len(inner) > 1 and isinstance(value, Dict):
        held = {key: one(item, inner[1]) for key, item in value.slots.values.items()}
        return Dict(held, dict(value.keys), value.trace, value.rest)
    if isinstance(value, Text) and value.known is None and _changes(wanted.annotation):
        _may_be_refused(machine, at)
        names = ", ".join(sorted({p.variable for p in value.parts if p.variable}))
        return Unknown(f"{names or 'a value'} is set by the platform", at, value.trace)
    if isinstance(value, List | Dict | Tuple):
        if word in _SINGLE:
            message = "a container where a plain value is asked for"
            raise machine.error("pydantic.ValidationError", message, at, value.trace)
        _may_be_refused(machine, at)
    return value


_NUMBERS = {External("enum.IntEnum"), External("enum.IntFlag")}
_SINGLE = frozenset({"int", "float", "str", "bool", "bytes"})
_OPAQUE = (Instance, Function, Class, External, Bound)


def _refuses_things(annotation: ast.expr) -> bool:
    """Whether a type takes no object of a class that it does not know."""
    try:
        taken(object(), annotation)
    except Refused:
        return True
    except LookupError:
        return False
    return False


def _changes(annotation: ast.expr) -> bool:
    """Whether a text becomes something else by a type."""
    try:
        return bool(taken("x", annotation) != "x")
    except Refused:
        return True
    except LookupError:
        return False


def secret_of(value: Value, at: Place) -> Value:
    """A value that is shown as stars only."""
    return Instance(External(SECRET), {"secret": value}, at, value.trace)


def reveal(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``secret.get_secret_value()``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    return receiver.slots.values.get("secret", NONE)


def hide(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``str(secret)``: stars, unless it is empty."""
    secret = reveal(machine, receiver, arguments)
    return machine.each(secret, lambda one: text(
        "" if isinstance(one, Text) and one.known == "" else "*" * 10)
        if isinstance(one, Text) else Unknown("a hidden secret", arguments.at))  # fmt: skip


def make_secret(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """``SecretStr(…)``."""
    instance.slots.values["secret"] = arguments.keywords.get("secret_value", NONE)

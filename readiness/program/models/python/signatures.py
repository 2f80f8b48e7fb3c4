"""``inspect.signature`` and ``typing.get_type_hints``: what a function says that it takes."""

import ast
from typing import TYPE_CHECKING

from readiness.program.interpreter import inheritance
from readiness.program.models.python import record_fields
from readiness.program.models.table import AttributeModel, LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Bound,
    Class,
    Dict,
    External,
    Function,
    Instance,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

EMPTY = External("inspect._empty")
_KINDS = ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY",
          "VAR_KEYWORD")  # fmt: skip


def _function(value: Value) -> tuple[Function | None, int]:
    """The function behind a value, and how many parameters are filled already."""
    if isinstance(value, Bound):
        found, filled = _function(value.function)
        return found, filled + 1
    if isinstance(value, Wrapped):
        return _function(value.function)
    if isinstance(value, Class):
        found_init = inheritance.find(value, "__init__")
        inner = found_init[0] if found_init is not None else NONE
        return (inner, 1) if isinstance(inner, Function) else (None, 0)
    if not isinstance(value, Function) or "__signature__" in value.attributes.values:
        return None, 0
    wrapped = value.attributes.values.get("__wrapped__")
    return (value, 0) if wrapped is None else _function(wrapped)


def _annotation(machine: "Machine", function: Function, node: ast.expr | None) -> Value:
    if node is None:
        return EMPTY
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return Unknown("an annotation that is no expression")
    return machine.evaluate(node, function.closure)


def _arguments(function: Function) -> list[tuple[ast.arg, Value | None]]:
    """The parameters of a function, each with its default."""
    spec = function.node.args
    ordered = [*spec.posonlyargs, *spec.args]
    missing = len(ordered) - len(function.defaults)
    defaults: list[Value | None] = [*([None] * missing), *function.defaults]
    found = list(zip(ordered, defaults, strict=False))
    return found + [(one, function.keyword_defaults.get(one.arg)) for one in spec.kwonlyargs]


def _every(function: Function, filled: int) -> list[tuple[ast.arg, Value | None, str]]:
    """The parameters in the order of the code, also those that take the rest, and their kinds."""
    spec, named = function.node.args, _arguments(function)
    before, first = len(named) - len(spec.kwonlyargs), len(spec.posonlyargs)
    kinds = [_KINDS[0]] * first + [_KINDS[1]] * (before - first)
    kinds += [_KINDS[3]] * len(spec.kwonlyargs)
    found = [(*one, kind) for one, kind in zip(named, kinds, strict=True)]
    several = [] if spec.vararg is None else [(spec.vararg, None, _KINDS[2])]
    rest = [] if spec.kwarg is None else [(spec.kwarg, None, _KINDS[4])]
    return [*found[filled:before], *several, *found[before:], *rest]


def _kind(name: str) -> AttributeModel:
    return lambda machine, parameter, at: External(f"inspect.Parameter.{name}")


def _signature(machine: "Machine", arguments: Arguments) -> Value:
    value = arguments.positional[0] if arguments.positional else NONE
    function, filled = _function(value)
    if function is None:
        return Unknown("the parameters of something", arguments.at)
    entries: dict[str, Value] = {}
    for argument, default, kind in _every(function, filled):
        held = {"name": text(argument.arg), "default": default or EMPTY,
                "kind": External(f"inspect.Parameter.{kind}"),
                "annotation": _annotation(machine, function, argument.annotation)}  # fmt: skip
        entries[argument.arg] = Instance(External("inspect.Parameter"), held, arguments.at)
    parameters = Dict(entries, {name: text(name) for name in entries})
    returns = getattr(function.node, "returns", None)
    held = {"parameters": parameters,
            "return_annotation": _annotation(machine, function, returns)}  # fmt: skip
    return Instance(External("inspect.Signature"), held, arguments.at)


def _as_written(machine: "Machine", arguments: Arguments) -> Value:
    """``function.__annotations__``: those that are texts stay texts."""
    value = arguments.positional[0] if arguments.positional else NONE
    function, _ = _function(value)
    evaluates = getattr(arguments.keywords.get("eval_str"), "value", False)
    if function is None or isinstance(value, Class) or evaluates:
        return _hints(machine, arguments)
    tree = machine.sources.tree(function.path)
    later = tree is not None and defers(tree)
    spec = function.node.args
    several = [one for one in (spec.vararg, spec.kwarg) if one is not None]
    nodes = [(one.arg, one.annotation) for one in (
        *spec.posonlyargs, *spec.args, *spec.kwonlyargs, *several)]  # fmt: skip
    returns = getattr(function.node, "returns", None)
    entries = {name: _written(machine, function, node, later=later)
               for name, node in (*nodes, ("return", returns)) if node is not None}  # fmt: skip
    return Dict(entries, {name: text(name) for name in entries})


def _written(machine: "Machine", function: Function, node: ast.expr, *, later: bool) -> Value:
    return text(ast.unparse(node)) if later else machine.evaluate(node, function.closure)


def defers(tree: ast.Module) -> bool:
    """Whether a module asks that no annotation of it is evaluated."""
    return any(isinstance(one, ast.ImportFrom) and one.module == "__future__"
               and any(name.name == "annotations" for name in one.names)
               for one in tree.body)  # fmt: skip


def _hints(machine: "Machine", arguments: Arguments) -> Value:
    value = arguments.positional[0] if arguments.positional else NONE
    if isinstance(value, Class):
        return annotations(machine, value)
    function, _ = _function(value)
    if function is None:
        return Unknown("the annotations of something", arguments.at)
    entries = {
        one.arg: _annotation(machine, function, one.annotation)
        for one, _ in _arguments(function)
        if one.annotation is not None
    }
    returns = getattr(function.node, "returns", None)
    if returns is not None:
        entries["return"] = _annotation(machine, function, returns)
    return Dict(entries, {name: text(name) for name in entries})


def annotations(machine: "Machine", cls: Class) -> Value:
    """The annotated names of a class and those above it, each with what stands there."""
    found: dict[str, Value] = {}
    for owner in reversed([one for one in cls.order if isinstance(one, Class)]):
        found |= own_annotations(machine, owner)
    return Dict(found, {name: text(name) for name in found})


def own_annotations(machine: "Machine", cls: Class) -> dict[str, Value]:
    """The names that a class itself annotates."""
    frame = machine.frames.get(cls.at.path)
    if frame is None:
        return dict.fromkeys(cls.fields, Unknown("an annotation", cls.at))
    return {name: machine.evaluate(node, frame) for name, node in cls.fields.items()}


def _wanted(machine: "Machine", arguments: Arguments) -> Value:
    """For stand-ins: the annotations of what must be given, by name; a library's own has none.

    That a library's class is handed what the code registered is not seen: its parameters are
    filled by its defaults.
    """
    value = arguments.positional[0] if arguments.positional else NONE
    function, filled = _function(value)
    if isinstance(value, Class) and function is None:
        entries = _of_fields(machine, value)
    elif isinstance(function, Function):
        entries = {one.arg: _annotation(machine, function, one.annotation)
                   for one, _ in _arguments(function)[filled:]}  # fmt: skip
    elif isinstance(value, External):
        entries = {}
    else:
        return Unknown("the parameters of something", arguments.at)
    return Dict(entries, {name: text(name) for name in entries})


def _of_fields(machine: "Machine", cls: Class) -> dict[str, Value]:
    """The annotated fields of a class whose constructor is generated."""
    if "generated" not in cls.traits:
        return {}
    found: dict[str, Value] = {}
    for name, home in record_fields.fields_of(cls).items():
        frame = machine.frames.get(home.at.path)
        if frame is not None:
            found[name] = machine.evaluate(home.fields[name], frame)
    return found


TABLE = Table(
    functions={"inspect.signature": _signature, "typing.get_type_hints": _hints,
               "inspect.get_annotations": _as_written, "__readiness__.wanted": _wanted},
    classes={"inspect.Parameter": LibraryClass(
        ("__never__",), attributes={name: _kind(name) for name in _KINDS})},
    aliases={"inspect.Parameter.empty": EMPTY.name, "inspect.Signature.empty": EMPTY.name},
)  # fmt: skip

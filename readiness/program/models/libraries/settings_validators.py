"""Validators of pydantic: of a field, and of the whole before and after its fields."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter.outcomes import Raised
from readiness.program.models.libraries.settings_fields import Field, annotated
from readiness.program.models.libraries.settings_sources import Sources
from readiness.program.models.libraries.settings_values import convert
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Dict,
    External,
    Host,
    Instance,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def validator(kind: str) -> Any:
    """A decorator that marks a function as a validator of this kind."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        names = [getattr(value, "known", None) for value in arguments.positional]
        mode = getattr(arguments.keywords.get("mode"), "known", None)
        mode = mode or ("before" if getattr(arguments.keywords.get("pre"), "value", False)
                        else "after")  # fmt: skip

        def mark(inner: "Machine", given: Arguments) -> Value:
            function = given.positional[0]
            made = Instance(External("readiness.Validator"), {"function": function}, given.at)
            made.data = (kind, mode, names)
            return made

        return Host(kind, mark)

    return run


def _validators(cls: Class, kind: str) -> list[tuple[str, list[str], Value]]:
    found = []
    for owner in reversed([one for one in cls.order if isinstance(one, Class)]):
        for value in owner.slots.values.values():
            if isinstance(value, Instance) and value.cls == External("readiness.Validator"):
                own, mode, names = value.data
                if own == kind:
                    found.append((mode, names, value.slots.values["function"]))
    return found


def validated(
    machine: "Machine", instance: Instance, field: Field, value: Value, at: Place
) -> Value:
    """The value of a field after its validators, and as its type wants it."""
    assert isinstance(instance.cls, Class)  # noqa: S101 - for the type checker
    cls = instance.cls
    own = [(mode, function) for mode, names, function in _validators(cls, "field")
           if field.name in names or "*" in names]  # fmt: skip
    told = _told(instance, field.name, at)
    beside = _beside(machine, field)
    if any(mode == "wrap" for mode, _ in (*own, *beside)):
        value = machine.each(value, lambda one: convert(machine, one, field.wanted, at))
        return Unknown("what a validator makes of a value", at, value.trace)
    for function in reversed([each for mode, each in own if mode in _EARLY]):
        value = _checked(machine, function, cls, value, told)
    for function in reversed([each for mode, each in beside if mode in _EARLY]):
        value = _guarded(machine, at, partial(_plainly, machine, function, value, told))
    if not any(mode == "plain" for mode, _ in (*own, *beside)):
        value = convert(machine, value, field.wanted, at)
    for function in [each for mode, each in beside if mode not in _EARLY]:
        value = _guarded(machine, at, partial(_plainly, machine, function, value, told))
    for function in [each for mode, each in own if mode not in _EARLY]:
        value = _checked(machine, function, cls, value, told)
    return value


_EARLY = ("before", "plain")
BESIDE = {"pydantic.BeforeValidator": "before", "pydantic.AfterValidator": "after",
          "pydantic.PlainValidator": "plain", "pydantic.WrapValidator": "wrap"}  # fmt: skip
"""What stands beside a type in ``Annotated`` and validates."""


def _beside(machine: "Machine", field: Field) -> list[tuple[str, Value]]:
    """The validators in the annotation of a field, each with when it runs."""
    found = annotated(machine, field.home, field.name)
    return [(BESIDE[one.cls.name], one.slots.values.get("func", NONE)) for one in found
            if isinstance(one, Instance) and isinstance(one.cls, External)
            and one.cls.name in BESIDE]  # fmt: skip


def _plainly(machine: "Machine", function: Value, value: Value, told: Instance) -> Value:
    """What a function makes of a value that takes it alone, or with what is told besides."""
    spec = getattr(getattr(function, "node", None), "args", None)
    several = spec is not None and len(spec.args) - len(spec.defaults) > 1
    return machine.invoke(
        function, told.at or Place(""), *((value, told) if several else (value,))
    )


def _checked(
    machine: "Machine", function: Value, cls: Class, value: Value, told: Instance
) -> Value:
    """What a validator makes of a value."""
    at = told.at or cls.at
    return _guarded(machine, at, lambda: _call_validator(machine, function, cls, value, told))


def _guarded(machine: "Machine", at: Place, run: Callable[[], Value]) -> Value:
    """Run code of a model; what it raises to refuse something is the model's own error."""
    depth = len(machine.stack)
    try:
        return run()
    except Raised as raised:
        error = raised.value
        kinds = Tuple((External("builtins.ValueError"), External("builtins.AssertionError")))
        cause = error.cls if isinstance(error, Instance) else NONE
        if not machine.library.is_kind(machine, cause, kinds):
            raise
        del machine.stack[depth:]
        made = machine.exception("pydantic.ValidationError", "a validator refuses it", at,
                                 error.trace)  # fmt: skip
        if machine.is_meant(error):
            machine.meant.append(made)
        raise Raised(made) from None


def _told(instance: Instance, name: str, at: Place) -> Instance:
    """What a validator is told besides: the field's name, and the fields before it."""
    before = dict(instance.slots.values)
    data = Dict(before, {key: text(str(key)) for key in before})
    return Instance(External("pydantic.ValidationInfo"),
                    {"data": data, "field_name": text(name)}, at)  # fmt: skip


def _call_validator(
    machine: "Machine", function: Value, cls: Class, value: Value, told: Instance
) -> Value:
    at = told.at or cls.at
    inner = function.function if isinstance(function, Wrapped) else function
    node = getattr(inner, "node", None)
    count = len(node.args.args) if node is not None else 2
    is_method = not isinstance(function, Wrapped) or function.kind == "classmethod"
    given: list[Value] = [cls, value] if is_method and count > 1 else [value]
    if len(given) < count:
        is_data = node is not None and node.args.args[len(given)].arg == "values"
        given.append(told.slots.values["data"] if is_data else told)
    while len(given) < count:
        given.append(Unknown("what a validator is told besides", at))
    return machine.invoke(inner, at, *given)


def run_before(
    machine: "Machine", cls: Class, given: dict[str, Value], reader: Sources | None, at: Place
) -> Value:
    """Validators of the whole, before its fields: what they make of what is given."""
    functions = [f for mode, _, f in _validators(cls, "model") if mode == "before"]
    if not functions:
        return NONE
    found = {**(reader.raw(cls) if reader is not None else {}), **given}
    held: Value = Dict(dict(found), {name: text(name) for name in found})
    for function in functions:
        inner = function.function if isinstance(function, Wrapped) else function
        held = machine.each(held, lambda one, f=inner: _guarded(  # type: ignore[misc]
            machine, at, lambda: machine.invoke(f, at, cls, one)))  # fmt: skip
    return held


def run_after(machine: "Machine", cls: Class, instance: Instance, at: Place) -> None:
    """Validators of the whole, and ``model_post_init``, after its fields."""
    for mode, _, function in _validators(cls, "model"):
        if mode == "after":
            inner = function.function if isinstance(function, Wrapped) else function
            _guarded(machine, at, lambda f=inner: machine.invoke(f, at, instance))  # type: ignore[misc]
    hook = machine.library.find_method(machine, instance, "model_post_init", at)
    if hook is not None:
        _guarded(machine, at, lambda: machine.invoke(hook, at, NONE))

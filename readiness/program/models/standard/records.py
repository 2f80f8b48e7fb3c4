"""Classes whose constructor is generated: dataclasses, attrs and named tuples."""

from typing import TYPE_CHECKING

from readiness.program.interpreter.attribute_changes import setter_of
from readiness.program.models.python.record_fields import (
    FIELD,
    attribute_of,
    behind_marker,
    fields_of,
    given_only,
    left_out,
)
from readiness.program.models.standard import record_views
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    MISSING,
    Arguments,
    Class,
    External,
    Host,
    Instance,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

METHOD = "\0default"


def _mark(machine: "Machine", cls: Class) -> Class:
    cls.traits["generated"] = initialise
    cls.traits["match"] = positional
    cls.traits["compared"] = _compared
    return cls


def _compared(cls: Class) -> list[str]:
    """The fields that the generated ``__eq__`` looks at."""
    fields = {name: attribute_of(cls, name) for name in fields_of(cls)}
    return [name for name, one in fields.items() if not left_out(one, "compare")]


def positional(cls: Class) -> list[str]:
    """The fields that the generated constructor takes by position."""
    homes = fields_of(cls)
    return [name for name in homes if not _keyword_only(cls, homes[name], name)]


def _dataclass(machine: "Machine", arguments: Arguments) -> Value:
    """The decorator of the standard library, which shows objects too."""
    decorated = _generating(machine, arguments)
    if getattr(arguments.keywords.get("repr"), "value", True) is False:
        return decorated
    if isinstance(decorated, Class):
        record_views.show(decorated)
        return decorated
    assert isinstance(decorated, Host)  # noqa: S101 - for the type checker
    inner = decorated.run

    def run(machine: "Machine", given: Arguments) -> Value:
        found = inner(machine, given)
        if isinstance(found, Class):
            record_views.show(found)
        return found

    return Host("dataclass", run)


def _generating(machine: "Machine", arguments: Arguments) -> Value:
    if arguments.positional and isinstance(arguments.positional[0], Class):
        return _mark(machine, arguments.positional[0])
    init = getattr(arguments.get("init"), "value", True)
    by_keyword = getattr(arguments.keywords.get("kw_only"), "value", False)
    order, frozen, equal = (getattr(arguments.keywords.get(name), "value", None)
                            for name in ("order", "frozen", "eq"))  # fmt: skip

    def decorate(inner: "Machine", given: Arguments) -> Value:
        cls = given.positional[0]
        if isinstance(cls, Class) and by_keyword is True:
            cls.traits["kw_only"] = True
        if isinstance(cls, Class):
            cls.traits.update({"order": order is True, "frozen": frozen is True})
        if isinstance(cls, Class) and init is not False and equal is False:
            _mark(inner, cls).traits.pop("compared")
            return cls
        return _mark(inner, cls) if isinstance(cls, Class) and init is not False else cls

    return Host("dataclass", decorate)


def initialise(machine: "Machine", owner: Class, instance: Instance, arguments: Arguments) -> None:
    """The generated constructor: arguments, then defaults, then ``__post_init__``."""
    assert isinstance(instance.cls, Class)  # noqa: S101 - for the type checker
    names = fields_of(instance.cls)
    given = _given(machine, instance.cls, names, arguments)
    handed: list[Value] = []
    for name, home in names.items():
        value = given.get(name)
        default = attribute_of(instance.cls, name)
        if value is None and isinstance(default, Instance) and METHOD in default.slots.values:
            value = machine.invoke(default.slots.values[METHOD], arguments.at, instance)
        if value is None and _is_left_out(default):
            continue
        value = _completed(machine, value or MISSING, home, name, default, arguments)
        value = _convert(machine, default, value, arguments)
        if given_only(home, name):
            handed.append(value)
            continue
        if _frozen(instance.cls):
            machine.state.write(instance.slots, name, value)
        else:
            machine.set_attribute(instance, name, value, arguments.at)
    hook = machine.library.find_method(machine, instance, "__post_init__", arguments.at)
    hook = hook or machine.library.find_method(machine, instance, "__attrs_post_init__",
                                               arguments.at)  # fmt: skip
    if hook is not None:
        machine.invoke(hook, arguments.at, *handed)


def _is_left_out(default: Value | None) -> bool:
    """Whether a field without a default of its own is left to ``__post_init__``."""
    if not isinstance(default, Instance) or default.cls != External(FIELD):
        return False
    held = default.slots.values
    init = getattr(held.get("init"), "value", True)
    return init is False and not held.keys() & {"default", "default_factory", "factory"}


def _frozen(cls: Class) -> bool:
    """Whether the generated constructor goes past the class's own ``__setattr__``."""
    return setter_of(Instance(cls)) is None


def _given(
    machine: "Machine", cls: Class, names: dict[str, Class], arguments: Arguments
) -> dict[str, Value]:
    positional = [name for name, home in names.items() if not _keyword_only(cls, home, name)]
    if len(arguments.positional) > len(positional):
        raise machine.error("TypeError", f"{cls.name}() takes fewer arguments", arguments.at)
    given = dict(zip(positional, arguments.positional, strict=False))
    for name, value in arguments.keywords.items():
        if name not in names:
            message = f"{cls.name}() got an unexpected argument '{name}'"
            raise machine.error("TypeError", message, arguments.at)
        given[name] = value
    return given


def _keyword_only(cls: Class, home: Class, name: str) -> bool:
    default = attribute_of(cls, name)
    if isinstance(default, Instance) and default.cls == External(FIELD):
        held = default.slots.values
        if getattr(held.get("init"), "value", True) is False:
            return True
        if "kw_only" in held:
            return getattr(held["kw_only"], "value", True) is not False
    return "kw_only" in home.traits or behind_marker(home, name)


def _default(
    machine: "Machine", home: Class, name: str, default: Value | None, arguments: Arguments
) -> Value:
    if default is None:
        if arguments.open is not None:
            return arguments.open
        message = f"{home.name}() misses the argument '{name}'"
        raise machine.error("TypeError", message, arguments.at)
    if isinstance(default, Instance) and default.cls == External(FIELD):
        held = default.slots.values
        factory = held.get("default_factory", held.get("factory"))
        if factory is not None:
            return machine.invoke(factory, arguments.at)
        value = held.get("default")
        return value if value is not None else Unknown(f"the field {name}", arguments.at)
    return default


def _completed(  # noqa: PLR0917 - what a field has, and what it is otherwise
    machine: "Machine", value: Value, home: Class, name: str, default: Value | None,
    arguments: Arguments,
) -> Value:  # fmt: skip
    """What a field is given; where that is missing on some way, its default there."""

    def one(given: Value) -> Value:
        if given is not MISSING:
            return given
        return _default(machine, home, name, default, arguments)

    return machine.each(value, one)


def _convert(
    machine: "Machine", default: Value | None, value: Value, arguments: Arguments
) -> Value:
    """What the ``converter`` of a field of attrs makes of a value."""
    if not isinstance(default, Instance) or default.cls != External(FIELD):
        return value
    converter = default.slots.values.get("converter")
    return value if converter is None else machine.invoke(converter, arguments.at, value)


def _default_method(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``@field.default``: a method that makes the default."""
    if isinstance(value, Instance):
        value.slots.values[METHOD] = arguments.positional[0]
    return value


def _itself(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``@field.validator``: it checks, and changes nothing."""
    return value


def _struct(machine: "Machine", cls: Class) -> None:
    """``class Options(msgspec.Struct, frozen=True)``."""
    _generating(machine, Arguments((cls,), cls.keywords, cls.at))


def _typed_dictionary(machine: "Machine", cls: Class) -> None:
    """``class Options(TypedDict)``: calling it makes a dictionary."""
    cls.traits["maker"] = lambda m, _, a: m.call(External("builtins.dict"), a)


_DECORATOR: FunctionModel = _generating
TABLE = Table(
    functions={
        "dataclasses.dataclass": _dataclass,
        **dict.fromkeys(("attr.s", "attr.attrs", "attrs.define", "attrs.frozen", "attr.define", "attr.frozen", "attrs.mutable", "pydantic.dataclasses.dataclass"), _DECORATOR),  # noqa: E501 - a table
    },
    classes={
        FIELD: LibraryClass(
            ("default", "default_factory", "factory", "kw_only", "init"),
            methods={"default": _default_method, "validator": _itself}),
        "typing.TypedDict": LibraryClass(subclassed=_typed_dictionary),
        "msgspec.Struct": LibraryClass(subclassed=_struct),
    },
    aliases={"typing_extensions.TypedDict": "typing.TypedDict",
             "dataclasses.field": FIELD, "attrs.field": FIELD, "attr.ib": FIELD,
             "attr.field": FIELD, "msgspec.field": FIELD},
)  # fmt: skip

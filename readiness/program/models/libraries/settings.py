"""pydantic models and pydantic-settings: fields filled from arguments, variables and files."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.interpreter.reasons import inherited, reason
from readiness.program.models.libraries.settings_fields import (
    CONSTRAINTS,
    FIELD,
    PRIVATE,
    Field,
    fields_told,
    own_private,
    private_of,
    value_of,
)
from readiness.program.models.libraries.settings_ordered import Ordered, sources_of
from readiness.program.models.libraries.settings_sources import Sources
from readiness.program.models.libraries.settings_types import CONSTRAINED
from readiness.program.models.libraries.settings_validators import (
    BESIDE,
    run_after,
    run_before,
    validated,
    validator,
)
from readiness.program.models.libraries.settings_values import (
    SECRET,
    hide,
    make_secret,
    reveal,
    traits_of,
)
from readiness.program.models.libraries.settings_views import COMPUTED, dump, equal, shown
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    TRUE,
    Arguments,
    Class,
    Dict,
    External,
    Function,
    Host,
    Instance,
    Unknown,
    Value,
    Wrapped,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _model(machine: "Machine", cls: Class) -> None:
    cls.traits["generated"] = initialise
    cls.traits["model"] = True


def _settings(machine: "Machine", cls: Class) -> None:
    _model(machine, cls)
    cls.traits["settings"] = True


def _old_settings(machine: "Machine", cls: Class) -> None:
    """Of pydantic 1, which takes a number for a text."""
    _settings(machine, cls)
    cls.traits["old pydantic"] = True


def config_of(machine: "Machine", cls: Class) -> dict[str, Value]:
    """The configuration of a model class: ``model_config``, ``class Config``, keywords."""
    found: dict[str, Value] = {}
    for owner in reversed([one for one in cls.order if isinstance(one, Class)]):
        held = owner.slots.values.get("model_config")
        if isinstance(held, Dict):
            found.update({str(key): value for key, value in held.slots.values.items()})
        inner = owner.slots.values.get("Config")
        if isinstance(inner, Class):
            found.update({str(key): value for key, value in inner.slots.values.items()})
        found.update(owner.keywords)
    return found


def initialise(machine: "Machine", owner: Class, instance: Instance, arguments: Arguments) -> None:
    """The constructor of a model: arguments first, then variables, files and defaults."""
    assert isinstance(instance.cls, Class)  # noqa: S101 - for the type checker
    cls = instance.cls
    config = config_of(machine, cls)
    reader = Sources(machine, cls, config, arguments) if "settings" in traits_of(cls) else None
    fields = fields_told(machine, cls, config)
    kinds = sources_of(machine, cls, arguments) if reader is not None else None
    ordered = Ordered(machine, reader, kinds, arguments.at) if reader and kinds else reader

    def filled(held: Value) -> Value:
        given = dict(arguments.keywords)
        if isinstance(held, Dict):
            given = {str(key): value for key, value in held.slots.values.items()}
            inherited(machine, instance, reason(machine, held), arguments.at)
        for field in fields:
            value, checked = value_of(machine, field, given, ordered, arguments)
            if checked:
                value = validated(machine, instance, field, value, arguments.at)
            machine.state.write(instance.slots, field.name, value)
        _others(machine, fields, given, instance, arguments)
        for name, said in private_of(cls).items():
            own = own_private(machine, said, arguments.at)
            if own is not None:
                machine.state.write(instance.slots, name, own)
        run_after(machine, cls, instance, arguments.at)
        return NONE

    given = dict(arguments.keywords)
    machine.each(run_before(machine, cls, given, reader, arguments.at), filled)


def _others(
    machine: "Machine", fields: list[Field], given: dict[str, Value], instance: Instance,
    arguments: Arguments,
) -> None:  # fmt: skip
    """What is given and no field: kept, refused (as settings do unless told) or left out."""
    taken = {name for field in fields for name in field.names}
    others = [name for name in given if name not in taken and not name.startswith("_")]
    config = fields[0].config if fields else {}
    known = getattr(config.get("extra"), "known", None)
    traits = traits_of(instance.cls) if isinstance(instance.cls, Class) else set()
    by_default = "forbid" if "settings" in traits and "old pydantic" not in traits else "ignore"
    extra = known or by_default
    if extra == "forbid" and others and arguments.open is None:
        message = f"{others[0]} is none of the fields"
        raise machine.error("pydantic.ValidationError", message, arguments.at)
    for name in others if extra == "allow" else ():
        machine.state.write(instance.slots, name, given[name])


# Validators


def _field_model(machine: "Machine", arguments: Arguments) -> Value:
    made = Instance(External(FIELD), None, arguments.at)
    made.slots.values.update(arguments.keywords)
    if arguments.positional:
        made.slots.values["default"] = arguments.positional[0]
    return made


def _constrained(machine: "Machine", arguments: Arguments) -> Value:
    """``StringConstraints(to_lower=True)``, ``constr(…)``: what is asked of a value."""
    _ = machine
    return Instance(External(CONSTRAINTS), dict(arguments.keywords), arguments.at)


def _private(machine: "Machine", arguments: Arguments) -> Value:
    """``PrivateAttr(default)``: an attribute that is no field."""
    held = dict(arguments.keywords)
    if arguments.positional:
        held["default"] = arguments.positional[0]
    return Instance(External(PRIVATE), held, arguments.at)


def _lacks(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A name that an object of a model does not have, if no library says more of it."""
    name = getattr(arguments.positional[0], "known", None) or ""
    cls = receiver.cls if isinstance(receiver, Instance) else None
    own = cls.order if isinstance(cls, Class) else ()
    others = any(isinstance(one, External) and one.name not in _BASES for one in own)
    if not isinstance(cls, Class) or others or name in _OF_MODELS or name.startswith("model_"):
        return Unknown(f"the attribute {name} of a BaseModel", arguments.at)
    extra = getattr(config_of(machine, cls).get("extra"), "known", None)
    if extra == "allow":
        return Unknown(f"the attribute {name} of a BaseModel", arguments.at)
    message = f"'{cls.name}' object has no attribute '{name}'"
    raise machine.error("AttributeError", message, arguments.at)


_BASES = frozenset({"pydantic.BaseModel", "pydantic_settings.BaseSettings", "typing.Generic",
                    "abc.ABC", "builtins.object", "pydantic.main.BaseModel"})  # fmt: skip
_OF_MODELS = frozenset({"json", "dict", "copy", "schema", "schema_json", "construct", "validate",
                        "parse_obj", "parse_raw", "parse_file", "from_orm", "update_forward_refs",
                        "settings_customise_sources"})  # fmt: skip


def _build_dsn(machine: "Machine", arguments: Arguments) -> Value:
    """``PostgresDsn.build(…)``: an URL by its parts."""
    names = {"scheme": "drivername", "path": "database"}
    given = {names.get(key, key): value for key, value in arguments.keywords.items()}
    if arguments.open is not None or "hosts" in given:
        return Unknown("an URL by parts that are not told apart here", arguments.at)
    url = machine.call(
        External("sqlalchemy.engine.URL.create"), Arguments((), given, arguments.at)
    )
    return machine.invoke(machine.attribute(url, "render_as_string", arguments.at), arguments.at)


def _copied(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    made = Instance(receiver.cls, dict(receiver.slots.values), arguments.at)
    update = arguments.get("update")
    if isinstance(update, Dict):
        for key, value in update.slots.values.items():
            machine.state.write(made.slots, key, value)
    return made


def _validate(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    held = arguments.positional[0] if arguments.positional else NONE
    if isinstance(held, Dict):
        keywords = {str(key): value for key, value in held.slots.values.items()}
        return machine.call(receiver, Arguments((), keywords, arguments.at, held.rest))
    return Unknown("a validated model", arguments.at)


def _constructed(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``Settings.model_construct(…)``: of what is given and defaults, nothing is read."""
    if not isinstance(receiver, Class):
        return Unknown("a model made without validation", arguments.at)
    made = Instance(receiver, None, arguments.at)
    for field in fields_told(machine, receiver, config_of(machine, receiver)):
        value, _ = value_of(machine, field, dict(arguments.keywords), None, replace(
            arguments, open=Unknown(f"the field {field.name}", arguments.at)))  # fmt: skip
        machine.state.write(made.slots, field.name, value)
    return made


def _computed(machine: "Machine", arguments: Arguments) -> Value:
    """``computed_field``, with and without brackets, over a property or function."""

    def wrap(inner: "Machine", given: Arguments) -> Value:
        value = given.positional[0] if given.positional else NONE
        made = value if isinstance(value, Wrapped) else Wrapped("property", value)
        if isinstance(made.function, Function):
            inner.state.write(made.function.attributes, COMPUTED, TRUE)
        return made

    if arguments.positional:
        return wrap(machine, arguments)
    return Host("computed_field", wrap)


def _config(machine: "Machine", arguments: Arguments) -> Value:
    return machine.call(External("builtins.dict"), arguments)


_METHODS = {"__eq__": equal, "__repr__": shown(whole=True), "__str__": shown(whole=False),
            "model_dump": dump, "dict": dump, "model_copy": _copied, "copy": _copied,
            "model_validate": _validate, "parse_obj": _validate, "__getattr__": _lacks,
            "model_construct": _constructed}  # fmt: skip
_MODEL = LibraryClass(subclassed=_model, methods=_METHODS)
_SETTINGS = LibraryClass(bases=("pydantic.BaseModel",), subclassed=_settings, methods=_METHODS)

TABLE = Table(
    functions={
        "pydantic.PostgresDsn.build": _build_dsn, "pydantic_core.MultiHostUrl.build": _build_dsn,
        "pydantic_core.Url.build": _build_dsn, "pydantic.AnyUrl.build": _build_dsn,
        "pydantic.Field": _field_model, "pydantic.PrivateAttr": _private,
        **{f"pydantic.{name}": _constrained for name in (*CONSTRAINED, "StringConstraints")},
        "pydantic_settings.SettingsConfigDict": _config,
        "pydantic.ConfigDict": _config,
        "pydantic.field_validator": validator("field"), "pydantic.validator": validator("field"),
        "pydantic.model_validator": validator("model"),
        "pydantic.root_validator": validator("model"), "pydantic.computed_field": _computed,
    },
    classes={
        "pydantic.BaseModel": _MODEL, "pydantic_settings.BaseSettings": _SETTINGS,
        "pydantic.BaseSettings": LibraryClass(
            bases=("pydantic_settings.BaseSettings",), subclassed=_old_settings,
            methods=_METHODS),
        FIELD: LibraryClass(), "readiness.Validator": LibraryClass(), CONSTRAINTS: LibraryClass(),
        **{name: LibraryClass(("func",)) for name in BESIDE},
        SECRET: LibraryClass(("secret_value",), build=make_secret,
                             methods={"get_secret_value": reveal, "__str__": hide}),
    },
    aliases={
        "pydantic.v1.BaseSettings": "pydantic.BaseSettings",
        "pydantic.main.BaseModel": "pydantic.BaseModel", "sqlmodel.Field": "pydantic.Field",
        "pydantic.types.SecretStr": SECRET, "pydantic.fields.Field": "pydantic.Field",
        "pydantic_settings.main.BaseSettings": "pydantic_settings.BaseSettings",
        "pydantic.networks.PostgresDsn": "pydantic.PostgresDsn",
        "pydantic.networks.MultiHostUrl": "pydantic_core.MultiHostUrl",
        "pydantic.MultiHostUrl": "pydantic_core.MultiHostUrl",
        "pydantic.functional_validators.field_validator": "pydantic.field_validator",
        **{f"pydantic.functional_validators.{name.rpartition('.')[2]}": name for name in BESIDE},
        "pydantic.types.StringConstraints": CONSTRAINTS,
        "pydantic.types.constr": "pydantic.constr",
    },
)  # fmt: skip

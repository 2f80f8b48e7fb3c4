# ruff: noqa: ARG001 - all models of a kind take the same arguments
"""pydantic models and pydantic-settings: fields filled from arguments, variables and files."""

import ast
import json
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter import classes
from readiness.program.interpreter.choices import choose, mapped
from readiness.program.interpreter.plain import NotPlain, lifted, parts_of, plain
from readiness.program.models import dotenv
from readiness.program.models.records import fields_of
from readiness.program.models.table import LibraryClass, Table
from readiness.program.models.variables import catches
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

FIELD = "pydantic.fields.FieldInfo"
SECRET = "pydantic.SecretStr"  # noqa: S105 - the name of a class
TRUTHS = {"1": True, "true": True, "t": True, "yes": True, "y": True, "on": True,
          "0": False, "false": False, "f": False, "no": False, "n": False, "off": False}  # fmt: skip  # noqa: E501 - a table


def _model(machine: "Machine", cls: Class) -> None:
    cls.traits["generated"] = initialise
    _ = machine


def _settings(machine: "Machine", cls: Class) -> None:
    cls.traits["generated"] = initialise
    cls.traits["settings"] = True
    _ = machine


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
    _ = machine
    return found


def initialise(machine: "Machine", owner: Class, instance: Instance, arguments: Arguments) -> None:
    """The constructor of a model: arguments first, then variables, files and defaults."""
    assert isinstance(instance.cls, Class)  # noqa: S101 - for the type checker
    cls = instance.cls
    config = config_of(machine, cls)
    reader = _Reader(machine, cls, config, arguments) if "settings" in _traits(cls) else None

    def filled(held: Value) -> Value:
        given = dict(arguments.keywords)
        if isinstance(held, Dict):
            given = {str(key): value for key, value in held.slots.values.items()}
        for name, home in fields_of(cls).items():
            if name == "model_config":
                continue
            value = _field(machine, home, name, given, reader, arguments)
            if reader is not None or name in given or _by_alias(home, name, given):
                value = _validated(machine, instance, name, value, arguments.at)
            _refuse_others(machine, value, home.fields[name], arguments.at)
            machine.state.write(instance.slots, name, value)
        _extra(machine, cls, config, given, instance)
        _after(machine, cls, instance, arguments.at)
        return NONE

    given = dict(arguments.keywords)
    machine.each(_before(machine, cls, given, reader, arguments.at), filled)
    _ = owner


def _traits(cls: Class) -> set[str]:
    return {key for one in cls.order if isinstance(one, Class) for key in one.traits}


def _extra(
    machine: "Machine", cls: Class, config: dict[str, Value], given: dict[str, Value],
    instance: Instance,
) -> None:  # fmt: skip
    if getattr(config.get("extra"), "known", None) == "allow":
        for name in set(given) - set(fields_of(cls)):
            machine.state.write(instance.slots, name, given[name])


def _info(home: Class, name: str) -> tuple[Value | None, dict[str, Value]]:
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


def _field(  # noqa: PLR0917 - a field, and everything that may fill it
    machine: "Machine", home: Class, name: str, given: dict[str, Value],
    reader: "_Reader | None", arguments: Arguments,
) -> Value:  # fmt: skip
    default, details = _info(home, name)
    details = {**_annotated(machine, home, name), **details}
    if isinstance(one := details.get("default"), Constant) and one.value is Ellipsis:
        del details["default"]
    if default is None and "default" in details:
        default = details["default"]
    annotation = home.fields[name]
    for key in (*_aliases(details), name):
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
    return _secret(default, at) if secret else default


def _annotated(machine: "Machine", home: Class, name: str) -> dict[str, Value]:
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


def _aliases(details: dict[str, Value]) -> list[str]:
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


class _Reader:
    """Reads the variables of one settings class."""

    def __init__(
        self, machine: "Machine", cls: Class, config: dict[str, Value], arguments: Arguments
    ) -> None:
        self.machine = machine
        self.at = arguments.at
        given = arguments.keywords
        self.prefix = (
            getattr(given.get("_env_prefix", config.get("env_prefix")), "known", "") or ""
        )
        delimiter = config.get("env_nested_delimiter")
        self.delimiter = getattr(delimiter, "known", None)
        sensitive = config.get("case_sensitive")
        self.sensitive = bool(getattr(sensitive, "value", False))
        self.empty = bool(getattr(config.get("env_ignore_empty"), "value", False))
        folder = given.get("_secrets_dir", config.get("secrets_dir", NONE))
        self.secrets = not (isinstance(folder, Constant) and folder.value is None)
        files = given.get("_env_file", config.get("env_file", NONE))
        self.file = self._files(files, cls)

    def _files(self, value: Value, cls: Class) -> dict[str, Text]:
        """The variables of the dotenv files, later files winning."""
        items = (
            self.machine.iterate(value, self.at) if isinstance(value, (Tuple, List)) else [value]
        )
        found: dict[str, Text] = {}
        for item in items if isinstance(items, list) else []:
            if isinstance(item, Constant):
                continue
            path = dotenv.locate(self.machine, item, Arguments((), {}, cls.at))
            found.update(dotenv.entries(self.machine, path) or {} if path else {})
        return found

    def read(
        self, name: str, details: dict[str, Value], *, required: bool, default: Value | None,
        annotation: ast.expr, home: Class,
    ) -> Value | None:  # fmt: skip
        """The value of a field from the variables; None where its default counts."""
        names = self._names(name, details)
        nested = self._nested(name, annotation, home, default)
        if nested is not None:
            return nested
        found = self._find(names)
        at = Place(home.at.path, home.fields[name].lineno)
        self._note(names[0], default, at, required=required)
        if found is MISSING and required and self._in_file(names) is None:
            error = "pydantic.ValidationError"
            found = self.machine.variables.require(self.machine, names[0], at, error)
        if found is MISSING:
            found = self._in_file(names) or MISSING
        if found is MISSING or (self.empty and getattr(found, "known", None) == ""):
            return self._defaulted(names[0], at, default)
        return mapped(found, lambda one: convert(self.machine, one, annotation, home, at))

    def raw(self, cls: Class) -> dict[str, Value]:
        """What the variables and files give the fields of a class, not yet converted."""
        found: dict[str, Value] = {}
        for name, home in fields_of(cls).items():
            details = {**_annotated(self.machine, home, name), **_info(home, name)[1]}
            names = self._names(name, details)
            value = self._find(names)
            value = value if value is not MISSING else self._in_file(names) or MISSING
            if value is not MISSING:
                found[(_aliases(details) or [name])[0]] = value
        return found

    def _note(self, name: str, default: Value | None, at: Place, *, required: bool) -> None:
        default_at = default.parts[0].at if isinstance(default, Text) else None
        variables = self.machine.variables
        needed = required and not catches(self.machine, "pydantic.ValidationError")
        variables.note(name, at, required=needed, default=default, default_at=default_at)
        if name not in variables.slots.values:
            variables.missed.add(name)

    def _defaulted(self, name: str, at: Place, default: Value | None) -> Value | None:
        if self.secrets:
            secret = Unknown(f"{name} in the folder of secrets", self.at)
            condition = Condition(("secret", name, self.at), f"{name} is among the secrets",
                                  self.at, secret)  # fmt: skip
            return secret if default is None else choose(condition, secret, default)
        if default is None:
            return None
        return self.machine.variables.defaulted(name, at, default)

    def _names(self, name: str, details: dict[str, Value]) -> list[str]:
        aliases = _aliases(details)
        names = aliases or [f"{self.prefix}{name}"]
        if self.sensitive:
            return names
        return [form for one in names for form in dict.fromkeys((one.upper(), one, one.lower()))]

    def _find(self, names: list[str]) -> Value:
        for name in names:
            found = self.machine.variables.slots.values.get(name, MISSING)
            if found is not MISSING:
                return self.machine.variables.find(name, self.at)
        if not self.sensitive:
            wanted = {name.lower() for name in names}
            for held in list(self.machine.variables.slots.values):
                if isinstance(held, str) and held.lower() in wanted:
                    return self.machine.variables.find(held, self.at)
        return MISSING

    def _in_file(self, names: list[str]) -> Value | None:
        wanted = {name if self.sensitive else name.lower() for name in names}
        for key, value in self.file.items():
            if (key if self.sensitive else key.lower()) in wanted:
                return value
        return None

    def _nested(
        self, name: str, annotation: ast.expr, home: Class, default: Value | None
    ) -> Value | None:
        """A field that is itself a model, filled from ``NAME__FIELD`` variables."""
        inner = _class_of(self.machine, annotation, home)
        if inner is None or "generated" not in _traits(inner) or self.delimiter is None:
            return None
        keywords: dict[str, Value] = {}
        for field in fields_of(inner):
            names = self._names(f"{name}{self.delimiter}{field}", {})
            found = self._find(names)
            if found is MISSING:
                found = self._in_file(names) or MISSING
            if found is not MISSING:
                keywords[field] = found
        if not keywords and default is not None:
            return None
        if isinstance(default, Instance):
            held = {str(k): v for k, v in default.slots.values.items()}
            keywords = {**held, **keywords}
        return self.machine.call(inner, Arguments((), keywords, self.at))


def _class_of(machine: "Machine", annotation: ast.expr, home: Class) -> Class | None:
    """The class of the code that an annotation names."""
    if isinstance(annotation, ast.BinOp):
        return _class_of(machine, annotation.left, home)
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
        return _secret(value, at)
    inner = _class_of(machine, annotation, home)
    if inner is not None and "members" in inner.traits:
        return machine.invoke(inner, at, value)
    if inner is not None and isinstance(value, Dict) and "generated" in _traits(inner):
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


def _refuse_others(machine: "Machine", value: Value, annotation: ast.expr, at: Place) -> None:
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


def _secret(value: Value, at: Place) -> Value:
    return Instance(External(SECRET), {"secret": value}, at, value.trace)


def _reveal(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    _ = machine, arguments
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    return receiver.slots.values.get("secret", NONE)


def _make_secret(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    _ = machine
    instance.slots.values["secret"] = arguments.keywords.get("secret_value", NONE)


# Validators


def _by_alias(home: Class, name: str, given: dict[str, Value]) -> bool:
    """Whether a field that has another name outside is given under it."""
    default = home.slots.values.get(name)
    held = default.slots.values if isinstance(default, Instance) else {}
    aliases = (getattr(held.get(key), "known", None) for key in ("alias", "validation_alias"))
    return any(alias in given for alias in aliases)


def _validator(kind: str) -> Any:
    def run(machine: "Machine", arguments: Arguments) -> Value:
        names = [getattr(value, "known", None) for value in arguments.positional]
        mode = getattr(arguments.keywords.get("mode"), "known", None)
        mode = mode or ("before" if getattr(arguments.keywords.get("pre"), "value", False)
                        else "after")  # fmt: skip

        def mark(inner: "Machine", given: Arguments) -> Value:
            function = given.positional[0]
            made = Instance(External("readiness.Validator"), {"function": function}, given.at)
            made.data = (kind, mode, names)
            _ = inner
            return made

        _ = machine
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


def _validated(
    machine: "Machine", instance: Instance, name: str, value: Value, at: Place
) -> Value:
    assert isinstance(instance.cls, Class)  # noqa: S101 - for the type checker
    for _, names, function in _validators(instance.cls, "field"):
        if name in names or "*" in names:
            told = _told(instance, name, at)
            value = _call_validator(machine, function, instance.cls, value, told)
    return value


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


def _before(
    machine: "Machine", cls: Class, given: dict[str, Value], reader: _Reader | None, at: Place
) -> Value:
    """Validators of the whole, before its fields: what they make of what is given."""
    functions = [f for mode, _, f in _validators(cls, "model") if mode == "before"]
    if not functions:
        return NONE
    found = {**(reader.raw(cls) if reader is not None else {}), **given}
    held: Value = Dict(dict(found), {name: text(name) for name in found})
    for function in functions:
        inner = function.function if isinstance(function, Wrapped) else function
        held = machine.each(held, lambda one, f=inner: machine.invoke(f, at, cls, one))  # type: ignore[misc]
    return held


def _after(machine: "Machine", cls: Class, instance: Instance, at: Place) -> None:
    for mode, _, function in _validators(cls, "model"):
        if mode == "after":
            inner = function.function if isinstance(function, Wrapped) else function
            machine.invoke(inner, at, instance)
    hook = machine.library.find_method(machine, instance, "model_post_init", at)
    if hook is not None:
        machine.invoke(hook, at, NONE)


def _field_model(machine: "Machine", arguments: Arguments) -> Value:
    made = Instance(External(FIELD), None, arguments.at)
    made.slots.values.update(arguments.keywords)
    if arguments.positional:
        made.slots.values["default"] = arguments.positional[0]
    _ = machine
    return made


def _build_dsn(machine: "Machine", arguments: Arguments) -> Value:
    """``PostgresDsn.build(…)``: an URL by its parts."""
    names = {"scheme": "drivername", "path": "database"}
    given = {names.get(key, key): value for key, value in arguments.keywords.items()}
    url = machine.call(
        External("sqlalchemy.engine.URL.create"), Arguments((), given, arguments.at)
    )
    return machine.invoke(machine.attribute(url, "render_as_string", arguments.at), arguments.at)


def _dump(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    held = dict(receiver.slots.values)
    if arguments.positional or set(arguments.keywords) - {"mode", "by_alias"}:
        return Unknown("a part of a model as a dictionary", arguments.at)
    _ = machine
    return Dict(held, {key: text(str(key)) for key in held})


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


def _computed(machine: "Machine", arguments: Arguments) -> Value:
    """``computed_field``, with and without brackets, over a property or function."""

    def wrap(inner: "Machine", given: Arguments) -> Value:
        value = given.positional[0] if given.positional else NONE
        _ = inner
        return value if isinstance(value, Wrapped) else Wrapped("property", value)

    if arguments.positional:
        return wrap(machine, arguments)
    return Host("computed_field", wrap)


def _config(machine: "Machine", arguments: Arguments) -> Value:
    return machine.call(External("builtins.dict"), arguments)


def _choices(machine: "Machine", arguments: Arguments) -> Value:
    _ = machine
    return Tuple(arguments.positional)


_METHODS = {"model_dump": _dump, "dict": _dump, "model_copy": _copied, "copy": _copied,
            "model_validate": _validate, "parse_obj": _validate, "model_construct":
            lambda m, r, a: m.call(r, a)}  # fmt: skip
_MODEL = LibraryClass(subclassed=_model, methods=_METHODS)
_SETTINGS = LibraryClass(bases=("pydantic.BaseModel",), subclassed=_settings, methods=_METHODS)

TABLE = Table(
    functions={
        "pydantic.PostgresDsn.build": _build_dsn, "pydantic.MultiHostUrl.build": _build_dsn,
        "pydantic.Field": _field_model, "pydantic_settings.SettingsConfigDict": _config,
        "pydantic.ConfigDict": _config, "pydantic.AliasChoices": _choices,
        "pydantic.field_validator": _validator("field"), "pydantic.validator": _validator("field"),
        "pydantic.model_validator": _validator("model"),
        "pydantic.root_validator": _validator("model"), "pydantic.computed_field": _computed,
    },
    classes={
        "pydantic.BaseModel": _MODEL, "pydantic_settings.BaseSettings": _SETTINGS,
        FIELD: LibraryClass(), "readiness.Validator": LibraryClass(),
        SECRET: LibraryClass(("secret_value",), build=_make_secret,
                             methods={"get_secret_value": _reveal}),
    },
    aliases={
        "pydantic.BaseSettings": "pydantic_settings.BaseSettings",
        "pydantic.v1.BaseSettings": "pydantic_settings.BaseSettings",
        "pydantic.main.BaseModel": "pydantic.BaseModel", "sqlmodel.Field": "pydantic.Field",
        "pydantic.types.SecretStr": SECRET, "pydantic.fields.Field": "pydantic.Field",
        "pydantic_settings.main.BaseSettings": "pydantic_settings.BaseSettings",
        "pydantic.functional_validators.field_validator": "pydantic.field_validator",
    },
)  # fmt: skip

__all__ = ["TABLE", "NotPlain", "plain"]

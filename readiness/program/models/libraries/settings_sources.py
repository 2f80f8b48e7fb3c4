"""Where settings come from: the variables, dotenv files and folders of secrets."""

import json
from collections.abc import Callable, Container, Mapping
from functools import partial
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import reads
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.handlers import catches
from readiness.program.interpreter.plain import lifted
from readiness.program.models.libraries import dotenv
from readiness.program.models.libraries.settings_aliases import (
    aliases_of,
    reached,
    steps_of,
)
from readiness.program.models.libraries.settings_decoding import decoded
from readiness.program.models.libraries.settings_fields import Field, fields_told
from readiness.program.models.libraries.settings_values import class_of, traits_of
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Class,
    Condition,
    Constant,
    Dict,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


Details = Mapping[str, Value]
NO_DETAILS: Details = {}
DEEPEST = 4
"""How many models in models variables fill."""


class Sources:
    """Reads the variables of one settings class."""

    def __init__(
        self, machine: "Machine", cls: Class, config: dict[str, Value], arguments: Arguments
    ) -> None:
        self.machine = machine
        self.at = arguments.at
        self.config = config
        given = arguments.keywords
        self.prefix = (
            getattr(given.get("_env_prefix", config.get("env_prefix")), "known", "") or ""
        )
        delimiter = config.get("env_nested_delimiter")
        self.delimiter = getattr(delimiter, "known", None)
        whole = config.get("nested_model_default_partial_update")
        self.partial = bool(getattr(whole, "value", False))
        sensitive = config.get("case_sensitive")
        self.sensitive = bool(getattr(sensitive, "value", False))
        self.empty = bool(getattr(config.get("env_ignore_empty"), "value", False))
        folder = given.get("_secrets_dir", config.get("secrets_dir", NONE))
        self.secrets = not (isinstance(folder, Constant) and folder.value is None)
        files = given.get("_env_file", config.get("env_file", NONE))
        self.file = self._files(files, cls)

    def _files(self, value: Value, cls: Class) -> dict[str, Value]:
        """The variables of the dotenv files, later files winning."""
        items = (
            self.machine.iterate(value, self.at) if isinstance(value, (Tuple, List)) else [value]
        )
        found: dict[str, Value] = {}
        for item in items if isinstance(items, list) else []:
            if isinstance(item, Constant):
                continue
            path = dotenv.locate(self.machine, item, Arguments((), {}, cls.at))
            found.update(dotenv.entries(self.machine, path) or {} if path else {})
        return found

    def read(self, field: Field, otherwise: Callable[[], Value]) -> Value:
        """The value of a field from the variables, or what is asked for where they have none."""
        names = self._names(field.name, field.details)
        nested = self._nested(field)
        if nested is not None:
            return nested
        found = self._find(names, field.details)
        at = Place(field.home.at.path, field.annotation.lineno)
        name = (self._held(names) if found is not MISSING else None) or names[0]
        self._note(name, field.default, at, required=field.required)
        in_file = self._in_file(names, field.details)
        perhaps = found is MISSING or names[0] in self.machine.variables.opened
        if perhaps and field.required and in_file is None:
            error = "pydantic.ValidationError"
            found = reads.require(self.machine, names[0], at, error)

        def left_out() -> Value:
            default = self._defaulted(names[0], at, field.default)
            return otherwise() if default is None else default

        def filled(one: Value) -> Value:  # on some path a variable may be missing
            if one is MISSING:
                one = in_file or MISSING
            if one is MISSING or (self.empty and getattr(one, "known", None) == ""):
                return left_out()
            return self.machine.each(one, given)

        def given(known: Value) -> Value:
            made = self._decoded(known, field, at)
            if made is not MISSING:
                return made
            return left_out() if known is in_file else filled(MISSING)

        return self.machine.each(found, filled)

    def of_variables(self, field: Field, otherwise: Callable[[], Value]) -> Value:
        """The value of a field from the variables alone, or what is asked for."""
        nested = self._nested(field)
        if nested is not None:
            return nested
        at = Place(field.home.at.path, field.annotation.lineno)
        self._note(self._names(field.name, field.details)[0], field.default, at, required=False)

        def filled(one: Value) -> Value:
            if one is MISSING or (self.empty and getattr(one, "known", None) == ""):
                return otherwise()
            return self.machine.each(one, given)

        def given(known: Value) -> Value:
            made = self._decoded(known, field, at)
            return otherwise() if made is MISSING else made

        return self.machine.each(
            self._find(self._names(field.name, field.details), field.details), filled
        )

    def of_file(self, field: Field) -> Value | None:
        """The value of a field from the dotenv files alone."""
        value = self._in_file(self._names(field.name, field.details), field.details)
        at = Place(field.home.at.path, field.annotation.lineno)
        made = None if value is None else self._decoded(value, field, at)
        return None if made is MISSING else made

    def left_out(self, field: Field) -> Value | None:
        """The default of a field that no source has, told as that of its variable."""
        name = self._names(field.name, field.details)[0]
        at = Place(field.home.at.path, field.annotation.lineno)
        default = field.default
        return default and reads.defaulted(self.machine.variables, name, at, default)

    def demanded(self, field: Field) -> Value:
        """The value of a field that no source has: whoever starts the process gives it."""
        name = self._names(field.name, field.details)[0]
        at = Place(field.home.at.path, field.annotation.lineno)
        return reads.require(self.machine, name, at, "pydantic.ValidationError")

    def _decoded(self, value: Value, field: Field, at: Place) -> Value:
        return decoded(self.machine, self.config, value, field, at)

    def raw(self, cls: Class) -> dict[str, Value]:
        """What the variables and files give the fields of a class, not yet converted."""
        found: dict[str, Value] = {}
        for field in fields_told(self.machine, cls, {}):
            value = self._found(self._names(field.name, field.details), field.details)
            if value is not MISSING:
                found[field.names[0]] = value
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
        return reads.defaulted(self.machine.variables, name, at, default)

    def _names(self, name: str, details: dict[str, Value]) -> list[str]:
        aliases = aliases_of(details)
        return self._spelled(aliases or [f"{self.prefix}{name}"])

    def _spelled(self, names: list[str]) -> list[str]:
        """The ways in which names may be written."""
        if self.sensitive:
            return names
        return [form for one in names for form in dict.fromkeys((one.upper(), one, one.lower()))]

    def _find(self, names: list[str], details: Details = NO_DETAILS) -> Value:
        """What the first of these variables has, below the path that an alias may be."""
        name = self._held(names)
        if name is None:  # a file that is not here may set it
            return self.machine.variables.find(names[0], self.at)
        found = self.machine.variables.find(name, self.at)
        return reached(self.machine, found, steps_of(details, name), self.at)

    def _held(self, names: list[str]) -> str | None:
        """The first of these names that a variable has."""
        held = self.machine.variables.slots.values
        for name in names:
            if held.get(name, MISSING) is not MISSING:
                return name
        wanted = set() if self.sensitive else {name.lower() for name in names}
        return next((one for one in held if isinstance(one, str) and one.lower() in wanted), None)

    def _found(self, names: list[str], details: Details = NO_DETAILS) -> Value:
        """What a variable has, or else a file; `MISSING` where neither does."""
        value = self._find(names, details)
        in_file = self._in_file(names, details) or MISSING
        return self.machine.each(value, lambda one: in_file if one is MISSING else one)

    def _in_file(self, names: list[str], details: Details = NO_DETAILS) -> Value | None:
        wanted = {name if self.sensitive else name.lower() for name in names}
        for key, value in self.file.items():
            if (key if self.sensitive else key.lower()) in wanted:
                found = reached(self.machine, value, steps_of(details, key), self.at)
                return None if found is MISSING else found
        return None

    def _nested(self, field: Field) -> Value | None:
        """A field that is itself a model, filled from ``NAME__FIELD`` variables."""
        inner = class_of(self.machine, field.annotation, field.home)
        if inner is None or "generated" not in traits_of(inner) or self.delimiter is None:
            return None
        first = (aliases_of(field.details) or [f"{self.prefix}{field.name}"])[0]
        keywords = self._exploded(first, inner, DEEPEST)
        whole = self._found(self._names(field.name, field.details))
        if not keywords or (getattr(whole, "known", None) or "").strip() == "null":
            return None
        default = field.default
        keywords = {**self._written_out(field), **keywords}
        if isinstance(default, Instance) and self.partial:
            keywords = {**{str(k): v for k, v in default.slots.values.items()}, **keywords}
        else:
            keywords.update(self._demanded_below(first, inner, keywords))
        return self.machine.call(inner, Arguments((), keywords, self.at))

    def _exploded(self, path: str, cls: Class, left: int) -> dict[str, Value]:
        """What variables give the fields of a model, and those of the models in them."""
        found: dict[str, Value] = {}
        for field in fields_told(self.machine, cls, {}) if left else ():
            below = f"{path}{self.delimiter}{field.name}"
            value = self._found(self._spelled([below]))
            inner = class_of(self.machine, field.annotation, field.home)
            deeper = self._exploded(below, inner, left - 1) if inner is not None else {}
            if value is not MISSING:
                at = Place(field.home.at.path, field.annotation.lineno)
                found[field.name] = self.machine.each(value, partial(self._known, field, at))
            if deeper and inner is not None:
                found[field.name] = self.machine.call(inner, Arguments((), deeper, self.at))
        return found

    def _demanded_below(self, path: str, cls: Class, given: Container[str]) -> dict[str, Value]:
        """What else a model needs of which variables give a part: start-up ends without it."""
        found: dict[str, Value] = {}
        for field in fields_told(self.machine, cls, {}):
            inner = class_of(self.machine, field.annotation, field.home)
            named = inner is None and not aliases_of(field.details)
            if not named or not field.required:
                continue
            name = self._spelled([f"{path}{self.delimiter}{field.name}"])[0]
            at = Place(field.home.at.path, field.annotation.lineno)
            self._note(name, None, at, required=True)
            if field.name not in given:
                value = reads.require(self.machine, name, at, "pydantic.ValidationError")
                found[field.name] = self._known(field, at, value)
        return found

    def _known(self, field: Field, at: Place, value: Value) -> Value:
        if value is MISSING:
            return value
        made = self._decoded(value, field, at)
        return NONE if made is MISSING else made

    def _written_out(self, field: Field) -> dict[str, Value]:
        """What the variable of the whole model says, as JSON, beside those of its fields."""
        whole = self._found(self._names(field.name, field.details))
        try:
            made = lifted(json.loads(getattr(whole, "known", None) or ""), whole.trace)
        except ValueError:
            return {}
        entries = made.slots.values if isinstance(made, Dict) else {}
        return {str(key): one for key, one in entries.items()}

"""``settings_customise_sources``: the sources of settings, in the order of their class."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.interpreter.choices import choose
from readiness.program.models.libraries import dotenv
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Instance,
    List,
    Part,
    Text,
    Tuple,
    Unknown,
    Value,
)
from readiness.project import Unreadable

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
    from readiness.program.models.libraries.settings_fields import Field
    from readiness.program.models.libraries.settings_sources import Sources

_HOOK = "settings_customise_sources"
_KNOWN = {name: External(f"readiness.settings.{name}") for name in (
    "init_settings", "env_settings", "dotenv_settings", "file_secret_settings")}  # fmt: skip
_INIT, _VARIABLES, _DOTENV, _SECRETS = _KNOWN.values()
_READERS = {
    "pydantic_settings.YamlConfigSettingsSource": ("yaml_file", "yaml.safe_load"),
    "pydantic_settings.TomlConfigSettingsSource": ("toml_file", "tomllib.loads"),
    "pydantic_settings.JsonConfigSettingsSource": ("json_file", "json.loads"),
}


def sources_of(machine: "Machine", cls: Class, arguments: Arguments) -> list[Value] | None:
    """What a class says of its sources, the strongest first; None where it says nothing."""
    held = inheritance.find(cls, _HOOK)
    if held is None or not isinstance(held[1], Class):
        return None
    hook = machine.attribute(cls, _HOOK, arguments.at)
    found = machine.call(hook, Arguments((cls,), dict(_KNOWN), arguments.at))
    items = machine.iterate(found, arguments.at) if isinstance(found, Tuple | List) else None
    if not isinstance(items, list):
        return [Unknown(f"{cls.name} has sources that are not told apart here", arguments.at)]
    return items


class Ordered:
    """Fills the fields of one class from its own order of sources."""

    def __init__(
        self, machine: "Machine", reader: "Sources", kinds: list[Value], at: Place
    ) -> None:
        self.machine = machine
        self.reader = reader
        self.kinds = kinds
        self.at = at
        self._documents: dict[int, Dict | None] = {}

    def fill(
        self, field: "Field", given: dict[str, Value], otherwise: Callable[[], Value]
    ) -> Value:
        """The value of a field: of the first source that has it."""
        return self._from(0, field, given, otherwise)

    def _from(
        self, index: int, field: "Field", given: dict[str, Value], otherwise: Callable[[], Value]
    ) -> Value:
        if index == len(self.kinds):
            return self._nowhere(field, otherwise)
        kind = self.kinds[index]

        def rest() -> Value:
            return self._from(index + 1, field, given, otherwise)

        if kind == _INIT:
            held = next((given[name] for name in field.names if name in given), None)
        elif kind == _VARIABLES:
            return self.reader.of_variables(field, rest)
        elif kind == _DOTENV:
            held = self.reader.of_file(field)
        elif kind == _SECRETS:
            return self._perhaps(field, rest()) if self.reader.secrets else rest()
        else:
            return self._document(index, kind, field, rest)
        return rest() if held is None else held

    def _nowhere(self, field: "Field", otherwise: Callable[[], Value]) -> Value:
        if _VARIABLES not in self.kinds:
            return otherwise()
        if field.required:
            return self.reader.demanded(field)
        return self.reader.left_out(field) or otherwise()

    def _document(
        self, index: int, kind: Value, field: "Field", rest: Callable[[], Value]
    ) -> Value:
        """What a file of YAML, TOML or JSON has; an own kind of source may have anything."""
        name = kind.cls.name if isinstance(kind, Instance) and isinstance(
            kind.cls, External) else ""  # fmt: skip
        if name not in _READERS:
            return self._perhaps(field, rest())
        if index not in self._documents:
            self._documents[index] = self._parsed(kind, *_READERS[name])
        held = self._documents[index]
        if held is None:
            return self._perhaps(field, rest())
        found = (held.slots.values.get(one) for one in [*field.names, field.name])
        value = next((one for one in found if one is not None), None)
        return rest() if value is None else value

    def _parsed(self, source: Value, option: str, parse: str) -> Dict | None:
        """The document that a source reads; empty where there is no such file."""
        assert isinstance(source, Instance)  # noqa: S101 - asked before
        path = source.slots.values.get(option) or self.reader.config.get(option) or NONE
        if isinstance(path, Constant) and path.value is None:
            return Dict()
        located = dotenv.locate(self.machine, path, Arguments((), {}, self.at))
        if located is None:
            return None
        try:
            content = self.machine.sources.project.text(located)
        except Unreadable:
            return Dict()
        written = Text((Part(content, Place(located, 1)),))
        made = self.machine.invoke(External(parse), self.at, written)
        return made if isinstance(made, Dict) and made.rest is None else None

    def _perhaps(self, field: "Field", otherwise: Value) -> Value:
        said = Unknown(f"{field.name} in a source of settings that is not known here", self.at)
        words = f"another source of settings has {field.name}"
        condition = Condition(("source", field.name, self.at), words, self.at, said)
        return choose(condition, said, otherwise)


TABLE = Table(
    classes={
        name: LibraryClass(("settings_cls", option)) for name, (option, _) in _READERS.items()
    },
)

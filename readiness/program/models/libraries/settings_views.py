"""Objects of pydantic's models seen otherwise: as dictionaries, as texts, beside each other."""

from typing import TYPE_CHECKING

from msgspec import Struct

from readiness.program.interpreter.choices import mapped
from readiness.program.interpreter.equalities import equality
from readiness.program.interpreter.formatting import concatenated
from readiness.program.models.libraries.settings_fields import info_of
from readiness.program.models.libraries.settings_values import traits_of
from readiness.program.models.python.record_fields import fields_of
from readiness.program.models.table import MethodModel
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    Arguments,
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
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.model.place import Place
    from readiness.program.interpreter.machine import Machine

COMPUTED = "\0computed"
"""What the function of a computed field carries."""
DEEPEST = 20
_OPTIONS = frozenset({"mode", "by_alias", "include", "exclude", "exclude_none"})


class _Dump(Struct, frozen=True):
    """What is asked of a dictionary of a model."""

    machine: "Machine"
    at: "Place"
    by_alias: bool
    json: bool
    without_none: bool

    def whole(
        self, value: Instance, chosen: set[str] | None, left_out: set[str], left: int
    ) -> Value:
        """A model as a dictionary."""
        assert isinstance(value.cls, Class)  # noqa: S101 - for the type checker
        held: dict[str, Value] = {}
        for name in names_of(value):
            if name in left_out or (chosen is not None and name not in chosen):
                continue
            found = self.machine.attribute(value, name, self.at)
            if self.without_none and isinstance(found, Constant) and found.value is None:
                continue
            held[self._key(value.cls, name)] = self.part(found, left)
        return Dict(held, {name: text(name) for name in held})

    def _key(self, cls: Class, name: str) -> str:
        home = fields_of(cls).get(name)
        if not self.by_alias or home is None:
            return name
        details = info_of(home, name)[1]
        alias = details.get("serialization_alias", details.get("alias"))
        return getattr(alias, "known", None) or name

    def part(self, value: Value, left: int) -> Value:
        """What is in a model, the models in it as dictionaries too."""
        self.machine.limits.step()
        if left < 0:
            return Unknown("a part of a model that nests too deeply", self.at)

        if isinstance(value, Instance) and is_model(value):
            return self.whole(value, None, set(), left - 1)
        return self._container(value, left)

    def _container(self, value: Value, left: int) -> Value:
        def inner(one: Value) -> Value:
            return mapped(one, lambda each: self.part(each, left - 1))

        match value:
            case Tuple():
                items = tuple(map(inner, value.items))
                return List(items, value.trace) if self.json else Tuple(items, value.trace)
            case List(kind="list"):
                made = List((), value.trace)
                made.slots.values["items"] = inner(value.slots.values["items"])
                return made
            case Dict(kind="dict", rest=None):
                entries = {key: inner(one) for key, one in value.slots.values.items()}
                return Dict(entries, dict(value.keys), value.trace)
        plain = isinstance(value, Constant) and isinstance(value.value, int | float | None)
        if plain or not self.json or isinstance(value, (Text, Unknown)):
            return value
        return Unknown("a value as JSON", self.at)


def is_model(value: Value) -> bool:
    """Whether a value is an object of one of pydantic's models."""
    return isinstance(value, Instance) and isinstance(value.cls, Class) and (
        "model" in traits_of(value.cls))  # fmt: skip


def names_of(value: Instance) -> list[str]:
    """The fields of an object, what it was given besides, and what is computed."""
    assert isinstance(value.cls, Class)  # noqa: S101 - for the type checker
    fields = [name for name in fields_of(value.cls)
              if name != "model_config" and not name.startswith("_")]  # fmt: skip
    fields = [name for name in fields if name in value.slots.values]
    others = [str(name) for name in value.slots.values if name not in fields
              and not str(name).startswith("_") and not _is_own(value.cls, str(name))]  # fmt: skip
    return [*fields, *others, *_computed(value.cls)]


def _is_own(cls: Class, name: str) -> bool:
    return any(isinstance(one, Class) and name in one.slots.values for one in cls.order)


def _computed(cls: Class) -> list[str]:
    return [str(name) for one in reversed(cls.order) if isinstance(one, Class)
            for name, held in one.slots.values.items()
            if isinstance(held, Wrapped) and isinstance(held.function, Function)
            and COMPUTED in held.function.attributes.values]  # fmt: skip


def dump(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``model_dump``, of all or of some fields."""
    given = arguments.keywords
    chosen, left_out = _names(given.get("include")), _names(given.get("exclude"))
    unclear = Unknown("a part of a model as a dictionary", arguments.at)
    if arguments.positional or set(given) - _OPTIONS or not is_model(receiver):
        return unclear
    if (chosen is None and "include" in given) or (left_out is None and "exclude" in given):
        return unclear
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    asked = (
        getattr(given.get(name), "value", False) is True for name in ("by_alias", "exclude_none")
    )
    by_alias, without_none = asked
    json = getattr(given.get("mode"), "known", None) == "json"
    made = _Dump(machine, arguments.at, by_alias, json, without_none)
    return made.whole(receiver, chosen, left_out or set(), DEEPEST)


def _names(value: Value | None) -> set[str] | None:
    """The names in a set of fields; None where they are not all known, or said more finely."""
    content = value.slots.values["items"] if isinstance(value, List) else value
    found = {getattr(one, "known", None) for one in getattr(content, "items", None) or (None,)}
    known = {one for one in found if one is not None}
    return known if len(known) == len(found) else None


def shown(*, whole: bool) -> MethodModel:
    """``repr(model)``, or where it is not ``whole`` the text without the class's name."""

    def run(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        if not isinstance(receiver, Instance) or not is_model(receiver):
            return Unknown("how a model is shown", arguments.at)
        assert isinstance(receiver.cls, Class)  # noqa: S101 - for the type checker
        pieces: list[Value] = [text(f"{receiver.cls.name}(")] if whole else []
        between = ", " if whole else " "
        for index, name in enumerate(_shown_names(receiver)):
            value = machine.attribute(receiver, name, arguments.at)
            pieces += [text(f"{between if index else ''}{name}="),
                       machine.invoke(External("builtins.repr"), arguments.at, value)]  # fmt: skip
        return concatenated(machine, [*pieces, text(")" if whole else "")], arguments.at)

    return run


def _shown_names(value: Instance) -> list[str]:
    homes = fields_of(value.cls) if isinstance(value.cls, Class) else {}
    hidden = (name for name, home in homes.items()
              if getattr(info_of(home, name)[1].get("repr"), "value", True) is False)  # fmt: skip
    left_out = set(hidden)
    return [name for name in names_of(value) if name not in left_out]


def equal(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``model == other``: of one class, and all fields alike."""
    other = arguments.positional[0] if arguments.positional else NONE
    if isinstance(other, Unknown):
        return Unknown("whether two models are equal", arguments.at)
    if not isinstance(other, Instance) or not isinstance(receiver, Instance):
        return FALSE
    if other.cls is not receiver.cls:
        return FALSE
    names = dict.fromkeys((*names_of(receiver), *names_of(other)))
    mine, others = (Tuple(tuple(one.slots.values.get(name, MISSING) for name in names))
                    for one in (receiver, other))  # fmt: skip
    return equality(machine, mine, others, arguments.at, "the models are equal")

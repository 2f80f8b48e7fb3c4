"""The text of a variable as what its field is validated with: JSON, None, a member's value."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.plain import lifted, parts_of
from readiness.program.interpreter.traces import with_trace
from readiness.program.models.libraries.settings_aliases import SETTINGS_ERROR
from readiness.program.models.libraries.settings_fields import Field, annotated
from readiness.program.models.libraries.settings_types import is_complex, parts_of_type, spelled
from readiness.program.models.libraries.settings_values import class_of, models_of
from readiness.program.values import MISSING, NONE, Text, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_Config = Mapping[str, Value]


def decoded(machine: "Machine", config: _Config, value: Value, field: Field, at: Place) -> Value:
    """A list or the like is written as JSON; where it may be a text too, it need not be.

    `MISSING` for ``null``, which says nothing: another source or the default has its turn.
    """
    if not isinstance(value, Text | Unknown):
        return value
    if isinstance(value, Text):
        value = _by_words(machine, config, value, field)
    models = models_of(machine, field.annotation, field.home)
    if not isinstance(value, Text | Unknown) or not (models or is_complex(field.annotation)):
        return value
    if not _decodes(machine, config, field):
        return value
    if isinstance(value, Unknown) or value.known is None:
        return _open(machine, value, field, at)
    try:
        found = json.loads(value.known)
    except ValueError:
        if parts_of_type(field.annotation)[0] == "Union":
            return value
        raise machine.error(SETTINGS_ERROR, "it is no JSON", at, value.trace) from None
    return MISSING if found is None else lifted(found, value.trace, parts_of(value))


def _open(machine: "Machine", value: Text | Unknown, field: Field, at: Place) -> Value:
    """A text that is not known may be no JSON, before it is validated at all."""
    if parts_of_type(field.annotation)[0] != "Union":
        machine.may_fail("reading a setting as JSON", at, machine.exception(
            SETTINGS_ERROR, "it is no JSON", at))  # fmt: skip
    if isinstance(value, Unknown):
        return value
    names = ", ".join(sorted({p.variable for p in value.parts if p.variable}))
    return Unknown(f"{names or 'a value'} is set by the platform", at, value.trace)


def _decodes(machine: "Machine", config: _Config, field: Field) -> bool:
    """Whether a text is read as JSON: ``NoDecode`` and ``ForceDecode`` say for a field."""
    beside = {getattr(one, "name", "").rpartition(".")[2]
              for one in annotated(machine, field.home, field.name)}  # fmt: skip
    if "NoDecode" in beside:
        return False
    return bool(getattr(config.get("enable_decoding"), "value", True)) or "ForceDecode" in beside


def _by_words(machine: "Machine", config: _Config, value: Text, field: Field) -> Value:
    """The word that stands for None, and the names of members, where a class asks for those."""
    none = getattr(config.get("env_parse_none_str"), "known", None)
    if value.known is not None and value.known == none:
        return with_trace(NONE, value.trace)
    by_name = getattr(config.get("env_parse_enums"), "value", False)
    cls = class_of(machine, spelled(field.annotation), field.home) if by_name else None
    for member in cls.traits.get("members", ()) if cls is not None else ():
        if getattr(member.slots.values["name"], "known", None) == value.known:
            return with_trace(member.data, value.trace)
    return value

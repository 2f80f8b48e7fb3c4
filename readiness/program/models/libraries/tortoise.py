"""Tortoise: what its configuration connects to, one record for each connection."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.table import FunctionModel, Table
from readiness.program.values import NONE, Arguments, Constant, Dict, Text, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

CONNECTION = "tortoise.connection"
_CONTRIB = ("fastapi", "starlette", "sanic", "quart", "aiohttp", "blacksheep")


def _initialised(before: int) -> FunctionModel:
    """``Tortoise.init`` and ``register_tortoise``, which has an application ``before``."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        config = arguments.get("config", before)
        address = arguments.keywords.get("db_url")
        if address is not None and not _is_none(address):
            machine.each(address, lambda one: _record(machine, one, arguments))
        elif config is not None and not _is_none(config):
            machine.each(config, lambda one: _configured(machine, one, arguments))
        else:
            _record(machine, Unknown("a configuration that is not in the code", arguments.at),
                    arguments)  # fmt: skip
        return NONE

    return run


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _configured(machine: "Machine", config: Value, arguments: Arguments) -> Value:
    """``{"connections": {name: an address, or an engine with its credentials}}``."""
    found = config.slots.values.get("connections") if isinstance(config, Dict) else None
    if not isinstance(found, Dict) or found.rest is not None:
        return _record(machine, Unknown("the connections of a configuration"), arguments)
    for place, one in enumerate(found.slots.values.values()):
        machine.each(one, partial(_record, machine, arguments=arguments, further=place > 0))
    return NONE


def _record(
    machine: "Machine", given: Value, arguments: Arguments, *, further: bool = False
) -> Value:
    """One connection, at the call; those ``further`` in a configuration where they are written."""
    at = arguments.at
    values: dict[str, Value] = {"url": given}
    if isinstance(given, Dict):
        credentials = given.slots.values.get("credentials", Unknown("its credentials", at))
        values = {"engine": given.slots.values.get("engine", NONE), "credentials": credentials}
    elif isinstance(given, Text) and further:
        at = next((part.at for part in given.parts if part.literal and part.at), at)
    machine.record(CONNECTION, values, at)
    return NONE


_REGISTER = _initialised(1)

_STARTS = {
    "tortoise.Tortoise.init": _initialised(0),
    **{f"tortoise.contrib.{name}.register_tortoise": _REGISTER for name in _CONTRIB},
    **{f"tortoise.contrib.{name}.RegisterTortoise": _REGISTER for name in _CONTRIB},
}

TABLE = Table(functions=_STARTS, connects=frozenset(_STARTS))

"""Applications of FastAPI and Starlette: what runs as they start, and what each request brings."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.libraries.agno import AGENT_OS
from readiness.program.models.python.making import named
from readiness.program.models.table import Table
from readiness.program.values import (
    NONE,
    Arguments,
    Class,
    Constant,
    Dict,
    External,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
    from readiness.program.interpreter.records import Event

_STARLETTE = "starlette.applications.Starlette"
APPLICATIONS = ("fastapi.FastAPI", _STARLETTE)
REQUESTS = frozenset({
    "fastapi.Request", "fastapi.WebSocket", "fastapi.requests.Request",
    "fastapi.requests.HTTPConnection", "fastapi.websockets.WebSocket",
    "starlette.requests.Request", "starlette.requests.HTTPConnection",
    "starlette.websockets.WebSocket",
})  # fmt: skip
NAMES = frozenset({"request", "websocket"})
"""How a parameter is called that has no annotation and takes a request."""
OVERRIDES = "dependency_overrides"
_STATE = "\0state of requests"
_QUIET = Constant(value=False)
"""That nobody told an application to debug."""


def _application(name: str, machine: "Machine", arguments: Arguments) -> Value:
    made = Unknown(f"what {name}() gives", arguments.at)
    made.memo[OVERRIDES] = Dict()
    event = machine.record(name, named(arguments), arguments.at)
    debug = arguments.get("debug", 0) if name == _STARLETTE else event.arguments.get("debug")
    if debug is not None or "**" not in event.arguments:
        made.memo["debug"] = debug or _QUIET
    machine.records.results[made.number] = event
    machine.records.applications.append((made, arguments.keywords.get("lifespan", NONE)))
    machine.library.escape(machine, arguments, name)
    return made


def attributes(machine: "Machine", event: "Event") -> dict[str, Value]:
    """What an application was told that is asked anew for each request, as it is in the end."""
    for made, _ in machine.records.applications:
        if machine.records.results.get(getattr(made, "number", -1)) is event:
            debug = made.memo.get("debug", _QUIET)
            return {} if debug is _QUIET else {"debug": debug}
    return {}


def started(machine: "Machine", given: Value) -> None:
    """What a lifespan yields is the state of each request."""
    if isinstance(given, Dict):
        machine.singletons[_STATE] = given


def others(machine: "Machine") -> bool:
    """Whether there are applications besides those that the code makes of these classes."""
    made = any(event.name == AGENT_OS and "base_app" not in event.arguments
               for event in machine.records.events)  # fmt: skip
    values = (one for module in machine.by_path.values() for one in module.slots.values.values())
    return made or any(isinstance(one, Class) and _is_application(one) for one in values)


def _is_application(cls: Class) -> bool:
    return any(isinstance(base, External) and base.name in APPLICATIONS for base in cls.order)


def of_request(machine: "Machine", annotation: Value | None, name: str) -> dict[str, Value]:
    """What a request shows of its application, where there is one only."""
    if annotation is None:
        is_request = name in NAMES
    else:
        is_request = isinstance(annotation, External) and annotation.name in REQUESTS
    unsettled = machine.records.unsettled
    if not is_request or unsettled is None:
        return {}
    application, _ = machine.records.applications[0]
    held = machine.singletons.get(_STATE)
    given = held.slots.values if isinstance(held, Dict) else {}
    state = Unknown("the state of a request", free=True)
    state.memo.update({str(key): one for key, one in given.items() if key not in unsettled})
    return {"app": _shown(application, unsettled), "state": state}


def _shown(held: Unknown, unsettled: frozenset[str]) -> Unknown:
    """An application, or its state, as each request finds it."""
    made = Unknown(held.reason, held.at, held.trace, held.free)
    for name, one in held.memo.items():
        if name not in unsettled:
            made.memo[name] = (
                _shown(one, unsettled) if name == "state" and isinstance(one, Unknown) else one
            )
    return made


TABLE = Table(
    functions={name: partial(_application, name) for name in APPLICATIONS},
    aliases={"fastapi.applications.FastAPI": "fastapi.FastAPI"},
)

"""Applications of FastAPI and Starlette: what runs as they start, and what each request brings."""

from functools import partial
from typing import TYPE_CHECKING

from readiness.program.models.making import named
from readiness.program.models.table import Table
from readiness.program.values import NONE, Arguments, Dict, External, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

APPLICATIONS = ("fastapi.FastAPI", "starlette.applications.Starlette")
REQUESTS = frozenset({
    "fastapi.Request", "fastapi.WebSocket", "fastapi.requests.Request",
    "fastapi.requests.HTTPConnection", "fastapi.websockets.WebSocket",
    "starlette.requests.Request", "starlette.requests.HTTPConnection",
    "starlette.websockets.WebSocket",
})  # fmt: skip
NAMES = frozenset({"request", "websocket"})
"""How a parameter is called that has no annotation and takes a request."""
_STATE = "\0state of requests"


def _application(name: str, machine: "Machine", arguments: Arguments) -> Value:
    made = Unknown(f"what {name}() gives", arguments.at)
    event = machine.record(name, named(arguments), arguments.at)
    machine.records.results[made.number] = event
    machine.records.applications.append((made, arguments.keywords.get("lifespan", NONE)))
    machine.library.escape(machine, arguments, name)
    return made


def started(machine: "Machine", given: Value) -> None:
    """What a lifespan yields is the state of each request."""
    if isinstance(given, Dict):
        machine.singletons[_STATE] = given


def of_request(machine: "Machine", annotation: Value | None, name: str) -> dict[str, Value]:
    """What a request shows of its application, where there is one only."""
    if annotation is None:
        is_request = name in NAMES
    else:
        is_request = isinstance(annotation, External) and annotation.name in REQUESTS
    if not is_request or len(machine.records.applications) != 1:
        return {}
    application, _ = machine.records.applications[0]
    held = machine.singletons.get(_STATE)
    state = Unknown("the state of a request", free=True)
    if isinstance(held, Dict):
        state.memo.update({str(key): one for key, one in held.slots.values.items()})
    return {"app": application, "state": state}


TABLE = Table(
    functions={name: partial(_application, name) for name in APPLICATIONS},
    aliases={"fastapi.applications.FastAPI": "fastapi.FastAPI"},
)

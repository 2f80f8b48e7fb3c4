"""From which files the code itself comes to start a web server."""

from readiness.program.interpreter.machine import Machine
from readiness.program.models.libraries.servers import OUT_OF_SIGHT, SERVERS


def serving(machine: Machine) -> frozenset[str]:
    """The files of the calls that start a server, and of those that led to them."""
    calls = [one for one in machine.records.events
             if one.name in SERVERS or one.name.startswith(OUT_OF_SIGHT)]  # fmt: skip
    told = {step.at.path for one in calls for step in one.trace if step.at is not None}
    return frozenset(told | {one.at.path for one in calls})

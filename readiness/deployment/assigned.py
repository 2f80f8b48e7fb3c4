"""Variables that a command line, or a script on its way, sets before the program starts."""

import re
from collections.abc import Mapping

from readiness.deployment.interpolation import fill, variable
from readiness.deployment.service import Command, Service
from readiness.model.variable import Origin, Variable

_SOURCE = "the command itself"
_RUN = re.compile(r"\$\([^()`]*\)|`[^`]*`")
"""What a shell puts in place of a command that it runs."""


def assigned_by(
    service: Service, command: Command, known: Mapping[str, Variable]
) -> dict[str, Variable]:
    """What is set for a command of a service; ``known`` is what holds before.

    Where a script may pass an ``export`` by, only a default that it gives is sure.
    """
    held, found = dict(known), {}
    scripts = ((one, pair) for one in service.processes if one.words[0] == "export"
               for pair in one.assigned)  # fmt: skip
    for by, (name, value) in (*scripts, *((command, pair) for pair in command.assigned)):
        sure = by is command or not by.perhaps or f"${{{name}:" in value
        held[name] = found[name] = _set(name, value, by, held, sure=sure)
    return found


def _set(
    name: str, value: str, by: Command, held: Mapping[str, Variable], *, sure: bool
) -> Variable:
    shown = _RUN.sub("${COMMAND}", value)
    if not sure or "$(" in shown or "`" in shown:
        return Variable(name, "injected", None, (Origin(_SOURCE, by.at),))
    return variable(name, fill(shown, held), source=_SOURCE, at=by.at)


def started(service: Service) -> Command | None:
    """The program that a service starts last."""
    found = [one for one in service.processes if one.words[0] != "export"]
    return found[-1] if found else None

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
    service: Service, command: Command, known: Mapping[str, Variable], *, own: bool = False
) -> dict[str, Variable]:
    """What is set for a command of a service; ``known`` is what holds before.

    Where a script may pass an ``export`` by, only a default that it gives is sure. What a
    shell keeps for itself counts only with ``own``: it fills in words, programs do not find it.
    """
    held: dict[str, Variable] = dict(known)
    exported = {name for name, one in known.items() if own or one.state != "unset"}
    scripts = ((one, pair) for one in service.processes if one.words[0] == "export"
               for pair in one.assigned)  # fmt: skip
    for by, (name, value) in (*scripts, *((command, pair) for pair in command.assigned)):
        if value == f"${{{name}}}" and name not in held:
            continue
        sure = by is command or not by.perhaps or f"${{{name}:" in value
        held[name] = _set(name, value, by, held, sure=sure)
        exported |= {name} if own or not by.own else set()
    return {name: held[name] for name in exported if held[name] is not known.get(name)}


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

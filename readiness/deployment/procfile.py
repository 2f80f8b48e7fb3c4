"""Procfiles: one line for each kind of process."""

import re

from readiness.deployment.dockerfile import split
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Service
from readiness.project import Unreadable

_LINE = re.compile(r"\s*(?P<name>[A-Za-z0-9_-]+)\s*:\s*(?P<command>\S.*?)\s*\Z")


def read_procfile(reading: Reading) -> None:
    """Add a service for each process of the Procfiles of the environment."""
    for path in reading.mine("Procfile", "Procfile.*"):
        try:
            lines = reading.project.lines(path)
        except Unreadable as answer:
            reading.refuse(path, answer)
            continue
        for line in lines:
            found = _LINE.match(line.text)
            if found and not line.text.lstrip().startswith("#"):
                command = Command.for_shell(split(found["command"]), line.at, found["command"])
                reading.services.append(
                    Service(found["name"], "procfile", line.at, command=command, runs_code=True)
                )

"""systemd units: services, and the timers that start them."""

import re
import shlex
from collections.abc import Iterator

from readiness.deployment.compose_variables import variables_of
from readiness.deployment.dockerfile import split
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Schedule, Service
from readiness.document.node import Malformed
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Line, Unreadable

_SETTING = re.compile(r"\s*(?P<name>[A-Za-z]+)\s*=\s*(?P<value>.*?)\s*\Z")

Settings = list[tuple[str, str, Place]]


def read_systemd(reading: Reading) -> None:
    """Add a service for each unit that starts a process, with its timer where it has one."""
    timers = {path: unit for path in reading.mine("*.timer")
              if (unit := _settings(reading, path))}  # fmt: skip
    for path in reading.mine("*.service"):
        unit = _settings(reading, path)
        if unit and any(name == "ExecStart" for name, _, _ in unit):
            reading.services.append(_service(reading, path, unit, timers))


def _service(reading: Reading, path: str, unit: Settings, timers: dict[str, Settings]) -> Service:
    name = path.rpartition("/")[2].removesuffix(".service")
    text, at = next((value, at) for key, value, at in reversed(unit) if key == "ExecStart")
    unread: list[str] = []
    user = next((value for key, value, _ in unit if key == "User"), None)
    folder = next((value for key, value, _ in unit if key == "WorkingDirectory"), None)
    return Service(
        name, "systemd", at, command=Command(split(text.lstrip("-@:+!")), at),
        variables=tuple(_variables(reading, unit, unread)), user=user, working_dir=folder,
        schedule=_schedule(path, timers), runs_code=_runs_code(reading, text),
        unread_sources=tuple(unread),
    )  # fmt: skip


def _runs_code(reading: Reading, text: str) -> bool | None:
    has_code = bool(reading.project.files("*.py"))
    python = re.search(r"python|uvicorn|gunicorn|celery|hypercorn|\.venv/bin|venv/bin", text)
    return True if has_code and python else False if has_code else None


def _variables(reading: Reading, unit: Settings, unread: list[str]) -> Iterator[Variable]:
    """What the unit sets; a file of variables is stronger than ``Environment=``."""
    found: dict[str, Variable] = {}
    for key, value, at in unit:
        if key == "Environment":
            for word in _words(value):
                name, equals, text = word.partition("=")
                if equals:
                    _lay(found, _known(name, text, at))
        elif key == "PassEnvironment":
            for name in value.split():
                origin = Origin("PassEnvironment of the unit", at)
                _lay(found, Variable(name, "injected", None, (origin,)))
    for key, value, at in unit:
        if key == "EnvironmentFile":
            for one in _file(reading, value, at, unread):
                _lay(found, one)
    return iter([found[name] for name in sorted(found)])


def _lay(found: dict[str, Variable], one: Variable) -> None:
    weaker = found[one.name].chain if one.name in found else ()
    found[one.name] = Variable(one.name, one.state, one.value, (*one.chain, *weaker))


def _known(name: str, text: str, at: Place) -> Variable:
    value = Secret(text)
    return Variable(name, "known", value, (Origin("Environment of the unit", at, value),))


def _file(reading: Reading, value: str, at: Place, unread: list[str]) -> Iterator[Variable]:
    path = value.removeprefix("-").strip().strip('"')
    name = path.rpartition("/")[2]
    here = [one for one in reading.project.files(name) if path.endswith(one)]
    if not here:
        unread.append(path)
        if not value.startswith("-"):
            reading.refuse(path, f"{at} loads it, and it is not in the project")
        return
    try:
        file = reading.project.dotenv(here[0])
    except (Malformed, Unreadable) as answer:
        reading.refuse(here[0], answer)
        return
    yield from variables_of(file, {}, source="EnvironmentFile of the unit", raw=True).values()


def _schedule(path: str, timers: dict[str, Settings]) -> Schedule | None:
    for timer, unit in timers.items():
        named = next((value for key, value, _ in unit if key == "Unit"), None)
        target = named or timer.rpartition("/")[2].removesuffix(".timer") + ".service"
        if path.rpartition("/")[2] == target:
            for key, value, at in unit:
                if key in {"OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec"}:
                    return Schedule(value, at)
            for key, _, at in unit:
                if key in {"OnBootSec", "OnStartupSec", "OnActiveSec"}:
                    return Schedule("@reboot", at)
    return None


def _words(value: str) -> list[str]:
    try:
        return shlex.split(value)
    except ValueError:
        return value.split()


def _settings(reading: Reading, path: str) -> Settings:
    try:
        lines = reading.project.lines(path)
    except Unreadable as answer:
        reading.refuse(path, answer)
        return []
    return list(_parsed(lines))


def _parsed(lines: tuple[Line, ...]) -> Iterator[tuple[str, str, Place]]:
    pending, start = "", None
    for line in lines:
        text = line.text.strip()
        if not pending and text.startswith(("#", ";", "[")):
            continue
        start = start or line.at
        pending += text
        if pending.endswith("\\"):
            pending = pending[:-1] + " "
            continue
        if found := _SETTING.match(pending):
            yield found["name"], found["value"], start
        pending, start = "", None

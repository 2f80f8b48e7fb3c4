"""systemd units: services with their drop-ins, and the timers that start them."""

import re
import shlex
from collections.abc import Iterator

from readiness.deployment.dockerfile import split
from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.reading import Reading
from readiness.deployment.service import Command, Schedule, Service
from readiness.deployment.systemd_files import assignments
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Line, Unreadable

_SETTING = re.compile(r"\s*(?P<name>[A-Za-z]+)\s*=\s*(?P<value>.*?)\s*\Z")
_SPECIFIER = re.compile(r"%(?P<letter>.)")
# Lists that an empty assignment begins anew, as a drop-in does to replace what stands there.
_LISTS = frozenset({"Environment", "EnvironmentFile", "PassEnvironment", "UnsetEnvironment",
                    "ExecStart"})  # fmt: skip

Settings = list[tuple[str, str, Place]]
Keys = dict[str, Variable]


def read_systemd(reading: Reading) -> None:
    """Add a service for each unit that starts a process, with its timer where it has one."""
    timers = {path: unit for path in reading.mine("*.timer")
              if (unit := _settings(reading, path))}  # fmt: skip
    for path in reading.mine("*.service"):
        unit = whole_unit(reading, path)
        if unit and any(name == "ExecStart" for name, _, _ in unit):
            reading.services.append(service_of(reading, path, unit, timers))


def whole_unit(reading: Reading, path: str) -> Settings:
    """A unit with its drop-ins laid over it in the order of their names."""
    folder = f"{path.rpartition('/')[2]}.d"
    dropins = [one for one in reading.mine("*.conf") if one.split("/")[-2:-1] == [folder]]
    dropins.sort(key=lambda one: one.rpartition("/")[2])
    found: Settings = []
    for one in (path, *dropins):
        for name, value, at in _settings(reading, one):
            if not value and name in _LISTS:
                found = [setting for setting in found if setting[0] != name]
            else:
                found.append((name, value, at))
    return found


def service_of(
    reading: Reading, path: str, unit: Settings, timers: dict[str, Settings]
) -> Service:
    """The process that a unit starts."""
    name = path.rpartition("/")[2].removesuffix(".service")
    text, at = next((value, at) for key, value, at in reversed(unit) if key == "ExecStart")
    unread: list[str] = []
    last = {key: value for key, value, _ in unit}
    return Service(
        name, "systemd", at, command=Command(split(text.lstrip("-@:+!|")), at),
        variables=tuple(unit_variables(reading, unit, name, unread)), user=last.get("User"),
        working_dir=last.get("WorkingDirectory", "").removeprefix("-") or None,
        schedule=_schedule(path, timers), runs_code=_runs_code(reading, text),
        unread_sources=tuple(unread),
    )  # fmt: skip


def _runs_code(reading: Reading, text: str) -> bool | None:
    has_code = bool(reading.project.files("*.py"))
    python = re.search(r"python|uvicorn|gunicorn|celery|hypercorn|\.venv/bin|venv/bin", text)
    return True if has_code and python else False if has_code else None


def unit_variables(
    reading: Reading, unit: Settings, name: str, unread: list[str]
) -> Iterator[Variable]:
    """What the unit sets: files are stronger than ``Environment=``, that than what is passed."""
    found: Keys = {}
    for value, at in _of(unit, "PassEnvironment"):
        for one in value.split():
            origin = Origin("PassEnvironment of the unit", at)
            _lay(found, Variable(one, "injected", None, (origin,)))
    for value, at in _of(unit, "Environment"):
        for word in _words(value):
            one, equals, text = word.partition("=")
            if equals:
                _lay(found, _set(one, text, at, name))
    for value, at in _of(unit, "EnvironmentFile"):
        for variable in _file(reading, value, at, unread):
            _lay(found, variable)
    for value, at in _of(unit, "UnsetEnvironment"):
        for one in value.split():
            _unset(found, one, at)
    return iter([found[one] for one in sorted(found)])


def _of(unit: Settings, name: str) -> Iterator[tuple[str, Place]]:
    return ((value, at) for key, value, at in unit if key == name)


def _lay(found: Keys, one: Variable) -> None:
    weaker = found[one.name].chain if one.name in found else ()
    found[one.name] = Variable(one.name, one.state, one.value, (*one.chain, *weaker))


def _unset(found: Keys, word: str, at: Place) -> None:
    """Take out a variable, or only one that has the value that is named with it."""
    name, equals, text = word.partition("=")
    one = found.get(name)
    if equals and (one is None or one.value is None or one.value.reveal() != text):
        return
    _lay(found, Variable(name, "unset", None, (Origin("UnsetEnvironment of the unit", at),)))


def _set(name: str, text: str, at: Place, unit: str) -> Variable:
    """A variable of ``Environment=``, its specifiers filled in where the unit's name does."""
    prefix, _, instance = unit.partition("@")
    known = {"%": "%", "n": f"{unit}.service", "N": unit, "p": prefix}
    known |= {"i": instance, "I": instance} if instance else {}
    unknown: list[str] = []

    def fill(one: re.Match[str]) -> str:
        if one["letter"] not in known:
            unknown.append(one[0])
            return one[0]
        return known[one["letter"]]

    value = Secret(_SPECIFIER.sub(fill, text))
    if COMPUTED in text:
        origin = Origin("Environment of the unit, supplied there", at, value)
        return Variable(name, "injected", None, (origin,))
    if unknown:
        said = f"Environment of the unit, where the machine gives {', '.join(unknown)}"
        return Variable(name, "injected", None, (Origin(said, at, value),))
    return Variable(name, "known", value, (Origin("Environment of the unit", at, value),))


def _file(reading: Reading, value: str, at: Place, unread: list[str]) -> Iterator[Variable]:
    path = value.removeprefix("-").strip().strip('"')
    if path in reading.rendered:
        yield from variables_of(*reading.rendered[path], "EnvironmentFile of the unit")
        return
    name = path.rpartition("/")[2]
    here = [one for one in reading.project.files(name) if path.endswith(one)] if name else []
    if not here:
        unread.append(path)
        if not value.startswith("-"):
            reading.refuse(path, f"{at} loads it, and it is not in the project")
        return
    try:
        text = reading.project.text(here[0])
    except Unreadable as answer:
        reading.refuse(here[0], answer)
        return
    yield from variables_of(text, here[0], "EnvironmentFile of the unit")


def variables_of(text: str, path: str, said: str) -> Iterator[Variable]:
    """The variables of a file; what only an installation tells is supplied."""
    for one, value, where in assignments(text, path):
        secret = Secret(value)
        if COMPUTED in value:
            origin = Origin(f"{said}, supplied there", where, secret)
            yield Variable(one, "injected", None, (origin,))
        else:
            yield Variable(one, "known", secret, (Origin(said, where, secret),))


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
    return list(parsed(lines))


def parsed(lines: tuple[Line, ...]) -> Iterator[tuple[str, str, Place]]:
    """The settings of a unit's lines, each with its place."""
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

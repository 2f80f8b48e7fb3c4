"""Whether a call that starts a monitoring tool has it tell anybody."""

import re
from collections.abc import Mapping
from typing import Any

from readiness import (
    Call,
    Environment,
    Finding,
    Program,
    Project,
    Variable,
    ok,
    problem,
    undecided,
)
from readiness.checkers.exporting import silence
from readiness.checkers.monitoring_packages import requirements
from readiness.checkers.monitors import (
    ADDRESSED,
    BY_ARGUMENT,
    CALLS,
    FOLLOWED,
    MEND,
    OFF,
    SWITCHES,
    UNMINDED,
)
from readiness.checkers.new_relic import TOOL as NEW_RELIC
from readiness.checkers.new_relic import switch
from readiness.checkers.scope import is_for
from readiness.checkers.uses import uses

_MISSING = object()
_PLACES = {"dsn": "0", "access_token": "0", "config_file": "0", "environment": "1"}
"""Sentry's address, Rollbar's token and New Relic's file may be given by position."""


def judge_call(
    call: Call, environment: Environment, project: Project, program: Program
) -> Finding:
    """One call that starts a tool: it may send nothing, for want of an address or switched off."""
    tool = CALLS.get(call.function, call.function)
    what = f"{tool} is started"
    data = {"function": call.function}
    if idle := _idle(call, tool, environment, project, program):
        return idle
    if (needs := _needs_address(call, environment)) and _is_unset(environment, needs):
        return problem(f"{what}, and sends nothing: {needs} is not set", at=call.at,
                       hint=f"set {needs}", trace=call.trace, data=data)  # fmt: skip
    if needs:
        return undecided(f"{what}, and sends nothing unless {needs} is set", at=call.at,
                         hint=f"say --injected {needs} where the platform supplies it",
                         trace=call.trace, data=data)  # fmt: skip
    if call.under and not _is_installed(call, project):
        return undecided(f"{what}, if {' and '.join(call.under)}", at=call.at,
                         hint="say with --set what decides it", trace=call.trace,
                         data=data)  # fmt: skip
    return ok(what, at=call.at, trace=call.trace, data=data)


def _idle(
    call: Call, tool: str, environment: Environment, project: Project, program: Program
) -> Finding | None:
    """The problem of a tool that is started and certainly tells nobody; None of another."""
    what, data = f"{tool} is started", {"function": call.function}
    if (off := _switched_off(call)) or (off := off_by_variable(tool, environment.variables)):
        return problem(f"{what}, and {off} switches it off", at=call.at, hint=MEND,
                       trace=call.trace, data=data)  # fmt: skip
    if tool == NEW_RELIC and (found := switch(project, environment.variables, *_file_named(call))):
        return problem(f"{what}, and {found.text} switches it off", at=found.at or call.at,
                       hint=f"take {found.text} away", trace=call.trace, data=data)  # fmt: skip
    if tool == "OpenTelemetry" and (silent := silence(call, program, project)):
        told = problem if silent.certain else undecided
        return told(f"{what}, and {silent.why}", at=silent.at, trace=call.trace, data=data,
                    hint="export it over OTLP to what raises alarms")  # fmt: skip
    methods = () if _is_told_to(call) else FOLLOWED.get(call.function, ())
    if methods and not any(use for method in methods for use in uses(project, method)):
        return problem(f"{tool} is set up, and nothing calls {' or '.join(methods[:2])}",
                       at=call.at, hint=MEND, trace=call.trace, data=data)  # fmt: skip
    return None


def is_elsewhere(path: str, environment: Environment, project: Project) -> bool:
    """Tell whether a file is of another environment, by its name, and no other asks for it."""
    if is_for(path, environment.name):
        return False
    name = re.escape(path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2])
    asks = rb"(?m)^[ \t]*(?:from|import)[ \t][^\n]*\b" + name.encode() + rb"\b"
    return not any(other != path for other in project.matching(asks, (name.encode(),)))


def _is_installed(call: Call, project: Project) -> bool:
    """Tell whether all that a start hangs on is that its own library can be imported."""
    root = call.function.partition(".")[0]
    if any(one != f"not: the import of {root} fails" for one in call.under):
        return False
    return any(name.replace("-", "_") == root for name, _ in requirements(project))


def _is_told_to(call: Call) -> bool:
    """Tell whether an argument makes the tool watch errors by itself."""
    name = BY_ARGUMENT.get(call.function)
    return name is not None and _known(_argument(call, name)) is True


def _switched_off(call: Call) -> str | None:
    """The argument with which the tool certainly sends nothing, if there is one."""
    for name, values in SWITCHES.items():
        value = _argument(call, name)
        known = _known(value)
        if value is not None and known is not _MISSING and known in values:
            missing = any(getattr(step, "missing", False) for step in value.trace)
            if not missing:
                return name
    return None


def off_by_variable(tool: str, variables: Mapping[str, Variable]) -> str | None:
    """The variable that switches a tool off in this environment, if there is one."""
    for name, values in OFF.get(tool, ()):
        given = variables.get(name)
        value = given.value if given is not None and given.state == "known" else None
        if value is not None and value.reveal().strip().lower() in values:
            return name
    return None


def _file_named(call: Call) -> tuple[str | None, str | None]:
    """The configuration file and the environment in it that New Relic's agent is given."""
    given = [_known(_argument(call, name)) for name in ("config_file", "environment")]
    file, environment = (one if isinstance(one, str) else None for one in given)
    return file, environment


def _argument(call: Call, name: str) -> Any:
    """An argument by its name, or by its place among those that may be given so."""
    found = call.arguments.get(name)
    place = _PLACES.get(name)
    return call.arguments.get(place) if found is None and place else found


def _known(value: Any) -> Any:
    """The plain value of an argument; `_MISSING` where it is not certain."""
    if hasattr(value, "known"):
        return _MISSING if value.known is None else value.known
    return getattr(value, "value", _MISSING)


def _needs_address(call: Call, environment: Environment) -> str | None:
    """The variable that a tool's address would have to come from, where nothing gives it."""
    argument, default = ADDRESSED.get(call.function, (None, ""))
    if argument is None or _minds(call):
        return None
    address = _argument(call, argument)
    if address is not None and _known(address) not in {None, ""}:
        return None
    steps = address.trace if address else ()
    read = next((step for step in steps if hasattr(step, "variable")), None)
    name = getattr(read, "variable", default)
    given = environment.get(name) or environment.get(default)
    if given is not None and given.state != "unset" and (given.value is None or given.value):
        return None
    return name


def _minds(call: Call) -> bool:
    """Tell whether the tool itself refuses to start without an address."""
    name, value = UNMINDED.get(call.function, (None, None))
    return name is not None and _known(_argument(call, name)) != value


def _is_unset(environment: Environment, name: str) -> bool:
    variable = environment.get(name)
    return variable is not None and not (variable.state == "injected" or variable.value)

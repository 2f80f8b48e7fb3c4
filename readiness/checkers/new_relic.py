"""New Relic's own switches: its configuration file decides before the variables do."""

from collections.abc import Mapping
from configparser import RawConfigParser

from msgspec import Struct

from readiness import Malformed, Node, Place, Project, Unreadable, Variable

TOOL = "New Relic"
_FILE, _ENVIRONMENT = "NEW_RELIC_CONFIG_FILE", "NEW_RELIC_ENVIRONMENT"
_SECTION = "newrelic"
_SENDS_IF = {"monitor_mode": True, "developer_mode": False, "enabled": True}
_TRUTH = RawConfigParser.BOOLEAN_STATES


class Switch(Struct, frozen=True):
    """What keeps the agent from sending: a setting as it stands there, and where that is."""

    text: str
    at: Place | None


def switch(
    project: Project,
    variables: Mapping[str, Variable],
    file: str | None = None,
    environment: str | None = None,
) -> Switch | None:
    """The switch that is off, if one is; a call may name the file and the environment in it.

    Source: newrelic 11, ``newrelic.config.initialize``, seen by running it.
    """
    path = file or _value(variables, _FILE)
    sections = _sections(project, path, environment or _value(variables, _ENVIRONMENT))
    for name, sends in _SENDS_IF.items():
        variable = f"NEW_RELIC_{name.upper()}"
        said = next((found for one in sections if (found := one.get(name)) is not None), None)
        value = said.text if said is not None else _value(variables, variable)
        if value is not None and _TRUTH.get(value.strip().lower()) is (not sends):
            at = (said.key_at or said.at) if said is not None else variables[variable].at
            return Switch(variable if said is None else f"{name} = {value}", at)
    return None


def _sections(project: Project, path: str | None, environment: str | None) -> list[Node]:
    """The sections that count, the strongest first: the environment's own beats the common one."""
    found = project.files(path.rpartition("/")[2]) if path else ()
    if len(found) != 1:
        return []
    try:
        root = project.ini(found[0])
    except (Malformed, Unreadable):
        return []
    names = [f"{_SECTION}:{environment}"] if environment else []
    return [one for name in (*names, _SECTION) if (one := root.get(name)) is not None]


def _value(variables: Mapping[str, Variable], name: str) -> str | None:
    """What a variable certainly is."""
    given = variables.get(name)
    known = given.value if given is not None and given.state == "known" else None
    return known.reveal() if known is not None else None

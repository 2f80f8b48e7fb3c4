"""What the environment gives for one variable, from all sources or from one file."""

import re

from msgspec import Struct

from readiness import Environment, Place, Project, Unreadable, Variable
from readiness.checkers.credentials import Nature, nature

TEMPLATE = re.compile(r"\{\{.*\}\}|<%.*%>|\{%.*%\}")
"""What a template holds where a value is to be filled in."""


class Given(Struct, frozen=True):
    """A variable as it is given: its text, or None where only the platform knows it.

    ``source`` names in words what gives it.
    """

    text: str | None
    source: str
    at: Place | None = None


def from_environment(environment: Environment, name: str) -> Given | None:
    """What the sources of the environment give together; None where they give nothing."""
    variable = environment.get(name)
    if variable is None or variable.state == "unset":
        return None
    return _given(variable)


def from_file(project: Project, path: str, environment: Environment, name: str) -> Given | None:
    """What one file gives: its last line for the name, or what the platform supplies."""
    variable = environment.get(name)
    try:
        binding = project.dotenv(path).last.get(name)
    except Unreadable:
        binding = None
    if binding is None:
        return _given(variable) if variable and variable.state == "injected" else None
    text = binding.value or ""
    if TEMPLATE.search(text):
        return Given(text, str(binding.at), binding.at)
    own = _own_reference(project, path, environment, binding.name, text)
    if own is not None:
        return Given(own, str(binding.at), binding.at)
    if nature(text) is Nature.REFERENCE:
        resolved = (
            next((one.value for one in variable.chain if one.at == binding.at), None)
            if variable
            else None
        )
        known = resolved.reveal() if resolved and resolved.reveal() != text else None
        return Given(known, str(binding.at), binding.at)
    return Given(text, str(binding.at), binding.at)


def _own_reference(
    project: Project, path: str, environment: Environment, name: str, text: str
) -> str | None:
    """The line of the same file that a plain reference stands for, if nothing else gives it."""
    match = re.fullmatch(r"\$\{?(\w+)\}?", text.strip())
    if match is None or match[1] == name:
        return None
    other = project.dotenv(path).last.get(match[1])
    if other is None or other.value is None or nature(other.value) is Nature.REFERENCE:
        return None
    variable = environment.get(match[1])
    return other.value if variable is None or variable.at in {None, other.at} else None


def _given(variable: Variable) -> Given:
    source = variable.chain[0].text if variable.chain else "the environment"
    if variable.state == "injected" or variable.value is None:
        return Given(None, source, variable.at)
    return Given(variable.value.reveal(), str(variable.at or source), variable.at)

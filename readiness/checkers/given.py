"""What the environment gives for one variable, from all sources or from one file."""

from dataclasses import dataclass

from readiness import Environment, Place, Project, Unreadable, Variable
from readiness.checkers.credentials import Nature, nature


@dataclass(frozen=True, slots=True)
class Given:
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
    if nature(text) is Nature.REFERENCE:
        resolved = (
            next((one.value for one in variable.chain if one.at == binding.at), None)
            if variable
            else None
        )
        known = resolved.reveal() if resolved and resolved.reveal() != text else None
        return Given(known, str(binding.at), binding.at)
    return Given(text, str(binding.at), binding.at)


def _given(variable: Variable) -> Given:
    source = variable.chain[0].text if variable.chain else "the environment"
    if variable.state == "injected" or variable.value is None:
        return Given(None, source, variable.at)
    return Given(variable.value.reveal(), str(variable.at or source), variable.at)

"""Files of variables, as a process that loads them would get them."""

from collections.abc import Mapping
from pathlib import Path

from readiness.document.dotenv import Binding, DotEnv, parse
from readiness.model.errors import ReadinessError
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.project import Project, Unreadable

Known = Mapping[str, Variable]


def read_given_file(project: Project, path: str) -> DotEnv:
    """A file that the user named: of the project, or anywhere; it must be there."""
    try:
        if project.has(path):
            return project.dotenv(path)
        whole = (project.root or Path()) / path
        return parse(whole.read_bytes().decode("utf-8-sig"), path)
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None)
        raise ReadinessError(
            f"the file of variables {path} cannot be read: {reason or type(error).__name__}",
            hint="give --env-file the path of a file of NAME=value lines",
        ) from None


def file_variables(file: DotEnv, around: Known, *, source: str) -> dict[str, Variable]:
    """The variables of a file, references resolved with python-dotenv's rules.

    Variables of the process (``around``) win over the file's own inside a reference. A
    reference to the variable itself, or to nothing known, is supplied by the platform.
    """
    found: dict[str, Variable] = {}
    for one in file.bindings:
        if one.value is not None:
            found[one.name] = _variable(one, found, around, source)
    return found


def _variable(one: Binding, found: Mapping[str, Variable], around: Known, source: str) -> Variable:
    weaker = found[one.name].chain if one.name in found else ()
    text, unknown = _resolved(one.value or "", {**found, **around})
    if unknown:
        supplied = ", ".join(f"${{{name}}}" for name in unknown)
        origin = Origin(f"{source}, supplied as {supplied}", one.at, Secret(text))
        return Variable(one.name, "injected", None, (origin, *weaker))
    value = Secret(text)
    return Variable(one.name, "known", value, (Origin(source, one.at, value), *weaker))


def _resolved(value: str, known: Known) -> tuple[str, list[str]]:
    """A text with its references filled in; what nobody knows stays ``${NAME}``."""
    from dotenv.variables import parse_variables  # noqa: PLC0415 - only where a file is read

    parts: list[str] = []
    unknown: list[str] = []
    for atom in parse_variables(value):
        name = getattr(atom, "name", None)
        if name is None:
            parts.append(atom.resolve({}))
            continue
        one = known.get(name)
        if one is not None and one.state == "known":
            parts.append(one.value.reveal() if one.value else "")
        elif one is not None and one.state == "injected":
            unknown.append(name)
            parts.append(f"${{{name}}}")
        elif getattr(atom, "default", None) is not None:
            parts.append(atom.resolve({}))
        elif one is None:
            unknown.append(name)
            parts.append(f"${{{name}}}")
    return "".join(parts), unknown

"""The passwords that a repository shows: the strongest dictionary for its live server."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from readiness.deployment import Deployment
from readiness.document.node import Malformed
from readiness.environment import Environment
from readiness.environment.sensitive import is_sensitive_name
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Variable
from readiness.program import Program
from readiness.project import Project, Unreadable
from readiness.project.globs import matches_any

_TEMPLATES = (".env.example", ".env.sample", ".env.template", ".env.dist", "*.env.example")


class Word(Struct, frozen=True):
    """A password, and where it stands."""

    secret: Secret
    at: Place | None


def words_of(
    project: Project,
    environments: Sequence[Environment],
    programs: Sequence[Program],
    deployment: Deployment,
) -> list[Word]:
    """Every password that the repository shows, once: in code, configuration or templates."""
    variables = [v for one in environments for v in one.variables.values()]
    variables += [v for service in deployment.services for v in service.variables]
    found = [*_in_variables(variables), *_in_code(programs), *_in_templates(project)]
    shown = [word for word in found if word.secret and _is_shown(project, word.at)]
    return list({word.secret: word for word in reversed(shown)}.values())


def _is_shown(project: Project, at: Place | None) -> bool:
    """Tell whether whoever has the repository can read the place.

    The file of variables of the environment itself may hold the true password, and is
    then kept out of git: only one that git has is something that the repository shows.
    """
    if at is None:
        return False
    if at.path.rpartition("/")[2].startswith(".env") and not matches_any(at.path, _TEMPLATES):
        return project.tracked(at.path) is True
    return True


def secrets_of(
    environments: Sequence[Environment], programs: Sequence[Program], deployment: Deployment
) -> Iterator[Secret]:
    """Every secret that was read, wherever it stands: none may reach an output."""
    variables = [v for one in environments for v in one.variables.values()]
    variables += [v for service in deployment.services for v in service.variables]
    for word in (*_in_variables(variables), *_in_code(programs)):
        yield word.secret


def _in_variables(variables: Iterable[Variable]) -> Iterator[Word]:
    for variable in variables:
        origins = [(origin.value, origin.at) for origin in variable.chain]
        for value, at in [(variable.value, variable.at), *origins]:
            if value is not None:
                yield from _passwords(variable.name, value.reveal(), at)


def _in_code(programs: Iterable[Program]) -> Iterator[Word]:
    for program in programs:
        for engine in program.engines():
            password = engine.url.password
            if password.value is not None:
                yield Word(password.value, password.places[0] if password.places else engine.at)
        for read in program.reads():
            if read.default is not None:
                yield from _passwords(read.name, read.default.reveal(), read.default_at)


def _in_templates(project: Project) -> Iterator[Word]:
    for path in project.files(*_TEMPLATES):
        try:
            bindings = project.dotenv(path).bindings
        except (Malformed, Unreadable):
            continue
        for binding in bindings:
            yield from _passwords(binding.name, binding.value or "", binding.at)


def _passwords(name: str, text: str, at: Place | None) -> Iterator[Word]:
    if "://" in text:
        try:
            password = urlsplit(text).password
        except ValueError:
            return
        if password:
            yield Word(Secret(unquote(password)), at)
    elif text and is_sensitive_name(name):
        yield Word(Secret(text), at)

"""What Django is told by the class of settings that ``DJANGO_CONFIGURATION`` names."""

from collections.abc import Collection, Iterator

from readiness import Case, Environment, Option, Program
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.web_said import UNSAID, Said

_CREDENTIALS = "CORS_ALLOW_CREDENTIALS"


def told_by_configurations(
    program: Program, environment: Environment, names: Collection[str]
) -> Iterator[Said]:
    """Each of the settings that such a class has, as the process sets it up."""
    found = program.built("configurations.Configuration")
    trusted = [one.truth for built in found for one in _cases(built.option(_CREDENTIALS))]
    sure = None if None in trusted else any(trusted)
    for built in found:
        if not is_code(built.at.path) or not is_for(built.at.path, environment.name):
            continue
        for name in names:
            told = built.option(name)
            for one in _cases(told):
                under = built.under if len(told.cases) == 1 else (*built.under, told.under)
                yield Said(name, _value(one), built.at, sure, under)


def _cases(told: Option) -> list[Case]:
    return [one for one in told.cases if one.kind != "absent"]


def _value(case: Case) -> object:
    match case.kind:
        case "plain":
            return case.plain
        case "text" if case.known_text is not None:
            return case.known_text
        case "several" if not case.more:
            items = [_value(one) for item in case.items for one in item.cases]
            return UNSAID if UNSAID in items else items
        case _:
            return UNSAID

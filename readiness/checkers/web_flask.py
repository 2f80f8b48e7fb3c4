"""What the code tells applications of Flask, by their configuration or as attributes."""

from collections.abc import Iterator

from readiness import Built, Environment, Option, Program
from readiness.checkers.scope import is_code, is_for
from readiness.checkers.web_said import UNSAID, Said


def told_to_flask(program: Program, environment: Environment) -> Iterator[Said]:
    """Whether each application of Flask debugs when start-up is over."""
    for cls, name in (("flask.Config", "DEBUG"), ("flask.Flask", "debug")):
        found = program.built(cls)
        for n, built in enumerate(found):
            changed = any(later.is_of(built) for later in found[n + 1 :])
            if not changed and is_code(built.at.path) and is_for(built.at.path, environment.name):
                yield from _said(built, built.option(name), name)


def _said(built: Built, told: Option, name: str) -> Iterator[Said]:
    """Each value that it may have; nothing where it was not told."""
    cases = [one for one in told.cases if one.kind != "absent"]
    for one in cases:
        value = one.plain if one.kind == "plain" else UNSAID
        under = built.under if len(cases) == 1 else (*built.under, told.under)
        yield Said(name, value, built.at, under=under)

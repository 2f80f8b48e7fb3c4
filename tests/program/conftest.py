"""Programs made of texts, for the tests of this room."""

from collections.abc import Callable, Mapping

import pytest

from readiness.environment import Environment
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable
from readiness.program import Program, Scope
from readiness.program.entries import Entry
from readiness.project import Project

HEAD = """import os
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
"""
URL = 'URL = "postgresql+psycopg://app@db.example.com/app"\n'
Make = Callable[..., Program]


def spelled(files: Mapping[str, str]) -> dict[str, str]:
    """The files of a project: each begins with the usual imports, unless it begins with ``@``."""
    return {
        path: text[2:] if text.startswith("\n@") else HEAD + URL + text
        for path, text in files.items()
    }


def environment(
    variables: Mapping[str, str | None], *, described: bool = True, injected: tuple[str, ...] = ()
) -> Environment:
    """An environment with these variables; None is one that is certainly not set."""
    held = {name: _variable(name, value) for name, value in variables.items()}
    held |= {name: Variable(name, "injected") for name in injected}
    return Environment("production", held, described)


def _variable(name: str, value: str | None) -> Variable:
    if value is None:
        return Variable(name, "unset", None, (Origin("--unset"),))
    return Variable(name, "known", Secret(value), (Origin("--set", None, Secret(value)),))


@pytest.fixture
def program() -> Make:
    """Make a program of one file ``app.py`` and of others by name."""

    def make(
        source: str, variables: Mapping[str, str | None] | None = None, *, head: bool = True,
        described: bool = True, entry_points: tuple[str, ...] = (),
        files: Mapping[str, str] | None = None, injected: tuple[str, ...] = (),
        scope: Scope | None = None, others: tuple[str, ...] = (),
    ) -> Program:  # fmt: skip
        texts = {"app.py": (HEAD if head else "") + source, **(files or {})}
        project = Project({path: text.encode() for path, text in texts.items()})
        around = environment(variables or {}, described=described, injected=injected)
        return Program(
            project,
            around,
            entry_points=entry_points,
            scope=scope,
            others=[Entry.of(one) for one in others],
        )

    return make

"""The facts that follow from those that a test gives."""

from collections.abc import Sequence
from typing import Any

from readiness.engine.facts import Facts
from readiness.environment import Environment
from readiness.evidence import Evidence
from readiness.model.clock import Clock
from readiness.project import Project
from readiness.testing.state import evidence_of


def complete(given: Sequence[Any]) -> Facts:
    """Add what the engine would make of the given facts; what is given stays."""
    facts = {type(fact): fact for fact in given}
    project = facts.setdefault(Project, Project())
    facts.setdefault(Environment, Environment("production"))
    facts.setdefault(Clock, Clock())
    if Evidence not in facts:
        facts[Evidence] = evidence_of(project)
    return Facts.of(*facts.values())

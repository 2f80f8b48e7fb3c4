"""For authors of rules and checkers: projects in memory, and `check`."""

from readiness.testing.check import Judged, check
from readiness.testing.examples import examples, rules
from readiness.testing.projects import project
from readiness.testing.state import State, state

__all__ = ["Judged", "State", "check", "examples", "project", "rules", "state"]

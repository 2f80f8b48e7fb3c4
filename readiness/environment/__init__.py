"""The environment that is judged: its name, its variables and where each came from."""

from readiness.environment.build import build_environments, given_variables
from readiness.environment.environment import Environment
from readiness.environment.overrides import Overrides

__all__ = ["Environment", "Overrides", "build_environments", "given_variables"]

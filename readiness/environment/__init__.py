"""The environment that is judged: its name, its variables and where each came from."""

from readiness.environment.environment import Environment

__all__ = ["Environment"]

"""Commands: questions of rules that a program answers."""

from readiness.commands.question import Command, Result
from readiness.commands.running import run

__all__ = ["Command", "Result", "run"]

"""What a project says of itself to this program."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from readiness.document.node import Node
from readiness.model.outcome import Severity
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.waiver import Waiver


class Declared(Struct, frozen=True):
    """What the settings declare of one environment."""

    variables: Mapping[str, tuple[Secret, Place]] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    injected: tuple[str, ...] = ()
    env_files: tuple[str, ...] = ()
    deployment: tuple[str, ...] | None = None
    traits: Mapping[str, Any] = field(default_factory=dict)
    database: str | None = None
    pooler: str | None = None


class Code(Struct, frozen=True):
    """Which code counts, where it starts, and how long its evaluation may compute."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    entry_points: tuple[str, ...] = ()
    seconds: float | None = None


class Settings(Struct, frozen=True):
    """The settings of a project; everything has a default, so a project needs none.

    ``inline`` is the checklist that stands in the settings themselves. ``base`` is the
    folder that paths in them are relative to.
    """

    base: Path
    source: str | None = None
    environment: str = "production"
    environments: Mapping[str, Declared] = field(default_factory=dict)
    checklists: tuple[str, ...] = ("production",)
    inline: Node | None = None
    database: str | None = None
    pooler: str | None = None
    fail_on: Severity | None = None
    code: Code = field(default_factory=Code)
    largest_file: int | None = None
    files: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def declared(self, environment: str) -> Declared:
        """What is declared of an environment; nothing where it is not mentioned."""
        return self.environments.get(environment, Declared())

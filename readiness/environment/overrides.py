"""What the command line and the settings say about variables."""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import field

from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.secret import Secret


class Overrides(Partial, frozen=True):
    """Variables given by the user, stronger than anything that the project says.

    ``set``, ``unset`` and ``injected`` are the options of the command line; ``env_files``
    are paths (relative to the project, or absolute), the last one strongest;
    ``settings`` are the variables that the settings file gives, ``settings_at`` their
    lines, and ``settings_files`` the paths that it names, weaker than its variables.
    """

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"set"})

    set: Mapping[str, str] = field(default_factory=dict)
    unset: frozenset[str] = frozenset()
    injected: frozenset[str] = frozenset()
    env_files: tuple[str, ...] = ()
    settings: Mapping[str, Secret] = field(default_factory=dict)
    settings_at: Mapping[str, Place] = field(default_factory=dict)
    settings_files: tuple[str, ...] = ()

"""What the command line and the settings say about variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from readiness.model.place import Place
from readiness.model.secret import Secret


@dataclass(frozen=True, slots=True)
class Overrides:
    """Variables given by the user, stronger than anything that the project says.

    ``set``, ``unset`` and ``injected`` are the options of the command line; ``env_files``
    are paths (relative to the project, or absolute), the last one strongest;
    ``settings`` are the variables that the settings file gives, ``settings_at`` their
    lines, and ``settings_files`` the paths that it names, weaker than its variables.
    """

    set: Mapping[str, str] = field(default_factory=dict, repr=False)
    unset: frozenset[str] = frozenset()
    injected: frozenset[str] = frozenset()
    env_files: tuple[str, ...] = ()
    settings: Mapping[str, Secret] = field(default_factory=dict)
    settings_at: Mapping[str, Place] = field(default_factory=dict)
    settings_files: tuple[str, ...] = ()

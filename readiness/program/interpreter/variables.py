"""The variables of the process, as the code finds and changes them."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.deployment.naming import aliases
from readiness.environment import Environment
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.program.answers import Read
from readiness.program.interpreter.variable_values import injected, read_at, supplied, told
from readiness.program.provenance import VariableStep
from readiness.program.values import (
    MISSING,
    TRUE,
    Choice,
    Condition,
    Dict,
    Slots,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.state import State

# Stands for every variable that is not named; no variable has a name that is no text.
_ANY = ("any variable",)
_CLEARED = ("no variable",)
"""Stands among the variables once code has removed them all."""


class Restart(Exception):  # noqa: N818 - the evaluation learned something and begins anew
    """Something was learned that changes what was evaluated before."""


def held_in(variables: Mapping[Hashable, Value], name: str) -> Value:
    """What stands under a name among the variables of a process; `MISSING` for nothing."""
    value = variables.get(name, MISSING)
    return variables.get(_ANY, MISSING) if value is MISSING else value


class Variables:
    """The state of ``os.environ``, and what the evaluation learns about variables.

    ``proved`` are those that the platform must supply, since start-up would end without
    them; ``inferred`` is the environment's own switch, where nothing describes variables.
    ``late`` are those of the environment's own file that the code itself loads too late,
    ``refused`` the reads for whose default alone start-up would end.
    """

    def __init__(
        self, environment: Environment, proved: set[str], inferred: dict[str, str],
        late: set[str] | None = None, refused: set[tuple[str, Place]] | None = None,
    ) -> None:  # fmt: skip
        self.environment = environment
        self.proved = proved
        self.inferred = inferred
        self.late = set() if late is None else late
        self.refused = set() if refused is None else refused
        self.ceded: set[str] = set()
        """What a file that the code loads would have set, had it not been there."""
        self.slots = Slots()
        self._doubted: set[int] = set()
        self.reads: dict[tuple[str, Place], Read] = {}
        self.missed: set[str] = set()
        self.supplied: set[str] = set()
        """What nothing sets, and a read has been given all the same."""
        self.lacked: set[str] = set()
        """What start-up ended for, or would have without it."""
        self.opened: set[str] = set()
        """What a file may set that is not here, of the names that were asked for."""
        self.enumerated = False
        self.changed = False
        self.learning = True
        self.compared: dict[str, dict[str, None]] | None = None
        self._state: State | None = None
        self._fill()

    def attach(self, state: "State") -> None:
        """Write through this state from now on."""
        self._state = state

    def _fill(self) -> None:
        """Set what the environment tells, what was inferred, and what was proved to be there."""
        values = self.slots.values
        for name, variable in self.environment.variables.items():
            if name in self.late:
                continue
            if variable.state == "known" and variable.value is not None:
                origin = variable.chain[0].text if variable.chain else self.environment.name
                values[name] = told(name, variable.value.reveal(), origin, variable.at)
            elif variable.state == "injected":
                values[name] = supplied(variable)
        for name, value in self.inferred.items():
            values[name] = told(name, value, f"assumed for {self.environment.name}", None)
        for name in self.proved:
            values.setdefault(name, injected(name, None))

    def load(self, path: str, name: str) -> None:
        """Learn from a file that the code loads and that finds a variable there already.

        Where it is the environment's own file that finds what it has said itself, and another
        one came first, that one wins: the platform does not set what the code has to load.
        """
        variable = self.environment.get(name)
        first = variable.chain[0] if variable is not None and variable.chain else None
        if first is None or first.at is None or first.text != first.at.path:
            return
        if first.at.path != path:
            self.ceded.add(name)
        elif name in self.ceded and self.learning and not self._is_switch(name):
            self.late.add(name)
            raise Restart

    def _is_switch(self, name: str) -> bool:
        """Whether a variable says the environment's own name, which the platform does."""
        variable = self.environment.get(name)
        said = variable.value.reveal() if variable is not None and variable.value else ""
        return said.strip().lower() in aliases(self.environment.name)

    def find(self, name: str, at: Place) -> Value:
        """What a read of a variable gives; `MISSING` where nothing sets it."""
        value = self.held(name)
        return MISSING if value is MISSING else read_at(value, at)

    def held(self, name: str) -> Value:
        """What stands under a name, without counting as a read of it."""
        self._open(name)
        return held_in(self.slots.values, name)

    def _open(self, name: Hashable) -> None:
        """From the start a file that is not here may set what nothing else mentions."""
        values, unread = self.slots.values, self.environment.unread_sources
        if not unread or name in self.opened or _ANY in values or _CLEARED in values:
            return
        if isinstance(name, str) and name not in values and not self.environment.get(name):
            given = injected(name, None)
            says = f"{unread[0]}, which is not in the project, sets {name}"
            values[name] = Choice(Condition(("unread", name), says, None, given), given, MISSING)
            self.opened.add(name)

    def write_unknown(self, reason: str, at: Place) -> None:
        """Let what nobody knows set any variable, those that are known included."""
        for name in [*self.slots.values, _ANY]:
            unknown = Unknown(reason, at)
            self._doubted.add(unknown.number)
            self.write(name, unknown)

    def is_doubted(self, value: Unknown) -> bool:
        """Whether it stands for a variable of which nobody knows whether it is set at all."""
        return value.number in self._doubted

    def absent(self, name: str, at: Place) -> VariableStep:
        """The step that says that nothing sets a variable."""
        missing = not self.is_meant_unset(name)
        return VariableStep("variable", f"{name} is not set", at, name, missing=missing)

    def is_meant_unset(self, name: str) -> bool:
        """Whether the environment says that a variable is not there."""
        variable = self.environment.get(name)
        return variable is not None and variable.state == "unset"

    def is_given_empty(self, name: str) -> bool:
        """Whether the environment says that a variable is not there, or has no value."""
        variable = self.environment.get(name)
        return variable is not None and variable.state != "injected" and not variable.value

    def is_unset(self, name: str) -> bool:
        """Whether a variable that is not there is meant to be absent, or was removed."""
        return self.environment.get(name) is not None

    def write(self, name: Hashable, value: Value) -> None:
        """Set a variable, or with `MISSING` remove it."""
        assert self._state is not None  # noqa: S101 - attached by the machine
        self.changed = True
        self._open(name)
        self._state.write(self.slots, name, value)

    def clear(self) -> None:
        """Remove them all."""
        for name in [*self.slots.values]:
            self.write(name, MISSING)
        if self.environment.unread_sources:
            self.write(_CLEARED, TRUE)

    def copied(self) -> Dict:
        """A dictionary of the variables; what nobody mentions is not set."""
        self.enumerated = True
        entries = {key: value for key, value in self.slots.values.items() if isinstance(key, str)}
        made = Dict(entries, {key: text(key) for key in entries})
        made.process = True
        rest = self.slots.values.get(_ANY)
        if rest is None and self.environment.unread_sources and _CLEARED not in self.slots.values:
            rest = Unknown(f"what {self.environment.unread_sources[0]} sets")
        made.rest = rest if isinstance(rest, Unknown) else None
        return made

    def note(
        self, name: str, at: Place, *, required: bool, default: Value | None = None,
        default_at: Place | None = None,
    ) -> None:  # fmt: skip
        """Remember a place that reads a variable."""
        known = default.known if isinstance(default, Text) else None
        secret = Secret(known) if known is not None else None
        self.reads[name, at] = Read(name, at, required, secret, default_at if secret else None)

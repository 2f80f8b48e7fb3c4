"""The variables of the process, as the code finds and changes them."""

import re
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from readiness.environment import Environment
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.variable import Variable
from readiness.program.answers import Read
from readiness.program.interpreter.handlers import catches
from readiness.program.interpreter.traces import with_trace
from readiness.program.interpreter.variable_words import default_words, may_show
from readiness.program.provenance import DefaultStep, VariableStep
from readiness.program.values import (
    MISSING,
    Choice,
    Dict,
    Part,
    Slots,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine
    from readiness.program.interpreter.state import State

_REFERENCE = re.compile(r"\$\{(\w+)\}")
# Stands for every variable that is not named; no variable has a name that is no text.
_ANY = ("any variable",)


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
    """

    def __init__(
        self, environment: Environment, proved: set[str], inferred: dict[str, str]
    ) -> None:
        self.environment = environment
        self.proved = proved
        self.inferred = inferred
        self.slots = Slots()
        self._doubted: set[int] = set()
        self.reads: dict[tuple[str, Place], Read] = {}
        self.missed: set[str] = set()
        self.supplied: set[str] = set()
        """What nothing sets, and a read has been given all the same."""
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
        for name, variable in self.environment.variables.items():
            if variable.state == "known" and variable.value is not None:
                origin = variable.chain[0].text if variable.chain else self.environment.name
                self._put(name, variable.value.reveal(), origin, variable.at)
            elif variable.state == "injected":
                self.slots.values[name] = self._supplied(variable)
        for name, value in self.inferred.items():
            self._put(name, value, f"assumed for {self.environment.name}", None)
        for name in self.proved:
            if name not in self.slots.values:
                self.slots.values[name] = self.injected(name, None)

    def _put(self, name: str, value: str, origin: str, at: Place | None) -> None:
        shown = f"{name} is {value}" if may_show(name, value) else f"{name} is set"
        step = VariableStep("variable", f"{shown} ({origin})", at, name)
        self.slots.values[name] = Text((Part(value, at, name),), (step,))

    def injected(self, name: str, at: Place | None) -> Text:
        """The value of a variable that the platform supplies."""
        step = VariableStep("variable", f"{name} is set by the platform", at, name)
        return Text((Part(None, at, name, key=name),), (step,))

    def _supplied(self, variable: Variable) -> Text:
        """What the platform supplies; of a text around references, only those are unknown."""
        whole = self.injected(variable.name, variable.at)
        said = variable.chain[0].value if variable.chain else None
        pieces = _REFERENCE.split(said.reveal()) if said is not None else []
        if len(pieces) < 2 or not any(pieces[::2]):  # noqa: PLR2004 - a text, a name, a text
            return whole
        parts = tuple(
            Part(None, variable.at, variable.name, key=piece) if number % 2
            else Part(piece, variable.at, variable.name)
            for number, piece in enumerate(pieces) if piece
        )  # fmt: skip
        return Text(parts, whole.trace)

    def find(self, name: str, at: Place) -> Value:
        """What a read of a variable gives; `MISSING` where nothing sets it."""
        value = self.held(name)
        return MISSING if value is MISSING else _read_at(value, at)

    def held(self, name: str) -> Value:
        """What stands under a name, without counting as a read of it."""
        return held_in(self.slots.values, name)

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
        told = self.environment.get(name)
        explicit = told is not None and told.state == "unset"
        return VariableStep("variable", f"{name} is not set", at, name, missing=not explicit)

    def is_unset(self, name: str) -> bool:
        """Whether a variable that is not there is meant to be absent, or was removed."""
        return self.environment.get(name) is not None

    def write(self, name: Hashable, value: Value) -> None:
        """Set a variable, or with `MISSING` remove it."""
        assert self._state is not None  # noqa: S101 - attached by the machine
        self.changed = True
        self._state.write(self.slots, name, value)

    def clear(self) -> None:
        """Remove them all."""
        for name in [*self.slots.values]:
            self.write(name, MISSING)

    def optional(
        self, machine: "Machine", name: str, at: Place, default: Value, default_at: Place | None
    ) -> Value:
        """A read with a default."""
        self.note(name, at, required=False, default=default, default_at=default_at)
        found = self.find(name, at)
        if found is MISSING:
            self.missed.add(name)
        return machine.each(
            found, lambda one: self.defaulted(name, at, default) if one is MISSING else one
        )

    def defaulted(self, name: str, at: Place, default: Value) -> Value:
        """The default of a variable that nothing sets."""
        place = default.parts[0].at if isinstance(default, Text) and default.parts else None
        shown = default_words(default, name)
        steps = () if shown is None else (DefaultStep("default", shown, place or at, name),)
        return with_trace(default, (self.absent(name, at), *steps))

    def require(self, machine: "Machine", name: str, at: Place, error: str = "KeyError") -> Value:
        """A read without a default: where it fails and nothing catches that, start-up ends."""
        guarded = catches(machine, error)
        self.note(name, at, required=not guarded)

        def one(found: Value) -> Value:
            if found is not MISSING:
                return found
            if guarded or self.is_unset(name):
                raise self._absent_error(machine, name, error, at)
            return self._supply(machine, name, at)

        return machine.each(self.find(name, at), one)

    def demand(self, machine: "Machine", name: str, at: Place) -> Value:
        """As `require`, of a copy of all variables that was found not to have this one."""
        guarded = catches(machine, "KeyError")
        self.note(name, at, required=not guarded)
        if guarded or self.is_unset(name):
            raise self._absent_error(machine, name, "KeyError", at)
        return self._supply(machine, name, at)

    def _absent_error(self, machine: "Machine", name: str, error: str, at: Place) -> Exception:
        trace = (self.absent(name, at),)
        if error == "KeyError":
            return machine.missing_key(text(name), at, trace)
        return machine.error(error, f"'{name}'", at, trace)

    def copied(self) -> Dict:
        """A dictionary of the variables; what nobody mentions is not set."""
        self.enumerated = True
        entries = {key: value for key, value in self.slots.values.items() if isinstance(key, str)}
        made = Dict(entries, {key: text(key) for key in entries})
        made.process = True
        rest = self.slots.values.get(_ANY)
        made.rest = rest if isinstance(rest, Unknown) else None
        return made

    def _supply(self, machine: "Machine", name: str, at: Place) -> Value:
        """What start-up cannot do without, the platform supplies."""
        self.supplied.add(name)
        if machine.starting and not machine.state.path:
            self.proved.add(name)
            if (name in self.missed or self.enumerated) and self.learning:
                raise Restart
            self.slots.values[name] = self.injected(name, None)
        return self.injected(name, at)

    def note(
        self, name: str, at: Place, *, required: bool, default: Value | None = None,
        default_at: Place | None = None,
    ) -> None:  # fmt: skip
        """Remember a place that reads a variable."""
        known = default.known if isinstance(default, Text) else None
        secret = Secret(known) if known is not None else None
        self.reads[name, at] = Read(name, at, required, secret, default_at if secret else None)


def _read_at(value: Value, at: Place) -> Value:
    if isinstance(value, Choice):
        return Choice(value.condition, _read_at(value.then, at), _read_at(value.otherwise, at))
    if not isinstance(value, Text):
        return value
    parts = tuple(
        part if part.at else Part(part.text, at, part.variable, part.literal, part.key)
        for part in value.parts
    )
    trace = tuple(_step_at(step, at) for step in value.trace)
    return Text(parts, trace)


def _step_at(step: object, at: Place) -> VariableStep:
    assert isinstance(step, VariableStep) or step is not None  # noqa: S101 - steps only
    if isinstance(step, VariableStep) and (step.at is None or step.read is None):
        return VariableStep(step.kind, step.text, step.at or at, step.variable, step.missing, at)
    return step  # type: ignore[return-value]

"""The values that evaluated code computes with."""

import ast
import sys
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.stand_ins import HEAD

if TYPE_CHECKING:
    from readiness.program.interpreter.frame import Frame
    from readiness.program.interpreter.machine import Machine
    from readiness.program.interpreter.stepping import Stepper

_births = count(1)
OWN = sys.stdlib_module_names | {"builtins"}
"""The first names of the language's own library."""


class Value:
    """Anything that a name of the evaluated code can stand for."""

    __slots__ = ()
    trace: Trace = ()


class Slots:
    """The mutable part of an object: names or keys and their values, with identity."""

    __slots__ = ("born", "values")

    def __init__(self, values: "dict[Hashable, Value] | None" = None) -> None:
        self.values: dict[Hashable, Value] = {} if values is None else values
        self.born = next(_births)


def birth() -> int:
    """A number that everything made from now on exceeds."""
    return next(_births)


ROUNDS = "rounds"


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A question that neither the code nor the environment answers; equal by its key.

    What a key is about stands in it itself, not by its ``id``: that of something which is
    gone may soon be that of something else, and two questions would be taken for one.
    """

    key: Hashable
    text: str
    at: Place | None = None
    subject: "Value | None" = field(default=None, repr=False)
    number: int = field(init=False, repr=False)
    """The hash of the key: conditions are looked up far more often than they are made."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", hash(self.key))

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        same = isinstance(other, Condition) and self.number == other.number
        return same and self.key == getattr(other, "key", None)

    @property
    def counts_rounds(self) -> bool:
        """Whether it asks only if a loop goes round at all, as it is written to do."""
        return isinstance(self.key, tuple) and self.key[:1] == (ROUNDS,)


@dataclass(frozen=True, slots=True, eq=False)
class Constant(Value):
    """None, a truth value, a number, bytes or an ellipsis."""

    value: Any
    trace: Trace = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; ``text`` None is content that the platform supplies.

    ``variable`` names the variable that it was read from, ``literal`` tells a literal of
    the code. ``key`` identifies unknown content, so that two reads of it agree.
    """

    text: str | None
    at: Place | None = None
    variable: str | None = None
    literal: bool = False
    key: str = ""

    def __repr__(self) -> str:
        return "Part(****)"


@dataclass(frozen=True, slots=True, eq=False)
class Text(Value):
    """A string, part by part, so that the known parts stay known beside unknown ones."""

    parts: tuple[Part, ...]
    trace: Trace = ()

    @property
    def known(self) -> str | None:
        """The whole string where every part is known."""
        texts = [part.text for part in self.parts]
        return None if None in texts else "".join(text for text in texts if text is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Tuple(Value):
    """An immutable sequence; also the contents of a list."""

    items: tuple[Value, ...]
    trace: Trace = ()


class _Mutable(Value):
    """What has identity and slots of its own."""

    __slots__ = ("slots", "trace")

    def __init__(self, slots: "dict[Hashable, Value] | None" = None, trace: Trace = ()) -> None:
        self.slots = Slots(slots)
        self.trace = trace


class List(_Mutable):
    """A list; its slot ``items`` holds a tuple.

    ``start`` runs the code of a generator that has not begun, as its slot ``start`` tells;
    ``stepper`` runs it item by item, where that can be.
    """

    __slots__ = ("kind", "start", "stepper")

    def __init__(
        self, items: tuple[Value, ...] = (), trace: Trace = (), kind: str = "list"
    ) -> None:
        super().__init__({"items": Tuple(items)}, trace)
        self.kind = kind
        self.start: Callable[[Callable[[Value], Value]], Value] | None = None
        self.stepper: Stepper | None = None


class Dict(_Mutable):
    """A dictionary; ``rest`` is set where unknown keys may be in it too.

    ``process`` tells that all variables of the process were copied into it. ``default``
    makes the entry of a missing key (`defaultdict`); ``kind`` is the name of its class.
    """

    __slots__ = ("at", "default", "keys", "kind", "process", "rest")

    def __init__(
        self,
        entries: "Mapping[Any, Value] | None" = None,
        keys: "Mapping[Any, Value] | None" = None,
        trace: Trace = (),
        rest: "Unknown | None" = None,
    ) -> None:
        super().__init__(dict(entries or {}), trace)
        self.keys: dict[Hashable, Value] = dict(keys or {})
        self.rest = rest
        self.at: Place | None = None
        self.process = False
        self.default: Value | None = None
        self.kind = "dict"


class Function(Value):
    """A function of the code, with its defaults and the names around it."""

    __slots__ = ("attributes", "closure", "defaults", "entered", "keyword_defaults", "name",
                 "node", "owner", "path", "qualified", "trace")  # fmt: skip

    def __init__(
        self,
        name: str,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        closure: "Frame",
        defaults: tuple[Value, ...] = (),
        keyword_defaults: "dict[str, Value] | None" = None,
    ) -> None:
        self.name = name
        self.node = node
        self.closure = closure
        self.defaults = defaults
        self.keyword_defaults = keyword_defaults or {}
        self.attributes = Slots()
        self.owner: Class | None = None
        self.path = closure.path
        self.qualified = name
        self.trace = ()
        self.entered = False


class Class(Value):
    """A class of the code."""

    __slots__ = ("at", "bases", "fields", "keywords", "module", "name", "order", "slots",
                 "trace", "traits")  # fmt: skip

    def __init__(self, name: str, bases: tuple[Value, ...], module: str, at: Place) -> None:
        self.name = name
        self.bases = bases
        self.module = module
        self.at = at
        self.slots = Slots()
        self.order: tuple[Value, ...] = ()
        self.keywords: dict[str, Value] = {}
        self.fields: dict[str, ast.expr] = {}
        self.traits: dict[str, Any] = {}
        self.trace = ()


class Instance(_Mutable):
    """An object of a class of the code or of a library."""

    __slots__ = ("at", "cls", "data")

    def __init__(
        self,
        cls: "Class | External",
        slots: "Mapping[Any, Value] | None" = None,
        at: Place | None = None,
        trace: Trace = (),
    ) -> None:
        super().__init__(dict(slots or {}), trace)
        self.cls = cls
        self.at = at
        self.data: Any = None


@dataclass(frozen=True, slots=True)
class Bound(Value):
    """A function together with the object that it was looked up on."""

    function: Value
    receiver: Value
    trace: Trace = ()


@dataclass(frozen=True, slots=True)
class Super(Value):
    """What ``super()`` gives: the search goes on after ``after``."""

    after: Class
    receiver: Value
    trace: Trace = ()


@dataclass(frozen=True, slots=True)
class Wrapped(Value):
    """A descriptor of the language: property, classmethod, staticmethod, cached_property."""

    kind: str
    function: Value
    setter: Value | None = None
    deleter: Value | None = None
    trace: Trace = ()


class Module(Value):
    """A module of the project, or one that stands in for a library's."""

    __slots__ = ("complete", "name", "path", "slots", "stands_in", "trace")

    def __init__(self, name: str, path: str) -> None:
        self.name = name
        self.path = path
        self.stands_in = path.startswith(HEAD)
        self.slots = Slots()
        self.complete = False
        self.trace = ()


@dataclass(frozen=True, slots=True)
class External(Value):
    """Something of a library or of the language, by its full dotted name."""

    name: str
    trace: Trace = field(default=(), compare=False)

    @property
    def may_be_plain(self) -> bool:
        """Whether it may be a text or a switch, such as ``settings.DEBUG`` of another library.

        By its spelling: a class has a name in capitals and small letters, and what has no dot
        is a module; of the standard library the models know what is plain.
        """
        first, _, last = self.name.rpartition(".")
        known = not first or first.partition(".")[0] in OWN
        return not known and (last.islower() or last.isupper())


@dataclass(frozen=True, slots=True, eq=False)
class Host(Value):
    """A function of a model, ready to be called."""

    name: str
    run: "Callable[[Machine, Arguments], Value]"
    trace: Trace = ()
    attributes: "dict[str, Value]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Value):
    """One of two values, and the undecided condition that chooses."""

    condition: Condition
    then: Value
    otherwise: Value

    @property
    def trace(self) -> Trace:  # type: ignore[override]
        """The steps of the first alternative that has any."""
        return self.then.trace or self.otherwise.trace


@dataclass(slots=True, eq=False)
class Unknown(Value):
    """A value that is not known, and why.

    ``free`` tells what is chosen anew for each request, so that each of its values occurs.
    """

    reason: str
    at: Place | None = None
    trace: Trace = ()
    free: bool = False
    memo: dict[str, Value] = field(default_factory=dict)
    number: int = field(default_factory=birth)

    def __str__(self) -> str:
        return self.reason


@dataclass(slots=True, eq=False)
class Open(Unknown):
    """What a list holds after a number of rounds that nobody knows: ``items``, perhaps more."""

    items: tuple[Value, ...] = ()


class _Missing(Value):
    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()
NONE = Constant(None)
TRUE = Constant(value=True)
FALSE = Constant(value=False)


@dataclass(frozen=True, slots=True, eq=False)
class Arguments:
    """What a call passes: positional, by keyword, and whether more is passed unseen.

    ``more`` tells that some of what is not seen is positional.
    """

    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    at: Place
    open: Unknown | None = None
    caller: "Frame | None" = None
    more: bool = False

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument of this name, or at this position."""
        if name in self.keywords:
            return self.keywords[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return self.open

    def after(self, count: int) -> "Arguments":
        """The same call without its first positional arguments."""
        return replace(self, positional=self.positional[count:])


def text(value: str, at: Place | None = None, trace: Trace = ()) -> Text:
    """A string that stands in the code, or that a model makes."""
    return Text((Part(value, at, literal=at is not None),), trace)


def boolean(*, value: bool, trace: Trace = ()) -> Constant:
    """A truth value with its trace."""
    return Constant(value, trace)


def alternatives(value: Value) -> list[Value]:
    """The values that a value may turn out to be, each once."""
    if not isinstance(value, Choice):
        return [value]
    found: list[Value] = []
    for side in (value.then, value.otherwise):
        found += [item for item in alternatives(side) if not any(item is old for old in found)]
    return found

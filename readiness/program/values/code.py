"""What code defines and makes: modules, functions, classes and their objects."""

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.model.place import Place
from readiness.model.trace import Trace
from readiness.program.stand_ins import HEAD
from readiness.program.values.external import External
from readiness.program.values.value import Mutable, Slots, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.frame import Frame


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

    @property
    def is_folder(self) -> bool:
        """Whether it is but a folder: an installed package of its name comes before it."""
        return self.path.endswith("/") and "." not in self.name


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


class Instance(Mutable):
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


class Bound(Value, Struct, frozen=True):
    """A function together with the object that it was looked up on."""

    function: Value
    receiver: Value
    trace: Trace = ()


class Super(Value, Struct, frozen=True):
    """What ``super()`` gives: the search goes on after ``after``."""

    after: Class
    receiver: Value
    trace: Trace = ()


class Wrapped(Value, Struct, frozen=True):
    """A descriptor of the language: property, classmethod, staticmethod, cached_property."""

    kind: str
    function: Value
    setter: Value | None = None
    deleter: Value | None = None
    trace: Trace = ()

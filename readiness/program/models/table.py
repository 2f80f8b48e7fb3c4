"""The shape of a model: what a library's names mean to the evaluation."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from readiness.model.place import Place
from readiness.program.values import Arguments, Class, Function, Instance, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

# What a function of the code carries that is a command of the command line.
OPTIONS = "\0options"
FunctionModel = Callable[["Machine", Arguments], Value]
MethodModel = Callable[["Machine", Value, Arguments], Value]
AttributeModel = Callable[["Machine", Instance, Place], Value]
ValueModel = Callable[["Machine"], Value]
Initialiser = Callable[["Machine", Instance, Arguments], None]
Injection = Callable[["Machine", Instance, Place], Value | None]
Supply = Callable[["Machine", Function, str, int], Value | None]
Finisher = Callable[["Machine", Class], None]


class LibraryClass(Struct, frozen=True):
    """A class of a library.

    ``parameters`` are the names of its constructor, in order; ``any_parameters`` accepts
    others too. ``recorded`` constructions are kept for the answers. ``build`` does more.
    ``injected`` gives what a framework passes where such an object is a parameter's default.
    """

    parameters: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    recorded: bool = False
    positional: int | None = None
    build: Initialiser | None = None
    methods: Mapping[str, MethodModel] = field(default_factory=dict)
    attributes: Mapping[str, AttributeModel] = field(default_factory=dict)
    subclassed: Finisher | None = None
    injected: Injection | None = None


class Table(Struct, frozen=True):
    """What one library brings; names are full and dotted.

    ``connects`` names what makes a connection by the constructor of another library;
    ``setters`` are the functions that set variables of the process, by their last names.
    ``copies`` tells by which file a folder in a project is seen to be the library itself.
    ``starts``, ``ends`` and ``routes`` are how frameworks call the moments before all requests,
    after them, and a request; ``moments`` what takes such a word as a text; ``commands`` are
    classes whose methods are commands of a process of their own.
    ``holding`` are the attributes in which objects have what they keep things in.
    ``optional`` are modules whose import fails where nobody installed what they stand on.
    ``supplies`` give what a framework passes to a function of the code for a parameter.
    ``keeps`` are libraries, or names of them, whose decorators hand on what a function gives.
    """

    functions: Mapping[str, FunctionModel] = field(default_factory=dict)
    classes: Mapping[str, LibraryClass] = field(default_factory=dict)
    values: Mapping[str, ValueModel] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    recorded: frozenset[str] = frozenset()
    connects: frozenset[str] = frozenset()
    setters: frozenset[str] = frozenset()
    copies: Mapping[str, str] = field(default_factory=dict)
    keeps: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    moments: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    supplies: tuple[Supply, ...] = ()

"""functools, contextlib, abc, typing, importlib, copy and the like."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import generators
from readiness.program.interpreter.comparisons import equality
from readiness.program.interpreter.raising import either, is_a
from readiness.program.models.table import FunctionModel, LibraryClass, Table
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Constant,
    Dict,
    External,
    Function,
    Host,
    Instance,
    List,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _arg(arguments: Arguments, index: int) -> Value:
    return arguments.positional[index] if index < len(arguments.positional) else NONE


def _partial(machine: "Machine", arguments: Arguments) -> Value:
    function, held = _arg(arguments, 0), arguments.after(1)

    def run(inner: "Machine", given: Arguments) -> Value:
        keywords = {**held.keywords, **given.keywords}
        whole = Arguments((*held.positional, *given.positional), keywords, given.at,
                          given.open or held.open, given.caller)  # fmt: skip
        return inner.call(function, whole)

    made = Host("partial", run)
    made.attributes.update(
        func=function, args=Tuple(held.positional),
        keywords=Dict(held.keywords, {name: text(name) for name in held.keywords}))  # fmt: skip
    return made


def _partial_method(machine: "Machine", arguments: Arguments) -> Value:
    """As `_partial`, for a class body: the object comes before what is held."""
    function, held = _arg(arguments, 0), arguments.after(1)

    def run(inner: "Machine", given: Arguments) -> Value:
        keywords = {**held.keywords, **given.keywords}
        positional = (*given.positional[:1], *held.positional, *given.positional[1:])
        whole = Arguments(positional, keywords, given.at, given.open, given.caller)
        return inner.call(function, whole)

    return Wrapped("method", Host("partialmethod", run))


def _cache(machine: "Machine", arguments: Arguments) -> Value:
    """``lru_cache`` and ``cache``, with and without brackets."""
    function = _arg(arguments, 0)
    if arguments.positional and not hasattr(function, "value"):
        return Wrapped("cached", function)
    return Host("cache", lambda m, a: Wrapped("cached", _arg(a, 0)))


def _same(machine: "Machine", arguments: Arguments) -> Value:
    return _arg(arguments, 0)


def _second(machine: "Machine", arguments: Arguments) -> Value:
    return _arg(arguments, 1)


def _decorator(machine: "Machine", arguments: Arguments) -> Value:
    """A decorator with brackets that gives back what it decorates."""
    return Host("decorator", lambda m, a: _arg(a, 0))


def _cached_property(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped("cached_property", _arg(arguments, 0))


def _abstract_property(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped("property", _arg(arguments, 0))


def _suppress(machine: "Machine", arguments: Arguments) -> Value:
    made = Instance(External("contextlib.suppress"), None, arguments.at)
    made.data = arguments.positional
    return made


def _suppressing(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """The ``__exit__`` of ``contextlib.suppress``."""
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    error = _arg(arguments, 1)
    if isinstance(error, Constant):
        return FALSE
    result: Value = FALSE
    for kind in receiver.data:
        result = either(is_a(machine, error, kind, arguments.at), result)
    return result


def _manager(machine: "Machine", arguments: Arguments) -> Value:
    return Wrapped("contextmanager", _arg(arguments, 0))


def _null_context(machine: "Machine", arguments: Arguments) -> Value:
    value = _arg(arguments, 0)
    return generators.deferred(lambda consume: consume(value))


def _default_dict(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    update = machine.library.method(machine, made, "update", arguments.at)
    machine.call(update, arguments.after(1))
    if arguments.positional:
        made.default = arguments.positional[0]
    made.kind = "defaultdict"
    return made


def _dictionary(machine: "Machine", arguments: Arguments) -> Value:
    return machine.call(External("builtins.dict"), arguments)


def _ordered(machine: "Machine", arguments: Arguments) -> Value:
    made = _dictionary(machine, arguments)
    if isinstance(made, Dict):
        made.kind = "OrderedDict"
    return made


def _proxy(machine: "Machine", arguments: Arguments) -> Value:
    """A view of a dictionary that refuses to be changed."""
    held = _arg(arguments, 0)
    if not isinstance(held, Dict):
        return held
    made = Dict()
    made.slots, made.keys, made.rest, made.kind = held.slots, held.keys, held.rest, "mappingproxy"
    return made


def _counter(machine: "Machine", arguments: Arguments) -> Value:
    made = Dict()
    made.kind = "Counter"
    update = machine.attribute(made, "update", arguments.at)
    machine.call(update, arguments)
    return made


def _deque(machine: "Machine", arguments: Arguments) -> Value:
    made = List((), (), "deque")
    made.slots.values["maxlen"] = arguments.get("maxlen", 1) or NONE
    if arguments.positional:
        machine.invoke(machine.attribute(made, "extend", arguments.at), arguments.at,
                       arguments.positional[0])  # fmt: skip
    return made


def _abstract(machine: "Machine", arguments: Arguments) -> Value:
    function = _arg(arguments, 0)
    inner = getattr(function, "function", function)
    if isinstance(inner, Function):
        machine.state.write(inner.attributes, "__isabstractmethod__", TRUE)
    return function


def _import_module(machine: "Machine", arguments: Arguments) -> Value:
    name = getattr(_arg(arguments, 0), "known", None)
    if name is None:
        return Unknown("a module whose name is not known", arguments.at)
    if name.startswith("."):
        package = getattr(arguments.get("package", 1), "known", None) or _package(arguments)
        above = package.split(".")
        level = len(name) - len(name.lstrip("."))
        above = above[: len(above) - level + 1]
        name = ".".join([*above, name.lstrip(".")])
    return machine.import_module(name, arguments.caller, arguments.at)


def _package(arguments: Arguments) -> str:
    return arguments.caller.module.name if arguments.caller else ""


def _type_checking(machine: "Machine") -> Value:
    return FALSE


def _wraps(machine: "Machine", arguments: Arguments) -> Value:
    wrapped = _arg(arguments, 0)

    def wrap(inner: "Machine", given: Arguments) -> Value:
        function = _arg(given, 0)
        if isinstance(function, Function):
            name = inner.attribute(wrapped, "__name__", given.at)
            inner.state.write(function.attributes, "__name__", name)
            inner.state.write(function.attributes, "__wrapped__", wrapped)
        return function

    return Host("wraps", wrap)


def _attrgetter(machine: "Machine", arguments: Arguments) -> Value:
    name = getattr(_arg(arguments, 0), "known", None) or ""

    def run(inner: "Machine", given: Arguments) -> Value:
        value = _arg(given, 0)
        for piece in name.split("."):
            value = inner.attribute(value, piece, given.at)
        return value

    return Host("attrgetter", run)


def _itemgetter(machine: "Machine", arguments: Arguments) -> Value:
    keys = arguments.positional

    def run(inner: "Machine", given: Arguments) -> Value:
        found = tuple(inner.item(_arg(given, 0), key, given.at) for key in keys)
        return found[0] if len(found) == 1 else Tuple(found)

    return Host("itemgetter", run)


def _namespace(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    for name, value in arguments.keywords.items():
        machine.state.write(instance.slots, name, value)


def _namespace_lacks(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A name that a namespace does not have."""
    name = getattr(_arg(arguments, 0), "known", None)
    raise machine.error("AttributeError", f"no attribute '{name}'", arguments.at)


def _same_names(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """Whether two namespaces hold the same."""
    other = _arg(arguments, 0)
    if not isinstance(other, Instance) or other.cls != External("types.SimpleNamespace"):
        return External("builtins.NotImplemented")
    one, two = (machine.attribute(side, "__dict__", arguments.at) for side in (receiver, other))
    return equality(machine, one, two, arguments.at, "the namespaces are equal")


def _context_get(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    default = arguments.positional[0] if arguments.positional else (
        receiver.slots.values.get("default"))  # fmt: skip

    def one(held: Value) -> Value:
        if held is not MISSING:
            return held
        if default is None and not machine.starting:  # who would have called it would have set it
            return Unknown("a context variable that its callers set", arguments.at)
        if default is None:
            raise machine.error("LookupError", "the context variable is not set", arguments.at)
        return default

    return machine.each(receiver.slots.values.get("value", MISSING), one)


def _context_set(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    old = receiver.slots.values.get("value", MISSING)
    machine.state.write(receiver.slots, "value", _arg(arguments, 0))
    token = Instance(External("contextvars.Token"), None, arguments.at)
    token.data = old
    return token


def _context_reset(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    assert isinstance(receiver, Instance)  # noqa: S101 - for the type checker
    token = _arg(arguments, 0)
    old = token.data if isinstance(token, Instance) else Unknown("what a variable held before")
    machine.state.write(receiver.slots, "value", old)
    return NONE


_CACHES: dict[str, FunctionModel] = dict.fromkeys(("functools.lru_cache", "functools.cache", "cachetools.func.lru_cache", "async_lru.alru_cache"), _cache)  # fmt: skip  # noqa: E501 - a table
_SAME = (
    "typing.override", "typing.final", "typing.no_type_check",
    "typing.runtime_checkable",
    "typing_extensions.override", "functools.total_ordering", "enum.unique", "enum.verify",
    "asyncio.coroutine",
    "typing.assert_never", "typing.reveal_type", "atexit.register",
    "contextlib.closing", "contextlib.aclosing", "asgiref.sync.sync_to_async",
    "types.coroutine", "typing.overload", "enum.member",
    "enum.nonmember", "weakref.proxy",
)  # fmt: skip

TABLE = Table(
    functions={
        **_CACHES, **dict.fromkeys(_SAME, _same),
        "functools.partial": _partial, "functools.partialmethod": _partial_method,
        "functools.wraps": _wraps, "functools.update_wrapper": _same,
        "functools.cached_property": _cached_property,
        "django.utils.functional.cached_property": _cached_property,
        "abc.abstractproperty": _abstract_property, "abc.abstractmethod": _abstract,
        "typing.cast": _second,
        "contextlib.suppress": _suppress, "contextlib.contextmanager": _manager,
        "contextlib.asynccontextmanager": _manager, "contextlib.nullcontext": _null_context,
        "types.MappingProxyType": _proxy, "collections.Counter": _counter,
        "collections.defaultdict": _default_dict, "collections.OrderedDict": _ordered,
        "collections.deque": _deque,
        "importlib.import_module": _import_module, "asyncio.timeout": _null_context,
        "operator.attrgetter": _attrgetter,
        "operator.itemgetter": _itemgetter,
        "typing.NewType": lambda m, a: Host("NewType", lambda n, b: _arg(b, 0)),
        "tenacity.retry": _decorator, "typing.dataclass_transform": _decorator,
        "warnings.deprecated": _decorator, "typing_extensions.deprecated": _decorator,
        "enum.property": _abstract_property,
        "types.DynamicClassAttribute": _abstract_property,
    },
    classes={
        "types.SimpleNamespace": LibraryClass(
            ("__never__",), build=_namespace,
            methods={"__getattr__": _namespace_lacks, "__eq__": _same_names}),
        "argparse.Namespace": LibraryClass(("__never__",), build=_namespace),
        "contextlib.suppress": LibraryClass(methods={"__exit__": _suppressing}),
        "fastapi.Depends": LibraryClass(("dependency",)),
        "contextvars.ContextVar": LibraryClass(
            ("name", "default"), methods={"get": _context_get, "set": _context_set,
                                         "reset": _context_reset}),
    },
    values={"typing.TYPE_CHECKING": _type_checking},
    aliases={"typing_extensions.TYPE_CHECKING": "typing.TYPE_CHECKING",
             "typing_extensions.NamedTuple": "typing.NamedTuple",
             "fastapi.params.Depends": "fastapi.Depends", "fastapi.Security": "fastapi.Depends",
             "typing_extensions.Annotated": "typing.Annotated",
             "typing_extensions.Protocol": "typing.Protocol"},
)  # fmt: skip

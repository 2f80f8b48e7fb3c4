"""Libraries whose model is Python: small files that the interpreter runs in their place.

They suit a library that hands the code's own objects around, such as a container of services:
to write its few lines again is shorter, and easier to believe, than to describe what they do.
"""

import posixpath
from functools import partial
from typing import TYPE_CHECKING

from readiness.program.interpreter import loading
from readiness.program.models.table import Table
from readiness.program.stand_ins import HEAD
from readiness.program.values import MISSING, NONE, Arguments, Module, Unknown, Value, text
from readiness.program.words import WRITTEN
from readiness.project import Project, Reading, Unreadable
from readiness.project.search import found

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

NAMES: dict[str, tuple[str, ...]] = {
    "apscheduler.jobstores.sqlalchemy": ("SQLAlchemyJobStore",),
    "asyncio": ("Event", "LifoQueue", "PriorityQueue", "Queue", "QueueEmpty", "QueueFull",
                "TaskGroup", "wait"),
    "attr.converters": ("default_if_none", "optional", "pipe", "to_bool"),
    "bisect": ("bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"),
    "blinker": ("Namespace", "Signal", "signal"),
    "cachetools": ("Cache", "FIFOCache", "LFUCache", "LRUCache", "TTLCache", "cached"),
    "contextlib": ("AsyncContextDecorator", "ContextDecorator", "_decorated", "_decorated_async",
                   "redirect_stdout"),
    "configurations": ("Configuration", "pristinemethod", "setup"),
    "configurations.values": ("BackendsValue", "BooleanValue", "CacheURLValue", "DatabaseURLValue",
                              "DecimalValue", "DictValue", "EmailURLValue", "EmailValue",
                              "FloatValue", "IPValue", "IntegerValue", "ListValue", "PathValue",
                              "PositiveIntegerValue", "RegexValue", "SearchURLValue",
                              "SecretValue", "SetValue", "TupleValue", "URLValue", "Value"),
    "csv": ("DictReader", "DictWriter", "reader", "writer"),
    "concurrent.futures": ("Future", "ProcessPoolExecutor", "ThreadPoolExecutor", "as_completed"),
    "dataset": ("Database", "connect"),
    "decouple": ("Choices",),
    "dynaconf": ("Dynaconf", "LazySettings", "ValidationError", "Validator"),
    "functools": ("cmp_to_key", "singledispatchmethod", "total_ordering"),
    "graphlib": ("CycleError", "TopologicalSorter"),
    "heapq": ("heapify", "heappop", "heappush", "heappushpop", "heapreplace", "merge", "nlargest",
              "nsmallest"),
    "hydra": ("compose", "initialize", "initialize_config_dir", "main"),
    "hydra.utils": ("call", "get_class", "get_method", "get_object", "instantiate"),
    "importlib.resources": ("as_file", "files", "is_resource", "open_binary", "open_text", "path",
                            "read_binary", "read_text"),
    "injector": ("Binder", "CallableProvider", "ClassProvider", "Injector", "InstanceProvider",
                 "Module", "UnsatisfiedRequirement", "inject", "multiprovider", "noscope",
                 "provider", "singleton", "threadlocal"),
    "io": ("BytesIO", "StringIO"),
    "lagom": ("Container", "Singleton"),
    "langchain_postgres": ("PGEngine", "PGVector", "PostgresChatMessageHistory"),
    "langgraph.checkpoint.postgres": ("AsyncPostgresSaver", "AsyncShallowPostgresSaver",
                                      "PostgresSaver", "ShallowPostgresSaver"),
    "langgraph.store.postgres": ("AsyncPostgresStore", "PostgresStore"),
    "llama_index.vector_stores.postgres": ("PGVectorStore",),
    "omegaconf": ("DictConfig", "ListConfig", "MISSING", "OmegaConf"),
    "piccolo.engine": ("engine_finder",),
    "piccolo.engine.postgres": ("PostgresEngine",),
    "pkgutil": ("ModuleInfo", "iter_modules", "walk_packages"),
    "pluggy": ("HookimplMarker", "HookspecMarker", "PluginManager"),
    "pony.orm": ("Database",),
    "punq": ("Container", "MissingDependencyError", "Scope"),
    "queue": ("Empty", "Full", "LifoQueue", "Queue", "SimpleQueue"),
    "records": ("Database",),
    "starlette.config": ("Config", "environ"),
    "string": ("Formatter",),
    "svcs": ("Container", "Registry", "ServiceNotFoundError"),
    "tenacity": ("AsyncRetrying", "RetryError", "Retrying", "retry"),
    "threading": ("local",),
    "unittest.mock": ("patch",),
    "weakref": ("WeakKeyDictionary", "WeakSet", "WeakValueDictionary"),
}  # fmt: skip
"""The names that each stand-in has, by the library's own module."""

CONNECTS = frozenset({
    "apscheduler.jobstores.sqlalchemy.SQLAlchemyJobStore", "dataset.connect",
    "langchain_postgres.PGVector", "langchain_postgres.PGEngine.from_connection_string",
    *(f"langgraph.checkpoint.postgres.{name}.from_conn_string"
      for name in NAMES["langgraph.checkpoint.postgres"]),
    *(f"langgraph.store.postgres.{name}.from_conn_string"
      for name in NAMES["langgraph.store.postgres"]),
    "llama_index.vector_stores.postgres.PGVectorStore.from_params",
    "piccolo.engine.postgres.PostgresEngine", "pony.orm.Database", "records.Database",
})  # fmt: skip
"""What in them connects to a database."""


def begin(machine: "Machine") -> None:
    """Run the stand-ins of the libraries that the project names, before any code of its own."""
    bits = 0
    for note in machine.sources.project.noted(_NAMED).values():
        bits |= note if isinstance(note, int) else 0
    named = {word for number, word in enumerate(_WORDS) if bits >> number & 1}
    for library in NAMES:
        if named.issuperset(library.split(".")):
            _run(machine, library)


def _words_in(project: Project, path: str) -> int:
    """Which words of their names a file has, a bit for each."""
    try:
        return found(project.read(path), _PATTERNS)
    except Unreadable:
        return 0


_WORDS = tuple(sorted({word for library in NAMES for word in library.split(".")}))
_PATTERNS = tuple(rb"\b%b\b" % word.encode() for word in _WORDS)
_NAMED = Reading(b"stand-ins", WRITTEN, bool, _words_in)


def _run(machine: "Machine", library: str) -> Module:
    name = f"{HEAD}{library}"
    known = machine.modules.get(name)
    return known or loading.run_module(machine, f"{HEAD}{library.replace('.', '_')}.py", name)


def _taken(library: str, name: str, machine: "Machine") -> Value:
    return _run(machine, library).slots.values.get(name, MISSING)


def _found(machine: "Machine", arguments: Arguments) -> Value:
    """For stand-ins: the file that a name means near where they are called; None for none."""
    name = getattr(arguments.positional[0], "known", None) if arguments.positional else None
    if name is None:
        return Unknown("a file whose name is not known", arguments.at)
    folder = posixpath.dirname(arguments.at.path)
    while True:
        for path in (posixpath.join(folder, name), posixpath.join(folder, "config", name)):
            if machine.sources.project.has(posixpath.normpath(path)):
                return text(posixpath.normpath(path))
        if not folder:
            return NONE
        folder = posixpath.dirname(folder)


def _nobody_knows(machine: "Machine", arguments: Arguments) -> Value:
    """For stand-ins: a value of which only is known why it is not."""
    reason = getattr(arguments.positional[0], "known", None) if arguments.positional else None
    return Unknown(reason or "what nobody knows", arguments.at)


TABLE = Table(
    connects=CONNECTS,
    aliases={
        "attrs.converters": "attr.converters",
        "importlib_resources": "importlib.resources",
        "langgraph.checkpoint.postgres.aio": "langgraph.checkpoint.postgres",
        "langgraph.checkpoint.postgres.shallow": "langgraph.checkpoint.postgres",
        "langgraph.store.postgres.aio": "langgraph.store.postgres",
        "langgraph.store.postgres.base": "langgraph.store.postgres",
        "langchain_postgres.vectorstores": "langchain_postgres",
        "piccolo.engine.finder": "piccolo.engine",
        "pony.orm.core": "pony.orm",
    },
    functions={"__readiness__.found": _found, "__readiness__.nobody_knows": _nobody_knows},
    values={
        f"{library}.{name}": partial(_taken, library, name)
        for library, names in NAMES.items()
        for name in names
    },
)

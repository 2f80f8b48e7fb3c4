# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Shapes that services have around the construction of their agents and engines."""

SERVICES = {
    "settings by field types": """
import dataclasses, typing
def truthy$(text):
    return text.strip().lower() in {"1", "true", "yes", "on"}
CASTS$ = {int: int, bool: truthy$, str: str, list: lambda text: [w.strip() for w in text.split(",") if w.strip()]}
@dataclass(frozen=True, slots=True)
class Settings$:
    app_env: str = "dev"
    limit: int = <n>
    use_memory: bool = False
    tags: list = field(default_factory=list)
    extra: typing.ClassVar[str] = "class"
    @classmethod
    def from_env(cls, prefix="", **given):
        found = {}
        for one in dataclasses.fields(cls):
            text = os.environ.get(f"{prefix}{one.name}".upper())
            if text is not None and text != "":
                found[one.name] = CASTS$[one.type](text)
        return cls(**{**found, **given})
try:
    s$ = Settings$.from_env(**({"limit": <int>} if <test> else {}))
    made$ = (s$.app_env, s$.limit, s$.use_memory, s$.tags, dataclasses.asdict(dataclasses.replace(s$, app_env=<str>))["app_env"])
except ValueError:
    made$ = "invalid"
""",
    "typed dictionary as options": """
from typing import TypedDict
class Base$(TypedDict):
    url: str
class Options$(Base$, total=False):
    size: int
    ssl: bool
def connect$(**options):
    return sorted(options.items(), key=lambda pair: pair[0])
options$: Options$ = {"url": <str>}
if <test>:
    options$["size"] = <int>
defaults$ = Options$(url="none", ssl=True)
made$ = (connect$(**{**defaults$, **options$}), sorted(Options$.__annotations__), isinstance(options$, dict), Options$(url="x"), options$.get("size", "none"))
""",
    "named tuple as options": """
from typing import NamedTuple, Optional
class Pool$(NamedTuple):
    size: int = 5
    overflow: Optional[int] = None
    @property
    def total(self):
        return self.size + (self.overflow or 0)
    @classmethod
    def of(cls, text):
        numbers = [int(w) for w in text.split("+") if w.strip().isdigit()]
        return cls(*numbers[:2])
p$ = Pool$.of(<str>)
q$ = p$._replace(overflow=<int>) if <test> else Pool$(overflow=2)
size$, *rest$ = q$
made$ = (p$, q$.total, q$._asdict(), size$, rest$, Pool$._fields, Pool$._field_defaults, p$ == (5, None), isinstance(q$, tuple), {**q$._asdict()}["size"])
""",
    "values of a literal": """
from typing import Literal, get_args
Mode$ = Literal["prod", "test", "dev"]
def mode$(text: str) -> Mode$:
    wanted = text.strip().lower()
    if wanted in get_args(Mode$):
        return wanted
    raise ValueError(f"{text!r} is none of {', '.join(get_args(Mode$))}")
try:
    made$ = mode$(<str>)
except ValueError as error$:
    made$ = str(error$)
""",
    "an address without its options": """
from urllib.parse import parse_qs, urlencode, urlparse, urlunparse
def is_postgres$(url):
    return bool(url) and any(url.startswith(p) for p in ("postgresql://", "postgresql+", "postgres://"))
def pop$(params, key):
    values = params.pop(key, None)
    return values[0] if values else None
def cleaned$(url):
    if not is_postgres$(url):
        return url, {}
    parsed = urlparse(url)
    params = parse_qs(parsed.query, keep_blank_values=True)
    mode = pop$(params, "sslmode") or pop$(params, "ssl")
    kept = {"sslmode": mode} if mode else {}
    for key in ("sslcert", "sslkey"):
        if value := pop$(params, key):
            kept[key] = value
    return urlunparse(parsed._replace(query=urlencode(params, doseq=True))), kept
def again$(url, kept):
    parts = [f"{k}={v}" for k, v in kept.items() if v]
    return f"{url}{'&' if '?' in url else '?'}{'&'.join(parts)}" if parts else url
url$ = os.getenv("DATABASE_URL", "postgresql://h/d?ssl=require&a=1") + ("" if <test> else "?sslmode=prefer&sslkey=")
made$ = (*cleaned$(url$), again$(*cleaned$(url$)), cleaned$(<str>))
""",
    "strategies by scheme": """
class Strategy$:
    by_scheme = {}
    def __init_subclass__(cls, /, scheme=None, **rest):
        super().__init_subclass__(**rest)
        for one in (scheme,) if isinstance(scheme, str) else scheme or ():
            Strategy$.by_scheme[one] = cls
    @classmethod
    def of(cls, url):
        scheme = url.partition("://")[0].partition("+")[0]
        return cls.by_scheme.get(scheme, Other$)()
    def options(self):
        return {"echo": False}
class Postgres$(Strategy$, scheme=("postgres", "postgresql")):
    def options(self):
        return {**super().options(), "pool_size": <int>}
class Sqlite$(Strategy$, scheme="sqlite"):
    def options(self):
        return super().options() | {"check_same_thread": <test>}
class Other$(Strategy$):
    pass
made$ = [(type(s).__name__, s.options()) for s in map(Strategy$.of, (os.getenv("DATABASE_URL", "sqlite:///x"), "postgresql+psycopg://h", <str>))]
""",
    "dependencies by signature": """
import inspect
class Depends$:
    def __init__(self, call, use_cache=True):
        self.call, self.use_cache = call, use_cache
log$ = []
def settings$():
    log$.append("settings")
    return {"url": <str>}
def db$(given=Depends$(settings$)):
    log$.append("open")
    try:
        yield given["url"]
    finally:
        log$.append("closed")
def handler$(name, db=Depends$(db$), given=Depends$(settings$), *, size=<int>):
    log$.append("runs")
    return name, db, given, size
import contextlib
def solved$(call, stack, cache, **given):
    if call in cache:
        return cache[call]
    found = dict(given)
    for name, parameter in inspect.signature(call).parameters.items():
        if isinstance(parameter.default, Depends$):
            found[name] = solved$(overrides$.get(parameter.default.call, parameter.default.call), stack, cache)
    if inspect.isgeneratorfunction(call):
        result = stack.enter_context(contextmanager(call)(**found))
    else:
        result = call(**found)
    cache[call] = result
    return result
overrides$ = {settings$: lambda: {"url": "overridden"}} if <test> else {}
with contextlib.ExitStack() as stack$:
    made$ = solved$(handler$, stack$, {}, name="n")
    log$.append("answered")
made$ = (made$, log$)
""",
    "a life of an application": """
from contextlib import AsyncExitStack, asynccontextmanager
log$ = []
class App$:
    def __init__(self, lifespan=None, **state):
        self.state = types.SimpleNamespace(**state)
        self.lifespan = lifespan
        self.hooks = {"startup": [], "shutdown": []}
    def on_event(self, name):
        def add(function):
            self.hooks[name].append(function)
            return function
        return add
    async def run(self):
        async with self.lifespan(self) as given:
            for key, value in (given or {}).items():
                setattr(self.state, key, value)
            for hook in self.hooks["startup"]:
                await hook()
            log$.append(sorted(vars(self.state)))
        return self.state
@asynccontextmanager
async def database$(app):
    app.state.db = <db>
    try:
        yield {"size": <int>}
    finally:
        log$.append("disposed")
def together$(*parts):
    @asynccontextmanager
    async def whole(app):
        async with AsyncExitStack() as stack:
            found = {}
            for part in parts:
                found |= await stack.enter_async_context(part(app))
            yield found
    return whole
app$ = App$(together$(database$), mode=<str>)
@app$.on_event("startup")
async def warm$():
    if <test>:
        app$.state.db = <db>
state$ = asyncio.run(app$.run())
made$ = (state$.mode, state$.size, log$) if <test> else state$.db
""",
    "tenants in context variables": """
import contextvars
tenant$ = contextvars.ContextVar("tenant", default="public")
engines$ = {}
@contextmanager
def serving$(name):
    token = tenant$.set(name)
    try:
        yield name
    finally:
        tenant$.reset(token)
def engine$():
    key = (tenant$.get(), <test>)
    if key not in engines$:
        engines$[key] = f"engine of {key[0]} {len(engines$)}"
    return engines$[key]
first$ = engine$()
with serving$(<str>):
    second$ = engine$()
    with serving$("inner"):
        third$ = engine$()
    again$ = engine$()
context$ = contextvars.copy_context()
made$ = (first$, second$, third$, again$ == second$, engine$(), context$.run(tenant$.get), sorted(k[0] for k in engines$))
""",
    "settings made once": """
class Settings$:
    made = 0
    def __init__(self):
        type(self).made += 1
        self.mode = os.getenv("MODE", "dev")
        self.url = os.environ.get("DATABASE_URL") or f"postgresql://h/{self.mode.strip()}"
    @functools.cached_property
    def is_live(self):
        return self.mode.strip().lower() in ("production", "prod")
@functools.lru_cache(maxsize=1)
def settings$():
    return Settings$()
first$ = settings$()
os.environ["MODE"] = "production"
kept$ = settings$().mode
if <test>:
    settings$.cache_clear()
made$ = (kept$, settings$().is_live, settings$() is first$, Settings$.made, first$.url)
""",
    "a module that is lazy": """
lazy$ = types.ModuleType("lazy$")
asked$ = []
def find$(name):
    asked$.append(name)
    if name == "engine":
        lazy$.engine = made = ("engine", <str>)
        return made
    raise AttributeError(name)
lazy$.__getattr__ = find$
sys.modules["lazy$"] = lazy$
from lazy$ import engine as engine$
import lazy$ as module$
made$ = (engine$, module$.engine is engine$, asked$, getattr(module$, "other", <any>), hasattr(module$, "engine"))
del sys.modules["lazy$"]
""",
    "tries with waiting": """
import time
def retry$(attempts, *kinds, wait=0):
    def decorate(function):
        @functools.wraps(function)
        def run(*args, **kwargs):
            last = None
            for attempt in range(1, attempts + 1):
                try:
                    return function(*args, attempt=attempt, **kwargs)
                except kinds as error:
                    last = error
                    log$.append((attempt, type(error).__name__))
                    time.sleep(wait)
            raise RuntimeError(f"{function.__name__} failed") from last
        return run
    return decorate
log$ = []
@retry$(3, ValueError, KeyError)
def connect$(text, *, attempt):
    if attempt < <n>:
        raise ValueError(attempt)
    return (int(text), attempt)
try:
    made$ = connect$(<str>)
except RuntimeError as error$:
    made$ = (str(error$), error$.__cause__ is not None)
made$ = (made$, log$, connect$.__name__, connect$.__wrapped__.__name__)
""",
    "dialects of an enumeration": """
class Dialect$(enum.Enum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    @classmethod
    def _missing_(cls, value):
        if isinstance(value, str) and value.lower().startswith("postgres"):
            return cls.POSTGRESQL
        return None
    @property
    def is_server(self):
        return self is Dialect$.POSTGRESQL
    @property
    def driver(self):
        match self:
            case Dialect$.SQLITE:
                return "sqlite+aiosqlite"
            case Dialect$.POSTGRESQL:
                return "postgresql+asyncpg"
url$ = os.getenv("DATABASE_URL", "postgres://h/d")
try:
    d$ = Dialect$(url$.split("://")[0])
    made$ = (d$.name, d$.is_server, d$.driver, {Dialect$.SQLITE: 1, Dialect$.POSTGRESQL: <int>}[d$])
except ValueError:
    made$ = "none of them"
""",
    "an object behind a proxy": """
class Proxy$:
    __slots__ = ("_find",)
    def __init__(self, find):
        object.__setattr__(self, "_find", find)
    def __getattr__(self, name):
        return getattr(self._find(), name)
    def __setattr__(self, name, value):
        setattr(self._find(), name, value)
    def __delattr__(self, name):
        delattr(self._find(), name)
    def __call__(self, *args, **kwargs):
        return self._find()(*args, **kwargs)
    def __bool__(self):
        return bool(self._find())
    def __getitem__(self, key):
        return self._find()[key]
class Real$:
    def __init__(self, mode):
        self.mode = mode
    def __call__(self, x=1):
        return (self.mode, x)
    def __getitem__(self, key):
        return (key, self.mode)
held$ = [Real$(<str>)]
p$ = Proxy$(lambda: held$[-1])
before$ = p$.mode
p$.mode = <any>
if <test>:
    held$.append(Real$("other"))
    p$.note = 1
made$ = (before$, p$.mode, p$(x=2), p$["k"], bool(p$), hasattr(p$, "note"), held$[0].mode)
""",
    "stores by kinds of settings": """
@dataclass
class Memory$:
    size: int = 1
@dataclass
class Postgres$:
    url: str
@functools.singledispatch
def store$(settings):
    raise TypeError(type(settings).__name__)
@store$.register
def _(settings: Memory$):
    return InMemoryDb()
@store$.register(Postgres$)
def _(settings):
    return PostgresDb(db_url=settings.url)
@store$.register(type(None))
def _(settings):
    return None
try:
    made$ = store$(Postgres$(<str>) if <test> else Memory$(<int>) if <test> else None if <test> else {})
except TypeError as error$:
    made$ = str(error$)
""",
    "variables as descriptors": """
class Variable$:
    def __init__(self, cast=str, default=None, *, name=None):
        self.cast, self.default, self.name = cast, default, name
    def __set_name__(self, owner, attribute):
        self.name = self.name or f"{getattr(owner, 'prefix', '')}{attribute}".upper()
        owner.variables = (*getattr(owner, "variables", ()), self.name)
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        text = os.environ.get(self.name)
        if text is None:
            return self.default() if callable(self.default) else self.default
        return self.cast(text)
class Settings$:
    app_env = Variable$(str.strip, "dev")
    limit = Variable$(lambda text: int(text or 0), <int>)
    tags = Variable$(lambda text: tuple(text.split(",")), tuple)
class More$(Settings$):
    mode = Variable$(default=lambda: <str>, name="MODE")
s$ = More$()
try:
    made$ = (s$.app_env, s$.limit, s$.tags, s$.mode, More$.variables, type(More$.mode).__name__, Settings$.variables)
except ValueError:
    made$ = "invalid"
""",
    "public names": """
__all__ = []
def public$(thing=None, **names):
    if thing is not None:
        __all__.append(thing.__name__)
        return thing
    for name, value in names.items():
        __all__.append(name)
        globals()[name] = value
    return next(iter(names.values()), None)
@public$
def one$():
    return <str>
@public$
class Two$:
    pass
public$(three$=<any>)
made$ = ([n for n in __all__ if n.endswith("$")], three$, one$())
""",
    "steps by an operator": """
class Step$:
    def __init__(self, run, name=None):
        self.run, self.name = run, name or getattr(run, "__name__", "step")
    def __or__(self, other):
        other = other if isinstance(other, Step$) else Step$(other)
        return Step$(lambda x: other.run(self.run(x)), f"{self.name}|{other.name}")
    def __ror__(self, value):
        return self.run(value)
    def __rshift__(self, names):
        return (self.name, *names)
    def __call__(self, x):
        return self.run(x)
clean$ = Step$(str.strip, "strip") | str.lower | Step$(lambda w: w[:<n>], "cut")
made$ = (<str> | clean$, clean$.name, clean$ >> ("a",), (clean$ | len)(" ABC "))
""",
    "a lock looked at twice": """
import threading
class Manager$:
    _one = None
    _lock = threading.RLock()
    def __new__(cls, *args, **kwargs):
        if cls._one is None:
            with cls._lock:
                if cls._one is None:
                    cls._one = super().__new__(cls)
                    cls._one.ready = False
        return cls._one
    def __init__(self, url=None):
        if self.ready:
            return
        self.url, self.ready = url, True
    @classmethod
    def get(cls):
        if cls._one is None:
            raise RuntimeError("not made yet")
        return cls._one
try:
    early$ = Manager$.get() if <test> else None
except RuntimeError as error$:
    early$ = str(error$)
a$ = Manager$(<str>)
b$ = Manager$("other")
made$ = (early$, a$ is b$, b$.url, Manager$.get().ready)
""",
    "sessions that are lent": """
log$ = []
class Session$:
    def __init__(self, name):
        self.name, self.open = name, True
    def close(self):
        self.open = False
        log$.append("closed " + self.name)
def get_db$(name="a"):
    session = Session$(name)
    try:
        yield session
    except ValueError:
        log$.append("rolled back")
        raise
    finally:
        session.close()
lent$ = contextmanager(get_db$)
with lent$(<str>) as one$:
    inside$ = one$.open
try:
    with lent$("b") as two$:
        if <test>:
            raise ValueError("x")
except ValueError:
    log$.append("caught")
source$ = get_db$("c")
three$ = next(source$)
before$ = three$.open
for _ in source$:
    log$.append("never")
made$ = (inside$, one$.open, two$.open, before$, three$.open, log$)
""",
    "checked after it is made": """
@dataclass
class Config$:
    url: str = field(default_factory=lambda: os.getenv("DATABASE_URL", "postgresql://h/d"))
    size: int = <int>
    overflow: int | None = None
    options: dict = field(default_factory=dict, repr=False)
    def __post_init__(self):
        if not self.url.startswith("postgresql"):
            raise ValueError(f"url: {self.url}")
        if self.overflow is None:
            self.overflow = self.size * 2
        self.options.setdefault("pool", self.size + self.overflow)
class Checked$(Config$):
    def __post_init__(self):
        super().__post_init__()
        self.url = self.url.replace("postgresql://", "postgresql+psycopg://")
errors$ = []
for kind$ in (Config$, Checked$):
    try:
        made$ = kind$(**({"size": 1} if <test> else {}))
    except ValueError as error$:
        errors$.append(str(error$))
        made$ = None
made$ = (made$.url, made$.options, made$.overflow, errors$) if made$ else errors$
""",
    "plugins by their shape": """
from typing import Protocol, runtime_checkable
@runtime_checkable
class Plugin$(Protocol):
    name: str
    def start(self, app) -> object: ...
class Good$:
    name = "good"
    def start(self, app):
        app.append(self.name)
        return <any>
class Named$:
    name = "named"
class Made$:
    def __init__(self, name):
        self.name = name
    def start(self, app):
        app.append(self.name)
app$ = []
found$ = [p for p in (Good$(), Named$(), Made$(<str>), 3) if isinstance(p, Plugin$)]
made$ = ([p.start(app$) for p in found$], app$, [type(p).__name__ for p in found$])
""",
    "a secret that hides itself": """
class Secret$:
    def __init__(self, value):
        self._value = value
    def get_secret_value(self):
        return self._value
    def __len__(self):
        return len(self._value)
    def __repr__(self):
        return "Secret('**********')" if self._value else "Secret('')"
    __str__ = __repr__
    def __eq__(self, other):
        return isinstance(other, Secret$) and other._value == self._value
    def __hash__(self):
        return hash(self._value)
s$ = Secret$(<str>)
url$ = f"postgresql://u:{s$.get_secret_value()}@h/d" if s$ else "postgresql://h/d"
made$ = (url$, str(s$), f"{s$!r}", s$ == Secret$(s$.get_secret_value()), len({s$, Secret$(s$.get_secret_value())}), bool(Secret$("")))
""",
    "layers of settings": """
defaults$ = {"db": {"url": "postgresql://h/d", "pool": {"size": 5}}, "debug": False}
file$ = {"db": {"pool": {"size": <int>}}, "debug": None}
given$ = {"db": {"url": <optional>}, "mode": <str>}
def layered$(*layers):
    whole = {}
    for layer in layers:
        for key, value in layer.items():
            if value is None:
                continue
            if isinstance(value, dict):
                value = layered$(whole.get(key, {}), value)
            whole[key] = value
    return whole
class Dotted$(dict):
    def __getattr__(self, name):
        try:
            value = self[name]
        except KeyError:
            raise AttributeError(name) from None
        return Dotted$(value) if isinstance(value, dict) else value
s$ = Dotted$(layered$(defaults$, file$, given$ if <test> else {}))
made$ = (s$.db.url, s$.db.pool.size, s$.debug, getattr(s$, "mode", "none"), dict(s$))
""",
    "overloaded and cast": """
from typing import TYPE_CHECKING, Any, Final, cast, overload
if TYPE_CHECKING:
    from nowhere import Nothing
LIMIT$: Final = <int>
@overload
def get$(key: str) -> str: ...
@overload
def get$(key: str, default: int) -> int: ...
def get$(key: str, default: Any = None) -> Any:
    found = {"a": <str>}.get(key, default)
    return cast("Nothing", found)
def typed$(x: "Nothing" = None, *args: "Nothing", **rest: "Nothing") -> "Nothing":
    y: "Nothing"
    z: int = LIMIT$
    return (x, z, args)
made$ = (get$("a"), get$("b", LIMIT$), typed$(<any>, 1), sorted(typed$.__annotations__))
""",
    "hooks in an order": """
class Hooks$:
    def __init__(self):
        self.all = []
    def add(self, function=None, *, priority=0, when=None):
        if function is None:
            return functools.partial(self.add, priority=priority, when=when)
        self.all.append((priority, len(self.all), when, function))
        return function
    def run(self, value):
        for _, _, when, function in sorted(self.all, key=lambda one: one[:2]):
            if when is None or when(value):
                found = function(value)
                value = value if found is None else found
        return value
hooks$ = Hooks$()
@hooks$.add
def first$(x):
    return [*x, "first"]
@hooks$.add(priority=-1)
def before$(x):
    x.append("before")
@hooks$.add(priority=5, when=lambda x: len(x) > <n>)
def last$(x):
    return x + [<str>]
made$ = (hooks$.run([<any>]), [h[3].__name__ for h in hooks$.all])
""",
    "a registry of models": """
class Meta$(type):
    models = {}
    def __new__(mcs, name, bases, names, abstract=False, **rest):
        fields = {k: v for base in bases for k, v in getattr(base, "fields", {}).items()}
        fields |= {k: v for k, v in names.items() if isinstance(v, Field$)}
        names = {k: v for k, v in names.items() if not isinstance(v, Field$)}
        cls = super().__new__(mcs, name, bases, {**names, "fields": fields}, **rest)
        if not abstract:
            mcs.models[names.get("__tablename__", name.lower())] = cls
        return cls
    def __call__(cls, **given):
        made = super().__call__()
        for name, one in cls.fields.items():
            setattr(made, name, given.pop(name, one.default))
        if given:
            raise TypeError(f"unexpected {sorted(given)}")
        return made
class Field$:
    def __init__(self, default=None):
        self.default = default
class Base$(metaclass=Meta$, abstract=True):
    id = Field$(0)
class User$(Base$):
    __tablename__ = "users"
    name = Field$(<str>)
class Item$(User$):
    size = Field$(<int>)
i$ = Item$(size=3) if <test> else Item$(name="n")
try:
    User$(nothing=1)
except TypeError as error$:
    made$ = str(error$)
made$ = (made$, vars(i$), sorted(k for k in Meta$.models if k != "item"), list(Item$.fields), "abstract" in vars(Base$))
""",
    "names in parts": """
class Node$:
    def __init__(self, path=()):
        self._path = path
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Node$((*self._path, name))
    def __call__(self, default=None):
        return os.environ.get("_".join(self._path).upper(), default)
    def __getitem__(self, key):
        return getattr(self, key.lower())
env$ = Node$()
made$ = (env$.app.env("none"), env$["MODE"](<str>), env$.database.url(), hasattr(env$, "_x"), env$.a.b._path)
""",
    "tasks and their results": """
async def load$(name, size):
    await asyncio.sleep(0)
    if name == "bad":
        raise LookupError(name)
    return {"name": name, "size": size}
async def main$():
    names = ["a", "bad" if <test> else "b", <str>]
    found = await asyncio.gather(*(load$(n, i) for i, n in enumerate(names)), return_exceptions=True)
    agents, failed = {}, []
    for name, one in zip(names, found):
        if isinstance(one, BaseException):
            failed.append((name, type(one).__name__))
        else:
            agents[name] = one["size"]
    lock = asyncio.Lock()
    async with lock:
        agents["locked"] = lock.locked()
    return agents, failed
made$ = asyncio.run(main$())
""",
    "a class per name": """
def store$(name, **options):
    def __init__(self, **more):
        self.options = {**options, **more}
    return type(f"{name.title()}Store", (Store$,), {"__init__": __init__, "kind": name, "label": property(lambda self: f"{self.kind}:{len(self.options)}")})
class Store$:
    kind = "none"
    def __repr__(self):
        return f"<{self.kind} {self.label}>"
stores$ = {name: store$(name, size=size) for name, size in (("memory", 1), ("postgres", <int>))}
s$ = stores$["postgres" if <test> else "memory"](url=<str>)
made$ = (type(s$).__name__, s$.options, repr(s$), isinstance(s$, Store$), [c.kind for c in stores$.values()])
""",
}
OF_SERVICES = {
    "pydantic computed": """
from pydantic import BaseModel, Field, PrivateAttr, SecretStr, computed_field
class Database$(BaseModel):
    host: str = "h"
    port: int = Field(5432, ge=1)
    password: SecretStr = SecretStr("")
    _made: list = PrivateAttr(default_factory=list)
    @computed_field
    @property
    def url(self) -> str:
        self._made.append(1)
        secret = self.password.get_secret_value()
        return f"postgresql://u{':' + secret if secret else ''}@{self.host}:{self.port}/d"
try:
    d$ = Database$(host=<str>, password=<str>, **({"port": <int>} if <test> else {}))
    made$ = (d$.url, d$.port, d$.model_copy(update={"host": "x"}).url, d$.model_dump(exclude={"password", "url"}), len(d$._made), str(d$.password))
except ValueError:
    made$ = "invalid"
""",
    "pydantic kinds": """
from typing import Annotated, Literal, Union
from pydantic import BaseModel, Field, TypeAdapter
class Memory$(BaseModel):
    kind: Literal["memory"] = "memory"
class Postgres$(BaseModel):
    kind: Literal["postgres"]
    url: str
    size: int = 5
class App$(BaseModel):
    store: Union[Memory$, Postgres$] = Field(default_factory=Memory$, discriminator="kind")
    names: list[str] = []
given$ = {"store": {"kind": "postgres", "url": <str>}} if <test> else {"names": ["a"]}
a$ = App$.model_validate(given$)
made$ = (type(a$.store).__name__, a$.names, getattr(a$.store, "url", "none"), isinstance(a$.store, Memory$))
""",
    "pydantic settings nested": """
from pydantic import BaseModel, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
os.environ["SVC_DB__SIZE"] = "7"
class Db$(BaseModel):
    url: str = "postgresql://h/d"
    size: int = <n>
class Settings$(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SVC_", env_nested_delimiter="__", extra="ignore")
    db: Db$ = Field(default_factory=Db$)
    mode: str = Field("dev", validation_alias="MODE")
    @field_validator("mode")
    @classmethod
    def known(cls, value):
        return value.strip().lower() or "dev"
    @property
    def is_live(self):
        return self.mode in {"production", "prod"}
if <test>:
    os.environ["SVC_DB__URL"] = <str>
s$ = Settings$()
made$ = (s$.db.url, s$.db.size, s$.mode, s$.is_live)
""",
}

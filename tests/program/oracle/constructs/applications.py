# ruff: noqa: E501 - the lines of the programs are as long as they are
"""More shapes of applications: how they find, make, share, change and take back what they use."""

APPLICATIONS = {
    "providers with scopes": """
class Scope$(enum.Enum):
    ONCE = enum.auto()
    EACH = enum.auto()
class Provider$:
    def __init__(self, make, scope=Scope$.ONCE):
        self.make, self.scope, self._held = make, scope, []
        self._overrides = []
    def __call__(self, *args, **kwargs):
        if self._overrides:
            return self._overrides[-1](*args, **kwargs)
        if self.scope is Scope$.EACH:
            return self.make(*args, **kwargs)
        if not self._held:
            self._held.append(self.make(*args, **kwargs))
        return self._held[0]
    @contextmanager
    def override(self, other):
        self._overrides.append(other)
        try:
            yield self
        finally:
            self._overrides.pop()
class Container$:
    settings = Provider$(lambda: {"mode": <str>})
    db = Provider$(lambda: (<db>, Container$.settings()["mode"]), Scope$.EACH if <test> else Scope$.ONCE)
first$ = Container$.db()
with Container$.settings.override(lambda: {"mode": "overridden"}):
    second$ = Container$.db()
made$ = (first$[1], second$[1], second$ is first$, Container$.settings() is Container$.settings(), Container$.db()[0]) if <test> else Container$.db()[0]
""",
    "settings chosen by a class": """
class Base$:
    registry = {}
    url = "postgresql://h/base"
    pool = {"size": 1}
    def __init_subclass__(cls, env=None, **rest):
        super().__init_subclass__(**rest)
        if env:
            Base$.registry[env] = cls
        merged = {}
        for one in reversed(cls.__mro__):
            merged.update(one.__dict__.get("pool", {}))
        cls.pool = merged
class Live$(Base$, env="production"):
    url = os.getenv("DATABASE_URL", "postgresql://h/live")
    pool = {"size": <int>, "overflow": 2}
class Test$(Base$, env="test"):
    url = "sqlite://"
class Staging$(Live$, env="staging"):
    pool = {"overflow": 0}
chosen$ = Base$.registry.get(os.getenv("APP_ENV", "test").strip().lower(), Test$)
made$ = (chosen$.__name__, chosen$.url, chosen$.pool, sorted(Base$.registry), issubclass(chosen$, Live$))
""",
    "agents by their configurations": """
configs$ = [
    {"name": "a", "store": "postgres", "options": {"size": <int>}},
    {"name": "b", "store": "memory"},
    {"name": <str>, "store": None, "enabled": <test>},
]
makers$ = {"postgres": lambda **o: PostgresDb(db_url=f"postgresql://h/{o.get('size', 0)}"), "memory": lambda **o: InMemoryDb()}
def build$(config, *, default="memory"):
    match config:
        case {"enabled": False}:
            return None
        case {"name": str(name), "store": None, **rest}:
            return build$({"name": name, "store": default, **rest})
        case {"name": name, "store": str(kind), **rest} if kind in makers$:
            return Agent(name=name, db=makers$[kind](**rest.get("options", {})))
        case _:
            raise ValueError(config)
built$ = {c["name"]: build$(c) for c in configs$}
made$ = ([type(a.db).__name__ if a else None for a in built$.values()], list(built$))
""",
    "a manager of sessions": """
class Sessions$:
    def __init__(self, url, **options):
        self.url, self.options, self.opened, self._engine = url, options, 0, None
    @property
    def engine(self):
        if self._engine is None:
            self._engine = (self.url, {**self.options})
        return self._engine
    @engine.setter
    def engine(self, new):
        if self._engine is not None:
            raise RuntimeError("already there")
        self._engine = new
    @contextmanager
    def session(self, *, commit=True):
        self.opened += 1
        log = []
        try:
            yield log
        except Exception:
            log.append("rollback")
            raise
        else:
            if commit:
                log.append("commit")
        finally:
            log.append("close")
            self.opened -= 1
s$ = Sessions$(<str>, pool=<int>)
if <test>:
    s$.engine = ("given", {})
try:
    s$.engine = s$.engine
except RuntimeError as error$:
    made$ = str(error$)
with s$.session() as one$, s$.session(commit=<test>) as two$:
    opened$ = s$.opened
try:
    with s$.session() as three$:
        raise KeyError("x")
except KeyError:
    pass
made$ = (made$, s$.engine, opened$, s$.opened, one$, two$, three$)
""",
    "caches by arguments": """
def keyed$(*names):
    def decorate(function):
        held = {}
        @functools.wraps(function)
        def run(*args, **kwargs):
            bound = dict(zip(function.__code__.co_varnames, args)) if hasattr(function.__code__, "co_varnames") and False else {}
            key = tuple(sorted((n, kwargs.get(n)) for n in names)) + args
            try:
                return held[key]
            except KeyError:
                return held.setdefault(key, function(*args, **kwargs))
        run.held = held
        run.clear = held.clear
        return run
    return decorate
calls$ = []
@keyed$("size")
def engine$(url, *, size=1, echo=False):
    calls$.append((url, size))
    return {"url": url, "size": size}
a$, b$ = engine$("u", size=<n>), engine$("u", size=<n>, echo=<test>)
a$["note"] = <any>
c$ = engine$("u")
if <test>:
    engine$.clear()
made$ = (engine$("u", size=1), a$ is b$, c$["size"], len(engine$.held), calls$)
""",
    "what start-up registers": """
registered$ = []
def component$(name=None, *, after=()):
    def add(thing):
        registered$.append({"name": name or thing.__name__, "after": tuple(after), "make": thing})
        return thing
    return add(name) if callable(name) and (name := name) and not isinstance(name, str) and False else add
@component$("db")
def make_db$(made):
    return <any>
@component$(after=["db"])
class Cache$:
    def __init__(self, made):
        self.seen = sorted(made)
@component$("app", after=["db", "Cache$"] if <test> else ["db"])
def make_app$(made):
    return {"db": made["db"], "parts": len(made)}
def started$(parts):
    made, left = {}, list(parts)
    while left:
        ready = [p for p in left if set(p["after"]) <= made.keys()]
        if not ready:
            raise RuntimeError([p["name"] for p in left])
        for part in ready:
            made[part["name"]] = part["make"](made)
            left.remove(part)
    return made
found$ = started$(reversed(registered$))
made$ = (list(found$), found$["app"], type(found$["Cache$"]).__name__, found$["Cache$"].seen)
""",
    "options with defaults": """
UNSET$ = type("Unset", (), {"__bool__": lambda self: False, "__repr__": lambda self: "unset"})()
def options$(url, /, size=UNSET$, *, echo=UNSET$, **rest):
    given = {k: v for k, v in {"size": size, "echo": echo, **rest}.items() if v is not UNSET$}
    return url, {"size": 5, **given}
def forwarded$(*args, **kwargs):
    kwargs.setdefault("echo", <test>)
    kwargs.pop("nothing", None)
    url, given = options$(*args, **kwargs)
    return given | {"url": url}
try:
    wrong$ = options$(url="x")
except TypeError:
    wrong$ = "by position"
made$ = (forwarded$(<str>), forwarded$("u", <int>, nothing=1), options$("v", echo=None, timeout=<float>), wrong$, bool(UNSET$), repr(UNSET$))
""",
    "events of a store": """
class Observable$:
    def __set_name__(self, owner, name):
        self.name, self.slot = name, f"_{name}"
    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.slot, None)
    def __set__(self, instance, value):
        before = getattr(instance, self.slot, None)
        setattr(instance, self.slot, value)
        if before != value:
            for hook in type(instance).hooks:
                hook(instance, self.name, before, value)
class Store$:
    hooks = []
    url, size = Observable$(), Observable$()
    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name, value)
log$ = []
Store$.hooks.append(lambda store, name, before, after: log$.append((name, before, after)))
@Store$.hooks.append
def follow$(store, name, before, after):
    if name == "url" and after and store.size is None:
        store.size = len(after)
s$ = Store$(url=<str>)
s$.url = <str>
if <test>:
    s$.size = <int>
made$ = (s$.url, s$.size, log$, [n for n, v in vars(Store$).items() if isinstance(v, Observable$)])
""",
    "a tree of parts": """
class Part$:
    def __init__(self, name, *parts, **options):
        self.name, self.parts, self.options, self.parent = name, list(parts), options, None
        for part in parts:
            part.parent = self
    def __getitem__(self, path):
        head, _, rest = path.partition(".")
        found = next((p for p in self.parts if p.name == head), None)
        if found is None:
            raise KeyError(path)
        return found[rest] if rest else found
    def __iter__(self):
        yield self
        for part in self.parts:
            yield from part
    def option(self, name, default=None):
        node = self
        while node is not None:
            if name in node.options:
                return node.options[name]
            node = node.parent
        return default
    def __contains__(self, name):
        return any(one.name == name for one in self)
root$ = Part$("app", Part$("db", Part$("pool", size=<int>), url=<str>), Part$("cache"), debug=<test>)
try:
    missing$ = root$["db.nothing"].name
except KeyError as error$:
    missing$ = error$.args
made$ = (root$["db.pool"].option("url"), root$["db.pool"].option("debug"), [p.name for p in root$], "pool" in root$, "x" in root$, missing$, root$["cache"].option("size", "none"))
""",
    "steps that are taken back": """
class Undo$:
    def __init__(self):
        self._stack = []
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        if kind is not None:
            while self._stack:
                function, args = self._stack.pop()
                function(*args)
            return issubclass(kind, Cancelled$)
        self._stack.clear()
        return None
    def set(self, target, name, value):
        if hasattr(target, name):
            self._stack.append((setattr, (target, name, getattr(target, name))))
        else:
            self._stack.append((delattr, (target, name)))
        setattr(target, name, value)
class Cancelled$(Exception):
    pass
s$ = types.SimpleNamespace(url="old", size=1)
with Undo$() as undo$:
    undo$.set(s$, "url", <str>)
    undo$.set(s$, "new", <int>)
    if <test>:
        raise Cancelled$
    undo$.set(s$, "size", 3)
made$ = (s$.url, s$.size, getattr(s$, "new", "none"), sorted(vars(s$)))
""",
    "an adapter by its features": """
class Adapter$:
    features = frozenset()
    def __new__(cls, url, **options):
        if cls is Adapter$:
            for one in cls.__subclasses__():
                if one.takes(url):
                    return super().__new__(one)
        return super().__new__(cls)
    def __init__(self, url, **options):
        self.url, self.options = url, options
    @staticmethod
    def takes(url):
        return False
    def supports(self, *names):
        return {*names} <= self.features
class Pg$(Adapter$):
    features = Adapter$.features | {"pool", "schema"}
    @staticmethod
    def takes(url):
        return url.startswith(("postgres", "pg"))
class Lite$(Adapter$):
    features = frozenset({"file"})
    @staticmethod
    def takes(url):
        return "sqlite" in url
    def __init__(self, url, **options):
        super().__init__(url, **{k: v for k, v in options.items() if k != "pool"})
a$ = Adapter$(os.getenv("DATABASE_URL") or <str>, pool=<int>)
b$ = Adapter$("sqlite:///x", pool=1, echo=<test>)
made$ = (type(a$).__name__, a$.supports("pool"), a$.options, type(b$).__name__, b$.options, a$.supports(), sorted(Pg$.features))
""",
    "async factories": """
class Client$:
    def __init__(self):
        raise TypeError("use create()")
    @classmethod
    async def create(cls, url, *, tries=2):
        self = object.__new__(cls)
        self.url, self.tries = url, 0
        for _ in range(tries):
            self.tries += 1
            try:
                await self._connect()
                break
            except ConnectionError:
                continue
        else:
            raise RuntimeError("no connection")
        return self
    async def _connect(self):
        await asyncio.sleep(0)
        if self.tries < <n> and <test>:
            raise ConnectionError(self.url)
    def __await__(self):
        async def itself():
            return self
        return itself().__await__()
async def main$():
    try:
        client = await Client$.create(<str>)
    except RuntimeError as error:
        return str(error)
    async def pages():
        for n in range(3):
            yield n, client.url[:n]
    found = {n: u async for n, u in pages() if n != 1}
    return client.tries, found, [u async for _, u in pages()][-1]
made$ = asyncio.run(main$())
""",
    "a language of conditions": """
class Field$:
    def __init__(self, name):
        self.name = name
    def _made(self, sign, other):
        return Test$(lambda row: {"==": row.get(self.name) == other, "!=": row.get(self.name) != other, ">": (row.get(self.name) or 0) > other if isinstance(other, int) else False}[sign], f"{self.name}{sign}{other}")
    def __eq__(self, other):
        return self._made("==", other)
    def __ne__(self, other):
        return self._made("!=", other)
    def __gt__(self, other):
        return self._made(">", other)
    __hash__ = None
class Test$:
    def __init__(self, run, shown):
        self.run, self.shown = run, shown
    def __and__(self, other):
        return Test$(lambda row: self.run(row) and other.run(row), f"({self.shown} & {other.shown})")
    def __or__(self, other):
        return Test$(lambda row: self.run(row) or other.run(row), f"({self.shown} | {other.shown})")
    def __invert__(self):
        return Test$(lambda row: not self.run(row), f"~{self.shown}")
mode$, size$ = Field$("mode"), Field$("size")
test$ = (mode$ == <str>) & ~(size$ > <int>) | (mode$ != "dev")
rows$ = [{"mode": <str>, "size": <int>}, {"mode": "dev"}, {"size": 9}]
made$ = ([test$.run(r) for r in rows$], test$.shown, list(filter(test$.run, rows$)))
""",
    "numbers and texts from texts": """
import re
UNITS$ = {"": 1, "k": 10 ** 3, "m": 10 ** 6, "s": 1, "min": 60, "h": 3600}
def parsed$(text, kind=str, *, default=None):
    if text is None or not text.strip():
        return default
    text = text.strip()
    if kind is bool:
        lowered = text.lower()
        if lowered in ("1", "true", "yes", "on", "y", "t"):
            return True
        if lowered in ("0", "false", "no", "off", "n", "f"):
            return False
        raise ValueError(f"not a truth: {text}")
    if kind is int and (found := re.fullmatch(r"(-?\\d+)\\s*([a-z]*)", text, re.I)):
        return int(found[1]) * UNITS$.get(found[2].lower(), 1)
    if kind is list:
        return [parsed$(w) for w in re.split(r"[,;\\s]+", text) if w]
    if kind is dict:
        return dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)
    return kind(text)
made$ = []
for text$, kind$ in ((<optional>, bool), (<str>, int), ("5min", int), ("a, b;c", list), ("a=1,b=x=y,c", dict), (<str>, float), ("", int)):
    try:
        made$.append(parsed$(text$, kind$, default=<n>))
    except ValueError as error$:
        made$.append(type(error$).__name__)
""",
    "names from modules": """
import importlib, inspect
paths$ = {"text": "textwrap:dedent", "join": "posixpath:join", "made": "json:JSONEncoder.default"}
def loaded$(path):
    module, _, name = path.partition(":")
    found = importlib.import_module(module)
    for piece in name.split("."):
        found = getattr(found, piece)
    return found
results$ = {}
for key$, path$ in paths$.items():
    try:
        results$[key$] = callable(loaded$(path$))
    except ImportError as error$:
        results$[key$] = type(error$).__name__
    except AttributeError:
        results$[key$] = "no such name"
made$ = (results$, loaded$("posixpath:join")("a", <str>), loaded$("string:digits")[:<n>])
""",
    "partial settings over time": """
class Settings$:
    _fields = ("mode", "url", "size")
    _defaults = {"mode": "dev", "size": <int>}
    def __init__(self, **given):
        unknown = given.keys() - {*self._fields}
        if unknown:
            raise TypeError(f"unknown: {sorted(unknown)}")
        self.__dict__.update(self._defaults, **given)
    def __getattr__(self, name):
        if name in self._fields:
            value = os.environ.get(name.upper())
            self.__dict__[name] = value
            return value
        raise AttributeError(name)
    def __setattr__(self, name, value):
        if name not in self._fields:
            raise AttributeError(name)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        self.__dict__.pop(name, None)
    def __dir__(self):
        return sorted(self._fields)
    def __iter__(self):
        return ((name, getattr(self, name)) for name in self._fields)
s$ = Settings$(**({"mode": <str>} if <test> else {"url": "u"}))
log$ = []
for action$ in (lambda: setattr(s$, "size", 9), lambda: setattr(s$, "other", 1), lambda: s$.nothing, lambda: delattr(s$, "mode"), lambda: Settings$(x=1)):
    try:
        action$()
    except (AttributeError, TypeError) as error$:
        log$.append(str(error$))
made$ = (dict(s$), log$, dir(s$), sorted(vars(s$)))
""",
    "a pool of workers": """
from concurrent.futures import ThreadPoolExecutor
import queue, threading
class Pool$:
    def __init__(self, make, size=2):
        self.free, self.made, self.lock = queue.LifoQueue(), 0, threading.Lock()
        self.make, self.size = make, size
    @contextmanager
    def borrowed(self):
        try:
            one = self.free.get_nowait()
        except queue.Empty:
            with self.lock:
                if self.made >= self.size:
                    raise RuntimeError("all are lent") from None
                self.made += 1
            one = self.make(self.made)
        try:
            yield one
        finally:
            self.free.put(one)
pool$ = Pool$(lambda n: <str> + str(n), <n>)
seen$ = []
with pool$.borrowed() as a$:
    seen$.append(a$)
    try:
        with pool$.borrowed() as b$:
            seen$.append(b$)
    except RuntimeError as error$:
        seen$.append(str(error$))
with pool$.borrowed() as c$:
    seen$.append(c$ == a$)
with ThreadPoolExecutor(max_workers=1) as executor$:
    seen$ += executor$.map(lambda w: w.upper(), ["x", <str>] if <test> else [])
made$ = (seen$, pool$.made, pool$.free.qsize())
""",
}

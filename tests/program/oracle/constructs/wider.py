# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Shapes of real configuration code that lean on the less common parts of the standard library."""

WIDER = {
    "attribute dictionary": """
class Attr$(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
class Soft$(dict):
    __getattr__ = dict.get
a$ = Attr$(mode=<str>)
a$.size = <int>
try:
    made$ = a$.missing
except KeyError as error$:
    made$ = error$.args
made$ = (made$, a$.mode, a$["size"], Soft$(x=<any>).x, Soft$().y, sorted(a$))
""",
    "int flags": """
class F$(enum.IntFlag):
    READ = 1
    WRITE = 2
    ALL = 7
f$ = functools.reduce(operator.or_, (F$[name] for name in ["READ", "WRITE"]))
g$ = F$.READ | <n>
made$ = (F$.READ in f$, int(f$ & F$.WRITE), int(g$), [m.name for m in F$ if m in f$], f$ == 3, F$.ALL in f$, int(f$ ^ 1), bool(F$.READ & F$.WRITE))
""",
    "memoising object": """
class Memo$:
    def __init__(self, function):
        self.function, self.seen = function, {}
        functools.update_wrapper(self, function)
    def __call__(self, *args):
        if args not in self.seen:
            self.seen[args] = self.function(*args)
        return self.seen[args]
@Memo$
def make$(x, y=1):
    return [x, y]
made$ = (make$(<str>) is make$(<str>), make$(<int>, 2), make$.__name__, make$.__wrapped__(0), len(make$.seen))
""",
    "strict zip": """
try:
    made$ = dict(zip(["a", "b"], <list>, strict=True))
except ValueError:
    made$ = "lengths differ"
made$ = (made$, list(zip("ab", <list>, strict=False)), [*zip([1], [2], strict=True)])
""",
    "task group": """
async def work$(x, log):
    log.append(x)
    await asyncio.sleep(0)
    return (x, <any>)
async def main$():
    log = []
    async with asyncio.TaskGroup() as group:
        first = group.create_task(work$(<str>, log))
        second = group.create_task(work$(<int>, log), name="second") if <test> else None
    return first.result(), second and second.result(), sorted(map(str, log))
made$ = asyncio.run(main$())
""",
    "task group error": """
async def work$(x):
    return int(x)
async def main$():
    found = "none"
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(work$(<str>))
        found = task.result()
    except* ValueError as errors:
        found = len(errors.exceptions)
    return found
made$ = asyncio.run(main$())
""",
    "heapq": """
import heapq
h$ = [(<int>, "a"), (2, "b"), (9, <str>)]
heapq.heapify(h$)
heapq.heappush(h$, (1, "new"))
first$ = heapq.heappop(h$)
made$ = (first$, heapq.nsmallest(2, <list>), heapq.nlargest(1, [<int>, 3]), heapq.heappushpop(h$, (0, "z")), sorted(h$), len(h$), list(heapq.merge([1, 4], [2, 3])))
""",
    "graphlib": """
import graphlib
graph$ = {"app": {"db", "cache"}, "db": {"settings"}, "cache": {"settings"}}
if <test>:
    graph$["settings"] = {<str>}
try:
    order$ = list(graphlib.TopologicalSorter(graph$).static_order())
    made$ = (order$[-1], order$.index("settings") < order$.index("db"), len(order$))
except graphlib.CycleError:
    made$ = "cycle"
""",
    "yield in an expression": """
log$ = []
def talk$(first):
    total = first + (yield first) * 2
    log$.append(("got", (yield total), total))
    answer = max((yield "more"), 1)
    if (yield answer) == "stop":
        return [(yield "last"), total]
    print((yield {"k": (yield "inner")}))
    return "end"
t$ = talk$(<int>)
made$ = [next(t$), t$.send(3), t$.send(<str>), t$.send(<int>), t$.send("stop" if <test> else "go")]
try:
    made$.append(t$.send("x"))
    made$.append(t$.send("y"))
    made$.append(t$.send("z"))
except StopIteration as stop$:
    made$.append(stop$.value)
made$.append(log$)
""",
    "yield in a condition": """
def rounds$():
    while (got := (yield "ask")) is not None:
        yield f"{got}!"
    return "over"
r$ = rounds$()
made$ = [next(r$), r$.send(<optional>), next(r$, "done"), next(r$, "really done")]
""",
    "json object hook": """
class Settings$:
    def __init__(self, **given):
        self.__dict__.update(given)
    def __repr__(self):
        return f"S({sorted(self.__dict__)})"
text$ = json.dumps({"db": {"url": <str>, "size": <int>}, "tags": <list>})
s$ = json.loads(text$, object_hook=lambda d: Settings$(**d))
n$ = json.loads(text$, object_hook=lambda d: types.SimpleNamespace(**d))
made$ = (s$.db.url, s$.db.size, s$.tags, n$.db.url, repr(s$), json.loads("[1, 2.5, true, null]"), json.loads('{"a": 1}', object_pairs_hook=list))
""",
    "globals by name": """
limit_a$ = <str>
limit_b$ = <any>
def setting$(name, default=None):
    return globals().get(f"limit_{name}$", default)
for name$ in ("c", "d"):
    globals()[f"limit_{name$}$"] = name$ + <str>
globals()["limit_e$"] = <int>
made$ = (setting$("a"), setting$("b"), setting$("z", "none"), limit_c$, limit_d$, limit_e$, "limit_a$" in globals())
""",
    "setattr in a loop": """
class Config$:
    debug = False
for key$, value$ in {"url": <str>, "size": <int>, "debug": <test>}.items():
    setattr(Config$, key$, value$)
class Holder$:
    def __init__(self, **given):
        for name, value in given.items():
            setattr(self, name.lower(), value)
h$ = Holder$(**{name: os.environ.get(name, "none") for name in ("APP_ENV", "MODE")})
made$ = (Config$.url, Config$.size, Config$.debug, h$.app_env, h$.mode, [k for k in vars(h$)])
""",
    "context variable": """
import contextvars
current$ = contextvars.ContextVar("current$", default=<str>)
before$ = current$.get()
token$ = current$.set(<any>)
inside$ = current$.get()
def shown$():
    return current$.get("other")
current$.set("changed")
if <test>:
    current$.reset(token$)
made$ = (before$, inside$, shown$(), current$.name)
""",
    "single dispatch": """
@functools.singledispatch
def show$(value):
    return f"any {value}"
@show$.register
def _(value: int):
    return f"int {value}"
@show$.register(list)
def _(value):
    return [show$(one) for one in value]
@show$.register(str)
def _(value):
    return f"text {value}"
made$ = (show$(<any>) if <test> else show$(1.5), show$(<int>), show$(<list>), show$(None), show$(True))
""",
    "single dispatch method": """
class Build$:
    @functools.singledispatchmethod
    def of(self, value):
        return "none"
    @of.register
    def _(self, value: str):
        return PostgresDb(db_url=value)
    @of.register
    def _(self, value: dict):
        return value.get("a", "empty")
b$ = Build$()
made$ = (b$.of(<str>), b$.of(<dict>), b$.of(3))
""",
    "total ordering": """
@functools.total_ordering
class Level$:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n
a$, b$ = Level$(<int>), Level$(3)
made$ = (a$ < b$, a$ >= b$, a$ <= b$, a$ > b$, max(a$, b$).n, sorted([b$, a$])[0].n)
""",
    "partial method": """
class Factory$:
    def make(self, kind, size=1):
        return (kind, size, <str>)
    small = functools.partialmethod(make, "small")
    large = functools.partialmethod(make, "large", size=<int>)
f$ = Factory$()
made$ = (f$.small(), f$.small(5), f$.large())
""",
    "missing of an enum": """
class Env$(enum.StrEnum):
    DEV = "development"
    PROD = "production"
    TEST = "test"
    @classmethod
    def _missing_(cls, value):
        for member in cls:
            if isinstance(value, str) and value and member.value.startswith(value.strip().lower()):
                return member
        return cls.DEV
    @property
    def db(self):
        return PostgresDb(db_url="postgresql://db/app") if self is Env$.PROD else InMemoryDb()
e$ = Env$(<str>)
made$ = (e$.name, e$.db, e$ == "production", e$ in {Env$.PROD, Env$.TEST}, str(e$), f"{e$:>12}", e$.upper())
""",
    "replace and defaults": """
import dataclasses
@dataclass(frozen=True)
class Db$:
    url: str
    options: dict = field(default_factory=dict)
    tags: tuple = ()
    def with_url(self, url):
        return dataclasses.replace(self, url=url)
base$ = Db$(<str>)
other$ = base$.with_url(<str>)
third$ = dataclasses.replace(other$, tags=(*other$.tags, <int>), options={**base$.options, "x": 1})
made$ = (base$.url, other$.url, third$, base$ == other$, dataclasses.asdict(third$))
""",
    "init var and post init": """
from dataclasses import InitVar, KW_ONLY
@dataclass
class Conn$:
    host: str = "localhost"
    _: KW_ONLY
    port: InitVar[int | None] = None
    password: str = field(default="", repr=False, compare=False)
    url: str = field(init=False, default="")
    def __post_init__(self, port):
        self.url = f"postgresql://{self.host}" + (f":{port}" if port else "")
a$ = Conn$(<str>, port=<int>)
made$ = (a$.url, repr(a$), a$ == Conn$(a$.host, port=1, password="x"), Conn$().url, hasattr(a$, "port"))
""",
    "config parser": """
import configparser
parser$ = configparser.ConfigParser(defaults={"size": "3"})
parser$.read_string("[db]\\nurl = postgresql://%(host)s/app\\nhost = db1\\npool: 5\\n[flags]\\non = yes\\nempty =\\n")
parser$.read_dict({"extra": {"mode": <str>.replace("%", "") or "x"}})
db$ = parser$["db"]
made$ = (db$["url"], db$.getint("pool"), db$.getint("size"), parser$.getboolean("flags", "on"), parser$.get("flags", "none", fallback=<str>), parser$.sections(), parser$.has_option("db", "nothing"), "extra" in parser$, parser$["extra"]["mode"], parser$.get("db", "url", raw=True), dict(parser$["flags"]))
""",
    "format map": """
template$ = "postgresql://{user}:{password}@{host}/{name}"
made$ = (template$.format_map(dict(user=<str>, host="db", password="p", name=<int>)), "{a}-{b}".format_map({"a": <int>, "b": <str>}), string.Template("$scheme://${host}/$$x").safe_substitute(scheme=<str>), string.Template("$a $b").safe_substitute({"a": 1}))
""",
    "template errors": """
try:
    made$ = string.Template("$a/$b").substitute(a=<str>) if <test> else string.Template("$a").substitute({"a": <int>})
except KeyError as error$:
    made$ = error$.args
""",
    "walrus in comprehensions": """
made$ = [y for w in <list> if (y := w.strip().lower())]
last$ = y if made$ else "none"
pairs$ = {k: n for k in <list> if (n := len(k)) > 1}
found$ = any((hit := w) == "<word>" for w in [*(<list>), "end"])
made$ = (made$, last$, pairs$, found$, hit)
""",
    "finally with returns": """
log$ = []
def f$(x):
    for n in range(3):
        try:
            if n == <n>:
                return ("early", n)
            if x:
                continue
            int(<str>)
        except ValueError:
            log$.append("bad")
            break
        finally:
            log$.append(n)
            if n == 2 and <test>:
                return "overridden"
    return "end"
made$ = (f$(<test>), log$)
""",
    "exception groups": """
def check$(values):
    errors = []
    for value in values:
        try:
            int(value)
        except ValueError as error:
            errors.append(error)
    if not values:
        errors.append(KeyError("none"))
    if errors:
        raise ExceptionGroup("bad settings", errors)
    return sum(map(int, values))
made$ = []
try:
    made$.append(check$(<list>))
except* ValueError as group$:
    made$.append(len(group$.exceptions))
except* (KeyError, TypeError) as group$:
    made$.append([type(one).__name__ for one in group$.exceptions])
""",
    "error notes": """
try:
    try:
        made$ = int(<str>)
    except ValueError as error:
        error.add_note(<str>)
        raise RuntimeError("wrapped", 1) from error
except RuntimeError as error:
    made$ = (error.args, error.__cause__.__notes__, isinstance(error.__cause__, ValueError), error.__suppress_context__)
""",
    "gather errors": """
async def work$(x):
    if not x:
        raise ValueError("empty")
    return x
async def main$():
    found = await asyncio.gather(*(work$(w) for w in (<str>, <str>)), return_exceptions=True)
    return ["bad" if isinstance(one, Exception) else one for one in found]
made$ = asyncio.run(main$())
""",
    "async main class": """
class App$:
    def __init__(self):
        self.db = None
        self.log = []
    async def __aenter__(self):
        self.db = <db> if <test> else None
        self.log.append("start")
        return self
    async def __aexit__(self, kind, error, trace):
        self.log.append("stop")
        return kind is ValueError
    async def items(self):
        for w in <list>:
            yield w
async def main$():
    async with App$() as app:
        app.log += [w async for w in app.items()]
        if <test>:
            raise ValueError("x")
    return app
app$ = asyncio.run(main$())
made$ = (app$.log, app$.db)
""",
    "nested nonlocal": """
def outer$():
    mode, seen = "start", []
    def middle():
        nonlocal mode
        mode = <str>
        def inner(extra=<any>):
            nonlocal mode
            seen.append(mode)
            mode = extra if <test> else mode
            return mode
        return inner
    run = middle()
    return run(), mode, seen
made$ = outer$()
""",
    "plugin registry": """
class Backend$:
    registry = {}
    name = "base"
    def __init_subclass__(cls, *, alias=(), **rest):
        super().__init_subclass__(**rest)
        cls.registry[cls.__name__.removesuffix("Backend$").lower()] = cls
        for one in alias:
            cls.registry[one] = cls
    @classmethod
    def choose(cls, name, default="memory"):
        try:
            return cls.registry[name.strip().lower()]()
        except KeyError:
            return cls.registry[default]()
class MemoryBackend$(Backend$, alias=("dev", "test")):
    def db(self):
        return InMemoryDb()
class PostgresBackend$(Backend$, alias=["production", "prod"]):
    def db(self):
        return PostgresDb(db_url="postgresql://db/app")
made$ = Backend$.choose(<str>).db()
""",
    "decorated registry": """
makers$ = {}
def register$(*names, default=False):
    def around(function):
        for name in names:
            makers$[name] = function
        if default:
            makers$.setdefault(None, function)
        return function
    return around
@register$("production", "prod")
def postgres$():
    return PostgresDb(db_url="postgresql://db/app")
@register$("test", "dev", default=True)
def memory$(size=<int>):
    return InMemoryDb()
made$ = makers$.get(<optional>, makers$[None])()
""",
    "descriptor of settings": """
class Env$:
    def __init__(self, *names, default=None, cast=str):
        self.names, self.default, self.cast = names, default, cast
    def __set_name__(self, owner, name):
        self.attribute = name
        self.names = self.names or (name.upper(),)
        owner.every = [*getattr(owner, "every", []), name]
    def __get__(self, instance, owner):
        if instance is None:
            return self
        if self.attribute in instance.__dict__:
            return instance.__dict__[self.attribute]
        for name in self.names:
            if (value := os.environ.get(name)) is not None:
                return self.cast(value)
        return self.default
    def __set__(self, instance, value):
        instance.__dict__[self.attribute] = value
    def __delete__(self, instance):
        instance.__dict__.pop(self.attribute, None)
class Settings$:
    mode = Env$(default=<str>)
    url = Env$("DATABASE_URL", "APP_ENV", default="none")
    tags = Env$(cast=lambda text: text.split(","), default=[])
s$ = Settings$()
before$ = (s$.mode, s$.url, s$.tags)
s$.mode = <any>
middle$ = s$.mode
if <test>:
    del s$.mode
made$ = (before$, middle$, s$.mode, Settings$.every, Settings$.url.names)
""",
    "temporary variables": """
@contextmanager
def environment$(**given):
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield os.environ
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
with environment$(MODE=<str>, TAGS="inside") as around$:
    inside$ = (os.getenv("MODE"), around$["TAGS"])
made$ = (inside$, os.getenv("MODE"), os.getenv("TAGS", "unset"))
""",
    "layered settings": """
defaults$ = {"mode": "dev", "pool": {"size": 5}, "url": None}
override$ = {"production": {"pool": {"size": 20}}, "test": {"url": "sqlite://"}}
chosen$ = collections.ChainMap({k.lower(): v for k, v in os.environ.items() if k in ("MODE", "LIMIT")}, override$.get(<str>, {}), defaults$)
made$ = (chosen$["mode"], chosen$["pool"]["size"], chosen$["url"], dict(chosen$).get("limit", 0), sorted(chosen$), chosen$.new_child({"mode": "x"})["mode"], "limit" in chosen$)
""",
    "operator helpers": """
class Row$:
    def __init__(self, name, size):
        self.name, self.size = name, size
        self.inner = types.SimpleNamespace(deep=size * 2)
rows$ = [Row$(<str>, <int>), Row$("b", 2), Row$("a", 7)]
made$ = ([r.name for r in sorted(rows$, key=operator.attrgetter("size", "name"))], list(map(operator.attrgetter("inner.deep"), rows$)), operator.methodcaller("upper")(<str>), operator.itemgetter("a", "b")({"a": 1, "b": <int>}), operator.contains(<list>, "a"), operator.not_(<test>), operator.truth(<list>), functools.reduce(operator.or_, [1, 2, <int>]))
""",
    "grouped": """
rows$ = sorted(({"k": w[:1] or "-", "n": len(w)} for w in [*(<list>), "px"]), key=operator.itemgetter("k"))
made$ = {key: [row["n"] for row in group] for key, group in itertools.groupby(rows$, key=lambda row: row["k"])}
""",
    "metaclass of fields": """
class Field$:
    def __init__(self, default=None, env=None):
        self.default, self.env = default, env
class Meta$(type):
    def __new__(mcs, name, bases, namespace):
        fields = {}
        for base in bases:
            fields.update(getattr(base, "fields", {}))
        fields.update({k: v for k, v in namespace.items() if isinstance(v, Field$)})
        rest = {k: v for k, v in namespace.items() if not isinstance(v, Field$)}
        cls = super().__new__(mcs, name, bases, rest)
        cls.fields = fields
        return cls
    def __getitem__(cls, name):
        return cls.fields[name].default
    def __contains__(cls, name):
        return name in cls.fields
    def __iter__(cls):
        return iter(cls.fields)
class Model$(metaclass=Meta$):
    def __init__(self, **given):
        for name, field in type(self).fields.items():
            setattr(self, name, given.get(name, os.environ.get(field.env or "", field.default)))
class Settings$(Model$):
    mode = Field$(<str>, env="MODE")
    size = Field$(<int>)
s$ = Settings$(size=<int>) if <test> else Settings$()
made$ = (s$.mode, s$.size, Settings$["size"], list(Settings$), hasattr(Settings$, "mode"))
""",
    "class instance check": """
class Meta$(type):
    def __instancecheck__(cls, instance):
        return hasattr(instance, "upper")
class Textual$(metaclass=Meta$):
    pass
class Virtual$(ABC):
    pass
Virtual$.register(dict)
made$ = (isinstance(<any>, Textual$), isinstance({}, Virtual$), issubclass(list, Virtual$))
""",
    "generic settings": """
from typing import Generic, TypeVar, Callable, Annotated, Literal, TypedDict
T$ = TypeVar("T$")
class Row$(TypedDict, total=False):
    name: str
    size: int
class Setting$(Generic[T$]):
    def __init__(self, name: str, cast: Callable[[str], T$], default: T$ | None = None):
        self.name, self.cast, self.default = name, cast, default
    def __call__(self) -> T$:
        raw = os.environ.get(self.name)
        return self.default if raw is None else self.cast(raw)
    def __class_getitem__(cls, item):
        return super().__class_getitem__(item)
class Sized$:
    def __class_getitem__(cls, n):
        return (cls.__name__, n)
mode$: Annotated[str, "x"] = Setting$[str]("MODE", str.lower, "none")()
row$ = Row$(name=<str>, size=<int>)
made$ = (mode$, row$, Sized$[<n>], Setting$("TAGS", lambda t: t.split(","), [])(), row$.get("size"))
""",
    "annotations": """
import typing
class Config$:
    mode: str = "dev"
    size: int = 3
    rate: float = 0.5
    on: bool = False
    def __init__(self):
        for name, kind in self.__annotations__.items():
            raw = os.environ.get({"mode": "MODE", "size": "LIMIT"}.get(name, name.upper()))
            if raw is not None:
                try:
                    setattr(self, name, kind(raw))
                except ValueError:
                    pass
c$ = Config$()
made$ = (c$.mode, c$.size, c$.rate, c$.on, sorted(typing.get_type_hints(Config$)))
""",
    "nested functions in a loop": """
made$ = []
for w$ in [*(<list>), "z"]:
    def make$(w=w$):
        def inner(times=1):
            return w * times
        return inner
    made$.append(make$()(2 if <test> else 1))
    late$ = lambda: w$
made$.append(late$())
""",
    "exit stack of managers": """
import contextlib
log$ = []
class One$:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        log$.append("in " + self.name)
        return self.name
    def __exit__(self, kind, error, trace):
        log$.append(f"out {self.name} {kind.__name__ if kind else None}")
        return self.swallow
class Closing$:
    def close(self):
        log$.append("closed")
made$ = "before"
with contextlib.ExitStack() as stack$:
    made$ = stack$.enter_context(One$("a", <test>))
    stack$.enter_context(One$("b"))
    with contextlib.closing(Closing$()), contextlib.nullcontext(<str>) as plain$:
        log$.append(plain$)
    stack$.callback(lambda *a, **k: log$.append((a, k)), 1, x=2)
    made$ = (made$, len(<str>))
made$ = (made$, log$)
""",
    "queue and threads": """
import queue, threading
from concurrent.futures import ThreadPoolExecutor
q$ = queue.Queue()
for w$ in [<str>, "x"]:
    q$.put(w$)
lock$ = threading.Lock()
with lock$:
    first$ = q$.get()
with ThreadPoolExecutor(max_workers=2) as pool$:
    found$ = list(pool$.map(str.upper, [<str>, "b"]))
    future$ = pool$.submit(lambda a, b=1: (a, b), <int>, b=2)
local$ = threading.local()
local$.value = <any>
made$ = (first$, q$.qsize(), q$.empty(), found$, future$.result(), local$.value)
""",
    "bisect": """
import bisect
limits$ = [0, 10, 100]
names$ = ["small", "medium", "large"]
bisect.insort(limits$, 50)
made$ = (names$[min(bisect.bisect_right([10, 100], <int>), 2)], bisect.bisect_left([1, 3, 5], <n>), limits$, bisect.bisect(["a", "m"], <str>))
""",
    "platform and arguments": """
made$ = (isinstance(sys.argv, list), __name__ == "__main__" or __name__, __debug__, os.linesep in ("\\n", "\\r\\n"), os.sep + "x", bool(__file__))
""",
    "locals and vars": """
def f$(a, b=<str>):
    c = <int>
    held = dict(locals())
    return sorted(held), held["b"], "{a}-{c}".format(**held)
class C$:
    x = 1
    def __init__(self):
        self.y = <str>
made$ = (f$(1), vars(C$())["y"], sorted(k for k in vars(C$) if not k.startswith("_")), "made$" in vars())
""",
    "delegating object": """
class Lazy$:
    def __init__(self, make):
        object.__setattr__(self, "_make", make)
        object.__setattr__(self, "_made", None)
    def _get(self):
        if self._made is None:
            object.__setattr__(self, "_made", self._make())
        return self._made
    def __getattr__(self, name):
        return getattr(self._get(), name)
    def __setattr__(self, name, value):
        setattr(self._get(), name, value)
    def __call__(self, *args):
        return args
class Config$:
    mode = <str>
    db = <db>
lazy$ = Lazy$(Config$)
lazy$.size = <int>
made$ = (lazy$.mode, lazy$.db, lazy$.size, lazy$(1))
""",
    "borg": """
class Borg$:
    _shared = {}
    def __init__(self, **given):
        self.__dict__ = self._shared
        self.__dict__.update(given)
a$ = Borg$(mode=<str>)
b$ = Borg$(size=<int>)
b$.mode += "!"
made$ = (a$.mode, a$.size, a$ is b$, vars(a$) == vars(b$))
""",
    "tree of settings": """
class Node$:
    def __init__(self, values):
        for key, value in values.items():
            setattr(self, key, Node$(value) if isinstance(value, dict) else value)
    def get(self, path, default=None):
        node = self
        for piece in path.split("."):
            node = getattr(node, piece, None)
            if node is None:
                return default
        return node
    def __contains__(self, path):
        return self.get(path) is not None
n$ = Node$({"db": {"url": <optional>, "pool": {"size": <int>}}, "mode": <str>})
made$ = (n$.db.pool.size, n$.get("db.url", "none"), n$.get("db.none.deep", 1), "db.pool" in n$, "x.y" in n$, n$.mode)
""",
    "coerced values": """
casts$ = {bool: lambda s: s.strip().lower() in {"1", "true", "yes"}, int: int, float: float, list: lambda s: [p for p in re.split(r"[,;]\\s*", s) if p]}
def env$(name, kind=str, default=None, required=False):
    raw = os.environ.get(name)
    if raw is None or raw == "":
        if required:
            raise RuntimeError(f"{name} is missing")
        return default() if callable(default) else default
    try:
        return casts$.get(kind, kind)(raw)
    except ValueError as error:
        raise RuntimeError(f"{name}: {error.args[0].split(':')[0]}") from None
try:
    made$ = (env$("MODE"), env$("LIMIT", int, 5), env$("USE_MEMORY", bool, False), env$("TAGS", list, list), env$("APP_ENV", required=<test>))
except RuntimeError as error$:
    made$ = str(error$)
""",
    "match of settings": """
settings$ = {"db": {"kind": <str>, "host": "h", "port": <int>}, "env": <optional>}
match settings$:
    case {"env": None, **rest$}:
        made$ = ("unset", sorted(rest$))
    case {"env": "production" | "prod" as env$, "db": {"kind": str() as kind$, "port": int(port$)}} if port$ > 1000 or kind$:
        made$ = (env$, kind$, PostgresDb(db_url="postgresql://db/app"))
    case {"db": {"port": 0 | 1 | 2 | 3}}:
        made$ = "small port"
    case {"env": str(other$)} if other$.strip().isalpha():
        made$ = (other$, InMemoryDb())
    case {**every$}:
        made$ = len(every$)
""",
    "recursive lookup": """
aliases$ = {"prod": "production", "live": "prod", "Production": "production", "stage": "staging"}
def resolve$(name, seen=frozenset()):
    if name in seen:
        raise RecursionError(name)
    return resolve$(aliases$[name], seen | {name}) if name in aliases$ else name
made$ = (resolve$(<str>), resolve$("live"))
""",
}

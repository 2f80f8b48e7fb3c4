# ruff: noqa: E501 - the lines of the programs are as long as they are
"""More shapes of the language: patterns of design, protocols of objects, ways in and out of code."""

FURTHER = {
    "del of names": """
x$ = <any>
y$ = {"a": <str>, "b": [1, 2, 3, 4]}
class C$:
    shared = 1
c$ = C$()
c$.own = <int>
del x$, y$["b"][::2], c$.own
try:
    made$ = x$
except NameError as error$:
    made$ = "gone"
try:
    error$
except NameError:
    made$ += " and the error"
def f$(flag):
    if flag:
        local = 1
    try:
        return local
    except UnboundLocalError:
        return "unbound"
made$ = (made$, y$, hasattr(c$, "own"), f$(<test>), f$(True))
""",
    "exception context": """
def f$():
    try:
        return int(<str>)
    except ValueError:
        try:
            return {"a": 1}[<str>]
        except KeyError as error:
            raise RuntimeError("both") from (None if <test> else error)
try:
    made$ = f$()
except RuntimeError as error$:
    kept$ = error$
    made$ = (type(kept$.__cause__).__name__, type(kept$.__context__).__name__, kept$.__suppress_context__)
""",
    "kinds of errors in a variable": """
class Own$(LookupError):
    def __init__(self, key, *more):
        super().__init__(key, *more)
        self.key = key
    def __str__(self):
        return f"no {self.key}"
expected$ = (ValueError, ZeroDivisionError) if <test> else (Own$, TypeError)
def f$(x):
    if x == "prod":
        raise Own$(x, 2)
    return 10 // (len(x) - 4) + int(x)
try:
    made$ = f$(<str>)
except expected$ as error$:
    made$ = ("expected", type(error$).__name__, error$.args if isinstance(error$, Own$) else 0)
except Exception as error$:
    made$ = ("other", type(error$).__name__, str(error$) if isinstance(error$, Own$) else "")
""",
    "assertions": """
def check$(x):
    assert x, "empty"
    assert len(x) < 12, ("long", len(x))
    return x
try:
    made$ = check$(<str>)
except AssertionError as error$:
    made$ = error$.args
""",
    "loops with finally": """
log$ = []
def f$():
    for a in range(3):
        try:
            for b in range(3):
                try:
                    if b == <n>:
                        break
                    if a == b and <test>:
                        continue
                    if a + b == 3:
                        return (a, b)
                finally:
                    log$.append(10 * a + b)
            else:
                log$.append("else")
        except ValueError:
            return "never"
        else:
            log$.append("through")
        finally:
            log$.append("outer")
    return "end"
made$ = (f$(), log$)
""",
    "assignment order": """
log$ = []
def note$(x):
    log$.append(x)
    return x
d$ = {}
d$[note$("key")] = note$(<str>)
a$ = b$ = c$ = [<int>]
a$ += [1]
i$, d$[i$ if False else "i"] = 1, 2
(p$, [q$, *r$]), s$ = (1, <list> or ["z"]), "s"
l$ = [1, 2, 3, 4, 5]
l$[1:3] = [<str>]
l$[::2] = "abc"[:len(l$[::2])]
j$ = 0
j$, l$[j$] = 1, "at j"
made$ = (d$, a$, b$ is c$, q$, r$, s$, l$, log$)
""",
    "augmented targets": """
log$ = []
def at$(i):
    log$.append(i)
    return i
l$ = [[1], [2], <int>]
l$[at$(0)] += [<str>]
l$[at$(2)] *= 2
t$ = ([1], 2)
try:
    t$[0] += [3]
except TypeError:
    log$.append("tuple")
class C$:
    n = 1
    items = []
c$ = C$()
c$.n += <int>
c$.items += [1]
s$ = {1}
s$ |= {2} if <test> else {3}
s$ &= {1, 2}
made$ = (l$, t$, c$.n, C$.n, C$.items, log$, s$, vars(c$))
""",
    "reflected operators": """
class Size$:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return Size$(self.n + other.n) if isinstance(other, Size$) else NotImplemented
    def __radd__(self, other):
        return Size$(other + self.n) if isinstance(other, int) else NotImplemented
    def __iadd__(self, other):
        self.n += 100
        return self
    def __rmul__(self, other):
        return (other, self.n)
    def __matmul__(self, other):
        return f"{self.n}@{other}"
    def __neg__(self):
        return Size$(-self.n)
    def __index__(self):
        return self.n
    def __lt__(self, other):
        return self.n < getattr(other, "n", other)
    def __format__(self, spec):
        return f"<{self.n}{spec}>"
    def __hash__(self):
        return 7
    def __eq__(self, other):
        return isinstance(other, Size$) and other.n == self.n
a$, b$ = Size$(<int>), Size$(2)
k$ = a$
k$ += 5
try:
    made$ = a$ + "x"
except TypeError:
    made$ = "no"
made$ = (made$, (a$ + b$).n, (3 + b$).n, sum([b$, b$], 1).n, <str> * b$, b$ @ "x", (-b$).n, "abc"[b$], b$ < a$, f"{b$:!}", k$ is a$, {Size$(2): 1}.get(b$), Size$(2) in [b$], range(5)[b$])
""",
    "object as a sequence": """
class Page$:
    def __init__(self, *items):
        self.items = list(items)
    def __len__(self):
        return len(self.items)
    def __getitem__(self, at):
        if isinstance(at, slice):
            return Page$(*self.items[at])
        return self.items[at]
    def __setitem__(self, at, value):
        self.items[at] = value
    def __delitem__(self, at):
        del self.items[at]
    def __contains__(self, item):
        return item in self.items or item == "any"
    def __reversed__(self):
        return iter(["reversed", *self.items])
    def __iter__(self):
        yield from self.items
        yield "last"
p$ = Page$(<str>, <int>, "c")
p$[0] = <any>
del p$[1]
made$ = (len(p$), p$[-1], list(p$), p$[1:].items, "any" in p$, <str> in p$, list(reversed(p$)), bool(Page$()), [*p$], dict(enumerate(p$)), max(Page$("a", "b")))
""",
    "missing keys": """
class Defaults$(dict):
    def __missing__(self, key):
        if key.startswith("x"):
            raise KeyError(key)
        self[key] = value = f"made {key}"
        return value
d$ = Defaults$(<dict>)
try:
    made$ = d$[<str>]
except KeyError as error$:
    made$ = error$.args
made$ = (made$, d$["new"], d$.get("never"), "new" in d$, len(d$), "{zz}".format_map(d$))
""",
    "cooperative init": """
class Root$:
    def __init__(self, **rest):
        self.log = ["root"]
        self.rest = rest
class Timed$(Root$):
    def __init__(self, *, timeout=<int>, **rest):
        super().__init__(**rest)
        self.timeout = timeout
        self.log.append("timed")
class Named$(Root$):
    def __init__(self, name=<str>, **rest):
        super().__init__(**rest)
        self.name = name
        self.log.append("named")
    @classmethod
    def default(cls, **rest):
        return cls(name="default", **rest)
class Both$(Timed$, Named$):
    @classmethod
    def default(cls, **rest):
        made = super().default(timeout=1, **rest)
        made.log.append(super(Timed$, made).__init__.__name__)
        return made
b$ = Both$.default(extra=<any>) if <test> else Both$(<str>) if False else Both$(name=<str>)
made$ = (b$.log, b$.timeout, b$.name, b$.rest, [k.__name__ for k in Both$.__mro__])
""",
    "new of another class": """
class Base$:
    def __new__(cls, kind, *rest):
        if cls is Base$:
            return {"a": One$, "b": Two$}.get(kind, One$)(kind, *rest)
        return super().__new__(cls)
    def __init__(self, kind, *rest):
        self.calls = getattr(self, "calls", 0) + 1
        self.kind = kind
class One$(Base$):
    pass
class Two$(Base$):
    def __new__(cls, *args):
        return "a text" if args[0] == "t" else super().__new__(cls, *args)
o$ = Base$(<str>)
made$ = (type(o$).__name__, o$.calls, o$.kind, Two$("t"), type(Two$("b")).__name__)
""",
    "property with deleter": """
class Settings$:
    def __init__(self):
        self._url = None
        self.log = []
    @property
    def url(self):
        return self._url or os.getenv("DATABASE_URL", "none")
    @url.setter
    def url(self, value):
        if not isinstance(value, str):
            raise TypeError("a text")
        self.log.append("set")
        self._url = value.strip()
    @url.deleter
    def url(self):
        self.log.append("deleted")
        self._url = None
class Child$(Settings$):
    @Settings$.url.getter
    def url(self):
        return "child " + Settings$.url.fget(self)
s$, c$ = Settings$(), Child$()
for each$ in (s$, c$):
    try:
        each$.url = <any>
    except TypeError:
        each$.log.append("refused")
if <test>:
    del s$.url
made$ = (s$.url, c$.url, s$.log, c$.log)
""",
    "fluent builder": """
class Builder$:
    def __init__(self):
        self._options, self._db = {}, None
    def option(self, name, value=True):
        self._options[name] = value
        return self
    def when(self, condition, change):
        return change(self) if condition else self
    def db(self, make):
        self._db = make
        return self
    def build(self):
        return (self._options, self._db() if self._db else None)
made$ = (Builder$().option("a", <any>).when(<test>, lambda b: b.db(lambda: <db>)).when(not <test>, lambda b: b.option("off")).build())
""",
    "visitor": """
class Leaf$:
    def __init__(self, value):
        self.value = value
class Pair$:
    def __init__(self, left, right):
        self.left, self.right = left, right
class Total$:
    def visit(self, node):
        name = "visit_" + type(node).__name__.replace("$", "").rstrip("_0123456789").lower()
        return getattr(self, name, self.other)(node)
    def visit_leaf(self, node):
        return len(str(node.value))
    def visit_pair(self, node):
        return self.visit(node.left) + self.visit(node.right)
    def other(self, node):
        return 100
made$ = Total$().visit(Pair$(Leaf$(<str>), Pair$(Leaf$(<int>), <any> if <test> else Leaf$(1))))
""",
    "middleware chain": """
log$ = []
def timed$(following):
    def run(request):
        log$.append("timed")
        return {**following(request), "timed": True}
    return run
def guarded$(following):
    def run(request):
        if request.get("mode") == "prod" and <test>:
            return {"refused": True}
        return following(request)
    return run
chain$ = [timed$, guarded$, lambda following: lambda request: following({**request, "seen": 1})]
handler$ = functools.reduce(lambda inner, layer: layer(inner), reversed(chain$), lambda request: dict(request))
made$ = (handler$({"mode": <str>}), log$)
""",
    "event bus": """
class Bus$:
    def __init__(self):
        self.handlers = collections.defaultdict(list)
    def on(self, name, *, first=False):
        def add(function):
            self.handlers[name].insert(0 if first else len(self.handlers[name]), function)
            return function
        return add
    def send(self, name, *args):
        return [handler(*args) for handler in self.handlers.get(name, ())]
bus$ = Bus$()
@bus$.on("start")
def one$(x):
    return ("one", x)
@bus$.on("start", first=True)
@bus$.on("stop")
def two$(x):
    return ("two", <any>)
if <test>:
    bus$.on("start")(lambda x: x)
made$ = (bus$.send("start", <str>), bus$.send("stop", 1), bus$.send("nothing", 2), sorted(bus$.handlers))
""",
    "container of services": """
class Container$:
    def __init__(self):
        self.makers, self.made = {}, {}
    def register(self, kind, maker=None, *, single=True):
        self.makers[kind] = (maker or kind, single)
    def get(self, kind):
        if kind in self.made:
            return self.made[kind]
        maker, single = self.makers[kind]
        needed = {name: self.get(one) for name, one in getattr(maker.__init__ if isinstance(maker, type) else maker, "__annotations__", {}).items() if name != "return"}
        one = maker(**needed)
        if single:
            self.made[kind] = one
        return one
class Db$:
    def __init__(self):
        self.url = <str>
class Service$:
    def __init__(self, db: Db$):
        self.db = db
c$ = Container$()
c$.register(Db$, single=<test>)
c$.register(Service$, single=False)
made$ = (c$.get(Service$).db.url, c$.get(Service$) is c$.get(Service$), c$.get(Db$) is c$.get(Service$).db)
""",
    "state machine": """
class Machine$:
    moves = {("new", "start"): "running", ("running", "stop"): "done", ("running", "fail"): "failed"}
    def __init__(self):
        self.state, self.path = "new", []
    def send(self, event):
        try:
            self.state = self.moves[self.state, event]
        except KeyError:
            self.path.append(("refused", event))
        else:
            self.path.append(self.state)
        return self
m$ = Machine$().send("start").send("fail" if <test> else "stop").send(<str>)
made$ = (m$.state, m$.path)
""",
    "options and results": """
@dataclass(frozen=True)
class Ok$:
    value: object
    def then(self, f):
        return f(self.value)
@dataclass(frozen=True)
class Err$:
    why: str
    def then(self, f):
        return self
def number$(text):
    return Ok$(int(text)) if text.strip().isdigit() else Err$(f"bad {text}")
def positive$(n):
    return Ok$(n * 2) if n > 0 else Err$("not positive")
match number$(<str>).then(positive$):
    case Ok$(value) if value > 4:
        made$ = ("large", value)
    case Ok$(value=v$):
        made$ = v$
    case Err$(why=str(w$)):
        made$ = w$
""",
    "patterns inside of patterns": """
@dataclass
class Point$:
    x: object
    y: object = None
class Kind$(enum.Enum):
    A = "a"
    B = "b"
items$ = [Point$(<int>, <str>), {"kind": Kind$.A if <test> else Kind$.B, "rest": [1, <int>]}, (<str>, None)]
match items$:
    case [Point$(0 | 3 as x$, str(y$)), {"kind": Kind$.A, "rest": [first$, *_]}, _] if y$ or x$:
        made$ = ("first", x$, y$, first$)
    case [Point$(x=int(x$)), {"rest": [_, (1 | 2 | 3) as second$]}, (str() as s$, None)]:
        made$ = ("second", x$, second$, s$)
    case [Point$(), {**others$}, *more$] if (count$ := len(others$)) > 1:
        made$ = ("third", count$, len(more$))
    case _:
        made$ = "none"
""",
    "enum of enums": """
class Order$(enum.Enum):
    def _generate_next_value_(name, start, count, last):
        return name.lower() + str(count)
    FIRST = enum.auto()
    SECOND = enum.auto()
    AGAIN = FIRST
    @classmethod
    def default(cls):
        return cls.SECOND
    def __call__(self, x):
        return (self.name, x)
    def __bool__(self):
        return self is not type(self).SECOND
made$ = (Order$.FIRST.value, Order$.AGAIN is Order$.FIRST, list(Order$.__members__), len(Order$), Order$("second1").name, Order$.default()(<str>), bool(Order$.SECOND), [o.value for o in Order$], isinstance(Order$.FIRST, Order$), Order$["AGAIN"].name, {Order$.FIRST: <any>}[Order$.AGAIN])
try:
    made$ = (made$, Order$(<str>))
except ValueError:
    made$ = (made$, "no such")
""",
    "ordered dataclass": """
import dataclasses
@dataclass(order=True, slots=True)
class Version$:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False, metadata={"shown": True})
    tags: list = field(default_factory=list, compare=False, kw_only=True)
a$, b$ = Version$(<int>, 1, <str>), Version$(3, tags=<list>)
made$ = (a$ < b$, a$ >= b$, sorted([b$, a$])[0].major, max(a$, b$).minor, [f.name for f in dataclasses.fields(a$) if f.metadata.get("shown")], a$ == Version$(a$.major, 1, "other"), Version$.__match_args__, dataclasses.is_dataclass(a$))
""",
    "made dataclass": """
import dataclasses
Made$ = dataclasses.make_dataclass("Made$", [("name", str), ("size", int, field(default=<int>))], namespace={"double": lambda self: self.size * 2})
m$ = Made$(<str>)
made$ = (m$.name, m$.double(), dataclasses.asdict(m$), m$ == Made$(m$.name))
""",
    "descriptor without data": """
class Lazy$:
    def __init__(self, make):
        self.make, self.calls = make, 0
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        self.calls += 1
        value = obj.__dict__[self.name] = self.make(obj)
        return value
class Settings$:
    def __init__(self, mode):
        self.mode = mode
    @Lazy$
    def db(self):
        return PostgresDb(db_url="postgresql://db/app") if self.mode in ("production", "prod") else InMemoryDb()
    text = Lazy$(lambda self: f"mode {self.mode}")
s$ = Settings$(<str>)
same$ = s$.db is s$.db
if <test>:
    del s$.db
made$ = (s$.text, same$, s$.db, Settings$.db.calls, sorted(vars(s$)))
""",
    "delegated attributes": """
class Part$:
    def __init__(self, owner):
        self.owner = owner
    def __get__(self, obj, owner):
        return Part$(obj)
    def __call__(self, *args):
        return (self.owner and self.owner.name, args)
class Whole$:
    part = Part$(None)
    def __init__(self, name):
        self.name = name
    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda default=None: os.environ.get(name[4:].upper(), default)
        raise AttributeError(f"no {name}", name=name)
w$ = Whole$(<str>)
try:
    made$ = w$.nothing
except AttributeError as error$:
    made$ = str(error$)
made$ = (made$, w$.part(1), w$.get_mode(), w$.get_limit(<str>), hasattr(w$, "nope"), getattr(w$, "nope", <any>))
""",
    "nested scopes": """
level$ = "module"
def outer$():
    level = "outer"
    class Inner:
        level = "class"
        def get(self):
            return level
        names = [level$ for _ in range(1)]
    def change():
        nonlocal level
        level = <str>
        def deeper():
            global level$
            level$ = level + "!"
            return [level, *(level for _ in range(1))]
        return deeper
    before = Inner().get()
    found = change()() if <test> else None
    return before, found, Inner().get(), Inner.level, Inner.names
made$ = (outer$(), level$)
""",
    "defaults at definition": """
mode$ = <str>
seen$ = []
def note$(x):
    seen$.append(x)
    return x
def f$(a=note$(mode$), *, b=note$(os.getenv("MODE", "none")), c=lambda: mode$):
    return (a, b, c())
mode$ = "later"
os.environ["MODE"] = "changed"
note$("called")
made$ = (f$(), f$.__defaults__, f$.__kwdefaults__["b"], seen$)
""",
    "order of decorators": """
log$ = []
def named$(name):
    log$.append("make " + name)
    def around(function):
        log$.append("around " + name)
        @functools.wraps(function)
        def run(*args, **kwargs):
            log$.append("run " + name)
            return function(*args, **kwargs)
        run.names = [name, *getattr(function, "names", [])]
        return run
    return around
@named$("a")
@(named$("b") if <test> else named$("c"))
def f$(x=<int>):
    return x
class C$:
    @staticmethod
    @named$("s")
    def make(x):
        return x
    @classmethod
    @named$("k")
    def kind(cls):
        return cls.__name__
    @property
    @named$("p")
    def value(self):
        return <str>
made$ = (f$(), f$.names, C$.make(1), C$.kind(), C$().value, log$, f$.__wrapped__(5))
""",
    "mutual recursion and memo": """
memo$ = {}
def even$(n):
    if n not in memo$:
        memo$[n] = True if n == 0 else odd$(n - 1)
    return memo$[n]
def odd$(n):
    return n != 0 and even$(n - 1)
fix$ = lambda f: (lambda x: x(x))(lambda x: f(lambda v: x(x)(v)))
made$ = (even$(<int> % 7), sorted(memo$), fix$(lambda own: lambda n: 1 if n < 2 else n * own(n - 1))(4))
""",
    "generator with state": """
class Window$:
    def __init__(self, size):
        self.size, self.closed = size, 0
    def of(self, items):
        held = collections.deque(maxlen=self.size)
        try:
            for item in items:
                held.append(item)
                if len(held) == self.size:
                    reset = yield tuple(held)
                    if reset:
                        held.clear()
        finally:
            self.closed += 1
w$ = Window$(2)
g$ = w$.of([*(<list>), "x", "y", "z"])
made$ = [next(g$), g$.send(<test>), next(g$, "end")]
g$.close()
made$ = (made$, w$.closed, list(w$.of([1])), w$.closed, list(w$.of("abc")))
""",
    "callable and sentinel": """
queue$ = [*(<list>), "stop", "after"]
made$ = list(iter(lambda: queue$.pop(0), "stop"))
made$ = (made$, queue$, [*iter([1].copy, [2])][:0] if False else "skipped")
""",
    "globals and locals of exec": """
space$ = {"given": <str>, "os": os}
exec("found = given + '!'\\ndef f(x=1):\\n    return (found, x)\\nmode = os.getenv('MODE')", space$)
made$ = (space$["found"], space$["f"](<int>), space$["mode"], eval("found * 2", space$), eval("a + b", {"a": 1}, {"b": <int>}))
""",
    "types at run time": """
def show(self):
    return f"{self.kind}:{self.size}"
Kind$ = type("Kind$", (dict,), {"kind": <str>, "show": show, "size": property(lambda self: len(self)), "__len__": lambda self: 5 if <test> else 6})
k$ = Kind$(a=1)
k$.show2 = types.MethodType(lambda self, x: (self.kind, x), k$)
made$ = (k$.show(), k$.show2(<int>), Kind$.__name__, Kind$.__bases__[0].__name__, isinstance(k$, dict), issubclass(Kind$, dict), k$["a"], type(k$) is Kind$)
""",
    "class body with code": """
class Settings$:
    names = []
    for _name in ("APP_ENV", "MODE", "LIMIT"):
        if _name in os.environ:
            names.append(_name)
        locals()[_name.lower()] = os.environ.get(_name, "none")
    del _name
    if <test>:
        db = <db>
        def size(self):
            return 1
    else:
        db = None
        size = lambda self: 2
    try:
        limit_number = int(limit)
    except ValueError:
        limit_number = -1
made$ = (Settings$.names, Settings$.mode, Settings$.db, Settings$().size(), Settings$.limit_number, hasattr(Settings$, "_name"))
""",
    "protocol at run time": """
from typing import Protocol, runtime_checkable
@runtime_checkable
class Store$(Protocol):
    def get(self, key): ...
class Memory$:
    def get(self, key):
        return InMemoryDb()
class Server$(Memory$):
    def get(self, key):
        return PostgresDb(db_url="postgresql://db/app") if key else super().get(key)
class Nothing$:
    pass
store$ = {"production": Server$, "test": Memory$}.get(<str>, Nothing$)()
made$ = store$.get(<test>) if isinstance(store$, Store$) else "no store"
""",
}

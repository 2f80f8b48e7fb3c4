# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Classes: inheritance, descriptors, dataclasses, enumerations and the language's protocols."""

CLASSES = {
    "attribute": """
class C$:
    db = <any>
    if <test>:
        db = <any>
    def get(self):
        return self.db
made$ = C$().get()
""",
    "shared attribute": """
class C$:
    held = []
    count = 0
    def add(self, x):
        self.held.append(x)
        self.count += 1
a$, b$ = C$(), C$()
a$.add(<str>)
b$.add(<int>)
C$.count = 5
made$ = (a$.held, a$.count, b$.count, C$.count, a$.held is b$.held)
""",
    "inheritance": """
class A$:
    kind = <test>
    def __init__(self, name=<str>):
        self.name = name
    def make(self):
        return "A" + self.name
class B$(A$):
    def __init__(self, *args, extra=<int>):
        super().__init__(*args)
        self.extra = extra
    def make(self):
        return super().make() + "B"
class C$(B$):
    kind = <test>
    def make(self):
        return (super().make() if self.kind else A$.make(self)) + "C"
made$ = (C$("x").make(), B$().extra, isinstance(C$(), A$), issubclass(A$, C$))
""",
    "diamond": """
class A$:
    def f(self):
        return ["A"]
class B$(A$):
    def f(self):
        return ["B", *super().f()]
class C$(A$):
    def f(self):
        return ["C", *super().f()]
class D$(B$, C$):
    def f(self):
        return ["D", *super().f()]
made$ = (D$().f(), [c.__name__ for c in D$.__mro__])
""",
    "mixin": """
class Mixin$:
    def describe(self):
        return f"{self.name}:{self.size()}"
class Base$:
    name = <str>
    def size(self):
        return <int>
class C$(Mixin$, Base$):
    pass
made$ = C$().describe()
""",
    "property": """
class C$:
    def __init__(self, mode=<optional>):
        self._mode = mode
    @property
    def mode(self):
        return self._mode or "none"
    @mode.setter
    def mode(self, value):
        self._mode = value.lower()
    @mode.deleter
    def mode(self):
        self._mode = "deleted"
c$ = C$()
before$ = c$.mode
if <test>:
    c$.mode = <str>
if <test>:
    del c$.mode
made$ = (before$, c$.mode, c$.__dict__)
""",
    "read-only property": """
class C$:
    @property
    def x(self):
        return <int>
c$ = C$()
try:
    c$.x = 2
    made$ = "set"
except AttributeError:
    made$ = c$.x
""",
    "class and static methods": """
class C$:
    choice = <test>
    @classmethod
    def make(cls, *args):
        return cls.one() if cls.choice else cls.other(*args)
    @staticmethod
    def one():
        return <any>
    @classmethod
    def other(cls, x=1):
        return (cls.__name__, x)
class D$(C$):
    choice = <test>
made$ = (D$.make(), C$().make(2))
""",
    "alternative constructor": """
class C$:
    def __init__(self, url, size=1):
        self.url, self.size = url, size
    @classmethod
    def from_env(cls):
        return cls(os.environ.get("DATABASE_URL", "none"), size=<int>)
class D$(C$):
    pass
made$ = D$.from_env()
""",
    "dataclass": """
@dataclass
class C$:
    mode: str = "<word>"
    size: int = <int>
    tags: list = field(default_factory=lambda: <list>)
    hidden: str = field(default="h", repr=False)
    def __post_init__(self):
        if self.mode == <optional>:
            self.size = <any>
made$ = (C$(mode=<str>), C$() == C$(), C$("x", 2).tags)
""",
    "dataclass inheritance": """
@dataclass
class A$:
    a: int
    b: str = "b"
@dataclass(frozen=True)
class F$:
    a: int = 1
@dataclass
class B$(A$):
    b: str = <str>
    c: int = 3
b$ = B$(<int>)
try:
    F$().a = 2
    frozen$ = False
except Exception as error:
    frozen$ = type(error).__name__
import dataclasses
made$ = (b$, dataclasses.asdict(b$), dataclasses.replace(b$, c=<int>), repr(F$()), frozen$,
         [f.name for f in dataclasses.fields(B$)])
""",
    "dataclass keywords": """
@dataclass(kw_only=True, order=True)
class C$:
    a: int = 1
    b: str = field(default=<str>, compare=False)
try:
    made$ = C$(1)
except TypeError:
    made$ = (C$(a=2) > C$(), sorted([C$(a=3), C$(a=1)])[0].a)
""",
    "init var": """
from dataclasses import InitVar
from typing import ClassVar
@dataclass
class C$:
    raw: InitVar[str]
    kinds: ClassVar[list] = ["x"]
    clean: str = field(init=False)
    def __post_init__(self, raw):
        self.clean = raw.strip()
made$ = (C$(<str>).clean, C$.kinds)
""",
    "enum": """
class E$(str, enum.Enum):
    A = "production"
    B = "test"
    @property
    def nice(self):
        return <any> if self is E$.A else <any>
    @classmethod
    def _missing_(cls, value):
        return cls.B
e$ = E$(<str>)
made$ = (e$.nice, e$ == "test", e$.value, e$.name, [m.name for m in E$], E$["A"].value, str(e$.value), len(E$))
""",
    "plain enum": """
class E$(enum.Enum):
    ONE = 1
    TWO = 2
    UNO = 1
    def double(self):
        return self.value * 2
made$ = (E$(1) is E$.UNO, E$.TWO.double(), E$.ONE == 1, str(E$.TWO), list(E$.__members__), E$.TWO in E$, f"{E$.ONE}", repr(E$.ONE))
""",
    "enum by value": """
class E$(enum.Enum):
    A = <int>
    B = 100
try:
    made$ = E$(int(<str>)).name
except ValueError:
    made$ = "no such member"
""",
    "str enum": """
class E$(enum.StrEnum):
    ALPHA = enum.auto()
    BETA = "b"
made$ = (f"{E$.ALPHA}", E$.BETA + "x", E$("b") is E$.BETA, str(E$.ALPHA), E$.ALPHA == "alpha", E$.BETA.upper(), {E$.BETA: 1}["b"])
""",
    "int enum": """
class E$(enum.IntEnum):
    LOW = 1
    HIGH = 5
made$ = (E$.HIGH > 3, E$.LOW + 1, E$.HIGH == 5, sorted([E$.HIGH, E$.LOW])[0].name, f"{E$.LOW}", max(E$).name)
""",
    "flag": """
class F$(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
f$ = F$.R | F$.W if <test> else F$.X
made$ = (F$.R in f$, bool(f$ & F$.W), f$.value, f$ == F$.X)
""",
    "enum with fields": """
class E$(enum.Enum):
    DEV = ("dev", 1)
    PROD = ("prod", 5)
    def __init__(self, label, size):
        self.label = label
        self.size = size
made$ = [(e.label, e.size) for e in E$ if e.size > <n>]
""",
    "functional enum": """
E$ = enum.Enum("E$", ["A", "B"])
made$ = (E$.A.value, E$["B"].name, len(E$))
""",
    "named tuple": """
from typing import NamedTuple
class P$(NamedTuple):
    x: int
    y: str = <str>
    def show(self):
        return f"{self.x}{self.y}"
p$ = P$(<int>)
x$, y$ = p$
made$ = (p$, p$[0], p$.show(), p$._replace(x=0), p$ == (1, "a"), len(p$), p$._asdict(), isinstance(p$, tuple), [*p$])
""",
    "namedtuple": """
Q$ = collections.namedtuple("Q$", "a b", defaults=[5])
q$ = Q$(<str>)
made$ = (q$.a, q$.b, q$[1], q$ == (q$.a, 5), Q$._fields, tuple(q$))
""",
    "new singleton": """
class S$:
    _one = None
    def __new__(cls, *args):
        if cls._one is None:
            cls._one = super().__new__(cls)
            cls._one.count = 0
        return cls._one
    def __init__(self, value=None):
        self.count += 1
        self.value = value
a$, b$ = S$(<str>), S$(<int>)
made$ = (a$ is b$, a$.value, b$.count)
""",
    "init subclass": """
class Base$:
    kinds = {}
    def __init_subclass__(cls, /, kind=None, **rest):
        super().__init_subclass__(**rest)
        Base$.kinds[kind or cls.__name__] = cls
class One$(Base$, kind="one"):
    value = <any>
class Two$(Base$):
    value = <any>
made$ = (sorted(Base$.kinds), Base$.kinds["one"].value, Base$.kinds.get(<str>, Two$).value)
""",
    "set name": """
class Env$:
    def __init__(self, default=None):
        self.default = default
    def __set_name__(self, owner, name):
        self.name = name.upper()
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return os.environ.get(self.name, self.default)
class C$:
    app_env = Env$(<str>)
    mode = Env$()
made$ = (C$().app_env, C$().mode, C$.mode.name)
""",
    "data descriptor": """
class Checked$:
    def __set_name__(self, owner, name):
        self.key = "_" + name
    def __get__(self, obj, owner=None):
        return getattr(obj, self.key, "unset")
    def __set__(self, obj, value):
        setattr(obj, self.key, str(value).upper())
class C$:
    x = Checked$()
c$ = C$()
before$ = c$.x
if <test>:
    c$.x = <str>
c$.__dict__["x"] = "shadow"
made$ = (before$, c$.x)
""",
    "getattr": """
class C$:
    known = <str>
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return f"made {name}"
c$ = C$()
made$ = (c$.known, c$.other, getattr(c$, "_x", "default"), hasattr(c$, "_y"), hasattr(c$, "z"))
""",
    "getattribute": """
class C$:
    x = <str>
    def __getattribute__(self, name):
        value = object.__getattribute__(self, name)
        return value.upper() if isinstance(value, str) else value
made$ = C$().x
""",
    "setattr": """
class C$:
    def __setattr__(self, name, value):
        if <test>:
            value = <any>
        super().__setattr__(name, value)
c$ = C$()
c$.db = <any>
made$ = c$.db
""",
    "vars": """
class C$:
    def __init__(self, **given):
        self.__dict__.update(given)
c$ = C$(db=<any>)
view$ = vars(c$)
if <test>:
    view$["db"] = <any>
if <test>:
    c$.other = <str>
made$ = (c$.db, sorted(vars(c$)), getattr(c$, "other", None))
""",
    "call": """
class C$:
    def __init__(self, base):
        self.base = base
    def __call__(self, x, *rest):
        return (self.base, x, rest)
made$ = C$(<str>)(<int>, 2)
""",
    "eq and hash": """
class C$:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return isinstance(other, C$) and self.x == other.x
    def __hash__(self):
        return hash(self.x)
made$ = (C$(1) == C$(<int>), C$(1) != C$(1), C$(2) in [C$(<int>)], len({C$(1), C$(1), C$(2)}), {C$(3): "v"}.get(C$(<int>)))
""",
    "container protocol": """
class Box$:
    def __init__(self, items):
        self.items = list(items)
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        return iter(self.items)
    def __contains__(self, x):
        return x in self.items
    def __getitem__(self, i):
        return self.items[i]
    def __setitem__(self, i, value):
        self.items[i] = value
    def __delitem__(self, i):
        del self.items[i]
box$ = Box$(<list>)
made$ = [len(box$), bool(box$), "a" in box$, list(box$), [x for x in box$]]
if len(box$) > 1:
    box$[0] = <str>
    del box$[1]
    made$.append(box$[:])
""",
    "bool": """
class C$:
    def __bool__(self):
        return <test>
class D$:
    def __len__(self):
        return <int>
made$ = ("yes" if C$() else "no", not D$() if <test> else 0, bool(C$()) and 1, [c for c in (C$(),) if c] != [])
""",
    "iterator": """
class Count$:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n
made$ = (list(Count$(3)), sum(Count$(<int> % 5)), [x for x in Count$(2)], next(Count$(1)))
""",
    "getitem iteration": """
class Seq$:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 2
made$ = (list(Seq$()), 4 in Seq$())
""",
    "operators": """
class V$:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return V$(self.n + getattr(other, "n", other))
    def __radd__(self, other):
        return V$(other + self.n)
    def __mul__(self, k):
        return V$(self.n * k)
    def __neg__(self):
        return V$(-self.n)
    def __iadd__(self, other):
        self.n += 100
        return self
    def __lt__(self, other):
        return self.n < other.n
    def __or__(self, other):
        return V$(self.n | other.n)
    def __str__(self):
        return f"V({self.n})"
    def __repr__(self):
        return "V"
v$ = V$(<int>)
v$ += 1
made$ = ((v$ + 1).n, (1 + v$).n, (v$ * 2).n, (-v$).n, v$ < V$(5), (v$ | V$(1)).n, str(v$), f"{v$}", repr(v$), sorted([V$(3), V$(1)])[0].n, sum([V$(1), V$(2)]).n)
""",
    "str and repr": """
class C$:
    def __init__(self, name):
        self.name = name
    def __repr__(self):
        return f"C({self.name!r})"
class D$(C$):
    def __str__(self):
        return self.name.upper()
    def __format__(self, spec):
        return f"[{spec}]" + self.name
made$ = (str(C$(<str>)), f"{C$('x')}", str(D$(<str>)), f"{D$('y'):>5}", f"{D$('z')!s}", f"{D$('z')!r}", "%s" % C$("q"), [C$("l")].__str__())
""",
    "abstract": """
class A$(ABC):
    @abstractmethod
    def f(self):
        ...
    def g(self):
        return self.f() + 1
class B$(A$):
    def f(self):
        return <int>
try:
    A$()
    made$ = "made"
except TypeError:
    made$ = B$().g()
""",
    "protocol and generic": """
from typing import Generic, Protocol, TypeVar, runtime_checkable
T$ = TypeVar("T$")
@runtime_checkable
class Named$(Protocol):
    def name(self) -> str: ...
class Repo$(Generic[T$]):
    def __init__(self, item: T$):
        self.item = item
    def get(self) -> T$:
        return self.item
class C$:
    def name(self) -> str:
        return <str>
made$ = (Repo$[str](<str>).get(), isinstance(C$(), Named$), isinstance(3, Named$), C$().name())
""",
    "metaclass": """
class Meta$(type):
    made = []
    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.tag = options.get("tag", name.lower())
        Meta$.made.append(name)
        return cls
    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
    @property
    def shout(cls):
        return cls.tag.upper()
    def __len__(cls):
        return 3
class A$(metaclass=Meta$, tag=<str>):
    pass
class B$(A$):
    pass
made$ = (A$.tag, B$.tag[0], A$.shout, len(Meta$.made), len(A$))
""",
    "metaclass call": """
class Single$(type):
    held = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls.held:
            cls.held[cls] = super().__call__(*args, **kwargs)
        return cls.held[cls]
class C$(metaclass=Single$):
    def __init__(self, x):
        self.x = x
made$ = (C$(<str>).x, C$(<int>).x, C$(1) is C$(2))
""",
    "slots": """
class C$:
    __slots__ = ("x", "y")
    def __init__(self, x):
        self.x = x
c$ = C$(<str>)
try:
    c$.z = 1
    made$ = "set"
except AttributeError:
    made$ = c$.x
made$ = (made$, hasattr(c$, "y"))
""",
    "late class attribute": """
class C$:
    db = None
if <test>:
    C$.db = <any>
holder$ = C$()
if <test>:
    holder$.db = <any>
made$ = holder$.db
""",
    "cached property": """
class C$:
    calls = 0
    @functools.cached_property
    def db(self):
        C$.calls += 1
        return os.getenv("MODE")
c$ = C$()
c$.db
os.environ["MODE"] = "<word>"
first$ = c$.db
if <test>:
    del c$.db
made$ = (first$, c$.db, C$.calls)
""",
    "lazy attribute": """
class C$:
    def __init__(self):
        self._db = None
    @property
    def db(self):
        if self._db is None:
            self._db = <db>
        return self._db
c$ = C$()
made$ = (c$.db is c$.db, c$.db)
""",
    "setattr and delattr": """
class C$:
    x = 1
c$ = C$()
setattr(c$, "x", <str>)
first$ = c$.x
delattr(c$, "x")
setattr(c$, "<piece>", 5)
made$ = (first$, c$.x, getattr(c$, "<piece>", "none"), c$.__dict__)
""",
    "copies": """
class C$:
    def __init__(self):
        self.items = [<str>]
        self.own = <int>
a$ = C$()
b$, c$ = copy.copy(a$), copy.deepcopy(a$)
a$.items.append("new")
a$.own = 0
made$ = (b$.items, c$.items, b$.own, b$ is a$)
""",
    "nested class": """
class Config$:
    class Db:
        url = os.getenv("DATABASE_URL", <str>)
        class Pool:
            size = <int>
    db = Db()
made$ = (Config$.Db.url, Config$.db.Pool.size, Config$().Db.Pool.size + 1)
""",
    "class registry": """
class Backend$:
    def __init__(self, url=None):
        self.url = url
class Memory$(Backend$):
    def db(self):
        return InMemoryDb()
class Postgres$(Backend$):
    def db(self):
        return PostgresDb(db_url=self.url or "postgresql://x/y")
kinds$ = {cls.__name__.rstrip("$").lower(): cls for cls in Backend$.__subclasses__()}
made$ = (sorted(kinds$), (Postgres$ if <test> else Memory$)().db())
""",
    "type checks": """
x$ = <any>
made$ = (type(x$) is str, type(x$).__name__, isinstance(x$, type(x$)), isinstance(True, int), type(3) == int, isinstance(x$, (list, tuple)) or isinstance(x$, dict), issubclass(bool, int))
""",
    "dynamic class": """
C$ = type("C$", (object,), {"x": <str>, "f": lambda self: self.x + "!"})
made$ = (C$().f(), C$.__name__)
""",
    "simple namespace": """
n$ = types.SimpleNamespace(a=<str>, b=2)
n$.c = <int>
made$ = (n$.a, vars(n$), n$ == types.SimpleNamespace(**vars(n$)))
""",
    "method on instance": """
class C$:
    def f(self):
        return "class"
c$ = C$()
if <test>:
    c$.f = lambda: "instance"
    C$.g = lambda self: self.f() + "!"
made$ = (c$.f(), c$.g() if hasattr(c$, "g") else None)
""",
    "super properties": """
class A$:
    @property
    def x(self):
        return [<str>]
    @classmethod
    def make(cls):
        return cls.__name__
class B$(A$):
    @property
    def x(self):
        return super().x + ["b"]
    @classmethod
    def make(cls):
        return super().make() + "!"
made$ = (B$().x, B$.make())
""",
    "dict subclass": """
class Settings$(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)
    def __missing__(self, key):
        return f"missing {key}"
s$ = Settings$(url=<str>)
s$["size"] = <int>
made$ = (s$.url, s$["size"], s$["other"], len(s$), s$.get("none"), "url" in s$)
""",
    "list and str subclasses": """
class Names$(list):
    def first(self):
        return self[0] if self else "none"
class Url$(str):
    @property
    def scheme(self):
        return self.split(":")[0]
n$ = Names$(<list>)
n$.append("z")
made$ = (n$.first(), len(n$), Url$(<str>).scheme, Url$("a:b") == "a:b", isinstance(n$, list), list(n$))
""",
    "class body": """
class C$:
    names = <list>
    upper = [n.upper() for n in names]
    size = len(names) if <test> else 0
    for _i in range(2):
        total = _i
    def __init__(self):
        self.x = self.size + C$.total
made$ = (C$.upper, C$().x, C$.__name__, C$.__doc__)
""",
}

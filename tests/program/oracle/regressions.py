# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs that the evaluation once decided otherwise than the real interpreter, made small.

Each gives ``made``; the text in front of it names what it shows.
"""

REGRESSIONS = {
    "what a pattern of a mapping leaves": """
match {"kind": "", "": 0, "size": 2}:
    case {"kind": "", "": 0, **others}:
        made = others
    case _:
        made = "none"
""",
    "a chained comparison that ends early": """
seen = []
def note(value):
    seen.append(value)
    return value
made = (note(2) < note(1) < note(5), note(1) < note(2) <= note(2), seen)
""",
    "containers with objects as they are shown": """
class Held:
    def __repr__(self):
        return "Held()"
made = (str([Held()]), repr((Held(),)), f"{ {'a': [Held(), 1]} }", [Held(), "x"].__str__())
""",
    "an enumeration as it is shown": """
import enum
class E(enum.Enum):
    A = 1
made = repr(E.A), str(E.A), f"{E.A}"
""",
    "an enumeration made by a call": """
import enum
F = enum.Enum("F", ["A", "B"])
made = (F.A.value, F["B"].name, len(F), F(2).name)
""",
    "an enumeration made by a call, of pairs": """
import enum
F = enum.Enum("F", {"A": "x", "B": "y"})
made = (F.A.value, F("y").name, [m.name for m in F])
""",
    "digests": """
import hashlib
made = hashlib.md5("a".encode()).hexdigest(), hashlib.sha256(b"x").digest()[:2], hashlib.new("sha1", b"a").hexdigest()
""",
    "a digest that grows": """
import hashlib
h = hashlib.sha256()
h.update(b"a")
made = h.hexdigest()
""",
    "bytes and what is in them": """
b = b"abc"
made = b"a" in b, b.upper(), b + b"x", b[0], b[:2], list(b), b.decode(), b == b"abc", b.split(b"b"), len(b), b.startswith(b"a"), b.hex(), b.find(b"c")
""",
    "formats by a function": """
made = format(3, "04d"), format("x", ">4"), format(2.5, ".2f")
""",
    "how containers are shown": """
made = [1].__str__(), "a".__str__(), str([1]), (1).__repr__(), "x".__len__(), {}.__repr__()
""",
    "groups of exceptions by kind": """
made = []
try:
    raise ExceptionGroup("many", [ValueError("v"), KeyError("k")])
except* ValueError as group:
    made.append(len(group.exceptions))
except* KeyError:
    made.append("key")
""",
    "what is left of a group goes on": """
made = []
try:
    try:
        raise ExceptionGroup("many", [ValueError("v"), OSError("k")])
    except* ValueError as group:
        made.append(len(group.exceptions))
except ExceptionGroup as e:
    made.append((len(e.exceptions), type(e.exceptions[0]).__name__))
""",
    "an exception that is no group, by a handler of groups": """
try:
    raise ValueError("x")
except* ValueError as g:
    made = [type(g).__name__, len(g.exceptions)]
""",
    "subclasses of list and text": """
class Names(list):
    def first(self):
        return self[0] if self else "none"
class Url(str):
    @property
    def scheme(self):
        return self.split(":")[0]
n = Names(["a"])
n.append("z")
made = (n.first(), len(n), Url("b:c").scheme, Url("a:b") == "a:b", isinstance(n, list), list(n), Names().first(), n == ["a", "z"], "z" in n, Url("abc")[0], len(Url("abc")), f"{Url('x')}", Url("x").upper(), [c for c in Url("ab")])
""",
    "a subclass of dict with attributes and what it misses": """
class Settings(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)
    def __missing__(self, key):
        return f"missing {key}"
s = Settings(url="x")
s["size"] = 3
made = (s.url, s["size"], s["other"], len(s), s.get("none"), "url" in s, dict(s), sorted(s), {**s}, [k for k, v in s.items()])
""",
    "templates and variables in texts": """
import string
made = (string.Template("$x! ${y} $$").substitute(x=1, y="b"), string.Template("$x $z").safe_substitute({"x": 2}), os.path.expandvars("$MODE/${LIMIT}/$NOPE"))
""",
    "a template without its value": """
import string
try:
    made = string.Template("$x").substitute()
except KeyError as e:
    made = e.args
""",
    "a metaclass that makes classes": """
class Meta(type):
    made = []
    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        cls.tag = options.get("tag", name.lower())
        Meta.made.append(name)
        return cls
    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
    @property
    def shout(cls):
        return cls.tag.upper()
    def __len__(cls):
        return 3
class A(metaclass=Meta, tag="x"):
    def f(self): return __class__.__name__
class B(A):
    def g(self): return super().f()
made = (A.tag, B.tag[0], A.shout, len(Meta.made), len(A), B().f(), type(A).__name__, isinstance(A, Meta), B().g(), A.made)
""",
    "a metaclass that is called": """
class Single(type):
    held = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls.held:
            cls.held[cls] = super().__call__(*args, **kwargs)
        return cls.held[cls]
class C(metaclass=Single):
    def __init__(self, x):
        self.x = x
made = (C("a").x, C(2).x, C(1) is C(2))
""",
    "classes made by type": """
class A:
    def f(self): return type(self).__name__
B = type("B", (A,), {"y": 2, "h": lambda self: self.y})
made = (B().f(), B.y, B.__name__, B().h(), issubclass(B, A), type("C", (), dict(z=1)).z)
""",
    "a metaclass of abstract classes, its namespace copied": """
from abc import abstractmethod
import abc
class Meta(abc.ABCMeta):
    registry = {}
    def __new__(mcs, name, bases, ns):
        cls = super().__new__(mcs, name, bases, {**ns, "extra": 1})
        mcs.registry[name] = cls
        return cls
class A(metaclass=Meta):
    @abstractmethod
    def f(self): ...
class B(A):
    def f(self): return super().__init__() or "f"
try:
    made = (A(),)
except TypeError:
    made = (B().f(), sorted(Meta.registry), B.extra, B.registry["B"] is B)
""",
    "the nearest hook of a subclass": """
class Base:
    kinds = []
    def __init_subclass__(cls, kind=None, **kw):
        super().__init_subclass__(**kw)
        Base.kinds.append((cls.__name__, kind))
class Mid(Base):
    def __init_subclass__(cls, **kw):
        Base.kinds.append("mid")
class Low(Mid, kind=1): pass
made = Base.kinds
""",
    "what a function tells of itself": """
def f(a, b=2, *, c=3):
    "words"
made = (f.__defaults__, f.__kwdefaults__, f.__doc__, hasattr(f, "x"), hasattr(f, "__name__"), f.__module__)
f.x = 1
made += (f.x, f.__dict__)
""",
    "what is sent into a generator that is walked": """
def gen():
    got = yield 1
    made = yield got
    yield made
made = (list(gen()), [x for x in gen()])
""",
    "a dictionary that is its own attributes": """
class Settings(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self
s = Settings(url="x", b="y")
made = s.url
""",
    "a list that adds": """
class Names(list):
    def add(self, x):
        super().append(x)
        return self
made = list(Names().add(1)), Names([1,2])[0], [*Names([1])], Names([1]) + [2], bool(Names()), Names((1,2)) == [1,2], len(Names("ab"))
""",
    "a list that changes in place": """
class Names(list):
    pass
n = Names([3, 1])
n += [2]
n.sort()
n[0] = 9
del n[1]
made = list(n), n.index(9), 9 in n, [x for x in n], tuple(n)
""",
    "a text made by its class": """
class T(str):
    def __new__(cls, v):
        return super().__new__(cls, v.upper())
made = T("a") + "b", T("ab")[0], f"{T('x')}", isinstance(T("a"), str), T("a") == "A", {T("a"): 1}["A"], "-".join([T("q")])
""",
    "an object that is walked by number": """
class Seq:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 2
made = (list(Seq()), 4 in Seq())
""",
    "what cannot be a key": """
made = []
for key in ([1], (1, [2]), {1}, 1):
    try:
        made.append({key: 1}.get(key))
        made.append(key in {1})
        made.append(len({key, 2}))
    except TypeError:
        made.append("no key")
""",
    "methods that are called on their class": 'made = (list(map(str.upper, ["a"])), list.index(["a", "b"], "b"), str.join("-", ["a", "b"]))',
    "a method that is called on another class": """
try:
    made = str.upper(3)
except TypeError:
    made = "another class"
""",
    "dates, decimal numbers and UUIDs": """
import datetime, uuid
from decimal import Decimal
day = datetime.datetime.fromisoformat("2024-02-28T12:00:00") + datetime.timedelta(days=2)
made = (day.year, day.isoformat(), f"{day:%d.%m}", Decimal("1.10") * 3, str(uuid.UUID(int=7)), isinstance(day, datetime.date))
""",
    "regular expressions with flags, functions and groups": """
import re
found = re.search("(?P<kind>P.O)D", "a prod", re.I)
made = (found["kind"], found.start(), re.sub("[aeiou]", lambda one: one.group().upper(), "prode", flags=re.I), re.split(",", "a,b,c", maxsplit=1), [one.end() for one in re.finditer("a", "aba")])
""",
    "a text that is no address": """
from urllib.parse import urlparse
made = (urlparse("prod").scheme, urlparse("data/x.db?a=1").path, urlparse("mailto:a@b").scheme, urlparse("a;b?c").geturl())
""",
    "what a namespace lacks": """
from types import SimpleNamespace
made = (getattr(SimpleNamespace(a=1), "b", "none"), hasattr(SimpleNamespace(a=1), "a"), SimpleNamespace(a=1) == SimpleNamespace(a=1), SimpleNamespace(a=1) == SimpleNamespace(a=2))
""",
    "keys made of items": 'made = (dict.fromkeys(["a", "b"], 1), list(dict.fromkeys("abca")))',
    "what a partial holds": """
from functools import partial
held = partial(max, 1, 2, default=3)
made = (held.args, held.keywords, held.func(1, 5))
""",
    "the words of an assertion": """
try:
    assert os.environ["MODE"] == "prod", f"not {os.environ['MODE']}"
    made = None
except AssertionError as error:
    made = (str(error), error.args)
""",
    "a power and bytes": 'made = (pow(2, 5), pow(3, 4, 5), bytes("ab", "utf-8"), bytes([1, 2]).hex())',
    "a key that is put over others in a display, inside of a try": """
try:
    made = {**{"url": "memory", "size": 1}, "url": "postgresql"}
except KeyError:
    made = None
""",
    "the order of keys that were put over others": 'made = list({**{"a": 1, "b": 2}, "a": 3, "c": 4})',
    "the setter of a property": """
class Settings:
    def __init__(self):
        self._mode = "dev"
    @property
    def mode(self):
        return self._mode
    @mode.setter
    def mode(self, value):
        self._mode = value.lower()
    @mode.deleter
    def mode(self):
        self._mode = "gone"
one, two = Settings(), Settings()
one.mode = "PROD"
del two.mode
made = (one.mode, two.mode)
""",
    "the argument of a KeyError is the key": """
try:
    os.environ["MISSING"]
except KeyError as error:
    made = (error.args, str(error))
""",
    "an __exit__ that swallows": """
class Guard:
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        return kind is ValueError
made = "before"
with Guard():
    made = int("x")
""",
    "an __exit__ runs however the body is left": """
log = []
class Log:
    def __enter__(self):
        return 1
    def __exit__(self, *exc):
        log.append(exc[0] is None)
def leave():
    with Log():
        return "left"
try:
    with Log():
        raise OSError("x")
except OSError:
    pass
made = (leave(), log)
""",
    "the body of a with runs where the generator yields": """
from contextlib import contextmanager
@contextmanager
def inside():
    os.environ["MODE"] = "inside"
    try:
        yield
    finally:
        os.environ["MODE"] = "after"
def read():
    with inside():
        return os.environ["MODE"]
made = (read(), os.environ["MODE"])
""",
    "a generator that nobody walks through does nothing": """
seen = []
def changing():
    seen.append("never")
    os.environ["MODE"] = "changed"
    yield 1
unused = changing()
made = (seen, os.getenv("MODE"))
""",
    "a generator and its loop take turns": """
log = []
def numbers():
    for n in range(4):
        log.append(n)
        yield n
    log.append("end")
for n in numbers():
    log.append(-n)
    if n == 2:
        break
made = log
""",
    "a generator is empty the second time": """
some = (n for n in [1, 2])
made = (list(some), list(some))
""",
    "a sum over a generator counts equal items": "made = sum(len(word) for word in ['a', 'b', 'cc'])",
    "a plain member of an enumeration is no number": """
import enum
class Size(enum.Enum):
    ONE = 1
made = (Size.ONE == 1, Size(1) is Size.ONE)
""",
    "literals of Python are not JSON": "import ast\nmade = ast.literal_eval(\"['a', None]\")",
    "sets joined by operators": "made = ({'a'} | {'b'}, {'a', 'b'} & {'b'}, {'a', 'b'} - {'b'}, {'a'} <= {'a', 'b'})",
    "a sum from the right": """
class Money:
    def __init__(self, n):
        self.n = n
    def __radd__(self, other):
        return Money(other + self.n)
made = sum([Money(1), Money(2)]).n
""",
    "an object that changes itself by +=": """
class Box:
    def __init__(self):
        self.n = 0
    def __iadd__(self, other):
        self.n += 100
        return self
box = Box()
box += 1
made = box.n
""",
    "a fallback of a number that cannot be read": """
try:
    size = int(os.environ.get("LIMIT", "five"))
except ValueError:
    size = "bad"
made = size
""",
    "a key that is not there cannot be deleted": """
made = "deleted"
try:
    del {}["a"]
except KeyError:
    made = "not there"
""",
    "a variable that is not there cannot be deleted": """
made = "deleted"
try:
    del os.environ["MISSING"]
except KeyError:
    made = "not there"
""",
    "a list without the item": """
made = "removed"
try:
    ["a"].remove("b")
except ValueError:
    made = "not there"
""",
    "equal items keep their order when sorted backwards": "made = sorted(['bb', 'aa', 'c'], key=len, reverse=True)",
    "an order by methods": """
class V:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        return self.n < other.n
made = ([v.n for v in sorted([V(3), V(1)])], max(V(1), V(5)).n, V(2) > V(1))
""",
    "a cache that was emptied": """
import functools
@functools.lru_cache
def mode():
    return os.getenv("MODE")
before = mode()
os.environ["MODE"] = "new"
mode.cache_clear()
made = (before, mode())
""",
    "an attribute without a slot": """
class Point:
    __slots__ = ("x",)
point = Point()
try:
    point.y = 1
    made = "set"
except AttributeError:
    made = "refused"
""",
    "what an exception was raised from": """
try:
    try:
        int("x")
    except ValueError as error:
        raise RuntimeError("wrapped", 2) from error
except RuntimeError as error:
    made = (type(error.__cause__).__name__, error.args)
""",
    "a copy of all that is in a thing": """
import copy
one = {"items": [1]}
two, three = copy.copy(one), copy.deepcopy(one)
one["items"].append(2)
made = (two, three)
""",
    "a wrapper has the name of what it wraps": """
import functools
def twice(function):
    @functools.wraps(function)
    def inner():
        return function() * 2
    return inner
@twice
def read():
    return "a"
made = (read.__name__, read())
""",
    "equal objects are one in a set": """
class Point:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == other.x
    def __hash__(self):
        return hash(self.x)
made = len({Point(1), Point(1), Point(2)})
""",
    "an abstract class cannot be made": """
from abc import ABC, abstractmethod
class Store(ABC):
    @abstractmethod
    def db(self): ...
try:
    Store()
    made = "made"
except TypeError:
    made = "refused"
""",
    "a mapping that cannot be changed": """
import types
fixed = types.MappingProxyType({"a": 1})
try:
    fixed["a"] = 2
    made = "changed"
except TypeError:
    made = fixed["a"]
""",
    "a slice of a list is replaced": """
made = [1, 2, 3]
made[1:2] = ["a", "b"]
del made[0]
""",
    "flags": """
import enum
class May(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    RUN = enum.auto()
both = May.READ | May.WRITE
made = (May.RUN.value, May.READ in both, bool(both & May.RUN), both.value)
""",
    "a function for each class": """
import functools
@functools.singledispatch
def show(x):
    return "any"
@show.register
def _(x: int):
    return "int"
made = (show(1), show("a"), show(True))
""",
    "an attribute through a method of the class": """
class Loud:
    word = "a"
    def __getattribute__(self, name):
        return super().__getattribute__(name).upper()
made = Loud().word
""",
    "what is put aside for the end": """
from contextlib import ExitStack
made = []
with ExitStack() as stack:
    stack.callback(made.append, "last")
    made.append("first")
""",
    "mappings in a chain are looked at when asked": """
from collections import ChainMap
over, base = {}, {"a": 1}
both = ChainMap(over, base)
over["a"] = 2
both["b"] = 3
made = (both["a"], over)
""",
    "a deque of a greatest length": """
from collections import deque
made = deque([1, 2, 3], maxlen=2)
made.appendleft(0)
made = list(made)
""",
    "a set is no sequence to a pattern": """
match {1, 2}:
    case [*_]:
        made = "sequence"
    case _:
        made = "other"
""",
    "a switch of YAML in quotation marks is a text": """
import yaml
made = yaml.safe_load("a: 'on'\\nb: on")
""",
    "variables are texts": """
try:
    os.environ["MODE"] = 3
    made = "set"
except TypeError:
    made = "refused"
""",
}

# As above, where the variables LIMIT and MODE are set, but to nobody knows what.
OPEN = {
    "what is not among what nobody knows": """
import nobody
class Told:
    def __contains__(self, item):
        return nobody.knows(item)
class Some:
    def __contains__(self, item):
        return [item] if item else ""
made = ["x" in Some(), "" in Some(), "x" not in Some(), "" not in Some(), "x" in Told(), "x" not in Told()]
if "x" not in Told():
    made.append("without")
else:
    made.append("with")
""",
    "whether two reads of a variable are one object": 'made = os.environ["MODE"] is os.environ["MODE"]',
    "a list that a loop of unknown rounds fills": """
found = []
for one in os.environ["MODE"].split(","):
    found.append(1)
made = (len(found), found[-1:], found == [1])
""",
    "a list that a loop puts together, and one inside of an object": """
class Held:
    def __init__(self):
        self.items = []
        self.count = 0
held, more, number = Held(), [], 0
for one in os.environ["MODE"].split(","):
    held.items.append(1)
    held.count += 1
    more = more + [2]
    number = number + 1
made = (len(held.items), held.count, len(more), number)
""",
    "a number that the platform supplies may be none": """
try:
    made = int(os.environ["LIMIT"])
except ValueError:
    made = "bad"
""",
    "an unknown number of items": "made = len([*map(str, os.environ['MODE'].split(',')), 'z'])",
    "a setting that may be of the wrong type": """
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    limit: int = 1
try:
    made = Settings().limit
except ValueError:
    made = "invalid"
""",
    "an item that may not be there": """
try:
    made = os.environ["MODE"].split(",")[1]
except IndexError:
    made = "only one"
""",
    "an attribute that may be there": """
class C:
    pass
if os.environ["MODE"] == "prod":
    C.g = 1
made = hasattr(C(), "g")
""",
    "a text that may not be in another": """
try:
    made = [os.environ["MODE"].index("o")]
except ValueError:
    made = "not there"
""",
    "a text of which a part is known, filled up": 'made = f\'{os.environ["MODE"] + "-a":<9}|\'',
    "a text of which a part is known, quoted": 'made = f\'{os.environ["MODE"] + "-a"!r}|\'',
    "a text of which a part is known, with another for it": """
made = ("a" + os.environ["MODE"]).replace("a", "b")
""",
    "a text of which a part is known, without its beginning": """
made = [("a" + os.environ["MODE"]).removeprefix(one) for one in ("a", "ap", "b", "")]
made += [(os.environ["MODE"] + "a").removesuffix(one) for one in ("a", "da", "b")]
made += [(os.environ["MODE"] + "a").removeprefix("t")]
""",
    "a text of which a part is known, with what reaches over": """
made = [("a" + os.environ["MODE"] + "b").replace(*pair)
        for pair in (("at", "x"), ("tb", "x"), ("ab", "x"), ("a", "b"), ("t", "x"), ("", "x"))]
""",
    "a text of which a part is known, with some of it replaced": """
made = [("aXa" + os.environ["MODE"]).replace("a", "b", most) for most in (0, 1, 2, 3, -1)]
made += [(os.environ["MODE"] + "a").replace("a", "b", most) for most in (0, 1)]
made += [(os.environ["MODE"] + "a").replace("z", "b", 1), os.environ["MODE"].replace("t", "b", 1)]
""",
    "a document of a text that nobody knows": """
import json
try:
    json.loads(str(int))
    made = "parsed"
except json.JSONDecodeError:
    made = "not json"
""",
    "a container for a field of a number": """
from pydantic import BaseModel
class Model(BaseModel):
    maybe: int = 1
made = []
for given in (dict(a=os.environ["MODE"]), [os.environ["MODE"]], 2):
    try:
        made.append(Model(maybe=given).maybe)
    except ValueError:
        made.append("invalid")
""",
    "a display with a key over others, by a flag": """
made = {"mode": "a"}
if os.environ["MODE"] == "production":
    made = {**made, "mode": "b"}
""",
}

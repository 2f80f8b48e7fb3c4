# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs of the language and its library that the evaluation once took for others.

As in `regressions`, each gives ``made``.
"""

OF_THE_LANGUAGE = {
    "what is signed for an address": """
from urllib.parse import quote, quote_plus
made = (quote("a/b c"), quote_plus("a/b c"), quote("a/b", safe=""))
""",
    "a path that is made plain": 'made = os.path.normpath("a//b/../c")',
    "variables that are all removed": """
os.environ["TAGS"] = "a"
os.environ.clear()
made = (dict(os.environ), os.getenv("MODE"), "TAGS" in os.environ)
""",
    "variables of the process that its own code does not see": """
os.environ["MODE"] = "seen"
os.putenv("MODE", "hidden")
os.unsetenv("MODE")
made = os.getenv("MODE")
""",
    "members that are true whatever their values are": """
import enum
class Kind(enum.Enum):
    NONE = 0
    EMPTY = ""
class Number(enum.IntEnum):
    NONE = 0
class Own(enum.Enum):
    ON = 1
    OFF = 2
    def __bool__(self):
        return self is Own.ON
made = (bool(Kind.NONE), not Kind.EMPTY, bool(Number.NONE), bool(Own.ON), bool(Own.OFF))
""",
    "members with values of a rule of their own, and with two names": """
import enum
class Kind(enum.Enum):
    def _generate_next_value_(name, start, count, last):
        return f"{name.lower()}{count}"
    ONE = enum.auto()
    TWO = enum.auto()
    UNO = ONE
made = (Kind.TWO.value, Kind["UNO"].name, len(Kind), Kind.UNO is Kind.ONE)
""",
    "a target that does something": """
log = []
def at(index):
    log.append(index)
    return index
held = [[1], [2]]
held[at(1)] += [3]
class Box:
    size = 1
boxes = [Box()]
boxes[at(0)].size += 4
made = (held, log, boxes[0].size)
""",
    "the name of an error behind its handler": """
try:
    int("x")
except ValueError as error:
    kept = type(error).__name__
try:
    made = error
except NameError:
    made = kept
""",
    "a function that is called up to a sentinel": """
words = ["a", "b", "stop", "c"]
made = (list(iter(lambda: words.pop(0), "stop")), words)
""",
    "an object that another class makes": """
class Base:
    def __new__(cls, kind):
        return One(kind) if cls is Base else object.__new__(cls)
    def __init__(self, kind):
        self.calls = getattr(self, "calls", 0) + 1
class One(Base):
    pass
made = (Base("a").calls, One("a").calls, type(Base("b")).__name__)
""",
    "an error of a thread that nobody asks for": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor() as pool:
    bad, good = pool.submit(int, "x"), pool.submit(int, "7")
try:
    made = bad.result()
except ValueError:
    made = (good.result(), type(bad.exception()).__name__, good.exception())
""",
    "views and makers of named tuples": """
import collections
Point = collections.namedtuple("Point", "x y", defaults=(0,))
made = (Point._make([1, 2]), Point._field_defaults, Point(3)._asdict())
""",
    "a chain of maps whose first has not the key": """
import collections
chain = collections.ChainMap({"b": 1}, {"a": 2})
try:
    del chain["a"]
    made = "removed"
except KeyError:
    made = (chain.parents["a"], "b" in chain.parents)
""",
    "ordered dictionaries in another order": """
import collections
one, other = collections.OrderedDict(a=1, b=2), collections.OrderedDict(b=2, a=1)
made = (one == other, one == {"b": 2, "a": 1}, dict(one) == dict(other))
""",
    "a raw file of settings with names as they are": """
import configparser
parser = configparser.RawConfigParser()
parser.optionxform = str
parser.read_string("[A]\\nKey = %(x)s\\n")
made = dict(parser["A"])
""",
    "an object that says what it is the other way round": """
class Words:
    def __init__(self):
        self.words = ["a", "b"]
    def __iter__(self):
        return iter(self.words)
    def __reversed__(self):
        return iter(["z"])
made = (list(reversed(Words())), list(Words()))
""",
    "a logger that everybody gets by its name": """
import logging
made = (logging.getLogger("a") is logging.getLogger("a"), logging.getLogger() is None)
""",
    "fields that somebody noted something on": """
from dataclasses import dataclass, field, fields
@dataclass
class Db:
    url: str
    secret: str = field(default="", metadata={"hidden": True})
made = ([one.name for one in fields(Db) if one.metadata.get("hidden")], Db.__match_args__)
""",
    "a date in another year": """
import datetime
made = datetime.datetime(2024, 2, 28).replace(year=2020, day=1).isoformat()
""",
    "words of a command line that nobody asks for": """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--tag", action="append")
parser.add_argument("-v", action="count", default=0)
given, rest = parser.parse_known_args(["--tag", "a", "--other", "1", "-vv", "--tag=b"])
made = (given.tag, given.v, rest)
""",
    "an iterator that is awaited": """
import asyncio
class Count:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n
async def main():
    counted = [n async for n in Count(2)]
    try:
        await anext(Count(0))
    except StopAsyncIteration:
        counted.append(await anext(Count(0), "over"))
    return counted
made = asyncio.run(main())
""",
}
OF_THE_LANGUAGE |= {
    "formats that other fields and objects say": """
class Held(dict):
    def __missing__(self, key):
        return f"no {key}"
made = ("{:>{w}}".format(1, w=4), "{zz}/{a}".format_map(Held(a=2)))
""",
    "functions of a property": """
class Base:
    @property
    def url(self):
        return "base"
class Own(Base):
    @property
    def url(self):
        return "own " + Base.url.fget(self)
made = (Own().url, Base.url.fset)
""",
    "an object as an index": """
class At:
    def __index__(self):
        return 1
made = ("abc"[At()], [1, 2][At()], (3, 4)[At()])
""",
    "iterators over the same": """
import itertools
one, other = itertools.tee(word for word in ("a", "b"))
made = (next(one), list(other), list(one))
""",
    "a class that is made for its fields": """
import dataclasses
@dataclasses.dataclass
class Db:
    url: str = "x"
made = (dataclasses.is_dataclass(Db), dataclasses.is_dataclass(Db()), dataclasses.is_dataclass(3))
""",
}
OF_THE_LANGUAGE |= {
    "the end of a generator that is awaited": """
import asyncio
async def words():
    yield "a"
async def main():
    found = words()
    made = [await found.__anext__()]
    for step in (found.__anext__, lambda: found.asend(None)):
        try:
            made.append(await step())
        except StopAsyncIteration:
            made.append("over")
    return made
made = asyncio.run(main())
""",
}
OF_THE_LANGUAGE |= {
    "annotations of a typed dictionary": "from typing import TypedDict\nclass A(TypedDict):\n    x: int\nclass B(A, total=False):\n    y: str\nclass C:\n    x: int\nclass D(C):\n    y: str\nmade = (sorted(B.__annotations__), sorted(D.__annotations__), B(x=1))\n",
    "annotations that are texts": "def f(a: 'Nothing', b: int = 1, *rest: 'No', **more: str) -> 'Never':\n    c: 'Nowhere'\n    return a\nmade = (f.__annotations__, f(2))\n",
    "a missing member that stays missing": "import enum\nclass E(enum.Enum):\n    A = 'a'\n    @classmethod\n    def _missing_(cls, value):\n        if value == 'x':\n            return 3\n        return cls.A if value == 'b' else None\nmade = [E('b').name]\nfor one in ('c', 'x'):\n    try:\n        made.append(E(one))\n    except (ValueError, TypeError) as error:\n        made.append(type(error).__name__)\n",
    "a module that is asked for its path": "import sys, types\nlazy = types.ModuleType('made_lazy')\nasked = []\ndef find(name):\n    asked.append(name)\n    if name == 'a':\n        return 1\n    raise AttributeError(name)\nlazy.__getattr__ = find\nlazy.b = 2\nsys.modules['made_lazy'] = lazy\nfrom made_lazy import a, b\nfrom made_lazy import b as again\nimport made_lazy as whole\nmade = (a, b, again, whole.a, asked, hasattr(whole, 'c'))\ndel sys.modules['made_lazy']\n",
    "an object of the shape of a protocol": "from typing import Protocol, runtime_checkable\n@runtime_checkable\nclass Named(Protocol):\n    name: str\n    def start(self): ...\nclass A:\n    name = 'a'\n    def start(self):\n        return 1\nclass B:\n    def __init__(self, on):\n        if on:\n            self.name = 'b'\n    def start(self):\n        return 2\nmade = ([isinstance(one, Named) for one in (A(), B(True), B(False), 3, {})], [one.start() for one in (A(), B(False), B(True)) if isinstance(one, Named)])\n",
    "fields of a dataclass with their types": "import dataclasses\n@dataclasses.dataclass\nclass A:\n    x: int\n    y: 'Nothing' = 'd'\n    z: list = dataclasses.field(default_factory=list, metadata={'k': 1})\nmade = [(f.name, f.type if isinstance(f.type, str) else f.type.__name__, f.default is dataclasses.MISSING, f.default_factory is list, dict(f.metadata)) for f in dataclasses.fields(A)]\n",
    "parts of a literal": "from typing import Annotated, Literal, get_args, get_origin\nA = Literal['a', 'b']\nB = Literal[A, 3]\nmade = (get_args(A), get_args(B), 'a' in get_args(A), get_origin(A) is Literal, get_origin(int), get_args(str), get_args(Annotated[int, 'x'])[1])\n",
    "contexts of variables": "import contextvars\na = contextvars.ContextVar('a', default=0)\nb = contextvars.ContextVar('b')\na.set(1)\ncopied = contextvars.copy_context()\na.set(2)\ndef f(x):\n    a.set(a.get() + x)\n    b.set('b')\n    return a.get(), b.get('none')\nmade = [copied.run(f, 10), a.get(), b.get('unset'), copied.run(f, 1), copied.run(b.get), contextvars.copy_context().run(a.get)]\n",
    "locks that are taken": "import asyncio, threading\nlock = threading.Lock()\nmade = [lock.locked()]\nwith lock:\n    made.append(lock.locked())\nmade.append(lock.locked())\nlock.acquire()\nmade.append(lock.locked())\nlock.release()\nasync def main():\n    inner = asyncio.Lock()\n    async with inner:\n        made.append(inner.locked())\n    return inner.locked()\nmade.append(asyncio.run(main()))\n",
    "functions that yield": "import inspect\ndef f():\n    yield 1\nasync def g():\n    yield 1\nasync def h():\n    pass\nclass C:\n    def m(self):\n        yield 1\nmade = [(inspect.isgeneratorfunction(one), inspect.isasyncgenfunction(one)) for one in (f, g, h, C, C().m, lambda: 1)]\n",
}
OF_THE_LANGUAGE |= {
    "an inequality of its own": "class T:\n    def __init__(self, text):\n        self.text = text\n    def __bool__(self):\n        return self.text != 'no'\nclass F:\n    def __eq__(self, other):\n        return T(f'=={other}')\n    def __ne__(self, other):\n        return T(f'!={other}')\nclass G:\n    def __eq__(self, other):\n        return T('no')\nclass H:\n    def __ne__(self, other):\n        return NotImplemented if other == 1 else 'h'\nf, g, h = F(), G(), H()\nmade = ((f == 1).text, (f != 2).text, (3 != f).text, g != 1, (g == g).text, h != 2, h != 1, h != h, [1] != [2], f is f)\n",
    "the names of a class": "class A:\n    pool = {'a': 1}\n    def __init_subclass__(cls):\n        merged = {}\n        for one in reversed(cls.__mro__):\n            merged.update(one.__dict__.get('pool', {}))\n        cls.pool = merged\nclass B(A):\n    pool = {'b': 2}\nclass C(B):\n    pool = {'a': 3}\nmade = (B.pool, C.pool, 'pool' in A.__dict__, A.__dict__['pool'], object.__dict__.get('x', 4), '__init__' in object.__dict__)\n",
    "names that an object says it has": "class A:\n    def __init__(self):\n        self.z = 1\n    def __dir__(self):\n        return ['b', 'a']\nmade = dir(A())\n",
}
OF_THE_LANGUAGE |= {
    "a lambda that the body of a class hands on": """
class Box:
    def __init__(self, make, size):
        self.make = make
try:
    class Held:
        box = Box(lambda: Agent(), float("no"))
    made = "made"
except ValueError:
    made = "bad"
""",
}

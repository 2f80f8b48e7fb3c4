# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs that the evaluation once decided otherwise than the real interpreter, made small.

Each gives ``made``; the text in front of it names what it shows.
"""

REGRESSIONS = {
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
    "a display with a key over others, by a flag": """
made = {"mode": "a"}
if os.environ["MODE"] == "production":
    made = {**made, "mode": "b"}
""",
}

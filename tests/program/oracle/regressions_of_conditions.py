# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs whose values the evaluation once gave under a condition that was not theirs.

As in `regressions`, each gives ``made``; variables and flags are open.
"""

OF_CONDITIONS = {
    "a cached function that a branch calls first": """
import functools
@functools.lru_cache
def f(x):
    return int(os.environ["LIMIT"])
on = os.environ["MODE"] == "test"
try:
    if on:
        f(1)
    made = f(1)
except Exception as error:
    made = ("bad", on, type(error).__name__)
""",
    "a cached function whose result is another where a branch calls it first": """
import functools
state = "before"
@functools.cache
def f():
    return state
if os.environ["MODE"] == "test":
    f()
state = "after"
made = f()
""",
    "two questions about the class of one value": """
class A:
    pass
class B:
    pass
class C:
    pass
from flagship import feature
held = [feature("a") and A() or B()][int(feature("b"))]
made = (isinstance(held, (A, C)), isinstance(held, (B, C)))
""",
    "the class of a number that may be anything": """
made = "bad"
try:
    number = float(os.environ["LIMIT"])
    made = (isinstance(number, (int, float)), isinstance(number, (list, tuple)))
except ValueError:
    pass
""",
    "blanks in the middle of a text": """
mode = os.environ["MODE"]
made = (f"x {mode}".strip(), f"{mode} y ".rstrip(), f" {mode}".lstrip(), f" a{mode}b ".strip(),
        f"{mode} y".lstrip(), f" {mode}{mode} ".strip())
""",
    "a name and a text that are spelled alike": """
mode = os.environ["MODE"]
made = (f"{mode}MODE" == "testMODE", f"MODE{mode}" == "testMODE")
""",
}
OF_CONDITIONS |= {
    "a return of a handler that an error of it comes behind": """
from flagship import feature, risky
def f():
    try:
        risky("a")
        return "made"
    except Exception:
        if feature("b"):
            return "early"
        int("x")
    finally:
        os.environ["MODE"] = "left"
    return "end"
try:
    made = f()
except ValueError:
    made = "not at all"
""",
    "an entry under a pair that is not decided": """
from flagship import feature
event = "other" if feature("a") else "stop"
moves = {("running", "stop"): "done", ("running", "fail"): "failed"}
pair = ("running", event)
made = (moves.get(pair), moves.get((event, "stop"), "none"), pair in moves)
""",
    "an entry under an object that is not decided": """
from flagship import feature
class Key:
    def __init__(self, name):
        self.name = name
    def __hash__(self):
        return 1
    def __eq__(self, other):
        return self.name == other.name
held = {Key("a"): 1, Key("b"): 2}
made = held.get(Key("c" if feature("a") else "b"), "none")
""",
    "an item of a list that may have none": """
try:
    made = "{0[0]}".format([str(n) for n in range(int(os.environ["LIMIT"]) % 5)])
    made = [n for n in range(int(os.environ["LIMIT"]) % 5)][0]
except IndexError:
    made = "none"
except ValueError:
    made = "no number"
""",
}
OF_CONDITIONS |= {
    "entries that are set and deleted under a pair that is not decided": """
from flagship import feature
a = "x" if feature("a") else "y"
one, other = {("x", 1): 1, ("y", 1): 2}, {("x", 1): 1, ("y", 1): 2}
one[a, 1] = 3
del other[a, 1]
made = (one[("x", 1)], one[a, 1], one, other.get(("x", 1)), ("y", 1) in other)
""",
    "an entry that is set under a key that nobody knows": """
held = {"test": 1, "other": 2}
held[os.environ["MODE"]] = 3
made = (held["test"], held["other"], held[os.environ["MODE"]])
""",
    "attributes that are set and deleted by names that are not decided": """
from flagship import feature
class Held:
    one = 1
    def __init__(self):
        self.two = self.three = 2
held = Held()
setattr(held, "one" if feature("a") else "two", "own")
delattr(held, "two" if feature("b") else "three")
setattr(held, os.environ["MODE"], 4)
made = (held.one, getattr(held, "two", "gone"), getattr(held, "three", "gone"))
""",
    "a field that some ways leave to its default": """
from dataclasses import dataclass, field
from flagship import feature
@dataclass
class Pool:
    size: int = 1
    names: list = field(default_factory=list)
given = {}
if feature("a"):
    given["names"] = ["own"]
if feature("b"):
    given["size"] = 5
pool = Pool(**given)
made = (pool.names, pool.size)
""",
    "stars over what is not decided": """
import asyncio
from flagship import feature
log = []
async def work(name):
    log.append(name)
    return name
async def every():
    jobs = [work("a"), work("b")] if feature("a") else [work("c")]
    return await asyncio.gather(*jobs)
def told(first, *rest, size=2, **more):
    return (first, rest, size, more)
made = (asyncio.run(every()), log, told(*(["x", "y"] if feature("b") else ["z"]),
        **({"size": 3} if feature("c") else {"k": 1})))
""",
    "dictionaries of which one may lack an entry": """
from flagship import feature
base, more = {"a": 1}, {"c": 3} if feature("a") else {"a": 0}
base.update(more)
made = (base == more, base == {"a": 1, "c": 3}, base != {"a": 0})
""",
}
OF_CONDITIONS |= {
    "items and entries that are taken out by what is not decided": """
from flagship import feature
held, numbers = {"a": 1, ("x", 1): 2}, [1, 2, 3]
try:
    made = held.pop("a" if feature("a") else "b")
except KeyError as error:
    made = error.args
try:
    numbers.remove(2 if feature("b") else 5)
    numbers.insert(1 if feature("c") else 0, "new")
except ValueError:
    made = (made, "not there")
made = (made, held, len(held), numbers, held.setdefault(("x", 1 if feature("a") else 2), "set"))
""",
    "an entry that nobody knows is taken out": """
held = {"test": 1, "other": 2}
try:
    held.pop(os.environ["MODE"])
    made = "out"
except KeyError:
    made = "not there"
made = (made, held.get("test"), "other" in held)
""",
    "a queue whose length is not decided": """
import collections
from flagship import feature
held = collections.deque([1, 2], maxlen=2 if feature("a") else 3)
held.append(3)
made = (list(held), len(held))
""",
}
OF_CONDITIONS |= {
    "variables that are perhaps set together": """
from flagship import feature
found = {"MODE": "1", "TAGS": "2"}
os.environ.update({k: v for k, v in found.items() if k == "MODE" and feature("a")})
os.environ |= {"LIMIT": "n"} if feature("b") else {}
made = (os.environ["MODE"], os.environ["LIMIT"], os.environ.get("TAGS"))
""",
}
OF_CONDITIONS |= {
    "keys of displays that are not decided": """
from flagship import feature
held = {"a": 1, "b": 2}
made = {**held, "a" if feature("a") else "c": 3}
more = {key: 4 for key in ("a", "b" if feature("b") else "c")}
last = {"a": 5, os.environ["MODE"]: 6}
made = (made, made.get("c"), more, last["a"], last.get("test"))
""",
    "a variable that is taken out by a name that is not decided": """
from flagship import feature
name = "MODE" if feature("a") else "TAGS"
os.environ["TAGS"] = "t"
before = name in os.environ
if feature("b"):
    os.environ.pop(name)
else:
    os.environ.setdefault(name, "d")
made = (before, os.getenv("MODE", "none"), os.getenv("TAGS", "none"))
""",
}
OF_CONDITIONS |= {
    "a stack of managers that is perhaps put aside": """
from contextlib import ExitStack
from flagship import feature
log = []
with ExitStack() as stack:
    stack.callback(log.append, "first")
    kept = stack.pop_all() if feature("a") else None
    stack.callback(log.append, "second")
    log.append("in")
log.append("between")
if kept:
    kept.close()
made = log
""",
    "two orders of the same": """first = os.environ['MODE']
made = [first > 'b', first < 'b', 'b' < first, first >= 'b', first <= 'b']
if first > 'b':
    made.append('after')
elif first < 'b':
    made.append('before')
""",
    "a length that only one way has": """x = 'ab' if os.environ['MODE'] == 'test' else 0
try:
    made = len(x)
except TypeError:
    made = 'none'
""",
}
OF_CONDITIONS |= {
    "keys whose order hangs on conditions": """
from flagship import feature
added, split, again = {}, {}, {"x": 1, "y": 2}
if feature("a"):
    added["x"] = 1
added["y"] = 2
added["x"] = 3
if feature("a"):
    split["x"] = 1
    split["y"] = 2
else:
    split["y"] = 2
    split["x"] = 3
if feature("b"):
    del again["x"]
    again["x"] = 4
made = [(list(one), str(one), next(iter(one.items())), list({**one, "z": 0}), list(one.copy()),
         sorted(one), len(one), [key for key in one], one.popitem())
        for one in (added, split, again)]
""",
    "keys that are put in anew where an error is caught": """
held = {"x": 1, "y": 2}
try:
    held["x"] = held.pop("x")
    if os.environ["MODE"] == "test":
        raise ValueError
except ValueError:
    pass
made = list(held)
""",
    "parts that start when what they need is there": """
from flagship import feature
parts = [
    {"name": "app", "after": ("db", "cache") if feature("b") else ("db",)},
    {"name": "cache", "after": ("db",)},
    {"name": "db", "after": ()},
]
def started(parts):
    made, left = {}, list(parts)
    while left:
        ready = [one for one in left if set(one["after"]) <= made.keys()]
        if not ready:
            raise RuntimeError([one["name"] for one in left])
        for one in ready:
            made[one["name"]] = len(made)
            left.remove(one)
    return made
made = list(started(parts))
""",
    "equal tuples of which one branch makes the other": """
from flagship import feature
def fresh():
    return (None, os.environ["MODE"])
one = fresh()
def call():
    return fresh() if feature("a") else one
first, second = call(), call()
made = (second is first, first is one, first is first)
""",
    "a manager that is perhaps entered, as an error comes": """
from contextlib import ExitStack, contextmanager
from flagship import feature
log = []
@contextmanager
def part(name):
    try:
        yield name
    finally:
        log.append(name)
try:
    with ExitStack() as stack:
        if feature("a"):
            stack.enter_context(part("b"))
        int("x")
    made = "after"
except ValueError:
    made = "bad"
""",
    "what does not ask for the order of keys": """
held = {}
if os.environ["MODE"] == "test":
    held["b"] = 1
held["a"] = 2
held["b"] = 3
made = [sorted(held), sorted(held.items()), sorted(held.keys(), reverse=True), min(held), max(held), min(held.values())]
made += [sorted(held, key=lambda key: held[key]), max(held, key=held.get), sum(held.values()), set(held) == {"a", "b"}]
made += [any(held), all(held.values()), dict(sorted(held.items())), frozenset(held.keys()) == {"a"}]
made += [sorted(held, key=lambda key: 1), max(held, key=lambda key: 1), min(held.items(), key=lambda one: 0)]
""",
}

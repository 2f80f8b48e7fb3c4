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

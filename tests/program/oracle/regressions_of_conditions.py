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

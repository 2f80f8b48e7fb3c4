"""Programs with undecided paths that the evaluation once left out, and several modules.

As in `regressions`, each gives ``made``; those of `MODULES` are files by their paths.
"""

OF_PATHS = {
    "a return that an error came before": """
on = os.environ["MODE"] == "test"
def f():
    try:
        int(os.environ["LIMIT"])
        if on:
            return "made"
    except ValueError:
        return "broken" if on else "out"
    return None
made = f()
""",
    "a return that a continue came before": """
on, off = os.environ["MODE"] == "test", os.environ["LIMIT"] == "8"
def f():
    for word in "ab":
        if off:
            continue
        if on:
            return "made"
    return ("both" if on else "none") if off else "neither"
made = f()
""",
    "a list that some rounds of a loop make longer": """
made = []
for word in os.getenv("MODE", "").split("x"):
    if not word:
        continue
    made.append("w")
""",
    "an error that may be none of a group's": """
made = []
try:
    try:
        made.append(int(os.environ["MODE"]))
    except* KeyError:
        made.append("key")
except Exception as error:
    made = type(error).__name__
""",
    "arguments behind a star of unknown length": """
def f(*args, **more):
    return (args, more)
def g(a, b=None, c=None):
    return (a, b, c)
words = os.environ["MODE"].split("x")
made = (f(*words, 1, k=2), g(0, *words[:1], 1))
""",
    "how many items another generator hands on": """
def f():
    yield 0
    yield from os.environ["MODE"].split("x")
    yield 1
made = (list(f()), len(list(f())) == 3)
""",
    "a member of an enumeration that takes what it does not have for another": """
import enum
class E(enum.Enum):
    A = "test"
    B = "b"
    @classmethod
    def _missing_(cls, value):
        return cls.B
made = E(os.environ["MODE"].replace("e", "e")).name
""",
    "one item that is not known, sorted": """
made = sorted([os.environ["MODE"]]), dict(sorted({"a": os.environ["MODE"].split("x")}.items()))
""",
    "a list of a class of its own over items that are not known": """
class Names(list):
    pass
class Own(dict):
    pass
n = Names(os.environ["MODE"].split("x"))
n.append("z")
d = Own(zip(os.environ["MODE"].split("x"), [1, 2]))
made = (len(n) > 0, "z" in n, list(n), dict(d), len(d))
""",
    "settings that nobody here can tell whether they are JSON": """
from pydantic_settings import BaseSettings
class S(BaseSettings):
    mode: list[str] = []
try:
    made = S().mode
except ValueError as error:
    made = type(error).__name__
""",
}
BRANCHES = """
import os
if os.environ["MODE"] == "test":
    only_here = 1
    made = "a"
else:
    made = "b"
"""
MODULES = {
    "a variable that the code perhaps sets before a file does": {
        ".env": "TAGS=from-file\nDATABASE_URL=from-file\n",
        "main.py": "import os\nfrom dotenv import load_dotenv\nfrom agno.agent import Agent\n"
        "if os.environ['MODE'] == 'test':\n    os.environ['TAGS'] = 'by-code'\nload_dotenv()\n"
        "Agent(metadata=(os.environ['TAGS'], os.environ['DATABASE_URL']))\n",
    },
    "a name that only one branch gives, taken by a star": {
        "store/__init__.py": "from .inner import *\n",
        "store/inner.py": BRANCHES,
        "main.py": "from agno.agent import Agent\nfrom store import *\nAgent(metadata=made)\n",
    },
    "a name that a star may put over another": {
        "store.py": BRANCHES.replace("made", "other").replace("only_here", "made"),
        "main.py": "from agno.agent import Agent\nmade = 0\nfrom store import *\n"
        "Agent(metadata=(made, other))\n",
    },
}

_AGENT = "import os\nfrom agno.agent import Agent\n"
MODULES |= {
    "a module that is run once more": {
        "state.py": "import os\nmode = os.environ['MODE']\nruns = globals().get('runs', 0) + 1\n",
        "main.py": f"{_AGENT}import importlib, state\nos.environ['MODE'] = 'later'\n"
        "again = importlib.reload(state)\n"
        "Agent(metadata=(state.mode, state.runs, again is state))\n",
    },
    "a module that is imported by its first name": {
        "held/__init__.py": "",
        "held/inner.py": "import os\nmode = os.environ['MODE']\n",
        "main.py": f"{_AGENT}first = __import__('held.inner')\n"
        "last = __import__('held.inner', fromlist=['mode'])\n"
        "Agent(metadata=(first.inner.mode, last.mode))\n",
    },
}

"""Programs with undecided paths that the evaluation once left out, and several modules.

As in `regressions`, each gives ``made``; those of `MODULES` are files by their paths.
"""

OF_PATHS = {
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

# ruff: noqa: E501 - programs as people write them
"""What the environment picks from a registry is called; what it leaves there is not."""

from pathlib import Path

import pytest

from readiness.program import Program
from readiness.project import Project
from tests.program.conftest import Make, environment, spelled

SHAPES = {
    "reg param deco class": {
        "app.py": """
R = {}
def register(env):
    def deco(cls):
        R[env] = cls
        return cls
    return deco
@register(env="production")
class Prod:
    def make(self):
        return Agent(db=PostgresDb(URL))
@register(env="test")
class Dev:
    def make(self):
        return Agent(db=InMemoryDb())
agent = R[os.environ["APP_ENV"]]().make()
""",
    },
    "reg param deco func": {
        "app.py": """
R = {}
def register(env):
    def deco(fn):
        R[env] = fn
        return fn
    return deco
@register("production")
def prod():
    return Agent(db=PostgresDb(URL))
@register("test")
def dev():
    return Agent(db=InMemoryDb())
agent = R[os.environ["APP_ENV"]]()
""",
    },
    "reg class based deco": {
        "app.py": """
class Registry:
    def __init__(self):
        self._items = {}
    def register(self, *names):
        def deco(cls):
            for n in names:
                self._items[n] = cls
            return cls
        return deco
    def get(self, name):
        return self._items[name]
REG = Registry()
@REG.register("production", "staging")
class Prod:
    def make(self):
        return Agent(db=PostgresDb(URL))
@REG.register("test", "dev")
class Dev:
    def make(self):
        return Agent(db=InMemoryDb())
agent = REG.get(os.environ["APP_ENV"])().make()
""",
    },
    "reg modules": {
        "app.py": """
from registry import lookup
import backends
agent = lookup(os.environ["APP_ENV"])().make()
""",
        "registry.py": """
@R = {}
def register(env):
    def deco(cls):
        R[env] = cls
        return cls
    return deco
def lookup(env):
    return R[env]
""",
        "backends/__init__.py": """
@from . import prod, dev
""",
        "backends/prod.py": """
from registry import register
@register("production")
class Prod:
    def make(self):
        return Agent(db=PostgresDb(URL))
""",
        "backends/dev.py": """
from registry import register
@register("test")
class Dev:
    def make(self):
        return Agent(db=InMemoryDb())
""",
    },
    "reg items loop": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
MAKERS = {"production": prod, "test": dev}
for name, make in MAKERS.items():
    if name == os.environ["APP_ENV"]:
        agent = make()
""",
    },
    "reg next gen": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
MAKERS = {"production": prod, "test": dev}
agent = next(make for name, make in MAKERS.items() if name == os.environ["APP_ENV"])()
""",
    },
    "reg list of pairs": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
MAKERS = [("production", prod), ("test", dev)]
agent = next(make for name, make in MAKERS if name == os.environ["APP_ENV"])()
""",
    },
    "reg tuple index": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
agent = (dev, prod)[os.environ["APP_ENV"] == "production"]()
""",
    },
    "reg list index": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
MAKERS = [dev, prod]
agent = MAKERS[int(os.environ["APP_ENV"] == "production")]()
""",
    },
    "reg subclasses": {
        "app.py": """
class Provider:
    env = None
class Prod(Provider):
    env = "production"
    def make(self):
        return Agent(db=PostgresDb(URL))
class Dev(Provider):
    env = "test"
    def make(self):
        return Agent(db=InMemoryDb())
def pick():
    for cls in Provider.__subclasses__():
        if cls.env == os.environ["APP_ENV"]:
            return cls()
    raise LookupError
agent = pick().make()
""",
    },
    "reg init subclass": {
        "app.py": """
class Provider:
    known = {}
    def __init_subclass__(cls, env, **kw):
        super().__init_subclass__(**kw)
        Provider.known[env] = cls
class Prod(Provider, env="production"):
    def make(self):
        return Agent(db=PostgresDb(URL))
class Dev(Provider, env="test"):
    def make(self):
        return Agent(db=InMemoryDb())
agent = Provider.known[os.environ["APP_ENV"]]().make()
""",
    },
    "reg meta": {
        "app.py": """
class Meta(type):
    known = {}
    def __new__(mcs, name, bases, ns):
        cls = super().__new__(mcs, name, bases, ns)
        if ns.get("env"):
            mcs.known[ns["env"]] = cls
        return cls
class Prod(metaclass=Meta):
    env = "production"
    def make(self):
        return Agent(db=PostgresDb(URL))
class Dev(metaclass=Meta):
    env = "test"
    def make(self):
        return Agent(db=InMemoryDb())
agent = Meta.known[os.environ["APP_ENV"]]().make()
""",
    },
    "reg bound methods": {
        "app.py": """
class Factory:
    def __init__(self):
        self.makers = {"production": self._prod, "test": self._dev}
    def _prod(self):
        return Agent(db=PostgresDb(URL))
    def _dev(self):
        return Agent(db=InMemoryDb())
    def make(self, env):
        return self.makers[env]()
agent = Factory().make(os.environ["APP_ENV"])
""",
    },
    "reg getattr known": {
        "app.py": """
class Factory:
    def make_production(self):
        return Agent(db=PostgresDb(URL))
    def make_test(self):
        return Agent(db=InMemoryDb())
    def make(self, env):
        return getattr(self, "make_" + env)()
agent = Factory().make(os.environ["APP_ENV"])
""",
    },
    "reg globals known": {
        "app.py": """
def make_production():
    return Agent(db=PostgresDb(URL))
def make_test():
    return Agent(db=InMemoryDb())
agent = globals()["make_" + os.environ["APP_ENV"]]()
""",
    },
    "reg dataclass spec": {
        "app.py": """
from dataclasses import dataclass
from typing import Callable
@dataclass
class Spec:
    name: str
    make: Callable
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
SPECS = [Spec("production", prod), Spec("test", dev)]
BY = {s.name: s for s in SPECS}
agent = BY[os.environ["APP_ENV"]].make()
""",
    },
    "reg instances": {
        "app.py": """
class Prod:
    def make(self):
        return Agent(db=PostgresDb(URL))
class Dev:
    def make(self):
        return Agent(db=InMemoryDb())
B = {"production": Prod(), "test": Dev()}
agent = B[os.environ["APP_ENV"]].make()
""",
    },
    "reg pkgutil discovery": {
        "app.py": """
import importlib, pkgutil
import plugins
from plugins.base import REG
for m in pkgutil.iter_modules(plugins.__path__):
    importlib.import_module("plugins." + m.name)
agent = REG[os.environ["APP_ENV"]]().build()
""",
        "plugins/__init__.py": "",
        "plugins/base.py": """
@REG = {}
class Plugin:
    env = ""
    def __init_subclass__(cls):
        REG[cls.env] = cls
""",
        "plugins/prod.py": """
from plugins.base import Plugin
class P(Plugin):
    env = "production"
    def build(self):
        return Agent(db=PostgresDb(URL))
""",
        "plugins/dev.py": """
from plugins.base import Plugin
class D(Plugin):
    env = "test"
    def build(self):
        return Agent(db=InMemoryDb())
""",
    },
    "reg filter classes": {
        "app.py": """
class Prod:
    env = "production"
    def make(self):
        return Agent(db=PostgresDb(URL))
class Dev:
    env = "test"
    def make(self):
        return Agent(db=InMemoryDb())
chosen = [c for c in (Prod, Dev) if c.env == os.environ["APP_ENV"]]
agent = chosen[0]().make()
""",
    },
    "reg lambda dict": {
        "app.py": """
agent = {"production": lambda: Agent(db=PostgresDb(URL)), "test": lambda: Agent(db=InMemoryDb())}[os.environ["APP_ENV"]]()
""",
    },
    "reg stack priority": {
        "app.py": """
R = []
def backend(pred):
    def deco(fn):
        R.append((pred, fn))
        return fn
    return deco
@backend(lambda: os.environ["APP_ENV"] == "production")
def prod():
    return Agent(db=PostgresDb(URL))
@backend(lambda: True)
def dev():
    return Agent(db=InMemoryDb())
agent = next(fn for pred, fn in R if pred())()
""",
    },
    "adv lazy route": {
        "app.py": """
from fastapi import FastAPI
app = FastAPI()
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
MAKERS = {"production": prod, "test": dev}
def get_agent():
    return MAKERS[os.environ["APP_ENV"]]()
@app.get("/chat")
def chat(q: str):
    return get_agent().run(q)
get_agent()
""",
    },
    "adv chain dead": {
        "app.py": """
def memory_agent():
    return Agent(db=InMemoryDb())
def dev():
    return memory_agent()
def prod():
    return Agent(db=PostgresDb(URL))
agent = prod() if os.environ["APP_ENV"] == "production" else dev()
""",
    },
    "adv chain registry": {
        "app.py": """
def memory_agent():
    return Agent(db=InMemoryDb())
def dev():
    return memory_agent()
def prod():
    return Agent(db=PostgresDb(URL))
M = {"production": lambda: prod(), "test": lambda: dev()}
agent = M[os.environ["APP_ENV"]]()
""",
    },
    "adv loop all": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
M = {"production": prod, "test": dev}
agents = [make() for make in M.values()]
""",
    },
    "adv loop not": {
        "app.py": """
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
M = {"production": prod, "test": dev}
for name, make in M.items():
    if name != os.environ["APP_ENV"]:
        make()
""",
    },
    "adv thread": {
        "app.py": """
import threading
def prod():
    return Agent(db=PostgresDb(URL))
def dev():
    return Agent(db=InMemoryDb())
M = {"production": prod, "test": dev}
M[os.environ["APP_ENV"]]()
t = threading.Thread(target=dev)
t.start(); t.join()
""",
    },
    "reg modules of a folder": {
        "backend/app.py": """
import importlib
mod = importlib.import_module("backends." + os.environ["APP_ENV"])
agent = mod.make()
""",
        "backend/backends/__init__.py": "",
        "backend/backends/production.py": """
def make():
    return Agent(db=PostgresDb(URL))
""",
        "backend/backends/test.py": """
def make():
    return Agent(db=InMemoryDb())
""",
    },
    "reg named modules of a folder": {
        "backend/app.py": """
import importlib
MAKERS = {"production": "backends.durable", "test": "backends.volatile"}
mod = importlib.import_module(MAKERS[os.environ["APP_ENV"]])
agent = mod.make()
""",
        "backend/backends/__init__.py": "",
        "backend/backends/durable.py": """
def make():
    return Agent(db=PostgresDb(URL))
""",
        "backend/backends/volatile.py": """
def make():
    return Agent(db=InMemoryDb())
""",
    },
}
CASES = [
    ("reg param deco class", {"APP_ENV": "production"}, "durable"),
    ("reg param deco class", {"APP_ENV": "test"}, "volatile"),
    ("reg param deco func", {"APP_ENV": "production"}, "durable"),
    ("reg param deco func", {"APP_ENV": "test"}, "volatile"),
    ("reg class based deco", {"APP_ENV": "production"}, "durable"),
    ("reg class based deco", {"APP_ENV": "test"}, "volatile"),
    ("reg modules", {"APP_ENV": "production"}, "durable"),
    ("reg modules", {"APP_ENV": "test"}, "volatile"),
    ("reg items loop", {"APP_ENV": "production"}, "durable"),
    ("reg items loop", {"APP_ENV": "test"}, "volatile"),
    ("reg next gen", {"APP_ENV": "production"}, "durable"),
    ("reg next gen", {"APP_ENV": "test"}, "volatile"),
    ("reg list of pairs", {"APP_ENV": "production"}, "durable"),
    ("reg list of pairs", {"APP_ENV": "test"}, "volatile"),
    ("reg tuple index", {"APP_ENV": "production"}, "durable"),
    ("reg tuple index", {"APP_ENV": "test"}, "volatile"),
    ("reg list index", {"APP_ENV": "production"}, "durable"),
    ("reg list index", {"APP_ENV": "test"}, "volatile"),
    ("reg subclasses", {"APP_ENV": "production"}, "durable"),
    ("reg subclasses", {"APP_ENV": "test"}, "volatile"),
    ("reg init subclass", {"APP_ENV": "production"}, "durable"),
    ("reg init subclass", {"APP_ENV": "test"}, "volatile"),
    ("reg meta", {"APP_ENV": "production"}, "durable"),
    ("reg meta", {"APP_ENV": "test"}, "volatile"),
    ("reg bound methods", {"APP_ENV": "production"}, "durable"),
    ("reg bound methods", {"APP_ENV": "test"}, "volatile"),
    ("reg getattr known", {"APP_ENV": "production"}, "durable"),
    ("reg getattr known", {"APP_ENV": "test"}, "volatile"),
    ("reg globals known", {"APP_ENV": "production"}, "durable"),
    ("reg globals known", {"APP_ENV": "test"}, "volatile"),
    ("reg dataclass spec", {"APP_ENV": "production"}, "durable"),
    ("reg dataclass spec", {"APP_ENV": "test"}, "volatile"),
    ("reg instances", {"APP_ENV": "production"}, "durable"),
    ("reg instances", {"APP_ENV": "test"}, "volatile"),
    ("reg pkgutil discovery", {"APP_ENV": "production"}, "durable"),
    ("reg pkgutil discovery", {"APP_ENV": "test"}, "volatile"),
    ("reg filter classes", {"APP_ENV": "production"}, "durable"),
    ("reg filter classes", {"APP_ENV": "test"}, "volatile"),
    ("reg lambda dict", {"APP_ENV": "production"}, "durable"),
    ("reg lambda dict", {"APP_ENV": "test"}, "volatile"),
    ("reg stack priority", {"APP_ENV": "production"}, "durable"),
    ("reg stack priority", {"APP_ENV": "test"}, "volatile"),
    ("reg modules of a folder", {"APP_ENV": "production"}, "durable"),
    ("reg modules of a folder", {"APP_ENV": "test"}, "volatile"),
    ("reg named modules of a folder", {"APP_ENV": "production"}, "durable"),
    ("reg named modules of a folder", {"APP_ENV": "test"}, "volatile"),
    ("adv lazy route", {"APP_ENV": "production"}, "durable"),
    ("adv lazy route", {"APP_ENV": "test"}, "volatile"),
    ("adv chain dead", {"APP_ENV": "production"}, "durable"),
    ("adv chain dead", {"APP_ENV": "test"}, "volatile"),
    ("adv chain registry", {"APP_ENV": "production"}, "durable"),
    ("adv chain registry", {"APP_ENV": "test"}, "volatile"),
    ("adv loop all", {"APP_ENV": "production"}, "durable volatile"),
    ("adv loop not", {"APP_ENV": "production"}, "volatile"),
    ("adv thread", {"APP_ENV": "production"}, "durable volatile"),
]


@pytest.mark.parametrize(("shape", "variables", "expected"), CASES)
def test_what_a_registry_leaves_is_not_called(
    program: Make, shape: str, variables: dict[str, str | None], expected: str
) -> None:
    made = program("", variables, head=False, files=spelled(SHAPES[shape]))

    assert " ".join(one.db for one in made.agents()) == expected


HEAD = """
def prod(ctx=None):
    return Agent(db=PostgresDb("postgresql://h/d"))


def dev(ctx=None):
    return Agent(db=InMemoryDb())


MAKERS = {"production": prod, "test": dev}


def pick(kind):
    return MAKERS[kind]


pick(os.environ["APP_ENV"])()
"""
OTHERS = {
    "a request picks": ("def handle(request):\n    return MAKERS[request.kind]()", True),
    "a request asks a function": ("def handle(request):\n    return pick(request.kind)()", True),
    "it is handed out": ("def makers():\n    return dict(MAKERS)", True),
    "a list that others read": ("class WorkerSettings:\n    functions = [prod, dev]", True),
    "an object of a library": ("Agent(db=PostgresDb('postgresql://h/d'), tools=[dev])", True),
    "an attribute of something": ("import bolt\nbolt.App().on_message = dev", True),
    "an item of something": ("import bolt\nbolt.App()['job'] = dev", True),
    "a generator": ("def every():\n    yield from MAKERS.values()", True),
    "an object that is a dictionary": (
        "class Own(dict): ...\nOWN = Own(MAKERS)\nOWN[os.environ['APP_ENV']]()\n"
        "def ask(name):\n    OWN[name]()", True),
    "a local registry": (
        "import bolt\ndef begin():\n    own = {'a': prod, 'b': dev}\n    own['a']()\n"
        "    @bolt.route\n    def ask(name):\n        own[name]()\nbegin()", True),
    "a local registry that nobody else sees": (
        "def begin():\n    own = {'a': prod, 'b': dev}\n    own['a']()\nbegin()", False),
    "a second registry": ("PREVIEW = {'a': dev}", True),
    "an unknown index": ("import random\n[prod, dev][random.randrange(2)]()", True),
    "another name": ("preview = dev\ndef handle(request):\n    return preview()", True),
    "a class": ("class Bot:\n    pass\nBot.preview = dev", True),
    "a property": ("class Bot:\n    preview = property(dev)", True),
    "the end of the process": ("import atexit\natexit.register(dev)", True),
    "a hook of Python": ("import sys\nsys.excepthook = dev", True),
    "a command": ("import click\nclick.command('dev')(dev)", True),
    "a thread": ("import threading\nthreading.Timer(5, dev).start()", True),
    "another name that nobody uses": ("preview = dev", False),
    "a request picks the other": ("def handle(request):\n    return prod()", False),
    "a known index": ("[prod, dev][0]()", False),
    "a loop that picks": ("for name, make in MAKERS.items():\n"
                          "    if name == os.environ['APP_ENV']:\n        make()", False),
    "a list of the other": ("class WorkerSettings:\n    functions = [prod]", False),
}  # fmt: skip


@pytest.mark.parametrize(("more", "reached"), OTHERS.values(), ids=OTHERS)
def test_what_others_may_take_from_a_registry_is_judged(
    program: Make, *, more: str, reached: bool
) -> None:
    made = program(HEAD + more, {"APP_ENV": "production"})

    assert ({one.db for one in made.agents()} != {"durable"}) is reached


def test_a_lambda_that_nobody_calls_here_is_entered(program: Make) -> None:
    source = "import web\nweb.route('/', lambda q: Agent(db={}).run(q))\n"

    volatile = program(source.format("InMemoryDb()"), {}).agents()
    durable = program(source.format("PostgresDb('postgresql://h/d')"), {}).agents()

    assert [one.db for one in (*volatile, *durable)] == ["volatile", "durable"]


BACKENDS = {
    "backends/__init__.py": "",
    "backends/production.py": "def make():\n    return Agent(db=PostgresDb('postgresql://h/d'))\n",
    "backends/other.py": "def make():\n    return Agent(db=InMemoryDb())\n",
}


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ("", ["durable"]),
        ("import backends.other", ["durable", "volatile"]),
        (
            "def ask(kind):\n    return importlib.import_module('backends.' + kind).make()",
            ["durable", "volatile"],
        ),
    ],
)
def test_a_module_that_the_environment_does_not_name_is_passed_over(
    program: Make, more: str, label: list[str]
) -> None:
    source = "import importlib\nmade = importlib.import_module('backends.' + {})\nmade.make()\n"
    files = spelled(BACKENDS)

    made = program(source.format("os.environ['APP_ENV']") + more, {"APP_ENV": "production"},
                   files=files)  # fmt: skip
    whole = program(source.format("'production'"), {}, files=files)

    assert sorted(one.db for one in made.agents()) == label
    assert sorted(one.db for one in whole.agents()) == ["durable", "volatile"]


@pytest.mark.parametrize(("base", "volatile"), [("Dev", 1), ("Prod", 0), ("Dev, some.Cog", 1)])
def test_a_class_that_is_built_upon_is_not_left(program: Make, base: str, volatile: int) -> None:
    source = (
        "import some\nclass Prod:\n    def make(self):\n"
        "        return Agent(db=PostgresDb('postgresql://h/d'))\n"
        "class Dev:\n    def make(self):\n        return Agent(db=InMemoryDb())\n"
        "BACKENDS = {'production': Prod, 'test': Dev}\n"
        f"BACKENDS[os.environ['APP_ENV']]().make()\nclass Preview({base}):\n    pass\n"
    )

    made = program(source, {"APP_ENV": "production"})

    assert [one.db for one in made.agents()].count("volatile") == volatile


WORKER = "import importlib\nimportlib.import_module(f'work.{os.environ[\"ROLE\"]}')\n"
STARTED = {
    "the deployment": ({}, ("app.py", "work/other.py")),
    "a file of data": ({"jobs.yaml": "worker: work.other:agent\n"}, ()),
    "a script": ({"start.sh": "python work/other.py\n"}, ()),
    "a name in a call": ({"go.py": "\n@import runpy\nrunpy.run_module('work.other')\n"}, ()),
    "a function that nobody called": (
        {"go.py": "def begin():\n    from work import other\n    return other\n"}, ()),
    "itself": ({"work/other.py": "agent = Agent(db=InMemoryDb())\n"
                "if __name__ == '__main__':\n    agent.run('x')\n"}, ()),
    "what asks for the others": (
        {"work/other.py": f"{WORKER}agent = Agent(db=InMemoryDb())\n", "app.py": ""}, ()),
}  # fmt: skip


@pytest.mark.parametrize(("more", "entries"), STARTED.values(), ids=STARTED)
def test_a_module_that_something_else_starts_is_judged(
    program: Make, more: dict[str, str], entries: tuple[str, ...]
) -> None:
    files = {
        "app.py": WORKER,
        "work/__init__.py": "",
        "work/web.py": "agent = Agent(db=PostgresDb('postgresql://h/d'))\n",
        "work/other.py": "agent = Agent(db=InMemoryDb())\n",
    }

    def judged(told: dict[str, str], entry_points: tuple[str, ...] = ()) -> set[str]:
        made = program("", {"ROLE": "web"}, files=spelled(told), entry_points=entry_points)
        return {one.db for one in made.agents()}

    assert judged(files) == {"durable"}
    assert judged(files | more, entries) == {"durable", "volatile"}


SPELLED = """import importlib
BACKENDS = {"production": "backends.production:make", "test": "backends.other:make"}

def load(kind):
    module, _, name = BACKENDS[kind].partition(":")
    return getattr(importlib.import_module(module), name)()

agent = load(os.environ["APP_ENV"])
"""
PASSED_OVER: dict[str, tuple[str, dict[str, str]]] = {
    "nothing else": ("", {}),
    "a look at its names": (
        "if os.environ['APP_ENV'] not in BACKENDS:\n    raise SystemExit(sorted(BACKENDS))\n", {}),
    "a main function": ("def main():\n    load(os.environ['APP_ENV'])\nmain()\n", {}),
}  # fmt: skip
MAY_ASK: dict[str, tuple[str, dict[str, str]]] = {
    "a request": (
        "import some\n@some.route\ndef ask(kind):\n    return load(kind)\n", {}),
    "a request that the code makes itself, too": (
        "import some\n@some.route\ndef ask(kind):\n    return load(kind)\nask('production')\n", {}),
    "a file that is not run": ("", {"go.py": "\n@def go(its, kind):\n    return its.load(kind)\n"}),
    "a request with a default": (
        "def again(kind='production'):\n    return load(kind)\nagain()\n"
        "def ask(body):\n    return again(body)\n", {}),
    "another name": ("other = load\ndef ask(kind):\n    return other(kind)\n", {}),
    "another name of the dictionary": ("KINDS = BACKENDS\n", {}),
    "what is in it": ("def every():\n    return [one for one in BACKENDS.values()]\n", {}),
    "unknown code": ("import some\nsome.give(BACKENDS)\n", {}),
    "a list of functions": ("some = [load]\n", {}),
    "a second place": ("DEFAULT = 'backends.other:make'\n", {}),
    "an import": ("", {"go.py": "from backends import other\n"}),
    "an import in several lines": (
        "def dev():\n    from backends import (\n        other,\n    )\n    return other\n", {}),
    "another file": ("", {"go.py": "import app as its\ndef go(kind):\n    its.load(kind)\n"}),
    "a file of data": ("", {"jobs.yaml": "start: backends.other:make\n"}),
    "an unknown name": ("import some\nimportlib.import_module(some.thing())\n", {}),
    "an object": (
        "class Loader:\n    def __init__(self, kind):\n        self.it = load(kind)\n"
        "Loader('production')\ndef ask(kind):\n    return Loader(kind)\n", {}),
}  # fmt: skip


INSIDE = {
    "a class": """import importlib
class loader:
    NAMES = {"production": "backends.production:make", "test": "backends.other:make"}
    @classmethod
    def fetch(cls, kind):
        module, _, name = cls.NAMES[kind].partition(":")
        return getattr(importlib.import_module(module), name)()
agent = loader.fetch(os.environ["APP_ENV"])
""",
    "an object": """import importlib
class Loader:
    def __init__(self):
        self.names = {"production": "backends.production:make", "test": "backends.other:make"}
    def fetch(self, kind):
        module, _, name = self.names[kind].partition(":")
        return getattr(importlib.import_module(module), name)()
loader = Loader()
agent = loader.fetch(os.environ["APP_ENV"])
""",
    "a function": """import importlib
class loader:
    @staticmethod
    def fetch(kind):
        names = {"production": "backends.production:make", "test": "backends.other:make"}
        module, _, name = names[kind].partition(":")
        return getattr(importlib.import_module(module), name)()
agent = loader.fetch(os.environ["APP_ENV"])
""",
}
ASKED = {
    "nothing": ("", {"durable"}),
    "another class": ("class Other:\n    def load(self, kind):\n        return kind\n",
                      {"durable"}),
    "a request": ("def ask(kind):\n    return loader.fetch(kind)\n", {"durable", "volatile"}),
    "a request by name": ("def ask(name, kind):\n    return getattr(loader, name)(kind)\n",
                          {"durable", "volatile"}),
    "unknown code": ("import some\nsome.give(loader)\n", {"durable", "volatile"}),
    "what unknown code is given": ("import some\nsome.give(loader.fetch)\n",
                                   {"durable", "volatile"}),
    "another name": ("its = loader.fetch\ndef ask(kind):\n    return its(kind)\n",
                     {"durable", "volatile"}),
}  # fmt: skip


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("asked", ASKED)
def test_a_dictionary_in_a_class_or_a_function_is_looked_at_too(
    program: Make, inside: str, asked: str
) -> None:
    more, label = ASKED[asked]

    made = program(INSIDE[inside] + more, {"APP_ENV": "production"}, files=spelled(BACKENDS))

    assert {one.db for one in made.agents()} == label


@pytest.mark.parametrize(
    ("more", "files", "label"),
    [(*one, {"durable"}) for one in PASSED_OVER.values()]
    + [(*one, {"durable", "volatile"}) for one in MAY_ASK.values()],
    ids=[*PASSED_OVER, *MAY_ASK],
)
def test_a_module_is_passed_over_whose_name_a_dictionary_has_for_another_environment(
    program: Make, more: str, files: dict[str, str], label: set[str]
) -> None:
    told = spelled(BACKENDS | files)

    made = program(SPELLED + more, {"APP_ENV": "production"}, files=told)
    other = program(SPELLED + more, {"APP_ENV": "test"}, files=told)

    assert {one.db for one in made.agents()} == label
    assert "volatile" in {one.db for one in other.agents()}


def test_a_file_that_cannot_be_read_may_ask_for_any_module(tmp_path: Path) -> None:
    texts = spelled(BACKENDS | {"app.py": SPELLED})
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "large.py").write_text("x = 1\n" * 200_000)

    made = Program(Project.open(tmp_path), environment({"APP_ENV": "production"}))

    assert {one.db for one in made.agents()} == {"durable", "volatile"}


@pytest.mark.parametrize(
    ("alias", "others"),
    [
        ("other = {}\n", 0),
        ("other = R\nif lib.x():\n    other = {}\n", 1),
        ("other = lib.x() and R\n", 1),
    ],
)
def test_a_registry_that_has_another_name_under_a_condition_is_reached_by_it(
    program: Make, alias: str, others: int
) -> None:
    source = (
        "import lib\ndef prod():\n    return Agent(db=PostgresDb('postgresql://h/d'))\n"
        "def dev():\n    return Agent(db=InMemoryDb())\nR = {'production': prod, 'test': dev}\n"
        f"R[os.environ['APP_ENV']]()\n{alias}def ask(kind):\n    return other[kind]()\n"
    )

    found = [one.db for one in program(source, {"APP_ENV": "production"}).agents()]

    assert found[0] == "durable"
    assert len(found) == 1 + others


@pytest.mark.parametrize(
    ("head", "modes"),
    [("", ["require"]), ("from backends import make\nassert make\n", [None, "require"])],
)
def test_a_module_that_the_environment_does_not_name_is_left_out_of_its_own_package(
    program: Make, head: str, modes: list[str | None]
) -> None:
    backend = (
        "from sqlalchemy import create_engine\ndef build(url):\n    return create_engine(url)\n"
    )
    files = {
        "backends/__init__.py": "import os\nfrom importlib import import_module\n"
        "def make(url):\n    kind = os.environ['KIND']\n"
        "    return import_module(f'backends.{kind}').build(url)\n",
        "backends/plain.py": backend,
        "backends/other.py": head + backend,
    }
    source = "from backends import make\nengine = make('postgresql://a@db/x?sslmode=require')\n"

    made = program(source, {"KIND": "plain"}, head=False, files=files)

    assert sorted((one.sslmode for one in made.engines()), key=str) == sorted(modes, key=str)

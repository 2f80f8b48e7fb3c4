# ruff: noqa: E501 - the lines of the programs are as long as they are
"""How agents come to hold what a construct made, and flags that nobody here knows."""

AGENTS = (
    "agent$ = Agent(db=held(made$), metadata=made$)",
    "agent$ = Agent(db=<db>, metadata=made$)\nif <test>:\n    agent$.db = held(made$)",
    'agent$ = Agent(metadata=made$)\nsetattr(agent$, "db", held(made$))',
    'agent$ = Agent(**{"name": <str>, "db": held(made$), "metadata": made$})',
    "if <test>:\n    agent$ = Agent(db=held(made$), metadata=made$)\nelse:\n    agent$ = Agent(db=<db>, metadata=made$)",
    "class Own$(Agent):\n    def __init__(self, db=None, **rest):\n        super().__init__(db=db or held(made$), **rest)\nagent$ = Own$(db=<db>, metadata=made$)",
    "def build$(db=None, **more):\n    return Agent(db=db, metadata=made$, **more)\nagent$ = build$(held(made$), name=<str>)",
    "agents$ = [Agent(db=held(made$), metadata=made$, name=n) for n in ('a', 'b')]",
    "agents$ = {}\nfor n$ in ('a', 'b'):\n    agents$[n$] = Agent(db=held(made$), metadata=(n$, made$))",
    "agent$ = functools.partial(Agent, db=held(made$))(metadata=made$)",
    "agent$ = Agent(db=made$ or None, metadata=None)\nagent$.metadata = made$",
)
HELD = """
def held(value):
    return value if isinstance(value, (InMemoryDb, PostgresDb)) else None
"""
ASKING = {
    "risky": """
def f$():
    try:
        made = <any>
        risky("<flag>")
        if <test>:
            return made
        made = <any>
    except Exception:
        if <test>:
            return <any>
        made = <any>
    finally:
        os.environ["MODE"] = "<word>"
    return made
made$ = f$()
""",
    "asked": """
made$ = <any>
if feature("<flag>"):
    made$ = <any>
elif <test> and feature("<flag>"):
    made$ = <any>
""",
    "undecided loop": """
made$ = <any>
for word$ in ("a", "b"):
    if feature("<flag>"):
        continue
    if <test>:
        made$ = <any>
        break
    made$ = <any>
else:
    made$ = <any>
""",
    "undecided container": """
l$ = ["a"]
d$ = {"k": 1}
if feature("<flag>"):
    l$.append("b")
    d$["n"] = 2
    d$.pop("k")
if feature("<flag>"):
    l$.insert(0, <str>)
    l$ += ["z"]
made$ = (l$, d$, len(l$), "b" in l$, "k" in d$, [w for w in l$ if w != "a"], d$.get("n", 0))
""",
    "undecided object": """
class C$:
    x = 1
    def __init__(self):
        self.log = []
c$ = C$()
if feature("<flag>"):
    c$.x = <any>
    c$.log.append("one")
else:
    C$.x = <any>
if feature("<flag>"):
    c$.log.append("two")
made$ = (c$.x, c$.log, C$.x)
""",
    "undecided function": """
if feature("<flag>"):
    def f$(x=1):
        return <any>
else:
    f$ = lambda x=2: x
class A$:
    v = <str>
class B$(A$):
    v = <str>
made$ = (f$(), (A$ if feature("<flag>") else B$)().v)
""",
    "undecided writes": """
if feature("<flag>"):
    os.environ["<name>"] = <str>
if feature("<flag>"):
    os.environ.pop("<name>", None)
os.environ.setdefault("<name>", "<word>")
made$ = (os.getenv("<name>"), <optional>, "<name>" in os.environ)
""",
    "undecided raise": """
class E$(Exception):
    pass
made$ = []
try:
    if feature("<flag>"):
        raise E$("x")
    made$.append(1)
    if feature("<flag>"):
        raise KeyError("k")
    made$.append(2)
except E$:
    made$.append("e")
except LookupError:
    made$.append("l")
finally:
    made$.append("f")
""",
    "undecided while": """
n$, made$ = 0, []
while n$ < 3:
    n$ += 1
    if feature("<flag>"):
        break
    made$.append(n$)
else:
    made$.append("else")
""",
    "undecided generator": """
def f$():
    yield 1
    if feature("<flag>"):
        yield 2
        return
    yield 3
made$ = list(f$())
""",
    "undecided swallow": """
import contextlib
made$ = 0
with contextlib.suppress(OSError):
    risky("<flag>")
    made$ = 1
    risky("<flag>")
    made$ = 2
""",
    "undecided match": """
match ("a" if feature("<flag>") else "b", feature("<flag>")):
    case ("a", True):
        made$ = <any>
    case ("a", _):
        made$ = <any>
    case (x$, False):
        made$ = x$
    case _:
        made$ = <any>
""",
    "undecided arguments": """
def f$(a=1, *rest, k=2, **more):
    return (a, rest, k, more)
args$ = [1, 2] if feature("<flag>") else []
keywords$ = {"k": 5} if feature("<flag>") else {"z": <str>}
made$ = f$(*args$, **keywords$)
""",
    "undecided sort": """
l$ = ["b", "a", "c" if feature("<flag>") else "0"]
made$ = (sorted(l$), max(l$), l$.index("a"), "".join(l$), l$[1:], dict.fromkeys(l$, 1), set(l$))
""",
    "undecided early return": """
def f$():
    if feature("<flag>"):
        return <any>
    for w in <list>:
        if feature("<flag>"):
            return w
    return <any>
made$ = f$()
""",
    "undecided cache": """
@functools.lru_cache
def f$(x):
    return <any>
if feature("<flag>"):
    f$(1)
    os.environ["MODE"] = "changed"
made$ = (f$(1), os.getenv("MODE"))
""",
    "undecided alias": """
a$, b$ = ["a"], ["b"]
c$ = a$ if feature("<flag>") else b$
c$.append(<str>)
x$ = {"l": c$}
x$["l"].append("y")
made$ = (a$, b$, c$, c$ is a$)
""",
    "undecided delete": """
d$ = {"a": 1, "b": 2}
if feature("<flag>"):
    del d$["a"]
try:
    made$ = d$["a"]
except KeyError:
    made$ = "gone"
made$ = (made$, list(d$), len(d$), {**d$, "c": 3})
""",
    "undecided number": """
n$ = 5 if feature("<flag>") else 10
m$ = n$ * 2 + (1 if feature("<flag>") else 0)
made$ = (m$, m$ > 11, f"{m$}", [0] * (n$ // 5), range(n$)[-1], "big" if m$ >= 20 else "small", n$ if m$ == 21 else m$)
""",
    "undecided int": """
try:
    size$ = int(os.environ.get("LIMIT", "5"))
except ValueError:
    size$ = "bad"
made$ = (size$, "many" if isinstance(size$, int) and size$ > 3 else "few")
""",
    "undecided read": """
mode$ = os.environ.get("MODE", "dev")
made$ = {"production": <any>, "test": <any>}.get(mode$, <any>)
if mode$ in ("1", "true"):
    made$ = <any>
if mode$.lower() == "PROD".lower():
    made$ = "prod"
""",
}

# ruff: noqa: E501 - the lines of the programs are as long as they are
"""What hangs on flags that nobody here knows, and then goes through the rest of the language."""

UNDECIDED = {
    "undecided key": """
a$ = "x" if feature("<flag>") else "y"
b$ = 1 if feature("<flag>") else 2
d$ = {("x", 1): <any>, ("y", 2): <any>, "x": 3, "y": 4, 1: "one"}
d$[a$] = <str>
d$[a$, b$] = "pair"
made$ = (d$.get((a$, b$), "none"), d$[a$], d$.get(b$), (a$, 2) in d$, len(d$), d$.setdefault(a$, "never"), d$.pop(b$, "gone"), sorted(map(str, d$)))
""",
    "undecided members of a set": """
s$ = {"a", "b" if feature("<flag>") else "c"}
t$ = s$ | {"b"} if feature("<flag>") else s$ - {"a"}
made$ = (len(s$), "b" in s$, sorted(t$), s$ <= {"a", "b", "c"}, s$ == {"a", "b"}, t$ & {"a"} == set(), frozenset(s$) == s$)
""",
    "undecided order": """
rows$ = [(2 if feature("<flag>") else 5, "a"), (3, <str>), (4, "c")]
made$ = ([name for _, name in sorted(rows$)], max(rows$)[1], min(rows$, key=lambda r: (r[0] % 3, r[1]))[1], sorted(rows$, key=operator.itemgetter(0), reverse=True)[0][1], rows$[0] < rows$[1], rows$.index(max(rows$)))
""",
    "undecided attribute": """
class C$:
    one = <any>
    two = <any>
    def set(self, name, value):
        setattr(self, name, value)
        return self
name$ = "one" if feature("<flag>") else "two" if feature("<flag>") else "three"
c$ = C$().set(name$, "own")
made$ = (getattr(c$, name$), c$.one, c$.two, getattr(C$, name$, "none"), hasattr(C$, name$), sorted(vars(c$)))
""",
    "undecided variable name": """
name$ = "MODE" if feature("<flag>") else "TAGS"
os.environ[name$] = <str>
before$ = (os.getenv("MODE"), os.getenv("TAGS"), os.environ.get(name$), name$ in os.environ)
if feature("<flag>"):
    os.environ.pop(name$)
made$ = (before$, os.getenv("MODE"), os.getenv("TAGS", "none"), [k for k in ("MODE", "TAGS") if k in os.environ])
""",
    "undecided class": """
class Base$:
    kind = "base"
    def __init__(self, x=<any>):
        self.x = x
    def show(self):
        return (self.kind, self.x)
if feature("<flag>"):
    class Own$(Base$):
        kind = "first"
        def __init__(self):
            super().__init__("one")
else:
    class Own$(Base$):
        @property
        def kind(self):
            return "second" if feature("<flag>") else "third"
o$ = Own$()
made$ = (o$.show(), isinstance(o$, Base$), type(o$).__name__, Own$.__bases__[0] is Base$)
""",
    "undecided error": """
class One$(Exception):
    pass
class Two$(One$):
    pass
log$ = []
def f$():
    try:
        raise (One$("a") if feature("<flag>") else Two$("b") if feature("<flag>") else KeyError("k"))
    except Two$ as error:
        log$.append(("two", error.args))
        if feature("<flag>"):
            raise
        return "two"
    except One$:
        log$.append("one")
    else:
        log$.append("never")
    finally:
        log$.append("finally")
        if feature("<flag>"):
            return "left"
    return "end"
try:
    made$ = f$()
except Exception as error$:
    made$ = type(error$).__name__
made$ = (made$, log$)
""",
    "undecided ways out": """
log$ = []
def f$():
    for n in range(3):
        try:
            if feature("a") and n == 1:
                return ("a", n)
            if feature("b"):
                continue
            if feature("c") and n == 2:
                break
            log$.append(n)
        except ValueError:
            log$.append("never")
        else:
            log$.append(("else", n))
        finally:
            log$.append(("finally", n))
            if n == <n> and feature("<flag>"):
                return "overridden"
    else:
        return "through"
    return "broken"
made$ = (f$(), log$)
""",
    "undecided handler": """
log$ = []
def f$(x):
    try:
        risky("<flag>")
        x = int(x)
        risky("<flag>")
    except OSError:
        if feature("<flag>"):
            return "early"
        x = len(x)
    except ValueError:
        if feature("<flag>"):
            raise
        log$.append("value")
    finally:
        log$.append(x)
    return x
try:
    made$ = f$(<str>)
except ValueError:
    made$ = "raised"
made$ = (made$, log$)
""",
    "undecided manager": """
class Guard$:
    def __init__(self, swallow):
        self.swallow = swallow
        self.log = []
    def __enter__(self):
        if feature("<flag>"):
            raise KeyError("enter")
        self.log.append("in")
        return self
    def __exit__(self, kind, error, trace):
        self.log.append(kind.__name__ if kind else "out")
        return self.swallow
g$ = Guard$(feature("<flag>"))
try:
    with g$ as inner$:
        made$ = "before"
        if feature("<flag>"):
            raise ValueError("x")
        made$ = "through"
    made$ += " and on"
except KeyError:
    made$ = "refused"
except ValueError:
    made$ = "thrown"
made$ = (made$, g$.log)
""",
    "undecided generator steps": """
log$ = []
def f$(n):
    while n > 0:
        log$.append(n)
        if feature("<flag>"):
            n -= 1
            continue
        got = yield n
        if got == "stop":
            return "stopped"
        n -= 2 if feature("<flag>") else 1
    yield "end"
g$ = f$(3)
made$ = [next(g$, "none"), next(g$, "none")]
try:
    made$.append(g$.send("stop" if feature("<flag>") else "go"))
except StopIteration as stop$:
    made$.append(stop$.value)
made$ = (made$, list(g$), log$)
""",
    "undecided comprehension": """
words$ = ["a", "b", "c"]
if feature("<flag>"):
    words$.append("d")
keep$ = {"a", "c"} if feature("<flag>") else {"b"}
made$ = ([w for w in words$ if w in keep$], {w: len(words$) for w in words$ if w not in keep$}, sum(1 for w in words$ if w in keep$), next((w for w in words$ if w in keep$), "none"), any(w == "d" for w in words$), all(w < "d" for w in words$), [x for w in words$ for x in ([w] if w in keep$ else [])], "".join(w for w in words$ if w not in keep$))
""",
    "undecided nested functions": """
def outer$():
    level, seen = "start", []
    if feature("<flag>"):
        def change(to):
            nonlocal level
            seen.append(level)
            level = to
    else:
        def change(to, extra="!"):
            nonlocal level
            level += extra
    change(<str>)
    if feature("<flag>"):
        change("twice")
    return level, seen
made$ = outer$()
""",
    "undecided global": """
state$ = <any>
def set$(flag):
    global state$, fresh$
    if flag:
        state$ = "changed"
        fresh$ = 1
        return True
set$(feature("<flag>"))
try:
    made$ = fresh$
except NameError:
    made$ = "unbound"
if feature("<flag>"):
    del state$
made$ = (made$, "state$" in globals(), globals().get("state$", "gone"))
""",
    "undecided arguments of a class": """
@dataclass
class Pool$:
    size: int = 1
    names: list = field(default_factory=list)
    db: object = None
    def __post_init__(self):
        if self.size > 3:
            self.names.append("large")
keywords$ = {"size": 5} if feature("<flag>") else {}
if feature("<flag>"):
    keywords$["names"] = ["own"]
p$ = Pool$(**keywords$, db=<db> if feature("<flag>") else None)
made$ = (p$, p$ == Pool$(size=5), p$.names, (lambda size=2, **rest: (size, sorted(rest)))(**keywords$))
""",
    "undecided positions": """
l$ = ["a", "b", "c", "d"]
n$ = 1 if feature("<flag>") else 3
m$ = -1 if feature("<flag>") else 0
l$.insert(n$, "new")
made$ = (l$[n$], l$[m$], l$[m$:n$], l$.pop(m$), l$, l$.index("new"), "abcd"[n$], ("x", "y", "z", "q")[n$ - 1], l$ * (n$ // 3), range(n$)[m$])
del l$[n$]
l$[m$] = "put"
""",
    "undecided text": """
host$ = "db" if feature("<flag>") else "localhost"
ssl$ = "?sslmode=" + ("require" if feature("<flag>") else "prefer")
url$ = f"postgresql://{host$}/app{ssl$ if host$ != 'localhost' else ''}"
made$ = (url$, url$.startswith("postgresql://db"), "sslmode=require" in url$, url$.partition("?")[2], len(url$), url$.replace("db", "x"), url$.split("/")[2].upper(), host$ in ("db", "other"), {"db": 1}.get(host$, 0), "%s-%s" % (host$, ssl$[-3:]), urllib.parse.urlsplit(url$).hostname)
""",
    "undecided merge": """
base$ = {"a": 1, "b": {"x": 1}}
more$ = {"b": {"y": 2}, "c": 3} if feature("<flag>") else {"a": 0}
def merged$(one, other):
    return {**one, **{k: merged$(one[k], v) if isinstance(v, dict) and isinstance(one.get(k), dict) else v for k, v in other.items()}}
m$ = merged$(base$, more$)
base$.update(more$)
m$ |= {"d": 4} if feature("<flag>") else {}
made$ = (m$, base$, list(m$), m$.get("c", "none"), base$ == m$, collections.ChainMap(more$, base$)["a"], {k for k in base$.keys() & more$.keys()}, dict(sorted(more$.items())))
""",
    "undecided registry": """
makers$ = {}
def register$(name):
    def add(function):
        makers$[name] = function
        return function
    return add
@register$("a")
def one$():
    return <any>
if feature("<flag>"):
    @register$("a" if feature("<flag>") else "b")
    def two$():
        return "two"
made$ = (makers$["a"](), makers$.get("b", one$)() , sorted(makers$), [m() for m in makers$.values()][-1])
""",
    "undecided cached object": """
class Settings$:
    @functools.cached_property
    def mode(self):
        return os.getenv("MODE", "none")
    @functools.lru_cache
    def sized(self, n):
        return (n, os.getenv("TAGS"))
    _made = None
    def __new__(cls):
        if cls._made is None:
            cls._made = super().__new__(cls)
            cls._made.count = 0
        cls._made.count += 1
        return cls._made
s$ = Settings$()
if feature("<flag>"):
    s$.mode
    Settings$().sized(1)
os.environ.update(MODE=<str>, TAGS="late")
made$ = (s$.mode, Settings$().sized(1), s$.count, Settings$() is s$)
""",
    "undecided tasks": """
log$ = []
async def work$(x):
    log$.append(x)
    if feature("<flag>"):
        raise ValueError(x)
    return x
async def main$():
    jobs = [work$("a"), work$("b")] if feature("<flag>") else [work$("c")]
    found = await asyncio.gather(*jobs, return_exceptions=True)
    return ["bad" if isinstance(one, ValueError) else one for one in found]
made$ = (asyncio.run(main$()), log$)
""",
    "undecided match of shapes": """
@dataclass
class Point$:
    x: int
    y: int = 0
subject$ = Point$(1) if feature("<flag>") else [1, "a", 3] if feature("<flag>") else {"k": <str>, "n": 2}
match subject$:
    case Point$(x=1, y=0 as y$) if feature("<flag>"):
        made$ = ("guarded", y$)
    case Point$(x=n$) | [n$, "a", *_]:
        made$ = ("either", n$)
    case {"k": str(k$), **rest$}:
        made$ = (k$, rest$)
    case _:
        made$ = "none"
""",
    "undecided groups": """
made$ = []
try:
    errors$ = [ValueError("v")]
    if feature("<flag>"):
        errors$.append(KeyError("k"))
    if feature("<flag>"):
        raise ExceptionGroup("several", errors$)
    made$.append("fine")
except* ValueError as group$:
    made$.append(len(group$.exceptions))
except* LookupError:
    made$.append("lookup")
""",
    "undecided numbers": """
n$ = (2 if feature("<flag>") else 7) + (10 if feature("<flag>") else 0)
made$ = (n$ > 5, n$ % 5, n$ // 2 if n$ else 0, "even" if n$ % 2 == 0 else "odd", 5 < n$ < 15, max(n$, 9), [i for i in range(n$) if i > 8], f"{n$:03d}", divmod(n$, 4), n$ in (2, 12), {2: "two", 17: "most"}.get(n$), n$ == 7 or n$ == 17, min([n$, 4]), bool(n$ & 2), str(n$)[0])
""",
    "undecided unpacking": """
pair$ = ("a", [1, 2]) if feature("<flag>") else ("b", [3])
first$, (head$, *tail$) = pair$
l$ = [1, 2, 3] if feature("<flag>") else [4, 5]
*start$, end$ = l$
try:
    x$, y$ = l$
except ValueError:
    x$ = y$ = "bad"
made$ = (first$, head$, tail$, start$, end$, x$, y$, [*l$, *tail$], dict([pair$]), dict(zip(l$, "abc")))
""",
}

# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Functions, closures, generators, decorators and what functools does with them."""

FUNCTIONS = {
    "function": """
def f$(flag=<test>, *, other=<any>):
    if flag:
        return <any>
    elif <test>:
        result = <any>
    else:
        result = other
    return result
made$ = f$(<test>)
""",
    "parameters": """
def f$(a, b=<str>, /, c=3, *rest, d, e=<int>, **more):
    return (a, b, c, rest, d, e, more)
made$ = [f$(1, d=2), f$(1, 2, 3, 4, 5, d=6, z=<str>), f$(*(<list>)[:2], **{"d": <int>})]
""",
    "wrong call": """
def f$(a, *, b=1):
    return (a, b)
try:
    made$ = f$(1, 2) if <test> else f$(c=1)
except TypeError:
    made$ = f$(a=<str>)
""",
    "mutable default": """
def f$(item, into=[]):
    into.append(item)
    return into
f$(<str>)
f$(<int>, [])
made$ = f$(<str>)
""",
    "late binding": """
made$ = [g() for g in [lambda: i for i in range(3)]] + [g() for g in [lambda i=i: i for i in range(3)]]
""",
    "closure": """
def f$(default):
    chosen = default
    def inner():
        nonlocal chosen
        if <test>:
            chosen = <any>
        return chosen
    inner()
    return inner
made$ = f$(<any>)()
""",
    "counter": """
def counter$():
    count = 0
    def step(by=1):
        nonlocal count
        count += by
        return count
    return step
one$, two$ = counter$(), counter$()
one$(<n>)
two$()
made$ = (one$(), two$(<n>))
""",
    "global": """
state$ = <str>
def set$():
    global state$, fresh$
    state$ = state$ + "!"
    fresh$ = <int>
set$()
made$ = (state$, fresh$)
""",
    "recursion": """
def depth$(n):
    return 0 if n <= 0 else 1 + depth$(n - 1)
def flat$(x):
    return [y for one in x for y in (flat$(one) if isinstance(one, list) else [one])]
made$ = (depth$(<int> % 6), flat$([1, [<str>, [3]], []]))
""",
    "generator": """
def f$():
    if <test>:
        yield <any>
    yield from <list>
    yield <any>
made$ = list(f$())
""",
    "generator laziness": """
seen$ = []
def f$():
    seen$.append("start")
    yield 1
    seen$.append("second")
    yield 2
    seen$.append("end")
g$ = f$()
seen$.append("made")
first$ = next(g$)
seen$.append("between")
rest$ = list(g$) if <test> else []
made$ = (first$, rest$, seen$)
""",
    "unused generator": """
seen$ = []
def f$():
    seen$.append("never")
    os.environ["MODE"] = "changed"
    yield 1
unused$ = f$()
made$ = (seen$, os.getenv("MODE"))
""",
    "infinite generator": """
def numbers$(n):
    while True:
        yield n
        n += 1
made$ = [x for x, _ in zip(numbers$(<int>), range(3))]
""",
    "generator send": """
def talk$():
    got = yield "ready"
    while got != "stop":
        got = yield got.upper()
    return "done"
t$ = talk$()
made$ = [next(t$), t$.send(<str>)]
try:
    t$.send("stop")
except StopIteration as stop:
    made$.append(stop.value)
""",
    "yield from value": """
def inner$():
    yield 1
    return <str>
def outer$():
    got = yield from inner$()
    yield got
made$ = list(outer$())
""",
    "generator early": """
def f$():
    for w in <list>:
        if not w:
            return
        yield w
made$ = next(f$(), "none"), [*f$()]
""",
    "generator twice": """
g$ = (w for w in <list>)
made$ = (list(g$), list(g$))
""",
    "next default": """
it$ = iter(<list>)
made$ = [next(it$, "a"), next(it$, "b"), next(it$, "c"), list(it$)]
""",
    "async": """
async def get$(x):
    await asyncio.sleep(0)
    return x
async def main$():
    first = await get$(<str>)
    rest = await asyncio.gather(get$(<int>), get$(first))
    async with Ctx$() as c:
        return [first, *rest, c]
class Ctx$:
    async def __aenter__(self):
        return <str>
    async def __aexit__(self, *exc):
        return None
made$ = asyncio.run(main$())
""",
    "async generator": """
async def many$():
    for w in <list>:
        yield w
async def main$():
    return [w async for w in many$() if w]
made$ = asyncio.run(main$())
""",
    "async task": """
async def work$(n):
    return n * 2
async def main$():
    task = asyncio.create_task(work$(<int>))
    return await task, await asyncio.wait_for(work$(2), 1)
made$ = asyncio.run(main$())
""",
    "decorator": """
def twice$(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return [function(*args, **kwargs), function(*args, **kwargs)]
    return inner
@twice$
def f$(x, y=1):
    return (x, y)
made$ = (f$(<str>, y=<int>), f$.__name__)
""",
    "decorator with arguments": """
def retry$(times, default=None):
    def around(function):
        def inner(*args):
            for _ in range(times):
                try:
                    return function(*args)
                except ValueError:
                    pass
            return default
        return inner
    return around
@retry$(times=2, default=<any>)
def f$(x):
    return int(x)
made$ = f$(<str>)
""",
    "stacked decorators": """
def tag$(name):
    return lambda f: lambda *a: f"<{name}>{f(*a)}"
@tag$("a")
@tag$(<str>)
def f$(x):
    return x
made$ = f$(<int>)
""",
    "class decorator": """
class Counting$:
    def __init__(self, function):
        self.function = function
        self.calls = 0
    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)
@Counting$
def f$(x):
    return x
f$(1)
made$ = (f$(<str>), f$.calls)
""",
    "registry": """
registry$ = {}
def register$(name):
    def add(function):
        registry$[name] = function
        return function
    return add
@register$("<word>")
def one$():
    return <any>
@register$("other")
def two$():
    return <any>
made$ = registry$.get(<optional>, two$)()
""",
    "partial": """
def f$(a, b, *, c=1):
    return (a, b, c)
p$ = functools.partial(f$, <int>, c=<str>)
made$ = (p$(2), p$(b=3, c=4), p$.args, p$.keywords, p$.func is f$)
""",
    "lru cache": """
calls$ = []
@functools.lru_cache(maxsize=None)
def f$(x, y=0):
    calls$.append(x)
    return <any>
f$("a"), f$("a"), f$("b")
made$ = (f$("a"), calls$)
""",
    "cache then write": """
@functools.cache
def f$():
    return os.getenv("MODE")
f$()
os.environ["MODE"] = "<word>"
made$ = f$()
""",
    "cache clear": """
@functools.lru_cache
def f$():
    return os.getenv("MODE")
before$ = f$()
os.environ["MODE"] = "new"
f$.cache_clear()
made$ = (before$, f$())
""",
    "reduce": "made$ = functools.reduce(lambda a, b: {**a, b: len(a)}, <list>, {})",
    "singledispatch": """
@functools.singledispatch
def show$(x):
    return "any"
@show$.register
def _(x: int):
    return "int"
@show$.register(str)
def _(x):
    return "str:" + x
made$ = [show$(<any>), show$(<str>), show$(<int>)]
""",
    "singleton": """
_kept$ = None
def get$():
    global _kept$
    if _kept$ is None:
        _kept$ = <db>
    return _kept$
get$()
made$ = get$()
""",
    "function attributes": """
def f$():
    f$.count += 1
    return f$.count
f$.count = <int>
f$()
made$ = (f$(), f$.__name__, hasattr(f$, "other"))
""",
    "lambda": "made$ = (lambda x, *, y=<int>: (x, y))(<str>), (lambda: <any>)()",
    "operator": """
made$ = (operator.itemgetter("a")(<dict0>), operator.itemgetter(0, 1)([1, 2, 3]),
         operator.attrgetter("real")(<int>), operator.methodcaller("upper")(<str>),
         operator.add(<int>, 1))
""",
    "starred call": """
def f$(*args, **kwargs):
    return (args, sorted(kwargs.items()))
made$ = f$(*(<list>), *[1], **<dict0>, z=1)
""",
    "map and zip": """
made$ = (list(map(lambda a, b: (a, b), <list>, range(3))), dict(zip("ab", <list>)),
         list(zip(<list>, <list>)), [*map(str, range(2))])
""",
    "contextvars": """
import contextvars
var$ = contextvars.ContextVar("var$", default=<str>)
token$ = var$.set(<str>)
inside$ = var$.get()
if <test>:
    var$.reset(token$)
made$ = (inside$, var$.get())
""",
    "inner function in loop": """
makers$ = {}
for kind$ in ("a", "b"):
    def make$(kind=kind$):
        return kind + <str>
    makers$[kind$] = make$
made$ = [makers$[k]() for k in sorted(makers$)]
""",
    "comprehension scope": """
x$ = "outer"
got$ = [x$ for x$ in <list>]
made$ = (x$, got$, {x$: y for y in <list>})
""",
    "conditional def": """
if <test>:
    def f$():
        return "one"
else:
    def f$():
        return <any>
made$ = f$()
""",
    "early return": """
def f$():
    if <test>:
        return <any>
    value = <optional>
    if not value:
        return "none"
    for part in value.split(","):
        if part.strip():
            return part
    return None
made$ = f$()
""",
    "callable argument": """
def apply$(function, *args):
    return function(*args)
made$ = [apply$(str.upper, <str>), apply$(len, <list>), apply$(dict.get, <dict>, "a"), apply$(int, "7")]
""",
}

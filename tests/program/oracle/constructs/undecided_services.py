# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Shapes of services where nobody here knows which way they go."""

UNDECIDED_SERVICES = {
    "undecided plugins": """
log$ = []
class Plugin$:
    def __init__(self, name, on):
        self.name, self.on = name, on
    def start(self, app):
        log$.append(self.name)
        app["db"] = <any>
        return len(log$)
plugins$ = [Plugin$("one", feature("<flag>")), Plugin$("two", <test>), Plugin$("three", feature("<flag>"))]
app$ = {}
enabled$ = [p for p in plugins$ if p.on]
for p$ in enabled$:
    if p$.start(app$) > 1 and <test>:
        break
    app$[p$.name] = len(enabled$)
else:
    app$["else"] = True
made$ = (app$, log$, [p.name for p in enabled$], {p.name: i for i, p in enumerate(enabled$)}, any(p.name == "two" for p in enabled$))
""",
    "undecided middleware": """
log$ = []
def layer$(name):
    def wrap(following):
        def run(request):
            log$.append(name)
            if name == "auth" and feature("<flag>"):
                return {"refused": True, "by": name}
            return {**following(request), name: True}
        return run
    return wrap
layers$ = [layer$("timing")]
if feature("<flag>"):
    layers$.append(layer$("auth"))
if <test>:
    layers$.insert(0, layer$("first"))
handler$ = functools.reduce(lambda inner, one: one(inner), reversed(layers$), lambda request: {"mode": request})
made$ = (handler$(<str>), log$, len(layers$))
""",
    "undecided stack": """
import contextlib
log$ = []
@contextmanager
def part$(name, fails=False):
    log$.append("open " + name)
    try:
        yield name
    except OSError:
        log$.append("swallowed")
    finally:
        log$.append("close " + name)
made$ = "before"
with contextlib.ExitStack() as stack$:
    names$ = [stack$.enter_context(part$("a"))]
    if feature("<flag>"):
        names$.append(stack$.enter_context(part$("b")))
    risky("<flag>")
    made$ = <any>
    if <test>:
        stack$.pop_all().close()
made$ = (made$, names$, log$)
""",
    "undecided lending": """
log$ = []
def source$():
    try:
        yield <any>
        if feature("<flag>"):
            yield "second"
    finally:
        log$.append("closed")
lent$ = source$()
first$ = next(lent$)
second$ = next(lent$, "none")
if feature("<flag>"):
    lent$.close()
made$ = (first$, second$, log$, next(lent$, "over"), list(lent$))
""",
    "undecided drop": """
log$ = []
class Held$:
    def __init__(self, name):
        self.name = name
        self.items = self.walk()
        self.first = next(self.items)
    def walk(self):
        try:
            yield self.name
            yield "more"
        finally:
            log$.append("end " + self.name)
a$ = Held$("a")
b$ = Held$("b")
if feature("<flag>"):
    a$ = None
else:
    b$.first = <any>
before$ = len(log$)
made$ = (b$.first, a$ is None, next(b$.items, "over"), before$ if <test> else "later")
""",
    "undecided providers": """
class Container$:
    def __init__(self):
        self.makers, self.made = {}, {}
    def add(self, name, make, *, single=True):
        self.makers[name] = (make, single)
        return self
    def get(self, name):
        if name in self.made:
            return self.made[name]
        make, single = self.makers[name]
        one = make(self)
        if single:
            self.made[name] = one
        return one
c$ = Container$().add("url", lambda c: <str>).add("db", lambda c: <db>, single=feature("<flag>"))
if feature("<flag>"):
    c$.add("url", lambda c: "replaced")
if <test>:
    c$.get("db")
made$ = (c$.get("url"), c$.get("db") is c$.get("db"), sorted(c$.made)) if <test> else c$.get("db")
""",
    "undecided retries": """
log$ = []
def tried$(function, times=2):
    for n in range(times):
        try:
            return function(n)
        except OSError as error:
            log$.append((n, str(error)))
    return <any>
def connect$(n):
    if n == 0:
        risky("<flag>")
    if feature("<flag>"):
        raise OSError("down")
    return ("connected", n)
made$ = (tried$(connect$), log$)
""",
    "undecided layers": """
defaults$ = {"db": {"url": "u", "size": 1}, "mode": "dev"}
given$ = {"mode": <str>}
if feature("<flag>"):
    given$["db"] = {"size": <int>}
def merged$(one, other):
    out = dict(one)
    for key, value in other.items():
        out[key] = merged$(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out
whole$ = merged$(defaults$, given$)
if feature("<flag>"):
    whole$.pop("mode")
made$ = (whole$, whole$["db"]["size"], whole$.get("mode", "none"), [k for k in whole$], {k: type(v).__name__ for k, v in whole$.items()})
""",
    "undecided strategy": """
class Base$:
    def make(self):
        return <any>
    def label(self):
        return type(self).__name__[0]
class One$(Base$):
    def make(self):
        return <any>
class Two$(One$):
    def label(self):
        return "two " + super().label()
kind$ = Two$ if feature("<flag>") else One$ if <test> else Base$
s$ = kind$()
if feature("<flag>"):
    s$.make = lambda: "patched"
made$ = (s$.make(), s$.label(), isinstance(s$, One$), issubclass(kind$, Base$))
""",
    "undecided context": """
import contextvars
var$ = contextvars.ContextVar("var$", default="none")
log$ = []
@contextmanager
def using$(value):
    token = var$.set(value)
    try:
        yield
    finally:
        var$.reset(token)
def read$():
    log$.append(var$.get())
    return var$.get()
if feature("<flag>"):
    var$.set(<str>)
with using$("inner"):
    inside$ = read$()
    if feature("<flag>"):
        var$.set("lost")
copied$ = contextvars.copy_context()
if <test>:
    var$.set("later")
made$ = (inside$, read$(), copied$.run(read$), log$)
""",
    "undecided life": """
from contextlib import AsyncExitStack, asynccontextmanager
log$ = []
@asynccontextmanager
async def db$(name):
    log$.append("open " + name)
    try:
        yield <any>
    finally:
        log$.append("close " + name)
async def main$():
    found = {}
    async with AsyncExitStack() as stack:
        found["db"] = await stack.enter_async_context(db$("db"))
        if feature("<flag>"):
            found["cache"] = await stack.enter_async_context(db$("cache"))
        try:
            risky("<flag>")
        except OSError as error:
            log$.append(str(error))
            return found
        if <test>:
            found["late"] = len(log$)
    return found
made$ = (asyncio.run(main$()), log$)
""",
    "undecided members of a class": """
class Settings$:
    mode = "class"
    if feature("<flag>"):
        mode = <str>
        def extra(self):
            return "extra " + self.mode
    def __init__(self):
        if feature("<flag>"):
            self.mode = "own"
s$ = Settings$()
if <test>:
    s$.__dict__.clear()
made$ = (s$.mode, hasattr(s$, "extra"), getattr(s$, "extra", lambda: "none")(), sorted(vars(s$)))
""",
    "undecided queue": """
import queue
q$ = queue.Queue()
q$.put("first")
if feature("<flag>"):
    q$.put(<str>)
found$ = []
while True:
    try:
        found$.append(q$.get_nowait())
    except queue.Empty:
        break
    if len(found$) == 1 and feature("<flag>"):
        q$.put("again")
made$ = (found$, q$.empty())
""",
    "undecided logger": """
import logging
log$ = logging.getLogger("undecided$")
if feature("<flag>"):
    log$.setLevel(logging.DEBUG)
child$ = log$.getChild("child")
if <test>:
    child$.setLevel("ERROR")
made$ = ("on" if child$.isEnabledFor(logging.INFO) else "off", child$.level, child$.getEffectiveLevel())
log$.setLevel(logging.NOTSET)
child$.setLevel(logging.NOTSET)
""",
    "undecided command": """
import argparse
p$ = argparse.ArgumentParser(prog="p")
p$.add_argument("--size", type=int, default=<int>)
c$ = p$.add_subparsers(dest="command")
c$.add_parser("serve").set_defaults(db="postgres")
c$.add_parser("try").set_defaults(db="memory")
words$ = ["serve"] if feature("<flag>") else ["--size", "3", "try"] if <test> else []
a$ = p$.parse_args(words$)
made$ = (a$.command, a$.size, getattr(a$, "db", "none"))
""",
    "undecided bytes": """
b$ = bytearray(b"ab")
if feature("<flag>"):
    b$ += b"c"
    b$[0] = 65
view$ = bytes(b$)
if <test>:
    b$.clear()
made$ = (view$, len(b$), b$.decode(), b"A" in view$)
""",
}

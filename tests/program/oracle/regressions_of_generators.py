# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs with generators that stand still, which the evaluation once ran to their end.

As in `regressions`, each gives ``made``.
"""

OF_GENERATORS = {
    "coroutines that run when they are awaited, and tasks": """
import asyncio
seen = []
async def work(x):
    seen.append(x)
    return x
async def main():
    one, never = work("one"), work("never")
    task = asyncio.create_task(work("task"))
    seen.append("made")
    return [await work("own"), await one, await task, *await asyncio.gather(work(1), work(2))]
made = (asyncio.run(main()), seen)
""",
    "threads of a class with a run of its own, and a target with keywords": """
import threading
class Own(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.got = None
    def run(self):
        self.got = "ran"
own, log = Own(), []
before = own.got
own.start()
for target in (lambda a, b=0: log.append((a, b)), lambda a, b=0: log.append(1 // (a - 1))):
    thread = threading.Thread(target=target, args=(1,), kwargs={"b": 2})
    thread.start()
    thread.join()
made = (before, own.got, log)
""",
    "what is sent and thrown into a generator": """
seen = []
def f():
    seen.append("start")
    got = yield 1
    seen.append(("second", got))
    try:
        yield 2
    except ValueError as e:
        seen.append(e.args)
        yield "caught"
    seen.append("end")
    return "returned"
g = f()
seen.append("made")
a = next(g)
b = g.send("x")
c = g.throw(ValueError("v"))
try:
    next(g)
except StopIteration as stop:
    seen.append(stop.value)
made = (a, b, c, seen, next(g, "over"), list(g))
""",
    "what a loop leaves of a generator that somebody has begun": """
def numbers(n):
    while True:
        yield n
        n += 1
        if n > 6:
            return
n = numbers(1)
one = next(n)
for x in n:
    if x == 3:
        break
made = (one, x, list(n), list(n))
""",
    "a generator that goes on with another": """
def numbers(n):
    while n < 7:
        got = yield n
        n += got or 1
    return "done"
def outer():
    got = yield from numbers(5)
    yield got
    for w in ("a", "b"):
        yield w
o = outer()
made = [next(o), next(o), next(o), next(o), list(o)]
o = outer()
made += [next(o), o.send(5), next(o)]
""",
    "a generator expression item by item": """
log = []
def note(x):
    log.append(x)
    return x
g = (note(x) for x in (1, 2, 3, 4) if note(-x) < -1)
made = [next(g), list(log), next(g), list(log), list(g), log]
""",
    "a generator that is closed": """
def f():
    yield 1
    yield 2
k, n = f(), f()
next(k)
k.close()
n.close()
made = (list(k), next(k, "d"), list(n))
""",
    "what stands behind the item that is asked for last": """
def late():
    yield 1
    Agent(name="never")
    os.environ["MODE"] = "never"
made = (next(late()), os.getenv("MODE"))
""",
    "an error between the items of a generator": """
def f(words):
    for word in words:
        try:
            yield int(word)
        except ValueError:
            yield "bad"
            continue
        else:
            yield "good"
g = f(["1", "x", "2"])
made = [next(g), next(g), next(g), list(g)]
def broken():
    yield 1
    raise KeyError("k")
b = broken()
made.append(next(b))
try:
    next(b)
except KeyError as error:
    made.append(error.args)
made.append(list(b))
""",
    "parts before a yield are evaluated before it": """
log = []
def note(x):
    log.append(x)
    return x
def g():
    a = [note("a"), (yield 1), note("b"), *(yield len(log)), note("c")]
    b = f"{note('x')}-{(yield 3)}-{note('y')}"
    return (a, b)
def run(generator, values):
    out = [next(generator)]
    try:
        for value in values:
            out.append(generator.send(value))
    except StopIteration as stop:
        return out, stop.value
    return out
made = (run(g(), ["p", "qr", "z"]), log)
""",
    "yields in conditions, calls and sums": """
def h():
    total = 1
    total += (yield total) + (yield total * 2)
    held = {"k": (yield total)}
    for x in (yield held):
        total += x
    if (yield "ask") in ("a", (yield "b")):
        return "in"
    (yield (yield "n")).strip().join((yield "last"))
    while (got := (yield "more")) != "stop":
        total -= 1
    return [(yield (yield "deep")), total, got]
def run(generator, values):
    out = [next(generator)]
    try:
        for value in values:
            out.append(generator.send(value))
    except StopIteration as stop:
        return out, stop.value
    return out
made = run(h(), [10, 5, "kk", [1, 2], "zz", "b", "m", "o", "ab", "go", "stop", "i", "j"])
""",
    "a condition that only perhaps stands still": """
def g(x):
    found = (yield 1) if x else (yield 2)
    return found
def run(generator, values):
    out = [next(generator)]
    try:
        for value in values:
            out.append(generator.send(value))
    except StopIteration as stop:
        return out, stop.value
    return out
made = run(g(True), ["a"]) and 1
""",
}
OF_GENERATORS |= {
    "a generator that ends with something to do": 'log = []\ndef gen(name):\n    try:\n        got = yield name\n        log.append(got)\n        yield name * 2\n    finally:\n        log.append("end " + name)\ng = gen("a")\nmade = [next(g), g.send(1), list(log)]\ng.close()\nmade += [list(log), next(g, "none")]\nh = gen("b")\nnext(h)\ntry:\n    h.throw(ValueError("x"))\nexcept ValueError as error:\n    made.append(error.args)\nk = gen("c")\nmade += [next(k), next(k), next(k, "over"), log]\nn = gen("never")\nn.close()\n',
    "what finally returns": 'log = []\ndef gen():\n    for n in range(3):\n        try:\n            yield n\n        finally:\n            if n == 1:\n                log.append("stops")\n                return "returned"\n            log.append(n)\n            continue\ng = gen()\nmade = []\nwhile True:\n    try:\n        made.append(next(g))\n    except StopIteration as stop:\n        made.append(stop.value)\n        break\nmade.append(log)\n',
    "generators within generators that end": 'log = []\ndef inner():\n    try:\n        x = yield 1\n        return (yield x)\n    except KeyError:\n        log.append("key")\n        return "handled"\n    finally:\n        log.append("inner")\ndef outer():\n    try:\n        got = yield from inner()\n        yield ("got", got)\n        for n in inner():\n            yield ("loop", n)\n    finally:\n        log.append("outer")\na, b, c = outer(), outer(), outer()\nmade = [next(a), a.send(5), a.send(6), next(b), b.throw(KeyError("k")), next(c)]\nc.close()\nb.close()\nmade += [list(log), next(a), list(a)]\nmade.append(log)\n',
    "managers inside of generators": 'import contextlib\nlog = []\nclass Door:\n    def __init__(self, name, swallow=()):\n        self.name, self.swallow = name, swallow\n    def __enter__(self):\n        log.append("in " + self.name)\n        return self\n    def __exit__(self, kind, error, trace):\n        log.append("out " + self.name + " " + (kind.__name__ if kind else "-"))\n        return kind is not None and issubclass(kind, self.swallow)\n@contextlib.contextmanager\ndef tagged(name):\n    log.append("<" + name)\n    try:\n        yield name\n    except LookupError:\n        log.append("lookup")\n    finally:\n        log.append(name + ">")\ndef gen():\n    with Door("a", (ValueError,)) as a, tagged("t") as t:\n        got = yield (a.name, t)\n        if got:\n            raise ValueError("x")\n        with tagged("u"):\n            yield "u"\n            raise KeyError("y")\n        yield "after"\n    yield "last"\ng, h, k = gen(), gen(), gen()\nmade = [next(g), g.send(True), next(g, "over"), next(h), next(h), next(h), next(h), next(k)]\nk.close()\nmade.append(log)\n',
    "managers that are entered by hand": 'import contextlib\nlog = []\n@contextlib.contextmanager\ndef tagged(name):\n    log.append("<" + name)\n    try:\n        yield name\n    except ValueError as error:\n        log.append(error.args)\n    except KeyError:\n        raise RuntimeError("other") from None\n    finally:\n        log.append(name + ">")\nclass Held:\n    def __init__(self):\n        self.manager = tagged("held")\n    def open(self):\n        return self.manager.__enter__()\n    def close(self):\n        return self.manager.__exit__(None, None, None)\nheld = Held()\nmade = [held.open(), list(log), held.close(), list(log)]\nwith contextlib.ExitStack() as stack:\n    stack.enter_context(tagged("a"))\n    stack.enter_context(tagged("b"))\n    log.append("inside")\n    raise ValueError("seen")\nmade.append("through")\ntry:\n    with contextlib.ExitStack() as stack:\n        stack.enter_context(tagged("c"))\n        {}["k"]\nexcept RuntimeError as error:\n    made.append(error.args)\nkept = contextlib.ExitStack()\nmade.append([kept.enter_context(tagged(n)) for n in ("d", "e")])\nmoved = kept.pop_all()\nkept.close()\nlog.append("moved")\nmoved.close()\n@contextlib.contextmanager\ndef twice():\n    yield 1\n    yield 2\ntry:\n    manager = twice()\n    manager.__enter__()\n    manager.__exit__(None, None, None)\nexcept RuntimeError as error:\n    made.append(type(error).__name__)\nmade.append(log)\n',
    "generators that are awaited and end": 'import asyncio, contextlib\nlog = []\nasync def words(*given):\n    try:\n        for word in given:\n            got = yield word\n            if got:\n                log.append(got)\n    finally:\n        await asyncio.sleep(0)\n        log.append("end")\n@contextlib.asynccontextmanager\nasync def part(name):\n    log.append("open " + name)\n    try:\n        async for word in words(name, "x"):\n            if word != "x":\n                yield {"name": word}\n    finally:\n        log.append("close " + name)\nasync def main():\n    g = words("a", "b")\n    made = [await anext(g), await g.asend("sent")]\n    await g.aclose()\n    made.append(await anext(g, "over"))\n    async with contextlib.AsyncExitStack() as stack:\n        made.append((await stack.enter_async_context(part("p")))["name"])\n        stack.push_async_callback(asyncio.sleep, 0)\n        log.append("inside")\n    manager = part("q")\n    made.append(await manager.__aenter__())\n    made.append(await manager.__aexit__(None, None, None))\n    made.append([w async for w in words("c")])\n    return made\nmade = (asyncio.run(main()), log)\n',
    "a generator that an object keeps": 'log = []\nclass Pool:\n    def __init__(self, size):\n        self.size, self.lent = size, None\n        self.source = self.items()\n    def items(self):\n        try:\n            for n in range(self.size):\n                yield n\n        finally:\n            log.append("closed")\n    def take(self):\n        return next(self.source, None)\npool = Pool(2)\nother = [pool]\ndef use(p):\n    local = p.take()\n    return local, list(log)\nmade = [use(pool), use(other[0]), use(pool), log]\n',
}
OF_GENERATORS |= {
    "an error thrown into a generator that has ended": """
def words():
    yield 1
one = words()
made = [next(one), list(one)]
try:
    made.append(one.throw(ValueError("x")))
except ValueError as error:
    made.append(str(error))
""",
}

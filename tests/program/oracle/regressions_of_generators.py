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

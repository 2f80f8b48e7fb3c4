# ruff: noqa: E501 - the lines of the programs are as long as they are
"""What stands still and goes on: generators step by step, coroutines, tasks and threads."""

STANDING = {
    "generator steps": """
log$ = []
def f$(words):
    for word in words:
        log$.append(word)
        if not word:
            continue
        got = yield word
        if got == <str>:
            return "stopped"
        log$.append(got)
    else:
        yield "end"
    return <any>
g$ = f$(<list>)
made$ = [next(g$, "none")]
try:
    made$.append(g$.send(<str>))
    if <test>:
        made$.append(next(g$))
except StopIteration as stop$:
    made$.append(stop$.value)
made$ = (made$, list(g$), log$)
""",
    "generator throw": """
def f$():
    try:
        yield 1
        yield <any>
    except ValueError as error:
        yield error.args
    yield "after"
g$ = f$()
made$ = [next(g$)]
if <test>:
    made$.append(g$.throw(ValueError(<str>)))
made$ += [next(g$, "over"), next(g$, "over")]
g$.close()
made$.append(list(g$))
""",
    "generator pipeline": """
def source$(n):
    while True:
        yield n
        n += 1
def evens$(numbers):
    for number in numbers:
        if number % 2 == 0:
            yield number
def limited$(numbers, most):
    count = 0
    for number in numbers:
        if count >= most:
            return count
        count += 1
        yield number
it$ = limited$(evens$(source$(<int>)), <n>) if <n> == 2 else limited$(source$(1), 3)
made$ = [next(it$), list(it$), next(it$, "over")]
""",
    "generator delegation": """
def inner$(words):
    total = 0
    for word in words:
        got = yield word
        total += got or 1
    return total
def outer$():
    first = yield from inner$(<list>)
    second = yield from inner$(["x", "y"])
    yield (first, second)
o$ = outer$()
made$ = [next(o$), next(o$, None)]
made$.extend(o$)
""",
    "generator expression steps": """
log$ = []
def note$(x):
    log$.append(x)
    return x
g$ = (note$(w) for w in <list> if note$(len(w)) > <n>)
made$ = [next(g$, "none"), list(log$)]
if <test>:
    made$.append(list(g$))
made$.append(log$)
""",
    "loop left early": """
def f$():
    for n in range(5):
        yield n
g$ = f$()
next(g$)
for n$ in g$:
    if n$ == <n>:
        break
made$ = (n$, list(g$))
""",
    "coroutine laziness": """
log$ = []
async def work$(x):
    log$.append(x)
    return <any>
async def main$():
    first = work$("first")
    log$.append("made")
    second = work$("second") if <test> else None
    found = [await first]
    if second is not None:
        found.append(await second)
    return found
main$()
made$ = (asyncio.run(main$()), log$)
""",
    "tasks": """
log$ = []
async def work$(x):
    log$.append(x)
    await asyncio.sleep(0)
    return x
async def main$():
    task = asyncio.create_task(work$("task"))
    log$.append("created")
    await work$("own")
    found = [await task, *await asyncio.gather(work$(<str>), work$(<int>))]
    return found
made$ = (asyncio.run(main$()), sorted(map(str, log$)))
""",
    "async context": """
from contextlib import asynccontextmanager
log$ = []
@asynccontextmanager
async def opened$(name):
    log$.append("open")
    try:
        yield name.upper()
    finally:
        log$.append("close")
async def main$():
    async with opened$(<str>) as got:
        log$.append(got)
        if <test>:
            raise ValueError(<str>)
    return "through"
try:
    made$ = asyncio.run(main$())
except ValueError as error$:
    made$ = error$.args
made$ = (made$, log$)
""",
    "threads": """
import threading
class Work$(threading.Thread):
    def __init__(self, x):
        super().__init__(daemon=True)
        self.x, self.got = x, None
    def run(self):
        self.got = (self.x, <any>)
work$ = Work$(<str>)
before$ = work$.got
if <test>:
    work$.start()
    work$.join()
log$ = []
thread$ = threading.Thread(target=lambda a, b=1: log$.append((a, b)), args=(<int>,), kwargs={"b": <str>})
thread$.start()
thread$.join()
made$ = (before$, work$.got, log$)
""",
}

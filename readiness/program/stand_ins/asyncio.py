import asyncio

from __readiness__ import nobody_knows


class TaskGroup:
    def __init__(self):
        self._tasks = []

    async def __aenter__(self):
        return self

    def create_task(self, coro, *, name=None, context=None):
        task = asyncio.create_task(coro)
        self._tasks.append(task)
        return task

    async def __aexit__(self, kind, error, trace):
        errors = [] if error is None else [error]
        position = 0
        while position < len(self._tasks):
            try:
                await self._tasks[position]
            except Exception as failed:
                errors.append(failed)
            position += 1
        if errors:
            raise ExceptionGroup("unhandled errors in a TaskGroup", errors)


class Event:
    def __init__(self):
        self._set = False

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def is_set(self):
        return self._set

    async def wait(self):
        if not self._set:
            await asyncio.sleep(0)
        if not self._set:
            self._set = nobody_knows("whether somebody sets an event")
        return True


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._held = maxsize, []

    def _next(self):
        return self._held.pop(0)

    async def put(self, item):
        if 0 < self.maxsize <= len(self._held):
            self._held = nobody_knows("what a queue that was full holds")
        self._held.append(item)

    def put_nowait(self, item):
        if 0 < self.maxsize <= len(self._held):
            raise QueueFull
        self._held.append(item)

    async def get(self):
        if not self._held:
            await asyncio.sleep(0)
        if not self._held:
            self._held = nobody_knows("what others put into a queue")
        return self._next()

    def get_nowait(self):
        if not self._held:
            raise QueueEmpty
        return self._next()

    def qsize(self):
        return len(self._held)

    def empty(self):
        return not self._held

    def full(self):
        return 0 < self.maxsize <= len(self._held)

    def task_done(self):
        return None

    async def join(self):
        await asyncio.sleep(0)


class LifoQueue(Queue):
    def _next(self):
        return self._held.pop()


class PriorityQueue(Queue):
    def _next(self):
        self._held.sort()
        return self._held.pop(0)


async def wait(fs, *, return_when="ALL_COMPLETED", **options):
    if options.get("timeout") is not None or return_when != "ALL_COMPLETED":
        return nobody_knows("which tasks are done"), nobody_knows("which tasks are not done")
    await asyncio.gather(*fs, return_exceptions=True)
    return set(fs), set()

import asyncio


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

import sys
from functools import wraps


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, function):
        return _decorated(self._recreate_cm, function)


class AsyncContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, function):
        return _decorated_async(self._recreate_cm, function)


def _decorated(again, function):
    @wraps(function)
    def run(*args, **kwargs):
        with again():
            return function(*args, **kwargs)

    return run


def _decorated_async(again, function):
    @wraps(function)
    async def run(*args, **kwargs):
        async with again():
            return await function(*args, **kwargs)

    return run


class redirect_stdout:  # noqa: N801 - the name that the library gives it
    def __init__(self, new_target):
        self._new, self._before = new_target, []

    def __enter__(self):
        self._before.append(sys.stdout)
        sys.stdout = self._new
        return self._new

    def __exit__(self, kind, error, trace):
        sys.stdout = self._before.pop()

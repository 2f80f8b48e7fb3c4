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

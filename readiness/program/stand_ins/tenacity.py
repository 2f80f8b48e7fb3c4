class RetryError(Exception):
    def __init__(self, last_attempt):
        self.last_attempt = last_attempt


class Attempt:
    attempt_number = 1

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return False

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, trace):
        return False


class Retrying:
    def __init__(self, **options):
        self._options = options

    def __iter__(self):
        yield Attempt()

    async def __aiter__(self):
        yield Attempt()

    def __call__(self, function, *args, **kwargs):
        last = self._options.get("retry_error_callback")
        if last is None:
            return function(*args, **kwargs)
        try:
            return function(*args, **kwargs)
        except Exception:
            return last(Attempt())

    def wraps(self, function):
        def run(*args, **kwargs):
            return self(function, *args, **kwargs)

        return run


AsyncRetrying = Retrying


def retry(function=None, **options):
    if function is not None:
        return function
    if "retry_error_callback" not in options:
        return lambda one: one
    return Retrying(**options).wraps

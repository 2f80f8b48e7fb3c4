class Future:
    def __init__(self):
        self._value = self._error = None

    def result(self, timeout=None):
        if self._error is not None:
            raise self._error
        return self._value

    def exception(self, timeout=None):
        return self._error

    def set_result(self, result):
        self._value = result

    def set_exception(self, exception):
        self._error = exception

    def done(self):
        return True

    def cancel(self):
        return False

    def cancelled(self):
        return False

    def add_done_callback(self, function):
        function(self)


class ThreadPoolExecutor:
    def __init__(self, *args, **options):
        return None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def submit(self, function, *args, **kwargs):
        made = Future()
        try:
            made.set_result(function(*args, **kwargs))
        except Exception as error:
            made.set_exception(error)
        return made

    def map(self, function, *iterables, timeout=None, chunksize=1):
        return [function(*items) for items in zip(*iterables, strict=False)]

    def shutdown(self, wait=True, *, cancel_futures=False):
        return None


ProcessPoolExecutor = ThreadPoolExecutor


def as_completed(futures, timeout=None):
    return list(futures)

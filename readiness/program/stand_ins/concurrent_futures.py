class Future:
    def __init__(self, value):
        self._value = value

    def result(self, timeout=None):
        return self._value

    def done(self):
        return True

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
        return Future(function(*args, **kwargs))

    def map(self, function, *iterables, timeout=None, chunksize=1):
        return [function(*items) for items in zip(*iterables, strict=False)]

    def shutdown(self, wait=True, *, cancel_futures=False):
        return None


ProcessPoolExecutor = ThreadPoolExecutor


def as_completed(futures, timeout=None):
    return list(futures)

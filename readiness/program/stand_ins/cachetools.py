class Cache(dict):
    def __init__(self, maxsize=None, *args, **options):
        super().__init__()
        self.maxsize = maxsize


TTLCache = LRUCache = LFUCache = FIFOCache = Cache


def cached(cache, key=None, lock=None, condition=None, info=False):
    return _once


def _once(function):
    made = {}

    def run(*args, **kwargs):
        key = (args, tuple(kwargs.items()))
        if key not in made:
            made[key] = function(*args, **kwargs)
        return made[key]

    return run

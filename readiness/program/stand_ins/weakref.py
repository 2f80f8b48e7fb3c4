from __readiness__ import alive


class WeakValueDictionary:
    def __init__(self, other=(), **kwargs):
        self._held = {}
        self.update(other, **kwargs)

    def update(self, other=(), **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value

    def __setitem__(self, key, value):
        self._held[key] = (value,)

    def __getitem__(self, key):
        (value,) = self._held[key]
        if not alive(value):
            raise KeyError(key)
        return value

    def __delitem__(self, key):
        del self._held[key]

    def __contains__(self, key):
        return key in self._held and bool(alive(self._held[key][0]))

    def __len__(self):
        return len(list(self.keys()))

    def __iter__(self):
        return self.keys()

    def keys(self):
        return iter([key for key in self._held if key in self])

    def values(self):
        return iter([self[key] for key in self._held if key in self])

    def items(self):
        return iter([(key, self[key]) for key in self._held if key in self])

    def get(self, key, default=None):
        if key not in self:
            return default
        return self[key]

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key, *default):
        if key not in self:
            if default:
                return default[0]
            raise KeyError(key)
        value = self[key]
        del self._held[key]
        return value

    def clear(self):
        self._held.clear()


class WeakKeyDictionary:
    def __init__(self, other=()):
        self._held = {}
        self.update(other)

    def update(self, other=()):
        for key, value in dict(other).items():
            self[key] = value

    def __setitem__(self, key, value):
        self._held[key] = value

    def __getitem__(self, key):
        return self._held[key]

    def __delitem__(self, key):
        del self._held[key]

    def __contains__(self, key):
        return key in self._held

    def __len__(self):
        return len(list(self.keys()))

    def __iter__(self):
        return self.keys()

    def keys(self):
        return iter([key for key in self._held if alive(key)])

    def values(self):
        return iter([self._held[key] for key in self.keys()])

    def items(self):
        return iter([(key, self._held[key]) for key in self.keys()])

    def get(self, key, default=None):
        return self._held.get(key, default)

    def setdefault(self, key, default=None):
        return self._held.setdefault(key, default)

    def pop(self, key, *default):
        return self._held.pop(key, *default)

    def clear(self):
        self._held.clear()


class WeakSet:
    def __init__(self, data=()):
        self._held = []
        self.update(data)

    def update(self, other):
        for item in other:
            self.add(item)

    def add(self, item):
        if item not in self._held:
            self._held.append(item)

    def discard(self, item):
        if item in self._held:
            self._held.remove(item)

    def remove(self, item):
        if item not in self._held:
            raise KeyError(item)
        self._held.remove(item)

    def __contains__(self, item):
        return item in self._held

    def __iter__(self):
        return iter([item for item in self._held if alive(item)])

    def __len__(self):
        return len(list(iter(self)))

    def clear(self):
        self._held.clear()

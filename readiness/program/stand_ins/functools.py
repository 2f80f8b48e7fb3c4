from functools import singledispatch

from __readiness__ import wanted


def total_ordering(cls):
    own = vars(cls)
    if "__lt__" in own:
        made = {
            "__gt__": lambda self, other: not self < other and self != other,
            "__le__": lambda self, other: self < other or self == other,
            "__ge__": lambda self, other: not self < other,
        }
    elif "__le__" in own:
        made = {
            "__ge__": lambda self, other: not self <= other or self == other,
            "__lt__": lambda self, other: self <= other and self != other,
            "__gt__": lambda self, other: not self <= other,
        }
    elif "__gt__" in own:
        made = {
            "__lt__": lambda self, other: not self > other and self != other,
            "__ge__": lambda self, other: self > other or self == other,
            "__le__": lambda self, other: not self > other,
        }
    else:
        made = {
            "__le__": lambda self, other: not self >= other or self == other,
            "__gt__": lambda self, other: self >= other and self != other,
            "__lt__": lambda self, other: not self >= other,
        }
    for name, method in made.items():
        if name not in own:
            setattr(cls, name, method)
    return cls


class singledispatchmethod:  # noqa: N801 - the name that the library gives it
    def __init__(self, func):
        self.func = func
        self._chosen = singledispatch(lambda value: func)

    def register(self, cls, method=None):
        if not isinstance(cls, type):
            kinds = list(wanted(cls).values())
            return self.register(kinds[1], cls)
        if method is None:
            return lambda function: self.register(cls, function)
        self._chosen.register(cls, lambda value: method)
        return method

    def __get__(self, instance, owner=None):
        def method(value, *args, **kwargs):
            return self._chosen(value)(instance, value, *args, **kwargs)

        return method


class _Compared:
    def __init__(self, compare, thing):
        self._compare, self.obj = compare, thing

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, other.obj) >= 0


def cmp_to_key(mycmp):
    return lambda thing: _Compared(mycmp, thing)

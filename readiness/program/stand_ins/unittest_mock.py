import importlib
from unittest.mock import MagicMock

_MISSING = object()


class _Patch:
    def __enter__(self):
        return self.start()

    def __exit__(self, kind, error, trace):
        self.stop()
        return False

    def __call__(self, decorated):
        if isinstance(decorated, type):
            return decorated

        def run(*args, **kwargs):
            with self as made:
                more = (made,) if self.passes else ()
                return decorated(*args, *more, **kwargs)

        return run


class _Attribute(_Patch):
    def __init__(self, target, name, new, make):
        self.target, self.name, self.new = target, name, new
        self.passes = new is _MISSING
        self.make = make

    def start(self):
        target = _found(self.target) if isinstance(self.target, str) else self.target
        made = self.make() if self.passes else self.new
        self.held, self.before = target, getattr(target, self.name, _MISSING)
        setattr(target, self.name, made)
        return made

    def stop(self):
        if self.before is _MISSING:
            delattr(self.held, self.name)
        else:
            setattr(self.held, self.name, self.before)


class _Dictionary(_Patch):
    passes = False

    def __init__(self, target, values, clear):
        self.target, self.values, self.clear = target, dict(values), clear

    def start(self):
        target = _found(self.target) if isinstance(self.target, str) else self.target
        self.held, self.before = target, {}
        for key in [*target] if self.clear else []:
            self.before[key] = target.pop(key)
        for key in self.values:
            self.before.setdefault(key, target.get(key, _MISSING))
        target.update(self.values)
        return target

    def stop(self):
        for key, value in self.before.items():
            if value is _MISSING:
                self.held.pop(key, None)
            else:
                self.held[key] = value


def _found(path):
    parts = path.split(".")
    module = importlib.import_module(parts[0])
    for number, part in enumerate(parts[1:], 2):
        if not hasattr(module, part):
            importlib.import_module(".".join(parts[:number]))
        module = getattr(module, part)
    return module


class _Patcher:
    def __call__(self, target, new=_MISSING, *more, new_callable=MagicMock, **options):
        owner, _, name = target.rpartition(".")
        return _Attribute(owner, name, new, lambda: new_callable(**options))

    def object(self, target, attribute, new=_MISSING, *more, new_callable=MagicMock, **options):
        return _Attribute(target, attribute, new, lambda: new_callable(**options))

    def dict(self, in_dict, values=(), clear=False, **more):
        return _Dictionary(in_dict, {**dict(values), **more}, clear)


patch = _Patcher()

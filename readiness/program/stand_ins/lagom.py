from __readiness__ import wanted


class Singleton:
    def __init__(self, resolver):
        self._resolver = resolver
        self._made = []

    def get_instance(self, container):
        if not self._made:
            self._made.append(_resolved(self._resolver, container))
        return self._made[0]


def _resolved(resolver, container):
    if isinstance(resolver, Singleton):
        return resolver.get_instance(container)
    if isinstance(resolver, type):
        return container._build(resolver)
    if callable(resolver):
        return resolver(container) if wanted(resolver) else resolver()
    return resolver


class Container:
    def __init__(self, container=None, **options):
        self._defined = dict(container._defined) if container is not None else {}

    def define(self, dep, resolver):
        self._defined[dep] = resolver

    def __setitem__(self, dep, resolver):
        self.define(dep, resolver)

    def __getitem__(self, dep):
        return self.resolve(dep)

    def resolve(self, dep, **options):
        if dep is Container:
            return self
        if dep in self._defined:
            return _resolved(self._defined[dep], self)
        return self._build(dep)

    def _build(self, cls):
        needed = {name: one for name, one in wanted(cls).items() if self._gives(one)}
        return cls(**{name: self.resolve(one) for name, one in needed.items()})

    def _gives(self, dep):
        if dep in self._defined:
            return True
        return isinstance(dep, type) and dep.__module__ != "builtins"

    def clone(self):
        return Container(self)

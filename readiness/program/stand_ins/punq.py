import enum

from __readiness__ import wanted

_EMPTY = object()


class MissingDependencyError(Exception):
    pass


class Scope(enum.Enum):
    transient = 0
    singleton = 1


class Container:
    def __init__(self):
        self._known = {}
        self._single = {}
        self.register(Container, instance=self)

    def register(self, service, factory=_EMPTY, instance=_EMPTY, scope=Scope.transient, **kwargs):
        if instance is not _EMPTY:
            entry = (lambda: instance, {}, Scope.transient)
        else:
            entry = (service if factory is _EMPTY else factory, kwargs, scope)
        self._known.setdefault(service, []).append(entry)
        self._single.pop(service, None)
        return self

    def resolve_all(self, service, **kwargs):
        return [self._make(service, entry, kwargs) for entry in self._known.get(service, ())]

    def resolve(self, service, **kwargs):
        if service in self._single:
            return self._single[service]
        if service not in self._known:
            raise MissingDependencyError(service)
        return self._make(service, self._known[service][-1], kwargs)

    def instantiate(self, service, **kwargs):
        return self._make(service, (service, {}, Scope.transient), kwargs)

    def _make(self, service, entry, given):
        factory, own, scope = entry
        arguments = {**self._needed(factory), **own, **given}
        made = factory(**arguments)
        if scope is Scope.singleton:
            self._single[service] = made
        return made

    def _needed(self, factory):
        return {
            name: self.resolve(service)
            for name, service in wanted(factory).items()
            if service in self._known
        }

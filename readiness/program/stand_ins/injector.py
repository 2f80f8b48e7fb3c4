from typing import get_type_hints

from __readiness__ import wanted

_MISSING = object()


def _named(scope):
    def decorate(target):
        target.__scope__ = scope
        return target

    return decorate


singleton = _named("singleton")
threadlocal = _named("singleton")
noscope = _named("noscope")


def inject(target):
    return target


def provider(function):
    function.__provides__ = "one"
    return function


def multiprovider(function):
    function.__provides__ = "many"
    return function


class InstanceProvider:
    def __init__(self, instance):
        self._instance = instance

    def get(self, injector):
        return self._instance


class CallableProvider:
    def __init__(self, function):
        self._function = function

    def get(self, injector):
        return injector.call_with_injection(self._function)


class ClassProvider:
    def __init__(self, cls):
        self._cls = cls

    def get(self, injector):
        return injector.create_object(self._cls)


class UnsatisfiedRequirement(Exception):
    pass


class Module:
    def configure(self, binder):
        return None

    def __call__(self, binder):
        for cls in reversed(type(self).__mro__):
            for function in list(vars(cls).values()):
                kind = getattr(function, "__provides__", None)
                if kind is not None:
                    self._provide(binder, function, kind)
        self.configure(binder)

    def _provide(self, binder, function, kind):
        interface = get_type_hints(function)["return"]
        scope = getattr(function, "__scope__", None)

        def make(injector):
            return injector.call_with_injection(function, self)

        if kind == "one":
            binder._bound[interface] = (make, scope)


class Binder:
    def __init__(self, injector):
        self.injector = injector
        self._bound = {}

    def bind(self, interface, to=_MISSING, scope=None):
        kept = "singleton" if scope in (singleton, threadlocal) else None
        self._bound[interface] = (self._maker(interface, to), kept)

    def _maker(self, interface, to):
        if to is _MISSING:
            return lambda injector: injector.create_object(interface)
        if isinstance(to, (InstanceProvider, CallableProvider, ClassProvider)):
            return lambda injector: to.get(injector)
        if isinstance(to, type):
            return lambda injector: injector.create_object(to)
        if callable(to) and not isinstance(to, interface):
            return lambda injector: injector.call_with_injection(to)
        return lambda injector: to

    def install(self, module):
        made = module() if isinstance(module, type) else module
        made(self)


class Injector:
    def __init__(self, modules=None, auto_bind=True, parent=None):
        self.parent = parent
        self._auto_bind = auto_bind
        self._kept = {}
        self.binder = Binder(self)
        self.binder._bound[Injector] = (lambda injector: self, None)
        if modules is None:
            modules = []
        elif not isinstance(modules, (list, tuple)):
            modules = [modules]
        for module in modules:
            self.binder.install(module)

    def get(self, interface, scope=None):
        if interface in self._kept:
            return self._kept[interface]
        if interface in self.binder._bound:
            make, kept = self.binder._bound[interface]
        elif self.parent is not None:
            return self.parent.get(interface)
        elif self._auto_bind:
            make, kept = (lambda injector: injector.create_object(interface)), None
        else:
            raise UnsatisfiedRequirement(interface)
        kept = kept or getattr(interface, "__scope__", None)
        made = make(self)
        if kept == "singleton":
            self._kept[interface] = made
        return made

    def create_object(self, cls, additional_kwargs=None):
        given = dict(additional_kwargs or {})
        needed = {n: t for n, t in wanted(cls).items() if n not in given and self._gives(t)}
        return cls(**{name: self.get(one) for name, one in needed.items()}, **given)

    def _gives(self, interface):
        if interface in self.binder._bound:
            return True
        if self.parent is not None and self.parent._gives(interface):
            return True
        return isinstance(interface, type) and interface.__module__ != "builtins"

    def call_with_injection(self, callable, self_=None, args=(), kwargs=None):
        given = dict(kwargs or {})
        first = () if self_ is None else (self_,)
        names = list(wanted(callable).items())[len(first) + len(args) :]
        for name, one in names:
            if name not in given and self._gives(one):
                given[name] = self.get(one)
        return callable(*first, *args, **given)

    def create_child_injector(self, *args, **kwargs):
        return Injector(*args, parent=self, **kwargs)

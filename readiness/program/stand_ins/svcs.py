from __readiness__ import wanted


class ServiceNotFoundError(Exception):
    pass


class Registry:
    def __init__(self):
        self._services = {}

    def register_factory(self, svc_type, factory, **options):
        self._services[svc_type] = factory

    def register_value(self, svc_type, value, **options):
        self._services[svc_type] = lambda: value

    def __contains__(self, svc_type):
        return svc_type in self._services

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def close(self):
        return None


class Container:
    def __init__(self, registry):
        self.registry = registry
        self._local = {}
        self._made = {}

    def register_local_value(self, svc_type, value, **options):
        self._local[svc_type] = lambda: value

    def register_local_factory(self, svc_type, factory, **options):
        self._local[svc_type] = factory

    def get(self, *svc_types):
        found = [self._one(svc_type) for svc_type in svc_types]
        return found[0] if len(found) == 1 else found

    get_abstract = get

    async def aget(self, *svc_types):
        return self.get(*svc_types)

    def _one(self, svc_type):
        if svc_type not in self._made:
            factory = self._local.get(svc_type) or self.registry._services.get(svc_type)
            if factory is None:
                raise ServiceNotFoundError(svc_type)
            takes = list(wanted(factory).values())
            self._made[svc_type] = factory(self) if takes == [Container] else factory()
        return self._made[svc_type]

    def __contains__(self, svc_type):
        return svc_type in self._made

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

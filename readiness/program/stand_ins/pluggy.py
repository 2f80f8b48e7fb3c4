class HookspecMarker:
    def __init__(self, project_name):
        self.project_name = project_name

    def __call__(self, function=None, firstresult=False, historic=False, **options):
        def mark(one):
            setattr(one, f"{self.project_name}_spec", {"firstresult": firstresult})
            return one

        return mark if function is None else mark(function)


class HookimplMarker:
    def __init__(self, project_name):
        self.project_name = project_name

    def __call__(self, function=None, tryfirst=False, trylast=False, specname=None, **options):
        options.update(tryfirst=tryfirst, trylast=trylast, specname=specname)

        def mark(one):
            setattr(one, f"{self.project_name}_impl", options)
            return one

        return mark if function is None else mark(function)


class _Hook:
    def __init__(self, firstresult):
        self._firstresult = firstresult
        self._first = []
        self._middle = []
        self._last = []

    def _add(self, function, options):
        if options["tryfirst"]:
            self._first.insert(0, function)
        elif options["trylast"]:
            self._last.insert(0, function)
        else:
            self._middle.insert(0, function)

    def __call__(self, **given):
        found = []
        for function in [*self._first, *self._middle, *self._last]:
            made = function(**given)
            if made is not None:
                if self._firstresult:
                    return made
                found.append(made)
        return None if self._firstresult else found


class _Hooks:
    pass


class PluginManager:
    def __init__(self, project_name):
        self.project_name = project_name
        self.hook = _Hooks()
        self._plugins = {}

    def add_hookspecs(self, holder):
        for name in dir(holder):
            spec = getattr(getattr(holder, name, None), f"{self.project_name}_spec", None)
            if spec is not None:
                setattr(self.hook, name, _Hook(spec["firstresult"]))

    def register(self, plugin, name=None):
        shown = name or getattr(plugin, "__name__", None) or str(len(self._plugins))
        self._plugins[shown] = plugin
        for one in dir(plugin):
            function = getattr(plugin, one, None)
            options = getattr(function, f"{self.project_name}_impl", None)
            if options is not None:
                self._hook(options["specname"] or one)._add(function, options)
        return shown

    def _hook(self, name):
        if not hasattr(self.hook, name):
            setattr(self.hook, name, _Hook(False))
        return getattr(self.hook, name)

    def get_plugins(self):
        return list(self._plugins.values())

    def get_plugin(self, name):
        return self._plugins.get(name)

    def has_plugin(self, name):
        return name in self._plugins

    def is_registered(self, plugin):
        return plugin in self._plugins.values()

    def check_pending(self):
        return None

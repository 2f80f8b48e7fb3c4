import importlib
import os
import typing

from __readiness__ import found


class ModuleInfo(typing.NamedTuple):
    module_finder: object
    name: str
    ispkg: bool


def iter_modules(path=None, prefix=""):
    for folder in path:
        for name in os.listdir(folder):
            stem, dot, ending = name.rpartition(".")
            if ending == "py" and stem and stem != "__init__":
                yield ModuleInfo(None, prefix + stem, False)
            elif not dot and found(f"{folder}/{name}/__init__.py"):
                yield ModuleInfo(None, prefix + name, True)


def walk_packages(path=None, prefix="", onerror=None):
    for one in iter_modules(path, prefix):
        yield one
        if one.ispkg:
            package = importlib.import_module(one.name)
            yield from walk_packages(package.__path__, one.name + ".", onerror)

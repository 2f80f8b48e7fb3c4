"""The oracle: the same program run by the real interpreter, over stubs that record."""

import builtins
import os
import sys
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from unittest.mock import patch

Sites = dict[str, str]


class _Db:
    def __init__(self, *args: object, **keywords: object) -> None:
        """Take whatever is given."""


class InMemoryDb(_Db):
    """Stands for agno's."""


class PostgresDb(_Db):
    """Stands for agno's."""


LABELS = {"InMemoryDb": "volatile", "PostgresDb": "durable", "NoneType": "none"}


def run(
    files: Mapping[str, str], variables: Mapping[str, str], on: frozenset[str] = frozenset()
) -> Sites | None:
    """The db of each agent by its site, when the program is over; None where it raises.

    ``on`` are the flags that the service of flags says yes to.
    """
    made: list[tuple[str, object]] = []

    class Agent:
        def __init__(self, *, db: object = None, name: str = "") -> None:
            self.db = db
            self.name = name
            frame = sys._getframe(1)
            made.append((f"{frame.f_code.co_filename}:{frame.f_lineno}", self))

    with patch.dict(os.environ, dict(variables), clear=True), _modules(files, Agent, on):
        try:
            exec(compile(files["main.py"], "main.py", "exec"), {"__name__": "__main__"})
        except Exception:  # noqa: BLE001 - a program that ends early is not compared
            return None
    return {site: LABELS[type(agent.db).__name__] for site, agent in made}  # type: ignore[attr-defined]


@contextmanager
def _modules(files: Mapping[str, str], agent: type, on: frozenset[str]) -> Iterator[None]:
    """Make the program's modules and the stubs importable, and forget them afterwards."""
    before = dict(sys.modules)

    def risky(name: str) -> None:
        if name in on:
            raise OSError(name)

    for name, content in (
        ("agno", {}), ("agno.agent", {"Agent": agent}), ("agno.db", {}),
        ("agno.db.in_memory", {"InMemoryDb": InMemoryDb}),
        ("agno.db.postgres", {"PostgresDb": PostgresDb}),
        ("flagship", {"feature": lambda name: name in on, "risky": risky}),
    ):  # fmt: skip
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(content)
    finder = _Finder(files)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in set(sys.modules) - set(before):
            del sys.modules[name]
        sys.modules.update(before)


class _Finder(MetaPathFinder):
    """Finds the modules of the program in memory."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        """The module of this name, if the program has it."""
        _ = path, target
        stem = name.replace(".", "/")
        for file in (f"{stem}/__init__.py", f"{stem}.py"):
            if file in self.files:
                return ModuleSpec(name, _Loader(self.files[file], file),
                                  is_package=file.endswith("__init__.py"))  # fmt: skip
        return None


class _Loader(Loader):
    """Runs a module's text."""

    def __init__(self, code: str, path: str) -> None:
        self.code = code
        self.path = path

    def create_module(self, spec: object) -> None:
        """Let the import system make it."""

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.code, self.path, "exec"), vars(module))


__all__ = ["builtins", "run"]

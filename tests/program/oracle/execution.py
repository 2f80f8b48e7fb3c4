"""The oracle: the same program run by the real interpreter, over stubs that record."""

import os
import sys
import tempfile
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

Site = tuple[str, int]


class _Db:
    def __init__(self, *args: object, **keywords: object) -> None:
        self.args = args
        self.__dict__.update(keywords)


class InMemoryDb(_Db):
    """Stands for agno's."""


class PostgresDb(_Db):
    """Stands for agno's."""

    def __init__(self, db_url: str | None = None, **keywords: object) -> None:
        super().__init__(db_url=db_url, **keywords)
        if db_url is None and keywords.get("db_engine") is None:
            raise ValueError("One of db_url or db_engine must be provided")


class Engine:
    """What the stub of ``create_engine`` gives."""

    def __init__(self, url: object, **keywords: object) -> None:
        self.url = url
        self.__dict__.update(keywords)


LABELS = {"InMemoryDb": "volatile", "PostgresDb": "durable", "NoneType": "none"}


@dataclass
class Run:
    """What a program built, in order, and how it ended (None: it went through)."""

    agents: list[tuple[Site, object]] = field(default_factory=list)
    engines: list[tuple[Site, Engine]] = field(default_factory=list)
    error: str | None = None
    words: str = ""
    asked: set[str] = field(default_factory=set)
    """The files that it looked for and that are not there."""
    names: dict[str, object] = field(default_factory=dict)
    """The names of its main module: what they lead to is there as long as this is."""

    def dbs(self) -> dict[Site, list[str]]:
        """The kinds of dbs that each site's objects hold in the end."""
        found: dict[Site, list[str]] = {}
        for site, agent in self.agents:
            kind = LABELS.get(type(agent.db).__name__, "unknown")  # type: ignore[attr-defined]
            found.setdefault(site, []).append(kind)
        return found


def run(
    files: Mapping[str, str], variables: Mapping[str, str], on: frozenset[str] = frozenset()
) -> Run:
    """Run ``main.py``; ``on`` are the flags that the service of flags says yes to."""
    made = Run()
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, dict(variables), clear=True))
        stack.enter_context(redirect_stdout(StringIO()))
        stack.enter_context(patch("threading.excepthook", lambda _: None))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # a program may look odd
        if any(not path.endswith(".py") for path in files):
            stack.enter_context(_folder(files))
            stack.enter_context(_watching(made.asked))
        stack.enter_context(_modules(files, made, on))
        made.names = {"__name__": "__main__", "__file__": "main.py"}
        try:
            exec(compile(files["main.py"], "main.py", "exec"), made.names)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - how the program ends
            made.error, made.words = type(error).__name__, str(error)
    return made


def meets_an_error(
    files: Mapping[str, str], variables: Mapping[str, str], on: frozenset[str] = frozenset()
) -> bool:
    """Whether anything raises an error in the program's own code, caught or not."""
    met: list[str] = []

    def note(frame: types.FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        if event == "exception":
            met.append(frame.f_code.co_filename)
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        run(files, variables, on)
    finally:
        sys.settrace(before)
    return bool(met)


@contextmanager
def _folder(files: Mapping[str, str]) -> Iterator[None]:
    """Run in a folder that holds the program's files."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


@contextmanager
def _watching(asked: set[str]) -> Iterator[None]:
    """Note the files that are looked for in vain."""
    really: dict[str, Callable[..., Any]] = {"open": open, "stat": os.stat}

    def watched(name: str) -> Callable[..., Any]:
        def run(path: Any, *args: Any, **keywords: Any) -> Any:
            try:
                return really[name](path, *args, **keywords)
            except FileNotFoundError:
                asked.add(os.fspath(path))
                raise

        return run

    with patch("builtins.open", watched("open")), patch("io.open", watched("open")), \
            patch("os.stat", watched("stat")):  # fmt: skip
        yield


def _site(depth: int = 2) -> Site:
    frame = sys._getframe(depth)
    return frame.f_code.co_filename, frame.f_lineno


def _stubs(made: Run, on: frozenset[str]) -> dict[str, dict[str, object]]:
    class Agent:
        def __init__(self, *, db: object = None, **keywords: object) -> None:
            self.db = db
            self.__dict__.update(keywords)
            made.agents.append((_site(), self))

    def create_engine(url: object, **keywords: object) -> Engine:
        engine = Engine(url, **keywords)
        made.engines.append((_site(), engine))
        return engine

    def risky(name: str) -> None:
        if name in on:
            raise OSError(name)

    return {
        "agno": {}, "agno.agent": {"Agent": Agent}, "agno.db": {},
        "agno.db.in_memory": {"InMemoryDb": InMemoryDb},
        "agno.db.postgres": {"PostgresDb": PostgresDb},
        "sqlalchemy": {"create_engine": create_engine},
        "flagship": {"feature": lambda name: name in on, "risky": risky},
    }  # fmt: skip


@contextmanager
def _modules(files: Mapping[str, str], made: Run, on: frozenset[str]) -> Iterator[None]:
    """Make the program's modules and the stubs importable, and forget them afterwards."""
    before = dict(sys.modules)
    for name in [one for one in sys.modules if one.partition(".")[0] == "sqlalchemy"]:
        del sys.modules[name]
    for name, content in _stubs(made, on).items():
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(content)
    finder = _Finder(files)
    sys.meta_path.insert(0, finder)
    path = list(sys.path)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        sys.path[:] = path
        own = {piece for path in files for piece in path.removesuffix(".py").split("/")[:2]}
        for name in set(sys.modules) - set(before):
            if name.partition(".")[0] in {*own, "agno", "flagship", "sqlalchemy", "src"}:
                del sys.modules[name]
        sys.modules.update(before)


class _Finder(MetaPathFinder):
    """Finds the modules of the program in memory; ``src`` is a root too."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        """The module of this name, if the program has it."""
        _ = path, target
        stem = name.replace(".", "/")
        for file in (f"{stem}/__init__.py", f"{stem}.py", f"src/{stem}/__init__.py",
                     f"src/{stem}.py"):  # fmt: skip
            if file in self.files:
                return ModuleSpec(name, _Loader(self.files[file], file),
                                  is_package=file.endswith("__init__.py"))  # fmt: skip
        if any(file.startswith((f"{stem}/", f"src/{stem}/")) for file in self.files):
            return ModuleSpec(name, _Loader("", f"{stem}/"), is_package=True)
        return None


class _Loader(Loader):
    """Runs a module's text."""

    def __init__(self, code: str, path: str) -> None:
        self.code = code
        self.path = path

    def create_module(self, spec: object) -> None:
        """Let the import system make it."""

    def exec_module(self, module: types.ModuleType) -> None:
        module.__file__ = self.path
        exec(compile(self.code, self.path, "exec"), vars(module))

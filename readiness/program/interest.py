"""Which modules and functions can matter, found by names before anything runs."""

import ast
import re
from collections.abc import Iterable
from functools import cached_property

from readiness.program.answers import LeftOut
from readiness.program.installed import Installed
from readiness.program.leads import Leads
from readiness.program.nodes import walk
from readiness.program.scope import Scope
from readiness.program.seeing import Made
from readiness.program.sources import Sources
from readiness.program.spreading import Spreading
from readiness.program.starters import FEW, is_started, module_word, starters
from readiness.program.values import Function
from readiness.program.words import LIBRARIES, LOADING, LOGGING, NEEDLES, SERVED, STARTS
from readiness.project import Unreadable

MANY = 2000
"""In a project of so many modules one that does no more than log is not run by itself."""
_DATA = ("*.yaml", "*.yml", "*.json", "*.toml", "*.ini", "*.cfg")
BUILDERS = frozenset({
    "Agent", "Team", "Workflow", "AgentOS", "ClaudeAgent", "LangGraphAgent", "DSPyAgent",
    "CodexAgent", "AntigravityAgent", "deep_copy", "create_engine", "create_async_engine",
    "create_postgres_engine", "create_async_postgres_engine", "create_pool", "connect",
    "ConnectionPool", "AsyncConnectionPool", "NullConnectionPool", "AsyncNullConnectionPool",
    "SimpleConnectionPool", "async_engine_from_config", "Connection",
    "ThreadedConnectionPool", "PostgresDb", "AsyncPostgresDb", "DATABASES", "engine_from_config",
    "PostgresqlDatabase", "PooledPostgresqlDatabase", "PostgresqlExtDatabase",
    "PooledPostgresqlExtDatabase", "Tortoise", "register_tortoise", "RegisterTortoise", "Database",
    "PgVector", "SQLAlchemy", "init_app", "PostgresStorage", "PgAgentStorage", "Knowledge",
    "ChromaDb", "LanceDb", "Qdrant", "serve", "from_conn_string", "PostgresEngine", "PGVector",
    "start_connection_pool", "init", "PsycopgConnector", "SyncPsycopgConnector",
    "Psycopg2Connector", "AiopgConnector",
    "from_connection_string", "SQLAlchemyJobStore", "PGVectorStore", "from_params", "instantiate",
    "Celery", "BrokerConnection",
})  # fmt: skip


class Interest:
    """The modules that count and mention a name of interest, and the functions that build.

    Those ``elsewhere`` are judged in another program: in this one only if it imports them.
    """

    def __init__(
        self, sources: Sources, scope: Scope, elsewhere: frozenset[str] = frozenset()
    ) -> None:
        self.sources = sources
        self.scope = scope
        self.elsewhere = elsewhere
        self.seeing: set[Made] = set()
        """The functions that see what builds in the call which made them."""

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The files to run, in order of path; one that others import runs when they ask."""
        project = self.sources.project
        mentioned = set(project.mentioning(NEEDLES))
        if len(self.sources.paths) < MANY:
            mentioned.update(project.mentioning(LOGGING))
            mentioned.update(self._starting())
        counted = [path for path in self.sources.paths if self.counts(path)]
        if len(counted) < FEW:
            mentioned.update(self._loading(mentioned))
            mentioned |= starters(self.sources, counted, mentioned) if mentioned else set()
        copies = self.copies
        found = [path for path in sorted(mentioned) if self.counts(path)]
        return tuple(
            path for path in found if not path.startswith(copies) and self._is_readable(path)
        )

    def _loading(self, mentioned: set[str]) -> Iterable[str]:
        """The files that take by a text what they build: it may stand in a file of data."""
        project = self.sources.project
        found = project.mentioning(LOADING)
        if mentioned or not found:
            return found
        said = (project.text_if_any(path) or "" for path in project.files(*_DATA))
        return found if any("agno." in one for one in said) else ()

    def _starting(self) -> Iterable[str]:
        """The files that import one which starts monitoring: they may decide that it does."""
        project = self.sources.project
        names = {module_word(path) for path in project.mentioning(STARTS) if self.counts(path)}
        if not names:
            return ()
        words = sorted(name.encode() for name in names)
        said = b"|".join(map(re.escape, words))
        return project.matching(rb"(?:from|import)[ \t][^\n]*\b(?:" + said + rb")\b", words)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The roots that this program runs whoever imports them: first those that nobody does.

        What a server reads comes before what somebody runs by hand: whichever is first chooses
        the settings where the environment does not.
        """
        own = (path for path in self.roots if path not in self.elsewhere)
        served = frozenset(self.sources.project.mentioning(SERVED))
        return tuple(sorted(own, key=lambda path: (
            path not in served, not is_started(self.sources, path), path)))  # fmt: skip

    @cached_property
    def starting(self) -> frozenset[str]:
        """The roots that nobody imports and that only start what others hold."""
        building = frozenset(self.sources.project.mentioning(LIBRARIES))
        return frozenset(path for path in self.roots if path not in building
                         and is_started(self.sources, path))  # fmt: skip

    @cached_property
    def copies(self) -> tuple[str, ...]:
        """Folders that hold a library itself, whose model is used instead of its code."""
        agno = (path.removesuffix("agent/agent.py") for path in self.sources.paths
                if path.endswith("agno/agent/agent.py"))  # fmt: skip
        return (*agno, *self.installed)

    @property
    def installed(self) -> tuple[str, ...]:
        """How the paths of the files of installed libraries begin of which there is a model."""
        return tuple(path for one in self.sources.installed for path in one.paths)

    def counts(self, path: str) -> bool:
        """Whether a file is part of what is deployed."""
        return self.scope.leaves_out(path) is None

    def _is_readable(self, path: str) -> bool:
        try:
            self.sources.project.read(path)
        except Unreadable as unreadable:
            self.sources.not_parsed[path] = unreadable.reason
            return False
        return True

    def left_out(self, evaluated: set[str]) -> tuple[LeftOut, ...]:
        """The files that do not count and that nothing imported."""
        found = [LeftOut(folder, "it is a copy of agno itself") for folder in self.copies
                 if folder not in self.installed]  # fmt: skip
        found += [LeftOut(_first_path(self.sources, one), f"it is an installed copy of "
                          f"{one.distribution}, which is known without running it")
                  for one in self.sources.installed]  # fmt: skip
        for path in self.sources.paths:
            why = self.scope.leaves_out(path)
            if why is not None and path not in evaluated:
                found.append(LeftOut(path, _left_out(why, named=why in self.scope.exclude)))
        return tuple(found)

    def builds(self, node: ast.AST) -> bool:
        """Whether a function may build something, by itself or by what it calls."""
        return node in self.spreading.building

    def enters(self, function: Function) -> bool:
        """Whether a function may build something, or one that the call had which made it."""
        return (
            function.node in self.spreading.building
            or (function.node, function.closure) in self.seeing
        )

    @cached_property
    def spreading(self) -> Spreading:
        """The definitions that lead to what a library builds."""
        speaking = frozenset(self.sources.project.mentioning(LIBRARIES))
        leads = Leads(self.sources, speaking, BUILDERS, self.copies)
        return Spreading(leads, self.roots, BUILDERS)


def _first_path(sources: Sources, one: Installed) -> str:
    package, module = one.paths
    return module if sources.has(module) else package


def has_main_block(tree: ast.Module) -> bool:
    """Whether a module has ``if __name__ == "__main__"``."""
    return any(
        isinstance(node, ast.If)
        and any(isinstance(one, ast.Name) and one.id == "__name__" for one in walk(node.test))
        for node in tree.body
    )


def _left_out(why: str, *, named: bool) -> str:
    """Why a file is no part of what is deployed, in words."""
    if named:
        return f"the settings leave it out ({why})"
    where = f"it lies in {why}" if why.endswith("/") else f"it is named like {why}"
    return f"{where}, which is not deployed, and nothing that is deployed imports it"

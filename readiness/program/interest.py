"""Which modules and functions can matter, found by names before anything runs."""

import ast
import re
from functools import cached_property

from readiness.program.answers import LeftOut
from readiness.program.scope import Scope
from readiness.program.sources import Sources
from readiness.project import Unreadable

NEEDLES = (
    b"agno", b"sqlalchemy", b"sqlmodel", b"psycopg", b"asyncpg", b"DATABASES", b"environ",
    b"getenv", b"BaseSettings", b"decouple", b"environs", b"dotenv", b"dj_database_url",
    b"sentry_sdk", b"opentelemetry", b"prometheus", b"logfire", b"ddtrace", b"newrelic",
    b"rollbar", b"bugsnag", b"structlog", b"logging", b"InMemoryDb",
)  # fmt: skip
BUILDERS = frozenset({
    "Agent", "Team", "Workflow", "AgentOS", "create_engine", "create_async_engine",
    "create_postgres_engine", "create_async_postgres_engine", "create_pool", "connect",
    "ConnectionPool", "AsyncConnectionPool", "NullConnectionPool", "SimpleConnectionPool",
    "ThreadedConnectionPool", "PostgresDb", "AsyncPostgresDb", "DATABASES", "engine_from_config",
    "PgVector", "PostgresStorage", "PgAgentStorage",
})  # fmt: skip
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Interest:
    """The modules that count and mention a name of interest, and the functions that build."""

    def __init__(self, sources: Sources, scope: Scope) -> None:
        self.sources = sources
        self.scope = scope
        self._words: dict[ast.AST, frozenset[str]] = {}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The files to run, in order of path; one that others import runs when they ask."""
        return tuple(
            path for path in self.sources.paths
            if self.counts(path) and self._mentions(path)
        )  # fmt: skip

    def counts(self, path: str) -> bool:
        """Whether a file is part of what is deployed."""
        return self.scope.leaves_out(path) is None

    def _mentions(self, path: str) -> bool:
        try:
            content = self.sources.project.read(path)
        except Unreadable as unreadable:
            self.sources.not_parsed[path] = unreadable.reason
            return False
        return any(needle in content for needle in NEEDLES)

    def left_out(self, evaluated: set[str]) -> tuple[LeftOut, ...]:
        """The files that do not count and that nothing imported."""
        found = []
        for path in self.sources.paths:
            why = self.scope.leaves_out(path)
            if why is not None and path not in evaluated:
                found.append(LeftOut(path, f"it does not count as deployed code ({why})"))
        return tuple(found)

    def builds(self, node: ast.AST) -> bool:
        """Whether a function may build something, by itself or by what it calls."""
        return bool(self.words(node) & self.builders)

    @cached_property
    def builders(self) -> frozenset[str]:
        """Names that may build something: the libraries' own, and what mentions them."""
        found = set(BUILDERS)
        definitions = list(self._definitions())
        changed = True
        while changed:
            changed = False
            for name, words in definitions:
                if name not in found and words & found:
                    found.add(name)
                    changed = True
        return frozenset(found)

    def _definitions(self) -> list[tuple[str, frozenset[str]]]:
        found: list[tuple[str, frozenset[str]]] = []
        for path in self.roots:
            tree = self.sources.tree(path)
            if tree is None:
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    found.append((node.name, self.words(node)))
                elif isinstance(node, ast.alias) and node.asname:
                    last = node.name.rpartition(".")[2]
                    found.append((node.asname, frozenset({last})))
        return found

    def words(self, node: ast.AST) -> frozenset[str]:
        """The names that a piece of code mentions."""
        known = self._words.get(node)
        if known is None:
            known = frozenset(
                inner.id if isinstance(inner, ast.Name) else inner.attr
                for inner in ast.walk(node)
                if isinstance(inner, ast.Name | ast.Attribute)
            )
            self._words[node] = known
        return known


def has_main_block(tree: ast.Module) -> bool:
    """Whether a module has ``if __name__ == "__main__"``."""
    return any(
        isinstance(node, ast.If) and "__name__" in ast.unparse(node.test) for node in tree.body
    )

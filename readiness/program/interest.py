"""Which modules and functions can matter, found by names before anything runs."""

import ast
from functools import cached_property

from readiness.program.answers import LeftOut
from readiness.program.scope import Scope
from readiness.program.sources import Sources
from readiness.project import Unreadable

NEEDLES = (
    b"agno",
    b"SQLAlchemy", b"sqlalchemy", b"sqlmodel", b"psycopg", b"asyncpg", b"DATABASES", b"environ",
    b"getenv", b"BaseSettings", b"decouple", b"environs", b"dotenv", b"dj_database_url",
    b"sentry_sdk", b"opentelemetry", b"prometheus", b"logfire", b"ddtrace", b"newrelic",
    b"rollbar", b"bugsnag", b"posthog", b"elasticapm", b"honeybadger", b"scout_apm",
    b"structlog", b"logging", b"InMemoryDb",
)  # fmt: skip
BUILDERS = frozenset({
    "Agent", "Team", "Workflow", "AgentOS", "create_engine", "create_async_engine",
    "create_postgres_engine", "create_async_postgres_engine", "create_pool", "connect",
    "ConnectionPool", "AsyncConnectionPool", "NullConnectionPool", "SimpleConnectionPool",
    "ThreadedConnectionPool", "PostgresDb", "AsyncPostgresDb", "DATABASES", "engine_from_config",
    "PgVector", "SQLAlchemy", "init_app", "PostgresStorage", "PgAgentStorage",
})  # fmt: skip
LIBRARIES = (b"agno", b"sqlalchemy", b"sqlmodel", b"psycopg", b"asyncpg", b"aiopg", b"pg8000",
             b"SQLALCHEMY", b"DATABASES")  # fmt: skip
# Names that too many things have to say anything.
COMMON = frozenset(dir(str)) | frozenset(dir(dict)) | frozenset(dir(list)) | frozenset(dir(set)) | {  # noqa: E501 - a table
    "run", "main", "call", "close", "open", "read", "write", "send", "start", "stop", "name",
    "wrapper", "inner", "decorator",
}  # fmt: skip


class Interest:
    """The modules that count and mention a name of interest, and the functions that build."""

    def __init__(self, sources: Sources, scope: Scope) -> None:
        self.sources = sources
        self.scope = scope
        self._words: dict[ast.AST, frozenset[str]] = {}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The files to run, in order of path; one that others import runs when they ask."""
        copies = self.copies
        return tuple(
            path for path in self.sources.paths
            if self.counts(path) and not path.startswith(copies) and self._mentions(path)
        )  # fmt: skip

    @cached_property
    def copies(self) -> tuple[str, ...]:
        """Folders that hold a library itself, whose model is used instead of its code."""
        return tuple(
            path.removesuffix("agent/agent.py") for path in self.sources.paths
            if path.endswith("agno/agent/agent.py")
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
        found = [LeftOut(folder, "it is a copy of agno itself") for folder in self.copies]
        for path in self.sources.paths:
            why = self.scope.leaves_out(path)
            if why is not None and path not in evaluated:
                found.append(LeftOut(path, f"it does not count as deployed code ({why})"))
        return tuple(found)

    def builds(self, node: ast.AST) -> bool:
        """Whether a function may build something, by itself or by what it calls."""
        return not self.builders.isdisjoint(self._words.get(node, frozenset()))

    @cached_property
    def builders(self) -> frozenset[str]:
        """Names that may build something: the libraries' own, and what mentions them."""
        mentioned_by: dict[str, list[str]] = {}
        for name, words in self._definitions().items():
            for word in words:
                mentioned_by.setdefault(word, []).append(name)
        found, pending = set(BUILDERS), [*BUILDERS]
        while pending:
            new = [name for name in mentioned_by.get(pending.pop(), ()) if name not in found]
            found.update(new)
            pending += new
        return frozenset(found)

    def _definitions(self) -> dict[str, frozenset[str]]:
        """What every function, class and alias of the roots mentions, by its name."""
        found: dict[str, frozenset[str]] = {}
        for path in self.roots:
            tree = self.sources.tree(path)
            if tree is None:
                continue
            speaks = self._speaks(path)
            for node in tree.body:
                try:
                    self._gather(node, found, speaks, top=True)
                except RecursionError:
                    self.sources.give_up(path, f"line {node.lineno} nests too deeply")
        return found

    def _speaks(self, path: str) -> bool:
        """Whether a file names a library whose objects are judged."""
        content = self.sources.project.read(path)
        return any(needle in content for needle in LIBRARIES)

    def _gather(
        self,
        node: ast.AST,
        found: dict[str, frozenset[str]],
        speaks: bool,  # noqa: FBT001 - handed on as it is
        *,
        top: bool,
    ) -> set[str]:
        """The words of a piece of code, those of the definitions in it kept on the way."""
        words: set[str] = set()
        is_definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for child in ast.iter_child_nodes(node):
            words |= self._gather(child, found, speaks, top=top and not is_definition)
        if isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.alias) and node.asname:
            last = node.name.rpartition(".")[2]
            found[node.asname] = found.get(node.asname, frozenset()) | {last}
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            kept = frozenset(words if speaks else words - BUILDERS)
            self._words[node] = kept
            if top and node.name not in COMMON:
                found[node.name] = found.get(node.name, frozenset()) | kept
        return words


def has_main_block(tree: ast.Module) -> bool:
    """Whether a module has ``if __name__ == "__main__"``."""
    return any(
        isinstance(node, ast.If)
        and any(isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test))
        for node in tree.body
    )

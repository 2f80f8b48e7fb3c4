"""Which definitions may build something: those that mention what does, one after the other."""

import ast
from collections.abc import Collection, Iterable, Iterator

from readiness.program.leads import ANY, GIVEN, HELD, LIBRARY, Key, Leads
from readiness.program.mentions import is_decorated
from readiness.program.nodes import Definition
from readiness.program.saying import How, Mention

# Names that too many things have to say anything of the object in which they are looked up.
COMMON = frozenset(dir(str)) | frozenset(dir(dict)) | frozenset(dir(list)) | frozenset(dir(set)) | {  # noqa: E501 - a table
    "run", "main", "call", "close", "open", "read", "write", "send", "start", "stop", "name",
    "wrapper", "inner", "decorator",
}  # fmt: skip


class Spreading:
    """The definitions of the roots that lead to what builds something, however far."""

    def __init__(self, leads: Leads, roots: Iterable[str], builders: Iterable[str]) -> None:
        self._leads = leads
        self._roots = frozenset(roots)
        self._begin = frozenset(Key(LIBRARY, name) for name in builders)
        self._found: set[Key] = set()
        self.building: set[ast.AST] = set()
        self._renamed = _renamed(leads)
        self._tables: dict[str, dict[Key, list[tuple[str, Mention]]]] = {}
        self._follow(self._begin)

    def refresh(self) -> None:
        """Look anew where files were parsed since."""
        if self._leads.refresh():
            taken = [one for one in self._found if one.origin == HELD]
            self._found.clear()
            self._tables.clear()
            self._renamed = _renamed(self._leads)
            self._follow({*self._begin, *taken})

    def take(self, names: Collection[str]) -> None:
        """Follow names of what holds functions that build: who mentions them may call those."""
        self._follow(Key(HELD, name) for name in names if name not in COMMON)

    def _follow(self, keys: Iterable[Key]) -> None:
        pending = [one for one in keys if one not in self._found]
        self._found.update(pending)
        while pending:
            new = [one for one in self._mentioning(pending.pop()) if one not in self._found]
            self._found.update(new)
            pending += new

    def _mentioning(self, key: Key) -> set[Key]:
        """The definitions that mention what a key stands for."""
        table = self._table(key.name)
        wanted = [key]
        if key.origin not in {LIBRARY, HELD} and key.name not in COMMON:
            wanted.append(Key(ANY, key.name))
            values = (one.how for lead in wanted for _, one in table.get(lead, ()))
            if self._is_given(key) or How.VALUE in values:
                wanted.append(Key(GIVEN, key.name))
        return {found for lead in wanted for path, one in table.get(lead, ())
                for found in self._mark(path, one.region)}  # fmt: skip

    def _table(self, name: str) -> dict[Key, list[tuple[str, Mention]]]:
        """What the mentions of a name lead to, or of one under which files import what has it."""
        if name not in self._tables:
            found = self._tables[name] = {}
            for path, said in self._places(name):
                for one in self._leads.mentions(path, said):
                    for key in self._leads.of(path, said, one):
                        found.setdefault(key, []).append((path, one))
        return self._tables[name]

    def _places(self, name: str) -> Iterator[tuple[str, str]]:
        names, pending = {name}, [name]
        while pending:
            more = self._renamed.get(pending.pop(), set()) - names
            names |= more
            pending += more
        for one in names:
            yield from ((path, one) for path in self._leads.naming(one))

    def _mark(self, path: str, region: int) -> Iterator[Key]:
        """Take note of what is around a mention; the outermost of that goes by its name."""
        read = self._leads.read(path)
        if read is None or path not in self._roots:
            return
        node: ast.AST | None = None
        for one in read.around(region):
            self.building.add(one)
            node = one if isinstance(one, Definition) else node
        if isinstance(node, Definition):
            yield Key(path, node.name)

    def _is_given(self, key: Key) -> bool:
        """Whether what has a name in a file is handed on without saying it."""
        nodes = self._leads.outer(key.origin).get(key.name, ())
        return self._leads.is_given_whole(key.origin) or any(
            not self._leads.is_foreign(key.origin, one)
            for node in nodes if is_decorated(node) for one in node.decorator_list
        )  # fmt: skip


def _renamed(leads: Leads) -> dict[str, set[str]]:
    """The other names under which files import what has one."""
    found: dict[str, set[str]] = {}
    for _, name, one in leads.every_import():
        if one.name and one.name != name:
            found.setdefault(one.name, set()).add(name)
    return found

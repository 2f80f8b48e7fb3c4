"""One pass over the program: which modules, in which order, and then what nothing called."""

from collections.abc import Container, Sequence

from readiness.model.place import Place
from readiness.program.calling import call
from readiness.program.entries import Entry
from readiness.program.interest import Interest, has_main_block
from readiness.program.interpreter.abandon import abandon_files
from readiness.program.interpreter.machine import Machine
from readiness.program.models import written
from readiness.program.models.libraries import configurations
from readiness.program.modules import Modules
from readiness.program.receivers import needs_nothing
from readiness.program.rivals import contrary
from readiness.program.uncalled import Uncalled, start_applications, start_groups
from readiness.program.values import Arguments, Function


class Run:
    """One pass over the program."""

    def __init__(
        self, machine: Machine, interest: Interest, entry_points: Sequence[Entry],
        only: frozenset[str] | None, *, passed_over: Container[str], first: Sequence[Entry],
    ) -> None:  # fmt: skip
        self.machine = machine
        self.only = only
        self.passed_over = passed_over
        self.first = first
        self.interest = interest
        self.entry_points = entry_points
        self.modules = Modules(machine)
        self.contrary: dict[str, str] = {}

    def everything(self) -> None:
        """Entry points, then every other module that counts, then what nothing called."""
        written.begin(self.machine)
        for entry in (*self.first, *self.entry_points):
            self._entry(entry)
        for path in self.interest.beginnings:
            if path not in self.machine.evaluated and self._begins(path):
                if why := self.machine.limits.over:
                    self._stop(why)
                    break
                self._root(path)
        configurations.set_up(self.machine)
        self.machine.starting = False
        start_applications(self.machine)
        start_groups(self.machine)
        Uncalled(self.machine, self.interest, self.passed_over).enter()

    def _stop(self, why: str) -> None:
        """Run no further module: what those that are left may change is not known any more."""
        machine = self.machine
        left = [path for path in self.interest.beginnings
                if path not in machine.evaluated and self._begins(path)]  # fmt: skip
        machine.cut_short.update(dict.fromkeys(left, why))
        abandon_files(machine, machine.sources.words(left), Place(left[0]), why)

    def _root(self, path: str) -> None:
        """A module, after the packages that it lies in, as an import of it would run them."""
        name = self._name(path)
        if name != "__main__":
            self._packages(path)
        if path not in self.machine.evaluated:
            self.modules.run(path, name)
        if path in self.interest.starting and (why := contrary(self.machine)):
            self.contrary.setdefault(path, why)

    def _packages(self, path: str) -> None:
        for package in self.machine.sources.packages_of(path):
            self.machine.imports.setdefault(path, set()).add(package)
            if package not in self.machine.by_path:
                self.modules.run(package, self.machine.sources.name_of(package))

    def _begins(self, path: str) -> bool:
        return path not in self.passed_over and (self.only is None or path in self.only)

    def _entry(self, entry: Entry) -> None:
        """What runs as main, or is imported for the name in it that is then called."""
        path = entry.path(self.machine.sources)
        if path is None or (self.only is not None and path not in self.only):
            return
        is_script = entry.name.endswith(".py")
        if not is_script:
            self._packages(path)
        self.machine.words = entry.arguments
        if entry.main:
            self.modules.run(path, "__main__")
        elif path not in self.machine.evaluated:
            name = self.machine.sources.name_of(path) if is_script else entry.name
            self.modules.run(path, name)
        self._called(entry, path)
        self.machine.words = None

    def _called(self, entry: Entry, path: str) -> None:
        """Call what an entry names in a module that was run."""
        loaded = self.machine.by_path.get(path)
        value = loaded.slots.values.get(entry.attribute or "") if loaded else None
        given = entry.given(Place(path))
        if isinstance(value, Function):
            if given is None and needs_nothing(value):
                given = Arguments((), {}, Place(path))
            call(self.machine, value, given)
        elif value is not None and entry.call:
            self.modules.invoke(path, value, given or Arguments((), {}, Place(path)))

    def _name(self, path: str) -> str:
        """A module that nothing imports and that has a main block is a program itself."""
        name = self.machine.sources.name_of(path)
        last = name.rpartition(".")[2]
        tree = self.machine.sources.tree(path)
        if tree is None or not has_main_block(tree):
            return name
        if self.entry_points or last in self.machine.sources.imported_names:
            return name if last in self.machine.sources.imported_names else "__main__"
        return "__main__"

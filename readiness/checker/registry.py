"""The checkers by name: the decorator that registers, and the plug-ins that are loaded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from msgspec import Struct, field

from readiness.checker.checker import Asks, Checker, Judge, Privileges
from readiness.checker.installed import OwnPoint, is_alone
from readiness.database.grants import PRIVILEGES
from readiness.model.errors import PluginError
from readiness.model.report import Kind

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "readiness.checkers"
OURS = "readiness"


class Registry(Struct):
    """Every checker that loaded, and what went wrong with those that did not.

    ``broken`` maps the prefix of a plug-in to the sentence that names its distribution.
    """

    checkers: dict[str, Checker] = field(default_factory=dict)
    broken: dict[str, PluginError] = field(default_factory=dict)

    def get(self, name: str) -> Checker | None:
        """The checker of a name; None where there is none."""
        return self.checkers.get(name)

    def fault_of(self, name: str) -> PluginError | None:
        """Why the plug-in that this name belongs to did not load, if that is so."""
        return self.broken.get(name.partition(".")[0])

    def add(self, made: Sequence[Checker]) -> None:
        """Take in all checkers of a plug-in; raises `PluginError`, and takes none, on a fault.

        A name that two plug-ins claim is nobody's: which of them meant it, nobody knows.
        """
        names = [one.name for one in made]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise PluginError(
                f"the plug-in {made[0].distribution} registers the checker {twice} twice",
                hint="rename one of them",
            )
        claimed = [one for one in made if self._is_taken(one)]
        if not claimed:
            self.checkers |= {one.name: one for one in made}
            return
        taken = [self.checkers[one.name] for one in claimed]
        for one in taken:
            if one.distribution != OURS:
                del self.checkers[one.name]
        raise PluginError(
            f"the checker {claimed[0].name} of {claimed[0].distribution} has a name that "
            f"{taken[0].distribution} has taken",
            hint="rename one of them, or uninstall one of the two distributions",
        )

    def _is_taken(self, made: Checker) -> bool:
        taken = self.checkers.get(made.name)
        return taken is not None and taken.judge is not made.judge


class _Loading(Struct):
    """The plug-in whose module is being imported, and what it has registered."""

    distribution: str
    found: list[Checker] = field(default_factory=list)


_declared: dict[str, list[Checker]] = {}
_loading: ContextVar[_Loading | None] = ContextVar("loading", default=None)


def checker(
    name: str,
    *,
    asks: Asks | None = None,
    kind: Kind | None = None,
    by_variables: bool = False,
    privileges: Privileges = (),
) -> Callable[[Judge], Judge]:
    """Register a function as the checker ``name`` (``subject.property``).

    ``asks`` takes the rule's parameters and gives the questions to put to the outside.
    ``kind`` is only needed where it does not follow from the facts. With ``by_variables``
    what it finds of the program is judged again where variables are otherwise, and a
    finding says which smallest change of them would make it pass; such findings belong to
    a site, ``data["site"]`` or their place. ``privileges`` names what it needs on the
    server beyond what every role may read (settings, statistics, archive, hba, verifiers,
    versions), or gives it of the rule's parameters; `readiness database grants` prints
    them. The function stays as it is and can be called in a test.
    """
    unknown = sorted(() if callable(privileges) else set(privileges) - set(PRIVILEGES))
    if unknown:
        raise PluginError(
            f"the checker {name} needs {', '.join(unknown)}, which is no privilege",
            hint=f"they are {', '.join(PRIVILEGES)}",
        )

    def register(judge: Judge) -> Judge:
        loading = _loading.get()
        distribution = loading.distribution if loading else OURS
        made = Checker(name, judge, asks, kind, by_variables, distribution, privileges)
        _declared.setdefault(judge.__module__, []).append(made)
        if loading:
            loading.found.append(made)
        return judge

    return register


def load(points: "Iterable[EntryPoint] | None" = None) -> Registry:
    """Load the built-in checkers and every plug-in; a broken plug-in never raises."""
    registry = Registry()
    given = _installed() if points is None else map(_Plugin.of, points)
    for one in sorted(given, key=lambda one: one.order):
        try:
            found = _checkers_of(one)
            for made in found:
                _check_prefix(one, made)
            registry.add(found)
        except PluginError as error:
            registry.broken[one.point.name] = error
    return registry


def declared() -> Iterator[Checker]:
    """Every checker whose module was imported, as the tests of a plug-in need them."""
    yield from (made for all_ in _declared.values() for made in all_)


class _Plugin(Struct, frozen=True):
    """An entry point, and the distribution that has it: to learn that takes time."""

    point: "EntryPoint | OwnPoint"
    distribution: str

    @classmethod
    def of(cls, point: "EntryPoint") -> "_Plugin":
        return cls(point, point.dist.name if point.dist else point.value)

    @property
    def is_ours(self) -> bool:
        return self.point.name == OURS and self.distribution == OURS

    @property
    def order(self) -> tuple[bool, str, str]:
        """Put our own checkers first, so that nobody takes their names."""
        return not self.is_ours, self.point.name, self.distribution


def _installed() -> Iterable[_Plugin]:
    if is_alone(GROUP):
        return [_Plugin(OwnPoint(), OURS)]
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes long, seldom needed

    return map(_Plugin.of, entry_points(group=GROUP))


def _check_prefix(plugin: _Plugin, made: Checker) -> None:
    name = plugin.point.name
    if not plugin.is_ours and made.name.partition(".")[0] != name:
        raise PluginError(
            f"the checker {made.name} of {made.distribution} does not begin with {name}.",
            hint="the name of the entry point is the prefix of its checkers",
        )


def _checkers_of(plugin: _Plugin) -> list[Checker]:
    point, distribution = plugin.point, plugin.distribution
    with _loading_of(distribution) as loading:
        try:
            module = point.load()
        except (Exception, SystemExit) as error:  # an exit code of a plug-in's is not ours
            raise PluginError(
                f"the plug-in {point.name} of {distribution} does not load: "
                f"{type(error).__name__}: {error}",
                hint=f"mend, upgrade or uninstall {distribution}",
            ) from error
    if loading.found:
        return loading.found
    name = getattr(module, "__name__", "")
    known = [made for where, all_ in _declared.items() if _within(where, name) for made in all_]
    if not known:
        raise PluginError(
            f"the plug-in {point.name} of {distribution} registers no checker",
            hint="its entry point names a module whose functions are decorated with @checker",
        )
    return known


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@contextmanager
def _loading_of(distribution: str) -> Iterator[_Loading]:
    loading = _Loading(distribution)
    token = _loading.set(loading)
    try:
        yield loading
    finally:
        _loading.reset(token)

"""The checkers by name: the decorator that registers, and the plug-ins that are loaded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points

from readiness.checker.checker import Asks, Checker, Judge
from readiness.model.errors import PluginError
from readiness.model.report import Kind

GROUP = "readiness.checkers"
OURS = "readiness"


@dataclass(slots=True)
class Registry:
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

    def add(self, checker: Checker) -> None:
        """Take a checker in; raises `PluginError` where the name is taken."""
        taken = self.checkers.get(checker.name)
        if taken and taken.judge is not checker.judge:
            raise PluginError(
                f"the checker {checker.name} of {checker.distribution} has a name that "
                f"{taken.distribution} has taken",
                hint="rename one of them, or uninstall one of the two distributions",
            )
        self.checkers[checker.name] = checker


@dataclass(slots=True)
class _Loading:
    """The plug-in whose module is being imported, and what it has registered."""

    distribution: str
    found: list[Checker] = field(default_factory=list)


_declared: dict[str, list[Checker]] = {}
_loading: ContextVar[_Loading | None] = ContextVar("loading", default=None)


def checker(
    name: str, *, asks: Asks | None = None, kind: Kind | None = None
) -> Callable[[Judge], Judge]:
    """Register a function as the checker ``name`` (``subject.property``).

    ``asks`` takes the rule's parameters and gives the questions to put to the outside.
    ``kind`` is only needed where it does not follow from the facts. The function stays
    as it is and can be called in a test.
    """

    def register(judge: Judge) -> Judge:
        loading = _loading.get()
        distribution = loading.distribution if loading else OURS
        made = Checker(name, judge, asks, kind, distribution)
        _declared.setdefault(judge.__module__, []).append(made)
        if loading:
            loading.found.append(made)
        return judge

    return register


def load(points: Iterator[EntryPoint] | None = None) -> Registry:
    """Load the built-in checkers and every plug-in; a broken plug-in never raises."""
    registry = Registry()
    found = list(points) if points is not None else list(entry_points(group=GROUP))
    for point in sorted(found, key=lambda point: (not _is_ours(point), point.name)):
        try:
            for made in _checkers_of(point):
                _check_prefix(point, made)
                registry.add(made)
        except PluginError as error:
            registry.broken[point.name] = error
    return registry


def declared() -> Iterator[Checker]:
    """Every checker whose module was imported, as the tests of a plug-in need them."""
    yield from (made for all_ in _declared.values() for made in all_)


def _is_ours(point: EntryPoint) -> bool:
    return point.name == OURS and _distribution(point) == OURS


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value


def _check_prefix(point: EntryPoint, made: Checker) -> None:
    if not _is_ours(point) and made.name.partition(".")[0] != point.name:
        raise PluginError(
            f"the checker {made.name} of {made.distribution} does not begin with {point.name}.",
            hint="the name of the entry point is the prefix of its checkers",
        )


def _checkers_of(point: EntryPoint) -> list[Checker]:
    distribution = _distribution(point)
    with _loading_of(distribution) as loading:
        try:
            module = point.load()
        except Exception as error:
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

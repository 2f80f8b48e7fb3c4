"""Rules meet their checkers: every wrong name and parameter before anything is read."""

from collections.abc import Hashable, Sequence

from msgspec import Struct

from readiness.checker.parameters import Bound, bind
from readiness.checker.registry import Registry
from readiness.document.faults import Wrong, nearest
from readiness.model.errors import ChecklistError, Fault, PluginError
from readiness.model.place import Place
from readiness.model.rule import Rule


class Item(Struct, frozen=True):
    """A rule that is ready to be judged, or that cannot be because its plug-in is broken."""

    rule: Rule
    bound: Bound | None
    broken: PluginError | None = None
    questions: tuple[Hashable, ...] = ()


def bind_all(rules: Sequence[Rule], registry: Registry) -> tuple[Item, ...]:
    """Bind every rule; raises `ChecklistError` with all that is wrong in all of them.

    A rule whose plug-in did not load is an item that is broken, so that the others run.
    """
    faults: list[Fault] = []
    items = [_bind(rule, registry, faults) for rule in rules]
    if faults:
        raise ChecklistError(
            faults, hint="`readiness list checkers` shows the checkers and their parameters"
        )
    return tuple(item for item in items if item is not None)


def _bind(rule: Rule, registry: Registry, faults: list[Fault]) -> Item | None:
    checker = registry.get(rule.check)
    if checker is None:
        broken = registry.fault_of(rule.check)
        if broken is None:
            faults.append(_unknown(rule, registry))
            return None
        return Item(rule, None, broken)
    try:
        bound = bind(checker, rule.parameters)
        checker.needs  # noqa: B018 - raises where the signature cannot be used
    except PluginError as error:
        return Item(rule, None, error)
    if isinstance(bound, Bound):
        return _asking(rule, bound)
    faults.extend(_located(rule, wrong) for wrong in bound)
    return None


def _asking(rule: Rule, bound: Bound) -> Item:
    """Collect the questions of a rule; a plug-in that cannot even ask is broken."""
    try:
        return Item(rule, bound, questions=bound.questions())
    except Exception as error:  # noqa: BLE001 - a plug-in may raise anything
        checker = bound.checker
        sentence = f"the checker {checker.name} of {checker.distribution} cannot ask its questions"
        return Item(rule, None, PluginError(f"{sentence}: {type(error).__name__}"))


def _unknown(rule: Rule, registry: Registry) -> Fault:
    at = rule.places.get(("check",)) or rule.at or Place(rule.checklist)
    known = sorted(registry.checkers)
    found = f"{rule.id} asks for the checker {rule.check}, which does not exist"
    return Fault(at, found, "the name of a checker is expected", nearest(rule.check, known))


def _located(rule: Rule, wrong: Wrong) -> Fault:
    path = wrong.path
    while path and ("with", *path) not in rule.places:
        path = path[:-1]
    at = rule.places.get(("with", *path)) or rule.at or Place(rule.checklist)
    found = f"{rule.id} ({rule.check}): {wrong.found}"
    return Fault(at, found, wrong.expected, wrong.nearest)

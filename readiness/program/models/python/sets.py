"""The methods and operators of sets."""

from typing import TYPE_CHECKING, Any

from readiness.program.interpreter.keys import refuse_unhashable
from readiness.program.interpreter.plain import NotPlain, lifted, plain, trace_of
from readiness.program.interpreter.sameness import NO_ATOM, atom
from readiness.program.models.lifting import arg
from readiness.program.models.python.lists import LISTS, Content, Method, keep, over_content, place
from readiness.program.values import NONE, Arguments, List, Tuple, Unknown, Value

if TYPE_CHECKING:
    from readiness.model.place import Place
    from readiness.program.interpreter.machine import Machine

SETS = ("set", "frozenset")


def distinct(machine: "Machine", found: list[Value], at: "Place") -> "Content | Unknown":
    """The items, each once; unknown where nobody can tell whether two are equal."""
    kept: list[Value] = []
    atoms: set[Any] = set()
    machine.limits.walk(len(found))
    for one in found:
        refuse_unhashable(machine, one, at)
        known = atom(one)
        if known is not NO_ATOM and len(atoms) == len(kept):
            if known not in atoms:
                atoms.add(known)
                kept.append(one)
            continue
        index = place(machine, tuple(kept), one, at)
        if index is None:
            return Unknown("the items of a set, some of which may be equal", at)
        if index < 0:
            kept.append(one)
    return tuple(kept)


def _add(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return keep(machine, value, distinct(machine, [*held, arg(arguments, 0)], arguments.at))


def _update(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return keep(machine, value, _united(machine, held, arguments))


def _united(machine: "Machine", held: Content, arguments: Arguments) -> "Content | Unknown":
    every = list(held)
    for more in arguments.positional:
        found = machine.iterate(more, arguments.at)
        if isinstance(found, Unknown):
            return found
        every += found
    return distinct(machine, every, arguments.at)


def _made(content: "Content | Unknown", like: Value) -> Value:
    if isinstance(content, Unknown):
        return content
    return List(content, (), like.kind if isinstance(like, List) else "set")


def _union(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return _made(_united(machine, held, arguments), value)


def _chosen(
    machine: "Machine", held: Content, arguments: Arguments, *, inside: bool
) -> "Content | Unknown":
    """The items that all the others have, or that none of them has."""
    for more in arguments.positional:
        found = machine.iterate(more, arguments.at)
        if isinstance(found, Unknown):
            return found
        kept = []
        others = tuple(found)
        atoms = set(map(atom, others))
        for one in held:
            if NO_ATOM not in atoms and (known := atom(one)) is not NO_ATOM:
                index: int | None = 0 if known in atoms else -1
            else:
                index = place(machine, others, one, arguments.at)
            if index is None:
                return Unknown("the items of a set", arguments.at)
            if (index >= 0) is inside:
                kept.append(one)
        held = tuple(kept)
    return held


def _choosing(*, inside: bool, changing: bool) -> Method:
    def run(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
        content = _chosen(machine, held, arguments, inside=inside)
        return keep(machine, value, content) if changing else _made(content, value)

    return over_content(run)


def _symmetric(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    other = machine.iterate(arg(arguments, 0), arguments.at)
    if isinstance(other, Unknown):
        return other
    mine = Arguments((Tuple(held),), {}, arguments.at)
    one = _chosen(machine, held, arguments, inside=False)
    two = _chosen(machine, tuple(other), mine, inside=False)
    if isinstance(one, Unknown) or isinstance(two, Unknown):
        return Unknown("the items of a set", arguments.at)
    return _made((*one, *two), value)


def _remove(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    index = place(machine, held, arg(arguments, 0), arguments.at)
    if index is not None and index < 0:
        raise machine.error("KeyError", "the item is not in the set", arguments.at)
    return _discarded(machine, value, held, index)


def _discard(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return _discarded(machine, value, held, place(machine, held, arg(arguments, 0), arguments.at))


def _discarded(machine: "Machine", value: Value, held: Content, index: int | None) -> Value:
    if index is None:
        return keep(machine, value, Unknown("a set with an undecided item removed"))
    return NONE if index < 0 else keep(machine, value, (*held[:index], *held[index + 1 :]))


def _pop(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    if not held:
        raise machine.error("KeyError", "pop from an empty set", arguments.at)
    if len(held) == 1:
        keep(machine, value, ())
        return held[0]
    keep(machine, value, Unknown("a set with any item taken out", arguments.at))
    return Unknown("any item of a set", arguments.at)


def _relation(name: str) -> Method:
    def run(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
        found = machine.iterate(arg(arguments, 0), arguments.at)
        if isinstance(found, Unknown):
            return found
        try:
            mine, other = set(plain(Tuple(held))), set(plain(Tuple(tuple(found))))
        except (NotPlain, TypeError):
            return Unknown(f"what {name}() of sets gives", arguments.at)
        return lifted(getattr(mine, name)(other), trace_of(value, *arguments.positional))

    return over_content(run)


METHODS: dict[str, Method] = {
    "add": over_content(_add), "update": over_content(_update), "union": over_content(_union),
    "intersection": _choosing(inside=True, changing=False),
    "difference": _choosing(inside=False, changing=False),
    "intersection_update": _choosing(inside=True, changing=True),
    "difference_update": _choosing(inside=False, changing=True),
    "symmetric_difference": over_content(_symmetric), "remove": over_content(_remove),
    "discard": over_content(_discard), "pop": over_content(_pop), "clear": LISTS["clear"],
    "copy": LISTS["copy"], "__copy__": LISTS["copy"],
    **{name: _relation(name) for name in ("issubset", "issuperset", "isdisjoint")},
}  # fmt: skip
OPERATORS = {
    "__or__": METHODS["union"], "__and__": METHODS["intersection"],
    "__sub__": METHODS["difference"], "__xor__": METHODS["symmetric_difference"],
}  # fmt: skip
IN_PLACE = {
    "__or__": METHODS["update"], "__and__": METHODS["intersection_update"],
    "__sub__": METHODS["difference_update"],
}  # fmt: skip


def compared(machine: "Machine", method: str, left: Value, right: Value, at: "Place") -> Value:
    """``one <= other`` of sets: whether one is part of the other."""
    name = {"__le__": "issubset", "__ge__": "issuperset"}.get(method)
    if name is not None:
        return METHODS[name](machine, left, Arguments((right,), {}, at))
    try:
        mine, other = plain(left), plain(right)
        return lifted(getattr(mine, method)(other), trace_of(left, right))
    except (NotPlain, TypeError):
        return Unknown("whether a set is part of another", at)

"""The methods of lists, tuples and deques."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.program.interpreter import equalities, iterables
from readiness.program.interpreter.limits import LONGEST_GROWN
from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.interpreter.sameness import atom
from readiness.program.models.lifting import arg
from readiness.program.values import (
    NONE,
    Arguments,
    Constant,
    External,
    List,
    Open,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.model.place import Place
    from readiness.program.interpreter.machine import Machine

Method = Callable[["Machine", Value, Arguments], Value]
Content = tuple[Value, ...]


def over_content(action: Callable[["Machine", Value, Content, Arguments], Value]) -> Method:
    """A method of what has known items; of others the answer, and the items, are unknown."""

    def run(machine: "Machine", value: Value, arguments: Arguments) -> Value:
        content = value.slots.values["items"] if isinstance(value, List) else value

        def one(held: Value) -> Value:
            if isinstance(held, Tuple):
                return action(machine, value, held.items, arguments)
            if isinstance(held, Open) and isinstance(value, List):
                return _on_open(machine, value, held, arguments, action)
            return Unknown("an item of a list that is not known", arguments.at)

        return machine.each(content, one)

    return run


def _on_open(
    machine: "Machine", value: List, held: Open, arguments: Arguments,
    action: Callable[["Machine", Value, Content, Arguments], Value],
) -> Value:  # fmt: skip
    """A list that may hold more takes one more item; what else is done with it is not known."""
    content: Unknown = Unknown(held.reason, held.at)
    if action is _append:
        content = replace(held, items=(*held.items, arg(arguments, 0)))
    machine.state.write(value.slots, "items", content)
    return NONE if action is _append else Unknown(f"an item of {held.reason}", arguments.at)


def keep(machine: "Machine", value: Value, content: "Content | Unknown") -> Value:
    """Give a list these items from now on."""
    if isinstance(value, List):
        if isinstance(content, tuple) and len(content) > LONGEST_GROWN:
            content = Unknown(f"a list of more than {LONGEST_GROWN} items")
        held = content if isinstance(content, Unknown) else Tuple(_within(value, content))
        machine.state.write(value.slots, "items", held)
    return NONE


def _within(value: List, content: Content) -> Content:
    """What a deque with a greatest length keeps."""
    most = value.slots.values.get("maxlen")
    if isinstance(most, Constant) and isinstance(most.value, int) and len(content) > most.value:
        return content[len(content) - most.value :]
    return content


def _from_left(value: Value, content: Content) -> Content:
    """What a deque with a greatest length keeps of what grew at its left end."""
    most = value.slots.values.get("maxlen") if isinstance(value, List) else None
    limit = getattr(most, "value", None)
    return content[:limit] if isinstance(limit, int) else content


def place(machine: "Machine", content: Content, wanted: Value, at: "Place") -> int | None:
    """Where an equal item stands, -1 where none does; None where that is not known."""
    atomic = atom(wanted)
    machine.limits.walk(len(content))
    for index, one in enumerate(content):
        if one is wanted:
            return index
        if equalities.differ(atomic, atom(one)):
            continue
        machine.limits.compare()
        same = equalities.equality(machine, one, wanted, at, "an item")
        if not isinstance(same, Constant):
            return None
        if same.value:
            return index
    return -1


def _append(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return keep(machine, value, (*held, arg(arguments, 0)))


def _append_left(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return keep(machine, value, _from_left(value, (arg(arguments, 0), *held)))


def _extend(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    for more in arguments.positional:
        if isinstance(value, List):
            iterables.extend(machine, value, more, arguments.at)
            if value.kind == "deque":
                keep_all = over_content(lambda m, v, held, _: keep(m, v, held))
                keep_all(machine, value, arguments)
    return NONE


def _extend_left(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    found = machine.iterate(arg(arguments, 0), arguments.at)
    if isinstance(found, Unknown):
        return keep(machine, value, found)
    return keep(machine, value, _from_left(value, (*reversed(found), *held)))


def _insert(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    try:
        index = plain(arg(arguments, 0))
    except NotPlain:
        return keep(machine, value, Unknown("a list with an item at an unknown place"))
    if not isinstance(index, int):
        raise machine.error("TypeError", "an integer is required", arguments.at)
    longer = list(held)
    longer.insert(index, arg(arguments, 1))
    return keep(machine, value, tuple(longer))


def _pop(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    try:
        if iterables.unordered(value):
            raise NotPlain(value)  # noqa: TRY301 - the error is the one below
        index = plain(arg(arguments, 0)) if arguments.positional else -1
    except NotPlain:
        keep(machine, value, Unknown("a list with an item taken from an unknown place"))
        return Unknown("an item of a list that is not known", arguments.at)
    kept = list(held)
    try:
        found: Value = kept.pop(index)
    except (IndexError, TypeError) as error:
        raise machine.raised(error, arguments.at) from None
    keep(machine, value, tuple(kept))
    return found


def _remove(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    index = place(machine, held, arg(arguments, 0), arguments.at)
    if index is None:
        machine.may_fail("removing an item", arguments.at, machine.exception(
            "ValueError", "list.remove(x): x not in list", arguments.at))  # fmt: skip
        return keep(machine, value, Unknown("a list with an undecided item removed"))
    if index < 0:
        raise machine.error("ValueError", "list.remove(x): x not in list", arguments.at)
    return keep(machine, value, (*held[:index], *held[index + 1 :]))


def _clear(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    return keep(machine, value, ())


def _copy(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    if not isinstance(value, List):
        return value
    made = List((), value.trace, value.kind)
    made.slots.values.update(value.slots.values)
    return made


def _reverse(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    return keep(machine, value, tuple(reversed(held)))


def _rotate(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    try:
        count = plain(arg(arguments, 0, Constant(1)))
    except NotPlain:
        return keep(machine, value, Unknown("a deque that was turned"))
    cut = -count % len(held) if held else 0
    return keep(machine, value, (*held[cut:], *held[:cut]))


def _sort(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    whole = Arguments((Tuple(held),), arguments.keywords, arguments.at)
    found = machine.call(External("builtins.sorted"), whole)

    def one(order: Value) -> Value:
        content = order.slots.values["items"] if isinstance(order, List) else order
        if isinstance(content, Tuple):
            return keep(machine, value, content.items)
        return keep(machine, value, Unknown("the order of a sorted list", arguments.at))

    machine.each(found, one)
    return NONE


def _index(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    try:
        bounds = [plain(one) for one in arguments.positional[1:]]
    except NotPlain:
        return Unknown("the place of an item", arguments.at)
    if not all(isinstance(bound, int) for bound in bounds):
        raise machine.error("TypeError", "slice indices must be integers", arguments.at)
    start, end = [*bounds, 0][0], bounds[1] if len(bounds) > 1 else len(held)
    index = place(machine, held[start:end], arg(arguments, 0), arguments.at)
    if index is None:
        return Unknown("the place of an item", arguments.at)
    if index < 0:
        raise machine.error("ValueError", "the item is not in list", arguments.at)
    return Constant(start + index)


def _count(machine: "Machine", value: Value, held: Content, arguments: Arguments) -> Value:
    found = 0
    machine.limits.walk(len(held))
    atomic = atom(arg(arguments, 0))
    for one in held:
        if equalities.differ(atomic, atom(one)):
            continue
        index = place(machine, (one,), arg(arguments, 0), arguments.at)
        if index is None:
            return Unknown("how often an item occurs", arguments.at)
        found += index == 0
    return Constant(found)


def _pop_left(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    first = Arguments((Constant(0),), {}, arguments.at)
    return LISTS["pop"](machine, value, first)


LISTS: dict[str, Method] = {
    "append": over_content(_append), "appendleft": over_content(_append_left),
    "extend": _extend, "extendleft": over_content(_extend_left),
    "insert": over_content(_insert), "pop": over_content(_pop), "popleft": _pop_left,
    "remove": over_content(_remove), "clear": _clear, "copy": _copy, "__copy__": _copy,
    "reverse": over_content(_reverse), "rotate": over_content(_rotate),
    "sort": over_content(_sort), "index": over_content(_index), "count": over_content(_count),
}  # fmt: skip
TUPLES: dict[str, Method] = {name: LISTS[name] for name in ("index", "count")}

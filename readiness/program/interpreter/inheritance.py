"""Which classes an attribute is looked for in, and in which order."""

from collections import Counter, deque
from itertools import islice

from readiness.program.interpreter.outcomes import LimitReached
from readiness.program.values import Class, External, List, Text, Value

MOST_CLASSES = 400
"""The classes that one may have above it; what has more is not understood."""


def linearised(cls: Class) -> tuple[Value, ...]:
    """The order in which attributes are looked for (C3, and left to right where that fails)."""
    if len(cls.bases) == 1:  # a long chain of classes must not be merged class by class
        order = (cls, *_order_of(cls.bases[0]))
    else:
        order = (cls, *_merged([*map(_order_of, cls.bases), cls.bases]))
    if len(order) > MOST_CLASSES:
        raise LimitReached(f"a class has more than {MOST_CLASSES} classes above it")
    return order


def _merged(sequences: list[tuple[Value, ...]]) -> list[Value]:
    left = [deque(sequence) for sequence in sequences if sequence]
    behind = Counter(value for sequence in left for value in islice(sequence, 1, None))
    order: list[Value] = []
    while left and len(order) <= MOST_CLASSES:
        head = next((one[0] for one in left if not behind[one[0]]), None)
        if head is None:
            head = left[0][0]
            left = [deque(one for one in each if one != head) for each in left]
            behind = Counter(value for each in left for value in islice(each, 1, None))
        else:
            for one in (one for one in left if one[0] == head):
                one.popleft()
                if one:
                    behind[one[0]] -= 1
        order.append(head)
        left = [one for one in left if one]
    return order


def _order_of(value: Value) -> tuple[Value, ...]:
    return value.order if isinstance(value, Class) else (value,)


def find(cls: Class, name: str, after: Class | None = None) -> "tuple[Value, Value] | None":
    """The attribute of a class, and where it was found; a library's base ends the search."""
    order = cls.order
    if after is not None:
        order = order[order.index(after) + 1 :] if after in order else ()
    for owner in order:
        if isinstance(owner, Class):
            if name in owner.slots.values:
                return owner.slots.values[name], owner
        elif not (isinstance(owner, External) and owner.name in TRANSPARENT):
            return owner, owner
    return None


def takes(cls: Value, name: str) -> bool:
    """Whether objects of a class may have such an attribute: ``__slots__`` may forbid it."""
    if not isinstance(cls, Class) or "__slots__" not in cls.slots.values:
        return True
    for owner in cls.order:
        if isinstance(owner, External) and owner.name in TRANSPARENT:
            continue
        slots = owner.slots.values.get("__slots__") if isinstance(owner, Class) else None
        if slots is None:
            return True
        content = slots.slots.values["items"] if isinstance(slots, List) else slots
        named = (content,) if isinstance(content, Text) else getattr(content, "items", None)
        known = None if named is None else {getattr(one, "known", None) for one in named}
        if known is None or not known.isdisjoint({name, "__dict__", None}):
            return True
    return False


# Bases that add no attribute that code would look for.
TRANSPARENT = frozenset({
    "builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing.NamedTuple",
    "enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "builtins.str", "builtins.int",
    "builtins.type", "abc.ABCMeta",
})  # fmt: skip

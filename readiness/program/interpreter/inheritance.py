"""Which classes an attribute is looked for in, and in which order."""

from readiness.program.values import Class, External, List, Text, Value


def linearised(cls: Class) -> tuple[Value, ...]:
    """The order in which attributes are looked for (C3, and left to right where that fails)."""
    if len(cls.bases) == 1:  # a long chain of classes must not be merged class by class
        return (cls, *_order_of(cls.bases[0]))
    sequences = [list(_order_of(base)) for base in cls.bases]
    sequences.append(list(cls.bases))
    order: list[Value] = [cls]
    while any(sequences):
        sequences = [sequence for sequence in sequences if sequence]
        head = next((s[0] for s in sequences if not _in_tail(s[0], sequences)), sequences[0][0])
        order.append(head)
        for sequence in sequences:
            sequence[:] = [value for value in sequence if value != head]
    return tuple(order)


def _in_tail(value: Value, sequences: list[list[Value]]) -> bool:
    return any(value == other for sequence in sequences for other in sequence[1:])


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

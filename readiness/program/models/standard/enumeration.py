"""Enumerations."""

import functools
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from readiness.model.place import Place
from readiness.program.interpreter import inheritance
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.formatting import concatenated
from readiness.program.interpreter.plain import NotPlain, is_data, lifted, plain
from readiness.program.interpreter.sameness import NO_ATOM, atom, equal
from readiness.program.models.lifting import arg
from readiness.program.models.table import FunctionModel, LibraryClass, MethodModel, Table
from readiness.program.releases import python_at_least
from readiness.program.values import (
    Arguments,
    Class,
    Condition,
    Constant,
    External,
    Function,
    Instance,
    List,
    Slots,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

AUTO = "enum.auto"


def _finish(machine: "Machine", cls: Class) -> None:
    """Make each value of the class body a member."""
    members: list[Instance] = []
    kept = _Kept()
    automatic: dict[Value, Value] = {}
    for name, value in list(cls.slots.values.items()):
        if not isinstance(name, str) or not _is_member(name, value):
            continue
        member = Instance(cls, {"name": text(name), "value": value}, cls.at)
        if isinstance(value, Instance) and value.cls == External(AUTO):
            marker = value
            value = automatic.get(marker) or _automatic(machine, cls, name, members)  # noqa: PLW2901 - the automatic value takes its place
            automatic[marker] = value
        same = kept.like(value)
        if same is not None:
            machine.state.write(cls.slots, name, same)
            continue
        member.data = value
        kept.take(member)
        member.slots.values["value"] = value
        members.append(member)
        machine.state.write(cls.slots, name, member)
        _initialise(machine, cls, member, value)
    if members or "members" not in cls.traits:
        cls.traits["members"] = members
    if not members:
        del cls.traits["members"]


class _Kept:
    """The members of an enumeration so far: one with the value of an earlier one is that one."""

    def __init__(self) -> None:
        self.by_atom: dict[Any, Instance] = {}
        self.others: list[Instance] = []

    def take(self, member: Instance) -> None:
        known = atom(member.data)
        if known is NO_ATOM:
            self.others.append(member)
        else:
            self.by_atom.setdefault(known, member)

    def like(self, value: Value) -> Instance | None:
        known = atom(value)
        if known is not NO_ATOM and known in self.by_atom:
            return self.by_atom[known]
        every = self.others if known is not NO_ATOM else [*self.by_atom.values(), *self.others]
        return next((one for one in every if equal(one.data, value)), None)


def _is_member(name: str, value: Value) -> bool:
    hidden = name.startswith("_")
    return not hidden and not isinstance(value, (Function, Wrapped, Class))


def _automatic(machine: "Machine", cls: Class, name: str, members: list[Instance]) -> Value:
    own = inheritance.find(cls, "_generate_next_value_")
    if own is not None and isinstance(own[1], Class):
        before = List(tuple(one.data for one in members))
        made = getattr(own[0], "function", own[0])
        return machine.invoke(
            made, cls.at, text(name), Constant(1), Constant(len(members)), before
        )
    numbers = [one.data.value for one in members if isinstance(one.data, Constant)]
    last = max([n for n in numbers if isinstance(n, int)], default=0)
    if _is_flag(cls):
        return Constant(1 << last.bit_length())
    texts = any(base in {External("enum.StrEnum"), External("builtins.str")} for base in cls.order)
    return text(name.lower()) if texts else Constant(last + 1)


def _initialise(machine: "Machine", cls: Class, member: Instance, value: Value) -> None:
    """A member whose class has ``__init__`` unpacks its value into it."""
    method = cls.slots.values.get("__init__")
    if method is not None:
        given = value.items if isinstance(value, Tuple) else (value,)
        machine.call(method, Arguments((member, *given), {}, cls.at))


# Enumerations whose members are shown as their values are.
_SHOWN = (External("enum.StrEnum"), External("enum.IntEnum"), External("enum.IntFlag"))
_SINCE = (3, 11)
"""From this Python on ``str`` and formats of members that are texts or numbers agree."""


def _text_of(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``str(member)``: the value where the enumeration is one of texts made so, else a name."""
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    assert isinstance(value.cls, Class)  # noqa: S101 - for the type checker
    name = getattr(value.slots.values["name"], "known", None) or "?"
    named: Value = text(f"{value.cls.name}.{name}")
    old = Unknown("how several flags are shown", arguments.at) if "|" in name else named
    if not any(base in _SHOWN for base in value.cls.order):
        return named if old is named else _by_python(machine, named, old, arguments.at)
    made = machine.invoke(External("builtins.str"), arguments.at, value.data)
    if External("enum.StrEnum") in value.cls.order:
        return made
    return _by_python(machine, made, old, arguments.at)


def formatted(machine: "Machine", value: Instance, at: Place) -> Value | None:
    """What a format is made of: of a member that is a text or number too, that, or its name.

    None for what is formatted as other objects are.
    """
    cls = value.cls
    if not isinstance(cls, Class) or "members" not in cls.traits or not is_data(value):
        return None
    if any(base in _SHOWN for base in cls.order):
        own = inheritance.find(cls, "__str__")
        return None if own is not None and isinstance(own[1], Class) else value.data
    own = inheritance.find(cls, "__str__")
    if own is not None and isinstance(own[1], Class):
        return None
    return _by_python(machine, machine.library.as_text(machine, value, at), value.data, at)


def _by_python(machine: "Machine", new: Value, old: Value, at: Place) -> Value:
    """What one Python or another makes of it, where nobody tells which one runs."""
    is_new = python_at_least(machine.sources.project, _SINCE)
    if is_new is None:
        return choose(Condition(("python", _SINCE), "Python is 3.11 or later", at), new, old)
    return new if is_new else old


def _shown(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """``repr(member)``."""
    assert isinstance(value, Instance)  # noqa: S101 - for the type checker
    assert isinstance(value.cls, Class)  # noqa: S101 - for the type checker
    name = getattr(value.slots.values["name"], "known", None)
    if not any(one is value for one in value.cls.traits["members"]) or name is None:
        return Unknown("how several flags are shown", arguments.at)
    held = machine.invoke(External("builtins.repr"), arguments.at, value.data)
    pieces: list[Value] = [text(f"<{value.cls.name}.{name}: "), held, text(">")]
    return concatenated(machine, pieces, arguments.at)


def _functional(base: str) -> FunctionModel:
    """``Enum("Stage", ["DEV", "PROD"])``."""

    def run(machine: "Machine", arguments: Arguments) -> Value:
        name, names = getattr(arg(arguments, 0), "known", None), arg(arguments, 1)
        try:
            given = plain(names)
        except NotPlain:
            given = None
        pairs = _pairs(given, base)
        if name is None or pairs is None or arguments.keywords or len(arguments.positional) != 2:  # noqa: PLR2004 - as above
            return Unknown("an enumeration made by a call", arguments.at)
        module = machine.stack[-1].module.name if machine.stack else "__main__"
        cls = Class(name, (External(base),), module, arguments.at)
        cls.slots = Slots({key: lifted(one, names.trace) for key, one in pairs.items()})
        cls.order = inheritance.linearised(cls)
        machine.library.finish_class(machine, cls, {})
        return cls

    return run


def _pairs(given: object, base: str) -> dict[str, Any] | None:
    """The names and values of an enumeration made by a call."""
    if isinstance(given, str):
        given = given.replace(",", " ").split()
    if isinstance(given, dict):
        return given
    if not isinstance(given, (list, tuple)) or base not in {"enum.Enum", "enum.IntEnum"}:
        return None
    if all(isinstance(one, str) for one in given):
        return {one: number for number, one in enumerate(given, 1)}
    pairs = all(isinstance(one, (list, tuple)) and len(one) == 2 for one in given)  # noqa: PLR2004 - name, value
    return dict(given) if pairs else None


def _is_flag(cls: Class) -> bool:
    return any(base in {External("enum.Flag"), External("enum.IntFlag")} for base in cls.order)


def _flag(function: Callable[[int, int], object], *, numbers: bool = False) -> MethodModel:
    """An operator of flags: a member, or several as one; some take ``numbers`` beside flags."""

    def run(machine: "Machine", value: Value, arguments: Arguments) -> Value:
        other = arguments.positional[0] if arguments.positional else value
        if not isinstance(value, Instance):
            return Unknown("what flags give together", arguments.at)
        held = other.data if isinstance(other, Instance) else (other if numbers else None)
        mine, others = (getattr(one, "value", None) for one in (value.data, held))
        if not isinstance(mine, int) or not isinstance(others, int):
            return Unknown("what flags give together", arguments.at)
        result = function(mine, others)
        if isinstance(result, bool):
            return Constant(result)
        assert isinstance(value.cls, Class)  # noqa: S101 - for the type checker
        assert isinstance(result, int)  # noqa: S101 - as above
        return _combined(value.cls, result)

    return run


def several(cls: Class, wanted: Value) -> Instance | None:
    """``Feature(3)``: several flags as one; None for what is no flags of this class."""
    number = wanted.value if isinstance(wanted, Constant) else None
    if not _is_flag(cls) or not isinstance(number, int) or number < 0:
        return None
    bits = [getattr(one.data, "value", 0) for one in cls.traits["members"]]
    known = functools.reduce(operator.or_, bits, 0)
    kept = External("enum.IntFlag") in cls.order
    return _combined(cls, number) if kept or not number & ~known else None


def _combined(cls: Class, number: int) -> Instance:
    members: list[Instance] = cls.traits["members"]
    for one in members:
        if getattr(one.data, "value", None) == number:
            return one
    names = [one.slots.values["name"] for one in members
             if getattr(one.data, "value", 0) & number]  # fmt: skip
    shown = "|".join(getattr(name, "known", None) or "?" for name in names)
    made = Instance(cls, {"name": text(shown), "value": Constant(number)}, cls.at)
    made.data = Constant(number)
    return made


_FLAG_METHODS: dict[str, MethodModel] = {
    "__or__": _flag(operator.or_), "__and__": _flag(operator.and_),
    "__xor__": _flag(operator.xor), "__eq__": _flag(operator.eq),
    "__contains__": _flag(lambda mine, other: mine & other == other),
    "__bool__": _flag(lambda mine, _: mine != 0), "__str__": _text_of, "__repr__": _shown,
}  # fmt: skip
_ENUM = LibraryClass(subclassed=_finish, methods={"__str__": _text_of, "__repr__": _shown})
_INT_FLAG_METHODS: dict[str, MethodModel] = {
    **{f"__{side}{name}__": _flag(getattr(operator, f"__{name}__"), numbers=True)
       for side in ("", "r") for name in ("or", "and", "xor")},
    "__contains__": _flag(lambda mine, other: mine & other == other, numbers=True),
    "__str__": _text_of, "__repr__": _shown,
}  # fmt: skip
TABLE = Table(
    functions={name: _functional(name) for name in ("enum.Enum", "enum.IntEnum", "enum.StrEnum")},
    classes={
        "enum.Enum": _ENUM, "enum.StrEnum": _ENUM, "enum.IntEnum": _ENUM,
        "enum.Flag": LibraryClass(subclassed=_finish, methods=_FLAG_METHODS),
        "enum.IntFlag": LibraryClass(subclassed=_finish, methods=_INT_FLAG_METHODS),
        AUTO: LibraryClass(build=lambda m, i, a: None),
    },
    aliases={"enum.ReprEnum": "enum.Enum"},
)  # fmt: skip

"""How objects come to be: arguments by name, exceptions, subclasses, metaclasses, members."""

from typing import TYPE_CHECKING

from readiness.program.interpreter import classes, inheritance
from readiness.program.interpreter.plain import NotPlain
from readiness.program.interpreter.sameness import equal, hashed
from readiness.program.interpreter.switches import note_keys
from readiness.program.models.python.errors import exception_class
from readiness.program.models.python.filling import fill_class, fill_object
from readiness.program.models.table import LibraryClass
from readiness.program.values import (
    NONE,
    Arguments,
    Choice,
    Class,
    Constant,
    External,
    Instance,
    Text,
    Tuple,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def named(arguments: Arguments) -> dict[str, Value]:
    """All arguments by name; positional ones by their number, ``**`` for what is not seen."""
    numbered = {str(i): value for i, value in enumerate(arguments.positional)}
    unseen = {} if arguments.open is None else {"**": arguments.open}
    return {**numbered, **arguments.keywords, **unseen}


def bound(
    machine: "Machine", name: str, cls: LibraryClass, arguments: Arguments
) -> dict[str, Value]:
    """The arguments of a library's constructor by parameter name."""
    limit = len(cls.parameters) if cls.positional is None else cls.positional
    if len(arguments.positional) > limit and cls.recorded and cls.positional is not None:
        message = f"{name.rpartition('.')[2]}() takes {limit} positional arguments"
        raise machine.error("TypeError", message, arguments.at)
    found = dict(zip(cls.parameters, arguments.positional, strict=False))
    found.update(arguments.keywords)
    if arguments.open is not None:
        for parameter in cls.parameters:
            found.setdefault(parameter, arguments.open)
    return found


def initialise_unmodelled(
    machine: "Machine", name: str, instance: Instance, arguments: Arguments
) -> bool:
    """The constructor of a library class without a model."""
    if exception_class(name) is not None:
        machine.state.write(instance.slots, "args", Tuple(arguments.positional))
        return True
    if name in inheritance.TRANSPARENT:
        return False
    fill_object(machine, name, instance, arguments)
    return True


def finish_class(machine: "Machine", cls: Class, keywords: dict[str, Value]) -> None:
    """What a base does to a class once its body has run."""
    hooked = False
    for base in cls.order[1:]:
        if isinstance(base, Class):
            base.traits.setdefault("subclasses", []).append(cls)
            finisher = base.traits.get("finisher")
            if finisher is not None:
                finisher(machine, cls)
                return
            hook = base.slots.values.get("__init_subclass__")
            if hook is not None and not hooked:
                hooked = True
                given = {name: one for name, one in keywords.items() if name != "metaclass"}
                inner = getattr(hook, "function", hook)
                machine.call(inner, Arguments((cls,), given, cls.at))
        elif isinstance(base, External):
            for name in machine.library.names_of(base):
                model = machine.library.classes.get(name)
                if model is not None and model.subclassed is not None:
                    cls.traits["finisher"] = model.subclassed
                    model.subclassed(machine, cls)
                    return
            fill_class(machine, base, cls)


def make_instance(machine: "Machine", cls: Class, arguments: Arguments) -> Value | None:
    """An instance made otherwise than by ``__init__``: enumerations, ``__new__``."""
    if "members" in cls.traits:
        return _member(machine, cls, arguments)
    own = next((c.traits["maker"] for c in cls.order
                if isinstance(c, Class) and "maker" in c.traits), None)  # fmt: skip
    if own is not None:
        made_by_base: Value = own(machine, cls, arguments)
        return made_by_base
    found = inheritance.find(cls, "__new__")
    if found is None or not isinstance(found[1], Class):
        metaclass = cls.keywords.get("metaclass")
        return _by_metaclass(machine, cls, metaclass, arguments)
    maker = getattr(found[0], "function", found[0])
    whole = Arguments(
        (cls, *arguments.positional), arguments.keywords, arguments.at, arguments.open
    )
    made = machine.call(maker, whole)

    def initialised(one: Value) -> Value:
        if isinstance(one, Instance) and isinstance(one.cls, Class) and cls in one.cls.order:
            return classes.initialise(machine, one, arguments)
        return one

    return machine.each(made, initialised)


def _by_metaclass(
    machine: "Machine", cls: Class, metaclass: Value | None, arguments: Arguments
) -> Value | None:
    """A metaclass with ``__call__`` decides what calling the class gives (singletons)."""
    for base in cls.order[1:]:
        if metaclass is None and isinstance(base, Class):
            metaclass = base.keywords.get("metaclass")
    if not isinstance(metaclass, Class) or machine.inside_metaclass == id(cls):
        return None
    found = inheritance.find(metaclass, "__call__")
    if found is None or not isinstance(found[1], Class):
        return None
    whole = Arguments(
        (cls, *arguments.positional), arguments.keywords, arguments.at, arguments.open
    )
    before, machine.inside_metaclass = machine.inside_metaclass, id(cls)
    try:
        return machine.call(found[0], whole)
    finally:
        machine.inside_metaclass = before


def _member(machine: "Machine", cls: Class, arguments: Arguments) -> Value:
    """``Stage("production")``: the member with this value."""
    wanted = arguments.positional[0] if arguments.positional else NONE
    if isinstance(wanted, Choice):
        return machine.each(
            wanted, lambda one: _member(machine, cls, Arguments((one,), {}, arguments.at))
        )
    note_keys(machine.variables, wanted, [member.data for member in cls.traits["members"]])
    for member in cls.traits["members"]:
        if wanted is member or equal(wanted, member.data):
            return traced_member(member, wanted)
    fallback = inheritance.find(cls, "_missing_")
    if any(equal(wanted, member.data) is None for member in cls.traits["members"]):
        return Unknown(f"a member of {cls.name}", arguments.at, wanted.trace)
    if fallback is not None and isinstance(fallback[1], Class):
        inner = getattr(fallback[0], "function", fallback[0])
        found = machine.invoke(inner, arguments.at, cls, wanted)
        return machine.each(found, lambda one: _fallen_back(machine, cls, one, arguments))
    several = machine.library.several(cls, wanted)
    if several is not None:
        return several
    try:
        hashed(wanted)
    except NotPlain:
        return Unknown(f"a member of {cls.name}", arguments.at, wanted.trace)
    raise machine.error("ValueError", f"no such member of {cls.name}", arguments.at, wanted.trace)


def _fallen_back(machine: "Machine", cls: Class, found: Value, arguments: Arguments) -> Value:
    """What ``_missing_`` gives, unless that is no member."""
    if isinstance(found, Constant) and found.value is None:
        raise machine.error("ValueError", f"no such member of {cls.name}", arguments.at)
    if isinstance(found, (Constant, Text, Tuple)):
        raise machine.error("TypeError", "error in _missing_", arguments.at)
    return found


def traced_member(member: Instance, wanted: Value) -> Value:
    """The member, its trace told by the value that chose it."""
    if wanted.trace and not member.trace:
        member.trace = wanted.trace
    return member

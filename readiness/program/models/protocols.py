# ruff: noqa: ARG005 - all models of a kind take the same arguments
"""The language's protocols: containers, managers, enumerations, exceptions, awaiting."""

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter import attributes, classes, items
from readiness.program.interpreter.choices import literal
from readiness.program.interpreter.operators import describe, with_trace
from readiness.program.interpreter.plain import NotPlain, equal, hashed
from readiness.program.models.containers import DICTIONARY, LISTS
from readiness.program.models.table import LibraryClass
from readiness.program.models.texts import TEXTS, bytes_method
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    TRUE,
    Arguments,
    Bound,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Host,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    boolean,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

Method = Callable[["Machine", Value, Arguments], Value]
FACTORY = "\0factory"
ANNOTATED = "typing.Annotated"
_KINDS: dict[type[Value], dict[str, Method]] = {
    Text: TEXTS, List: LISTS, Tuple: LISTS, Dict: DICTIONARY,
}  # fmt: skip


def named(arguments: Arguments) -> dict[str, Value]:
    """All arguments by name; positional ones by their number."""
    numbered = {str(i): value for i, value in enumerate(arguments.positional)}
    return {**numbered, **arguments.keywords}


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
        instance.slots.values["args"] = Tuple(arguments.positional)
        return True
    _ = machine
    return name not in classes.TRANSPARENT


def exception_class(name: str) -> type[BaseException] | None:
    """The language's own exception class of this name."""
    found = getattr(builtins, name.removeprefix("builtins."), None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def make_exception(machine: "Machine", cls: External, arguments: Arguments) -> Instance:
    """An instance of one of the language's own exceptions."""
    _ = machine
    return Instance(cls, {"args": Tuple(arguments.positional)}, arguments.at)


def is_kind(machine: "Machine", cls: Value, kind: Value) -> bool | None:
    """Whether a class is a kind of another; None where that is not known."""
    if isinstance(kind, Tuple):
        answers = [is_kind(machine, cls, one) for one in kind.items]
        return True if True in answers else (None if None in answers else False)
    if isinstance(cls, Class):
        if kind in cls.order:
            return True
        answers = [is_kind(machine, base, kind) for base in cls.order[1:]
                   if not isinstance(base, Class)]  # fmt: skip
        return True if True in answers else (None if None in answers else False)
    if isinstance(cls, External) and isinstance(kind, External):
        return _is_external(machine, cls, kind)
    if isinstance(cls, External) and isinstance(kind, Class):
        return False
    return None


def _is_external(machine: "Machine", cls: External, kind: External) -> bool | None:
    library = machine.library
    one, other = library.canonical(cls.name), library.canonical(kind.name)
    if other in {one, "builtins.object"} or other in library.names_of(cls):
        return True
    first, second = exception_class(one), exception_class(other)
    if first is not None and second is not None:
        return issubclass(first, second)
    if second is not None and second in {Exception, BaseException}:
        return True if "error" in one.lower() or "exception" in one.lower() else None
    if first is not None:
        return False
    known = one in library.classes or one in classes.TRANSPARENT
    return False if known and (other in library.classes or second is not None) else (
        False if one in classes.TRANSPARENT else None)  # fmt: skip


def special_of_object(value: Instance, name: str) -> Value:
    """``__class__`` and ``__dict__``."""
    if name == "__class__":
        return value.cls
    view = Dict(None, {key: text(str(key)) for key in value.slots.values})
    view.slots = value.slots
    return view


def special(machine: "Machine", value: Instance, name: str, at: Place) -> Value | None:
    """What every object has, and members of enumerations besides."""
    if name in {"__class__", "__dict__"}:
        return special_of_object(value, name)
    if isinstance(value.data, (Text, Constant)) and isinstance(value.cls, Class):
        if name == "_value_":
            return value.data
        if isinstance(value.data, Text) and name in TEXTS:
            return method_of_type(machine, value.data, name, at)
    if isinstance(value.cls, Class) and name.startswith("__") and name.endswith("__"):
        return object_method(machine, value, name, at) if name in _OBJECT else None
    return None


_OBJECT = frozenset({"__init__", "__post_init__", "__init_subclass__", "__setattr__",
                     "__enter__", "__exit__"}) - {"__enter__", "__exit__", "__post_init__"}  # fmt: skip  # noqa: E501 - a table


def object_method(machine: "Machine", receiver: Value, name: str, at: Place) -> Value:
    """A method of ``object``."""
    if name == "__new__":
        return Host(name, _new)
    if name == "__call__" and isinstance(receiver, Class):
        return Host(name, lambda m, a: classes.construct(m, receiver, a))
    if name == "__setattr__":
        return Host(name, lambda m, a: _set_directly(m, receiver, a))
    if name == "__getattribute__":
        return Host(name, lambda m, a: m.attribute(receiver, _known(a, 0), a.at))
    if name in {"__init__", "__init_subclass__", "__post_init__", "__exit__", "__del__"}:
        return Host(name, lambda m, a: NONE)
    raise machine.error("AttributeError", f"'super' object has no attribute '{name}'", at)


def _known(arguments: Arguments, index: int) -> str:
    value = arguments.positional[index] if len(arguments.positional) > index else NONE
    return getattr(value, "known", None) or ""


def _new(machine: "Machine", arguments: Arguments) -> Value:
    cls = arguments.positional[0] if arguments.positional else NONE
    if isinstance(cls, (Class, External)):
        return Instance(cls, None, arguments.at)
    _ = machine
    return Unknown("an object of an unknown class", arguments.at)


def _set_directly(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    name = _known(arguments, 0)
    if name and isinstance(receiver, Instance) and len(arguments.positional) > 1:
        attributes.put_directly(machine, receiver, name, arguments.positional[1], arguments.at)
    return NONE


def class_member(machine: "Machine", value: Class, name: str, at: Place) -> Value | None:  # noqa: PLR0911 - one answer for each kind of value
    """What every class has, and what enumerations add."""
    match name:
        case "__name__" | "__qualname__":
            return text(value.name)
        case "__module__":
            return text(value.module)
        case "__mro__":
            return Tuple(value.order)
        case "__members__" if "members" in value.traits:
            members = {member.slots.values["name"].known: member
                       for member in value.traits["members"]}  # fmt: skip
            return Dict(dict(members), {key: text(key) for key in members})
        case "__new__" if classes.find(value, "__new__") is None:
            return Host(name, _new)
        case "__subclasses__":
            return Host(name, lambda m, a: List(tuple(value.traits.get("subclasses", ()))))
    _ = machine, at
    return None


def method_of_type(machine: "Machine", value: Value, name: str, at: Place) -> Value:
    """A method of a text, list, tuple, set, dictionary or constant."""
    methods = {**_KINDS.get(type(value), {}), **_generator_methods(value)}
    if name in methods:
        method = methods[name]
        return Host(name, lambda m, a: method(m, value, a))
    if isinstance(value, Constant) and isinstance(value.value, bytes):
        return Host(name, lambda m, a: bytes_method(m, value, name, a))
    if name == "__class__":
        return type_of(value)
    if isinstance(value, Constant):
        if value.value is not None and hasattr(value.value, name):
            return Unknown(f"the attribute {name} of a constant", at, value.trace)
        kind = type(value.value).__name__
        message = f"'{kind}' object has no attribute '{name}'"
        raise machine.error("AttributeError", message, at, value.trace)
    if isinstance(value, Bound):
        return machine.attribute(value.function, name, at)
    if isinstance(value, (Text, List, Tuple, Dict)):
        message = f"'{type(value).__name__}' has no attribute '{name}'"
        if not hasattr({Text: str, List: list, Tuple: tuple, Dict: dict}[type(value)], name):
            raise machine.error("AttributeError", message, at, value.trace)
    return _of_anything(value, name, at)


def _generator_methods(value: Value) -> dict[str, Method]:
    """What a generator has besides; what is sent into it has been taken for unknown."""
    if not isinstance(value, List) or value.kind != "generator":
        return {}

    def step(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
        return machine.invoke(External("builtins.next"), arguments.at, receiver)

    return {**dict.fromkeys(("send", "__next__", "asend", "__anext__"), step),
            "close": lambda m, r, a: NONE}  # fmt: skip


def _of_anything(value: Value, name: str, at: Place) -> Value:
    if name == "cache_clear":
        return Host(name, lambda m, a: NONE)
    if name == "__wrapped__" and hasattr(value, "function"):
        wrapped: Value = value.function
        return wrapped
    return Unknown(f"the attribute {name}", at, value.trace)


def provided(machine: "Machine", provider: Value, at: Place) -> Value:
    """What a dependency gives: what it returns, or what it yields first."""
    value = awaited(machine, machine.invoke(provider, at), at)
    content = value.slots.values["items"] if isinstance(value, List) else NONE
    if isinstance(value, List) and value.kind == "generator":
        if isinstance(content, Tuple) and content.items:
            return content.items[0]
        return Unknown("what a dependency yields", at)
    return value


def type_of(value: Value) -> Value:  # noqa: PLR0911 - one answer for each kind of value
    """``type(value)``."""
    match value:
        case Instance():
            return value.cls
        case Text():
            return External("builtins.str")
        case Tuple():
            return External("builtins.tuple")
        case List():
            return External(f"builtins.{value.kind}")
        case Dict():
            return External("builtins.dict")
        case Constant():
            return External(f"builtins.{type(value.value).__name__}")
        case Class():
            return External("builtins.type")
        case Unknown():
            return Unknown(f"the class of {value.reason}", value.at, free=value.free)
    return External("builtins.function")


def coroutine(value: Value, at: Place) -> Value:
    """What calling an async function gives: its result, to be awaited."""
    return Instance(External("types.CoroutineType"), {"result": value}, at)


def awaited(machine: "Machine", value: Value, at: Place) -> Value:
    """``await value``."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: awaited(machine, one, at))
    if isinstance(value, Instance):
        if "result" in value.slots.values and isinstance(value.cls, External):
            return value.slots.values["result"]
        method = machine.library.find_method(machine, value, "__await__", at)
        if method is not None:
            return machine.invoke(method, at)
    return value


def contains(
    machine: "Machine", holder: Value, item: Value, at: Place, shown: str
) -> Value | None:
    """``item in holder`` for mappings and objects; None for sequences."""
    if isinstance(item, Choice):
        return machine.each(item, lambda one: contains(machine, holder, one, at, shown) or FALSE)
    if isinstance(holder, Dict):
        return _in_dictionary(machine, holder, item, at, shown)
    if isinstance(holder, Instance):
        method = machine.library.find_method(machine, holder, "__contains__", at)
        if method is not None:
            return machine.invoke(method, at, item)
    if isinstance(holder, Class) and "members" in holder.traits:
        members = holder.traits["members"]
        found = any(item is one or equal(item, one.data) for one in members)
        return boolean(value=found, trace=item.trace)
    return None


def _in_dictionary(machine: "Machine", holder: Dict, item: Value, at: Place, shown: str) -> Value:
    found = items.lookup(machine, holder, item, at)
    if found is MISSING and holder.rest is not None:
        condition = Condition(("member", id(holder), shown), describe(shown, holder.rest), at)
        return literal(condition, truth=True)
    return with_trace(_presence(found), item.trace)


def _presence(value: Value) -> Value:
    if isinstance(value, Choice):
        return Choice(value.condition, _presence(value.then), _presence(value.otherwise))
    return FALSE if value is MISSING else TRUE


def mapping_of(machine: "Machine", value: Value, at: Place) -> dict[str, Value] | None:
    """The entries of a mapping, for ``**value``."""
    if not isinstance(value, Instance):
        return None
    method = machine.library.find_method(machine, value, "keys", at)
    if method is None:
        return None
    found = machine.iterate(machine.invoke(method, at), at)
    if isinstance(found, Unknown):
        return None
    names = [getattr(key, "known", None) for key in found]
    return {name: machine.item(value, text(name), at) for name in names if name is not None}


def subscript(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    """``value[key]`` for objects and classes."""
    if isinstance(value, Instance):
        method = machine.library.find_method(machine, value, "__getitem__", at)
        if method is not None:
            return machine.invoke(method, at, key)
        if isinstance(value.cls, Class) and not machine.library.names_of(value.cls):
            raise machine.error("TypeError", "the object is not subscriptable", at)
        return Unknown("an item of an object", at)
    if isinstance(value, Class) and "members" in value.traits:
        for member in value.traits["members"]:
            if equal(member.slots.values["name"], key):
                return with_trace(member, key.trace)
        if isinstance(key, Text) and key.known is not None:
            raise machine.error("KeyError", "no such member", at, key.trace)
        return Unknown(f"a member of {value.name}", at, key.trace)
    if value == External(ANNOTATED) and isinstance(key, Tuple):
        made = Instance(External(ANNOTATED), None, at)
        made.data = key.items
        return made
    return value if isinstance(value, (Class, External)) else Unknown("an item", at)


def iterate(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
    """The items of an object or class."""
    if isinstance(value, Class) and "members" in value.traits:
        return list(value.traits["members"])
    method = machine.library.find_method(machine, value, "__iter__", at)
    if method is not None:
        return machine.iterate(machine.invoke(method, at), at)
    return Unknown("the items of an object", at)


def enter(machine: "Machine", manager: Value, at: Place) -> Value:
    """``__enter__`` or ``__aenter__``."""
    manager = awaited(machine, manager, at)
    if isinstance(manager, List) and manager.kind == "generator":
        content = manager.slots.values["items"]
        if isinstance(content, Tuple) and content.items:
            return content.items[0]
    for name in ("__enter__", "__aenter__"):
        method = machine.library.find_method(machine, manager, name, at)
        if method is not None:
            return awaited(machine, machine.invoke(method, at), at)
    if isinstance(manager, Instance):
        return manager
    machine.may_fail("entering a context", at)
    return manager if not isinstance(manager, Unknown) else Unknown(manager.reason, manager.at)


def leave(machine: "Machine", manager: Value, at: Place) -> Value:
    """``__exit__`` or ``__aexit__``."""
    for name in ("__exit__", "__aexit__"):
        method = machine.library.find_method(machine, manager, name, at)
        if method is not None:
            machine.invoke(method, at, NONE, NONE, NONE)
    return NONE


def finish_class(machine: "Machine", cls: Class) -> None:
    """What a base does to a class once its body has run."""
    for base in cls.order[1:]:
        if isinstance(base, Class):
            base.traits.setdefault("subclasses", []).append(cls)
            finisher = base.traits.get("finisher")
            if finisher is not None:
                finisher(machine, cls)
                return
            hook = base.slots.values.get("__init_subclass__")
            if hook is not None:
                inner = getattr(hook, "function", hook)
                arguments = Arguments((cls,), dict(cls.keywords), cls.at)
                machine.call(inner, arguments)
        elif isinstance(base, External):
            for name in machine.library.names_of(base):
                model = machine.library.classes.get(name)
                if model is not None and model.subclassed is not None:
                    cls.traits["finisher"] = model.subclassed
                    model.subclassed(machine, cls)
                    return


def make_instance(machine: "Machine", cls: Class, arguments: Arguments) -> Value | None:
    """An instance made otherwise than by ``__init__``: enumerations, ``__new__``."""
    if "members" in cls.traits:
        return _member(machine, cls, arguments)
    found = classes.find(cls, "__new__")
    if found is None or not isinstance(found[1], Class):
        metaclass = cls.keywords.get("metaclass")
        return _by_metaclass(machine, cls, metaclass, arguments)
    maker = getattr(found[0], "function", found[0])
    whole = Arguments(
        (cls, *arguments.positional), arguments.keywords, arguments.at, arguments.open
    )
    made = machine.call(maker, whole)

    def initialised(one: Value) -> Value:
        if isinstance(one, Instance) and one.cls is cls:
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
    found = classes.find(metaclass, "__call__")
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
    machine.variables.note_keys(wanted, [member.data for member in cls.traits["members"]])
    for member in cls.traits["members"]:
        if wanted is member or equal(wanted, member.data):
            return traced_member(member, wanted)
    fallback = classes.find(cls, "_missing_")
    if fallback is not None and isinstance(fallback[1], Class):
        inner = getattr(fallback[0], "function", fallback[0])
        return machine.invoke(inner, arguments.at, cls, wanted)
    try:
        hashed(wanted)
    except NotPlain:
        return Unknown(f"a member of {cls.name}", arguments.at, wanted.trace)
    raise machine.error("ValueError", f"no such member of {cls.name}", arguments.at, wanted.trace)


def traced_member(member: Instance, wanted: Value) -> Value:
    """The member, its trace told by the value that chose it."""
    if wanted.trace and not member.trace:
        member.trace = wanted.trace
    return member

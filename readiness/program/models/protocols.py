"""The language's protocols: containers, managers, enumerations, exceptions, awaiting."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from readiness.model.place import Place
from readiness.program.interpreter import (
    attributes,
    comparisons,
    entering,
    generators,
    inheritance,
    keys,
)
from readiness.program.interpreter.choices import literal
from readiness.program.interpreter.limits import LONGEST_GROWN
from readiness.program.interpreter.plain import is_data
from readiness.program.interpreter.sameness import equal
from readiness.program.interpreter.traces import describe, with_trace
from readiness.program.models.kinds import type_of
from readiness.program.models.members import ANNOTATED
from readiness.program.models.reflection import with_fallback
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    OWN,
    TRUE,
    Arguments,
    Bound,
    Choice,
    Class,
    Condition,
    Constant,
    Dict,
    External,
    Function,
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


MANAGER = "contextlib._GeneratorContextManager"


def provided(machine: "Machine", provider: Value, at: Place) -> Value:
    """What a dependency gives: what it returns, or what it yields first."""
    value = awaited(machine, machine.call(provider, _requested(machine, provider, at)), at)
    value = managing(machine, value, at) or value
    return generators.first(machine, value, at) if _is_generator(value) else value


def _is_generator(value: Value) -> TypeGuard[List]:
    return isinstance(value, List) and value.kind == "generator"


def _requested(machine: "Machine", provider: Value, at: Place) -> Arguments:
    """What a framework passes to a dependency: its own dependencies, and parts of a request."""
    owner = provider
    if isinstance(provider, Class):
        makers = (cls.slots.values.get("__init__") for cls in provider.order
                  if isinstance(cls, Class))  # fmt: skip
        owner = next((maker for maker in makers if maker is not None), NONE)
    elif isinstance(provider, Instance) and isinstance(provider.cls, Class):
        owner = provider.cls.slots.values.get("__call__", NONE)
    function = owner.function if isinstance(owner, Bound) else owner
    if not isinstance(function, Function):
        return Arguments((), {}, at)
    after = 0 if owner is provider and function is owner else 1
    return replace(entering.arguments_of(machine, function, after=after, requested=True), at=at)


RESULT = "\0result"
PENDING = "\0pending"


def coroutine(run: Callable[[], Value], at: Place) -> Value:
    """What calling an async function gives: code that runs when it is awaited."""
    made = Instance(External("types.CoroutineType"), {PENDING: TRUE}, at)
    made.data = run
    return made


def run_tasks(machine: "Machine", at: Place) -> None:
    """Let the tasks that wait for their turn run."""
    content = machine.tasks.slots.values["items"]
    machine.state.write(machine.tasks.slots, "items", Tuple(()))
    for one in content.items if isinstance(content, Tuple) else ():
        awaited(machine, one, at)


def awaited(machine: "Machine", value: Value, at: Place) -> Value:
    """``await value``."""
    if isinstance(value, Choice):
        return machine.each(value, lambda one: awaited(machine, one, at))
    if isinstance(value, Instance):
        if value.cls == External("types.CoroutineType"):
            return _of_coroutine(machine, value, at)
        method = machine.library.find_method(machine, value, "__await__", at)
        if method is not None:
            return machine.invoke(method, at)
    if isinstance(value, Unknown):  # it stands still, and others go on
        run_tasks(machine, at)
    return value


def _of_coroutine(machine: "Machine", value: Instance, at: Place) -> Value:
    """Run a coroutine, once; before it the tasks that were made before it, if it is one."""
    content = machine.tasks.slots.values["items"]
    waiting = content.items if isinstance(content, Tuple) else ()
    if any(one is value for one in waiting):
        run_tasks(machine, at)
    if PENDING in value.slots.values:
        machine.state.write(value.slots, PENDING, MISSING)
        machine.state.write(value.slots, RESULT, value.data())
    return value.slots.values.get(RESULT, Unknown("what a coroutine gives", at))


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
        walked = any(machine.library.find_method(machine, holder, name, at)
                     for name in ("__iter__", "__getitem__"))  # fmt: skip
        found = machine.iterate(holder, at) if walked else None
        if isinstance(found, list):
            return comparisons.contains(machine, Tuple(tuple(found)), item, at, shown)
    if isinstance(holder, Class) and "members" in holder.traits:
        members = holder.traits["members"]
        there = any(item is one or equal(item, one.data) for one in members)
        return boolean(value=there, trace=item.trace)
    return None


def _in_dictionary(machine: "Machine", holder: Dict, item: Value, at: Place, shown: str) -> Value:
    found = keys.lookup(machine, holder, item, at)
    if found is MISSING and holder.rest is not None:
        condition = Condition(("member", holder, shown), describe(shown, holder.rest), at)
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
        if is_data(value):
            return machine.item(value.data, key, at)
        if isinstance(value.cls, Class) and not machine.library.names_of(value.cls):
            raise machine.error("TypeError", "the object is not subscriptable", at)
        return Unknown("an item of an object", at)
    if isinstance(value, Class):
        return _of_class(machine, value, key, at)
    if value == External(ANNOTATED) and isinstance(key, Tuple):
        made = Instance(External(ANNOTATED), None, at)
        made.data = key.items
        return made
    return _of_library(machine, value, key, at)


def _of_library(machine: "Machine", value: Value, key: Value, at: Place) -> Value:
    """A class with its parameters; or, by a plain key, what a library keeps under it."""
    if not isinstance(value, External):
        return Unknown("an item", at)
    known = getattr(key, "known", getattr(key, "value", None))
    if value.name.partition(".")[0] in OWN or known is None or machine.library.knows(value.name):
        return value
    name = f"{value.name}[{known!r}]"
    return machine.singletons.setdefault(name, Unknown(name, at))


def _of_class(machine: "Machine", value: Class, key: Value, at: Place) -> Value:
    """``Stage["NAME"]``, or what a class or its metaclass makes of brackets."""
    if "members" in value.traits:
        return _named_member(machine, value, key, at)
    own = inheritance.find(value, "__class_getitem__")
    if own is not None and isinstance(own[1], Class):
        inner = getattr(own[0], "function", own[0])
        return machine.invoke(inner, at, value, key)
    meta = attributes.of_metaclass(value, "__getitem__")
    return value if meta is None else machine.invoke(meta[0], at, key)


def _named_member(machine: "Machine", value: Class, key: Value, at: Place) -> Value:
    for member in value.traits["members"]:
        if equal(member.slots.values["name"], key):
            return with_trace(member, key.trace)
    if isinstance(key, Text) and key.known is not None:
        raise machine.error("KeyError", "no such member", at, key.trace)
    return Unknown(f"a member of {value.name}", at, key.trace)


def iterate(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
    """The items of an object or class."""
    if isinstance(value, Class) and "members" in value.traits:
        return list(value.traits["members"])
    if isinstance(value, Instance) and isinstance(value.data, Text) and is_data(value):
        return machine.iterate(value.data, at)
    method = machine.library.find_method(machine, value, "__iter__", at)
    if method is not None:
        found = machine.invoke(method, at)
        return _stepped(machine, found, at) if found is value else machine.iterate(found, at)
    if machine.library.find_method(machine, value, "__next__", at) is not None:
        return _stepped(machine, value, at)
    own = isinstance(value, Instance) and isinstance(value.cls, Class)
    if own and machine.library.find_method(machine, value, "__getitem__", at) is not None:
        return _numbered(machine, value, at)
    return Unknown("the items of an object", at)


def _numbered(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
    """The items that ``__getitem__`` gives for 0, 1, 2 …, until it raises IndexError."""
    found: list[Value] = []
    for number in range(LONGEST_GROWN):
        item = with_fallback(
            machine, "IndexError",
            lambda: machine.item(value, Constant(number), at), lambda: MISSING,  # noqa: B023 - called at once
        )  # fmt: skip
        if item is MISSING:
            return found
        if isinstance(item, (Choice, Unknown)):
            return Unknown("the items of an object, whose end is not decided", at)
        found.append(item)
    return Unknown("the items of an object without an end", at)


def _stepped(machine: "Machine", value: Value, at: Place) -> "list[Value] | Unknown":
    """The items that ``__next__`` gives until it stops."""
    done = Constant(value=None)
    found: list[Value] = []
    for _ in range(LONGEST_GROWN):
        item = machine.invoke(External("builtins.next"), at, value, done)
        if item is done:
            return found
        if isinstance(item, Choice):
            return Unknown("the items of an iterator, whose end is not decided", at)
        found.append(item)
    return Unknown("the items of an iterator without an end", at)


def managing(machine: "Machine", manager: Value, at: Place) -> List | None:
    """The generator that a ``contextmanager`` runs."""
    if isinstance(manager, Instance) and manager.cls == External(MANAGER):
        manager = awaited(machine, manager.data, at)
    return manager if isinstance(manager, List) and manager.start is not None else None


def enter(machine: "Machine", manager: Value, at: Place) -> Value:
    """``__enter__`` or ``__aenter__``."""
    manager = awaited(machine, manager, at)
    generator = managing(machine, manager, at)
    if generator is not None:
        return generators.first(machine, generator, at)
    for name in ("__enter__", "__aenter__"):
        method = machine.library.find_method(machine, manager, name, at)
        if method is not None:
            return awaited(machine, machine.invoke(method, at), at)
    if isinstance(manager, Instance):
        return manager
    machine.may_fail("entering a context", at)
    return manager if not isinstance(manager, Unknown) else Unknown(manager.reason, manager.at)


def leave(machine: "Machine", manager: Value, error: Value, at: Place) -> Value:
    """``__exit__`` or ``__aexit__``: true where it swallows the error."""
    for name in ("__exit__", "__aexit__"):
        method = machine.library.find_method(machine, manager, name, at)
        if method is not None:
            kind = error if error is NONE else type_of(error)
            trace = NONE if error is NONE else Unknown("a traceback", at)
            return awaited(machine, machine.invoke(method, at, kind, error, trace), at)
    if isinstance(manager, Unknown) and error is not NONE:
        return Unknown(f"whether {manager.reason} swallows an error", at)
    return FALSE

"""``importlib``: modules by a name that the program makes."""

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from readiness.program.interpreter import loading
from readiness.program.interpreter.consulting import named_in, pattern_of
from readiness.program.models.lifting import arg
from readiness.program.models.table import Table
from readiness.program.nodes import walk
from readiness.program.values import Arguments, Function, Module, Part, Text, Unknown, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def _import_module(machine: "Machine", arguments: Arguments) -> Value:
    return machine.each(arg(arguments, 0), lambda one: _imported(machine, one, arguments))


def _imported(machine: "Machine", name: Value, arguments: Arguments) -> Value:
    name = _whole(name, arguments)
    known = getattr(name, "known", None)
    pattern = pattern_of(name)
    if pattern is not None or known is None:
        asker = arguments.caller.path if arguments.caller else ""
        machine.records.named.append((pattern or bool, known, asker))
    if known is None:
        return Unknown("a module whose name is not known", arguments.at)
    if known not in machine.records.imported:
        machine.records.imported.add(known)
        for frame in machine.stack:
            machine.records.around_imports += named_in(frame.slots)
    return machine.import_module(known, arguments.caller, arguments.at)


def _reloaded(machine: "Machine", arguments: Arguments) -> Value:
    """``importlib.reload``: the module runs once more, and is the same one."""

    def one(module: Value) -> Value:
        if (
            isinstance(module, Module)
            and not module.stands_in
            and loading.run_again(machine, module)
        ):
            return module
        return Unknown("a module that is run once more", arguments.at)

    return machine.each(arg(arguments, 0), one)


def _whole(name: Value, arguments: Arguments) -> Value:
    """The full name that a relative one stands for."""
    said = name.parts[0].text if isinstance(name, Text) and name.parts else None
    if not isinstance(name, Text) or said is None or not said.startswith("."):
        return name
    package = getattr(arguments.get("package", 1), "known", None) or _package(arguments)
    rest = said.lstrip(".")
    above = package.split(".")
    above = above[: len(above) - (len(said) - len(rest)) + 1]
    first = Part(".".join([*above, rest]), name.parts[0].at, literal=name.parts[0].literal)
    return Text((first, *name.parts[1:]), name.trace)


def _package(arguments: Arguments) -> str:
    return arguments.caller.module.name if arguments.caller else ""


def rivals(machine: "Machine") -> dict[str, str]:
    """Modules whose name the environment could have made, but did not: nobody imports them.

    Each with the reason why it is passed over.
    """
    named = machine.records.named
    chosen = {known for _, known, _ in named}
    if (
        None in chosen
        or not named
        or any(_asks(machine, one) for one in machine.records.functions)
    ):
        return {}
    imported = set[str]().union(*machine.imports.values())
    why = f"the code imports {' and '.join(sorted(chosen))} by a name that the environment makes"  # type: ignore[arg-type]
    names = names_of(machine, machine.evaluated - imported, {one for one in chosen if one})
    return {path: why for path, called in names.items() if called.isdisjoint(chosen)
            and any(pattern(name) for pattern, _, _ in named for name in called)}  # fmt: skip


def names_of(
    machine: "Machine", paths: Iterable[str], imported: Container[str]
) -> dict[str, set[str]]:
    """The names that modules may be imported by where others of these names were found."""
    roots: set[str] = set()
    for module in machine.by_path.values():
        tail = f"/{module.name.replace('.', '/')}"
        found = module.path.removesuffix(".py").removesuffix("/__init__")
        if module.name in imported and found.endswith(tail):
            roots.add(found.removesuffix(tail) + "/")
    plain = machine.sources.name_of
    return {path: {plain(path), *(plain(path.removeprefix(root)) for root in roots
                                  if path.startswith(root))} for path in paths}  # fmt: skip


def _asks(machine: "Machine", value: Value) -> bool:
    """Whether a function that nobody called would import modules by such names."""
    if not isinstance(value, Function) or value.node in machine.records.called:
        return False
    names = (getattr(one, "attr", getattr(one, "id", None)) for one in walk(value.node))
    return "import_module" in names


TABLE = Table(functions={"importlib.import_module": _import_module, "importlib.reload": _reloaded})

"""Django's database settings."""

from typing import TYPE_CHECKING

from readiness.program import urls
from readiness.program.answers import Url
from readiness.program.models.libraries.django_addresses import ADDRESS
from readiness.program.models.standard.process_variables import name_of
from readiness.program.models.table import Table
from readiness.program.values import (
    Dict,
    Module,
    alternatives,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def databases(machine: "Machine") -> list[tuple[str, Dict]]:
    """The entries of ``DATABASES`` in the settings that count, by alias."""
    modules = [m for m in machine.by_path.values() if "DATABASES" in m.slots.values]
    named = [m for m in modules if m in named_settings(machine)]
    found = []
    for module in named or modules:
        for one in alternatives(module.slots.values["DATABASES"]):
            entries = one.slots.values.items() if isinstance(one, Dict) else ()
            for alias, entry in entries:
                found += [(str(alias), e) for e in alternatives(entry) if isinstance(e, Dict)]
    return found


def named_settings(machine: "Machine") -> list[Module]:
    """The module of settings that ``DJANGO_SETTINGS_MODULE`` names, where it was run."""
    name = name_of(machine.variables.slots.values.get("DJANGO_SETTINGS_MODULE"))
    return [one for one in machine.by_path.values() if one.name == name]


def unloaded(machine: "Machine") -> str | None:
    """The settings that are named, where no other module has imported them."""
    chosen = name_of(machine.variables.slots.values.get("DJANGO_SETTINGS_MODULE"))
    if chosen is None or any(m.name == chosen for m in machine.by_path.values()):
        return None
    return chosen if machine.sources.locate(chosen, "") else None


def rivals(machine: "Machine") -> dict[str, str]:
    """Settings of other environments, which no process loads with those that are named.

    They change what they share with the named ones, such as a base module's dictionaries.
    Each with the reason why it is passed over.
    """
    chosen = name_of(machine.variables.slots.values.get("DJANGO_SETTINGS_MODULE"))
    named = next((m for m in machine.by_path.values() if m.name == chosen), None)
    if named is None:
        return {}
    loaded = _loaded_with(machine, named.path)
    why = f"DJANGO_SETTINGS_MODULE names other settings, {chosen}"
    return {
        one.path: why
        for one in machine.by_path.values()
        if one.path not in loaded
        and "DATABASES" in one.slots.values
        and not loaded.isdisjoint(_loaded_with(machine, one.path))
    }


def _loaded_with(machine: "Machine", path: str) -> set[str]:
    """A module and all that it imports; the packages that hold it are everybody's.

    A package that is imported for its own settings (``base/__init__.py``) is one of them.
    """
    found, pending = {path}, [path]
    while pending:
        new = machine.imports.get(pending.pop(), set()) - found
        new = {one for one in new if _is_own(machine, path, one)}
        found |= new
        pending += new
    return found


def _is_own(machine: "Machine", path: str, other: str) -> bool:
    """Tell whether a module that is imported is more than the package around another."""
    if not other.endswith("__init__.py"):
        return True
    here = machine.by_path.get(other)
    says = here is not None and "DATABASES" in here.slots.values
    return says and not path.startswith(other.removesuffix("__init__.py"))


def address(entry: Dict) -> Url:
    """Where an entry of ``DATABASES`` connects."""
    held = entry.slots.values
    base = urls.parse(held[ADDRESS]) if ADDRESS in held and entry.rest is not None else None
    if base is not None:
        return base
    names = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port",
             "NAME": "database"}  # fmt: skip
    pieces = {new: urls.piece_of(held.get(old)) for old, new in names.items() if old in held}
    engine = name_of(held.get("ENGINE")) or ""
    dialect = "postgresql" if engine.endswith(("postgresql", "postgis", "postgresql_psycopg2",
                                               "postgresql_backend")) else (
        "sqlite" if "sqlite" in engine else (engine.rpartition(".")[2] or None))  # fmt: skip
    return urls.from_pieces(dialect, pieces)


TABLE = Table(
    aliases={"django.utils.functional.cached_property": "functools.cached_property"},
)

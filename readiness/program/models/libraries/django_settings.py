"""``django.conf.settings``: the names of the module that ``DJANGO_SETTINGS_MODULE`` says."""

import re
from typing import TYPE_CHECKING

from readiness.program.models.libraries import configurations
from readiness.program.models.lifting import given
from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    External,
    Instance,
    Module,
    Text,
    Unknown,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

SETTINGS = "django.conf.settings"
LAZY = "django.conf.LazySettings"
VARIABLE = "DJANGO_SETTINGS_MODULE"
_CONFIGURED = "\0configured"
_OWN = re.compile(
    "(?:ABSOLUTE_URL|APPEND|AUTH|CACHE|CSRF|DATABASE|DATA_UPLOAD|DATE|DEFAULT|EMAIL|FILE_UPLOAD|"
    "FIXTURE|FORM|LANGUAGE|LOCALE|LOG|MEDIA|MESSAGE_STORAGE|MIDDLEWARE|MIGRATION|PASSWORD|SECRET_|"
    "SECURE|SESSION|SHORT_|SIGN|STATIC|TEMPLATES|TEST_|TIME_|USE_(?:I18N|THOUSAND|TZ|X_)|[A-Z]+$)"
).match  # fmt: skip
"""How the names begin that Django has itself; one of a single word may be its own, too."""


def _settings(machine: "Machine") -> Value:
    return machine.singletons.setdefault(f"\0{SETTINGS}", Instance(External(LAZY)))


def _configure(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """``settings.configure(NAME=…)``: then no module is read."""
    if isinstance(receiver, Instance):
        for name, value in {**arguments.keywords, _CONFIGURED: NONE}.items():
            machine.state.write(receiver.slots, name, value)
    return NONE


def _setting(machine: "Machine", receiver: Value, arguments: Arguments) -> Value:
    """A setting that the code did not set itself."""
    name = getattr(given(arguments, 0), "known", None) or ""
    chosen = machine.variables.slots.values.get(VARIABLE, MISSING)
    unknown = Unknown(f"{SETTINGS}.{name}", arguments.at)
    if isinstance(receiver, Instance) and _CONFIGURED in receiver.slots.values:
        return _missing(machine, name, unknown, arguments)
    return machine.each(chosen, lambda one: _named(machine, one, name, unknown, arguments))


def _named(
    machine: "Machine", chosen: Value, name: str, unknown: Unknown, arguments: Arguments
) -> Value:
    known = chosen.known if isinstance(chosen, Text) else None
    if known is None:
        return unknown
    module = machine.import_module(known, None, arguments.at)
    if not isinstance(module, Module) or "*" in module.slots.values:
        return unknown
    configurations.set_up(machine)
    found = module.slots.values.get(name, MISSING)
    return machine.each(
        found, lambda one: _missing(machine, name, unknown, arguments) if one is MISSING else one
    )


def _missing(machine: "Machine", name: str, unknown: Unknown, arguments: Arguments) -> Value:
    """What nobody set: a default of Django's, or an error."""
    if name == "DEBUG":
        return boolean(value=False)
    if _OWN(name):
        return unknown
    raise machine.error("AttributeError", f"settings has no attribute '{name}'", arguments.at)


TABLE = Table(
    classes={LAZY: LibraryClass(methods={"__getattr__": _setting, "configure": _configure})},
    values={SETTINGS: _settings},
)

"""The fields of a dataclass or model: which names are fields, and what each is told."""

import ast
from functools import lru_cache

from readiness.program.interpreter import inheritance
from readiness.program.values import Class, Constant, Instance, Value

FIELD = "dataclasses.Field"
NOT_A_FIELD = ("ClassVar", "typing.ClassVar")
REST_BY_KEYWORD = ("KW_ONLY", "dataclasses.KW_ONLY")


def fields_of(cls: Class) -> dict[str, Class]:
    """The annotated names of a class and its bases, in order, and where each stands."""
    found: dict[str, Class] = {}
    for owner in reversed([one for one in cls.order if isinstance(one, Class)]):
        for name, annotation in owner.fields.items():
            if not _shown(annotation).startswith((*NOT_A_FIELD, *REST_BY_KEYWORD)):
                found[name] = owner
    return found


@lru_cache(maxsize=4096)
def _shown(annotation: ast.expr) -> str:
    return ast.unparse(annotation)


def left_out(field: Value | None, option: str) -> bool:
    """Whether ``field(…)`` says no to an option, such as ``repr``."""
    held = field.slots.values.get(option) if isinstance(field, Instance) else None
    return isinstance(held, Constant) and held.value is False


def given_only(home: Class, name: str) -> bool:
    """Whether a field is only handed on to ``__post_init__``."""
    shown = _shown(home.fields[name]).strip("'\"")
    return shown.startswith(("InitVar", "dataclasses.InitVar"))


def behind_marker(home: Class, name: str) -> bool:
    """Whether a field stands behind ``_: KW_ONLY``."""
    return name in _behind_marker(home, len(home.fields))


@lru_cache(maxsize=64)
def _behind_marker(home: Class, count: int) -> frozenset[str]:
    shown = [_shown(one).startswith(REST_BY_KEYWORD) for one in home.fields.values()]
    first = shown.index(True) if True in shown else count
    return frozenset(list(home.fields)[first + 1 :])


def attribute_of(cls: Class, name: str) -> Value | None:
    """What a class has under the name of a field: its default, or ``field(…)``."""
    found = inheritance.find(cls, name)
    return found[0] if found is not None and isinstance(found[1], Class) else None

"""Which model of a union a dictionary is read as: the one whose literals it has."""

import ast
from collections.abc import Container
from typing import TYPE_CHECKING

from readiness.program.interpreter.plain import NotPlain, plain
from readiness.program.models.libraries.settings_types import parts_of_type, spelled
from readiness.program.models.python.record_fields import attribute_of, fields_of
from readiness.program.values import Class, Dict, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine


def unfolded(machine: "Machine", annotation: ast.expr, home: Class) -> ast.expr:
    """What a name stands for that a module gives to a type (``Db = Union[Pg, Memory]``)."""
    tree = machine.sources.tree(home.at.path) if isinstance(annotation, ast.Name) else None
    for statement in tree.body if tree is not None else ():
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        if name == getattr(annotation, "id", None):
            return spelled(value)
    return annotation


def chosen(value: Dict, models: list[Class]) -> Class | None:
    """The one model of several that takes a dictionary; None where that is not clear."""
    answers = [_says(value, one) for one in models]
    fitting = [one for one, said in zip(models, answers, strict=True) if said]
    return fitting[0] if len(fitting) == 1 and None not in answers else None


def _says(value: Dict, model: Class) -> bool | None:
    """Whether the literals of a model are those of a dictionary; None where it has none."""
    answers: list[bool] = []
    for name, home in fields_of(model).items():
        word, inner = parts_of_type(home.fields[name])
        if word != "Literal":
            continue
        wanted = {one.value for one in inner if isinstance(one, ast.Constant)}
        answers.append(_is_among(value.slots.values.get(name, attribute_of(model, name)), wanted))
    return all(answers) if answers else None


def _is_among(value: Value | None, wanted: Container[object]) -> bool:
    try:
        return value is not None and plain(value) in wanted
    except (NotPlain, TypeError):
        return False

"""The texts in the arguments of calls: what stands in for a variable, what is secret by place."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.checkers.literal import Around, How
from readiness.checkers.name_tables import is_renamed
from readiness.checkers.positions import position_of
from readiness.checkers.spelling import (
    ALIKE,
    OPTIONS,
    READERS,
    WRAPPERS,
    name_of,
    option_of,
    text_of,
    variable_of,
)

if TYPE_CHECKING:
    from readiness.checkers.literal_reader import Reader

_PROSE = frozenset({"description", "help", "example", "examples", "title", "doc", "metavar",
                    "pattern", "regex", "message", "msg", "json_schema_extra"})  # fmt: skip

# Methods that look a key up, with what stands in for it.
_LOOKS_UP = frozenset({"get", "pop", "setdefault"})
# The comparison that takes the same time for every text, of `hmac` and `secrets`.
_COMPARES = "compare_digest"


def named_call(reader: "Reader", name: str, value: ast.Call, how: How, around: Around) -> None:
    """What a call makes of a text: it may be the text itself."""
    func, args = value.func, value.args
    if type(func) is ast.Attribute and func.attr in ALIKE and text_of(func.value) is not None:
        reader.named(name, func.value, how, around)
    elif name and args and name_of(func) in WRAPPERS:
        reader.named(name, args[0], how, around)
    else:
        called(reader, value, around, name)


def called(reader: "Reader", call: ast.Call, around: Around, name: str = "") -> None:
    """A call, whose result has a name perhaps."""
    said = name_of(call.func)
    if said == _COMPARES and len(call.args) == 2:  # noqa: PLR2004 - those that are compared
        reader.sides(call.args[0], call.args[1], around)
        return
    outside = around.outside()
    reader.visit(call.func, outside)
    if position := position_of(said, call.func):
        _positioned(reader, call, *position, outside)
    else:
        _arguments(reader, call, said, around, name)


def _arguments(reader: "Reader", call: ast.Call, said: str, around: Around, name: str) -> None:
    """The arguments of a call, one of which may stand in for a variable."""
    outside = around.outside()
    variable = variable_of(call)
    fallback = call.args[1:2] if variable else call.args
    if variable is None and around.fields is not None and name and said in READERS:
        variable = _alias(call) or (around.fields + name).upper()
        fallback = call.args[:1]
    if name and said in OPTIONS:
        named = (text_of(k.value) for k in call.keywords if k.arg == "envvar")
        variable = next(named, variable)
        for first in call.args[:1]:
            reader.default(name, first, variable or name.upper(), outside)
        fallback = []
    if variable is None and said in _LOOKS_UP and len(call.args) == 2:  # noqa: PLR2004 - as above
        key, otherwise = call.args
        reader.named(text_of(key) or "", otherwise, "argument", outside)
        fallback = [key]
    own = name if around.fields is not None else ""
    for argument in fallback:
        reader.default(own or variable or "", argument, variable, outside)
    if call.keywords:
        _keywords(reader, call, own or variable or name, variable, outside)


def _keywords(
    reader: "Reader", call: ast.Call, name: str, variable: str | None, around: Around
) -> None:
    """The arguments that have names; the one called default is the value of another."""
    for keyword in call.keywords:
        said = keyword.arg
        if said == "default" and (option := next(_options(call), None)):
            reader.named(option, keyword.value, "argument", around)
        elif said == "default" and name:
            reader.default(name, keyword.value, variable, around)
        elif said not in _PROSE and not _is_renamed(call, name, keyword):
            reader.named(said or "", keyword.value, "argument", around)


def _is_renamed(call: ast.Call, table: str, keyword: ast.keyword) -> bool:
    """Tell whether `dict(a="b")` maps a name to another."""
    if name_of(call.func) != "dict":
        return False
    told = [(one.arg or "", text_of(one.value) or "") for one in call.keywords]
    return is_renamed(table, told, keyword.arg or "", text_of(keyword.value) or "")


def _positioned(reader: "Reader", call: ast.Call, index: int, name: str, around: Around) -> None:
    """A call whose secret is told by its place: ``jwt.encode(claims, "…")``."""
    for at, argument in enumerate(call.args):
        reader.named(name if at == index else "", argument, "argument", around)
    for keyword in call.keywords:
        said = name if keyword.arg == "key" else keyword.arg or ""
        reader.named(said, keyword.value, "argument", around)


def _alias(call: ast.Call) -> str | None:
    return next((text_of(k.value) for k in call.keywords if "alias" in (k.arg or "")), None)


def _options(call: ast.Call) -> Iterator[str]:
    return (said for one in call.args if (said := option_of(one)))

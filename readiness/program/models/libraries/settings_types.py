"""The types that annotations of fields ask for, and what pydantic makes of a value by them."""

import ast
from collections.abc import Callable
from functools import lru_cache, reduce
from operator import or_
from typing import Annotated, Any, Literal

_PLAIN: dict[str, Any] = {
    "int": int, "str": str, "float": float, "bool": bool, "bytes": bytes, "None": None,
    "Any": Any, "object": object, "list": list, "dict": dict, "set": set, "tuple": tuple,
    "frozenset": frozenset, "List": list, "Dict": dict, "Set": set, "Tuple": tuple,
    "FrozenSet": frozenset, "Sequence": list, "Mapping": dict,
}  # fmt: skip
_OF_PYDANTIC = frozenset({
    "PositiveInt", "NegativeInt", "NonNegativeInt", "NonPositiveInt", "PositiveFloat",
    "NegativeFloat", "NonNegativeFloat", "NonPositiveFloat", "StrictInt", "StrictStr",
    "StrictBool", "StrictFloat", "FiniteFloat",
})  # fmt: skip
BOUNDS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern", "strict")
"""What ``Field(…)`` asks of a value besides its type."""
OF_TEXTS = ("strip_whitespace", "to_lower", "to_upper")
"""What ``StringConstraints(…)`` makes of a text."""
OF_MODELS = ("str_strip_whitespace", "str_to_lower", "str_to_upper", "str_min_length",
             "str_max_length", "coerce_numbers_to_str")  # fmt: skip
"""What the configuration of a model makes or asks of all texts in it."""
CONSTRAINED = {"constr": "str", "conint": "int", "confloat": "float", "conlist": "list",
               "conset": "set"}  # fmt: skip
"""Functions of pydantic that give a type with bounds."""
CHANGED = frozenset({"Decimal", "timedelta", "datetime", "date", "time", "UUID", "UUID1",
                     "UUID3", "UUID4", "UUID5", "ByteSize", "Json", "Pattern",
                     "SecretBytes", "IPvAnyAddress", "IPv4Address", "IPv6Address",
                     "ImportString", "Base64Str", "Base64Bytes",
                     "condecimal", "condate", "conbytes"})  # fmt: skip
"""Types that make something else of a text, which is not followed."""
_CONTAINERS = (list, dict, set, tuple, frozenset)
Bounds = tuple[tuple[str, Any], ...]


class Refused(Exception):  # noqa: N818 - an answer about a value
    """A value that the type does not take."""


def spelled(node: ast.expr) -> ast.expr:
    """An annotation without quotation marks around it and without ``Annotated``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return node
    if isinstance(node, ast.Subscript) and _last(node.value) == "Annotated":
        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
        return spelled(inner)
    if isinstance(node, ast.Call) and _last(node.func) in CONSTRAINED:
        return ast.Name(CONSTRAINED[_last(node.func)])
    return node


def parts_of_type(node: ast.expr) -> tuple[str, list[ast.expr]]:
    """The outermost word of an annotation, such as ``list`` or ``Union``, and what is in it."""
    node = spelled(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return "Union", [one for side in (node.left, node.right) for one in _members(side)]
    if isinstance(node, ast.Subscript):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        word = _last(node.value)
        none = ast.Constant(None)
        return ("Union", [*inner, none]) if word == "Optional" else (word, list(inner))
    return _last(node), []


def _members(node: ast.expr) -> list[ast.expr]:
    word, inner = parts_of_type(node)
    return inner if word == "Union" else [node]


def _last(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


def type_of(node: ast.expr) -> Any:
    """The type that an annotation means; raises `LookupError` where it is none of Python's."""
    word, inner = parts_of_type(node)
    if word == "Literal":
        return Literal[tuple(_constant(one) for one in inner)]
    if word == "Union":
        return reduce(or_, [_never_none(type_of(one)) for one in inner])
    if word in _OF_PYDANTIC:
        import pydantic  # noqa: PLC0415 - only where settings are read

        return getattr(pydantic, word)
    found = _PLAIN[word]
    if not inner:
        return found
    return found[tuple(... if ast.unparse(one) == "..." else type_of(one) for one in inner)]


def _constant(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    raise LookupError(ast.unparse(node))


def _never_none(one: Any) -> Any:
    return type(None) if one is None else one


def is_complex(node: ast.expr) -> bool:
    """Whether settings read a field of this type as JSON."""
    word, inner = parts_of_type(node)
    if word == "Union":
        return any(is_complex(one) for one in inner)
    return _PLAIN.get(word) in _CONTAINERS


@lru_cache(maxsize=500)
def _taker(annotation: str, bounds: Bounds) -> Callable[[Any], Any]:
    from pydantic import Field, StringConstraints, TypeAdapter  # noqa: PLC0415 - as above

    wanted = type_of(ast.parse(annotation, mode="eval").body)
    told = dict(bounds)
    config = {name: told.pop(name) for name in OF_MODELS if name in told}
    of_texts = {name: told.pop(name) for name in OF_TEXTS if name in told}
    if of_texts:
        wanted = Annotated[wanted, StringConstraints(**of_texts)]
    if told:
        wanted = Annotated[wanted, Field(**told)]
    return TypeAdapter(wanted, config=config or None).validate_python  # type: ignore[arg-type]


def taken(thing: Any, node: ast.expr, bounds: Bounds = ()) -> Any:
    """What a field of this type holds of a thing; raises `Refused`, or `LookupError`."""
    from pydantic import PydanticSchemaGenerationError, ValidationError  # noqa: PLC0415 - as above

    try:
        take = _taker(ast.unparse(spelled(node)), bounds)
    except (PydanticSchemaGenerationError, TypeError, SyntaxError) as error:
        raise LookupError(str(error)) from None
    try:
        return take(thing)
    except ValidationError as error:
        raise Refused(str(error)) from None

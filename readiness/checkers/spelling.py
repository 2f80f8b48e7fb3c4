"""What a piece of the source spells: its text, its name, the variable that it reads."""

import ast
import re

HOLE = "\0"
# Calls that read a variable by its name, as os, decouple, environs and others spell it.
READERS = frozenset({
    "getenv", "get", "setdefault", "config", "env", "str", "Field", "environ", "getattr", "pop",
    "field", "Secret", "SecretStr", "url", "db", "parse",
})  # fmt: skip
# Calls that give back the text that they are made of.
ALIKE = frozenset({"encode", "strip", "lower", "upper", "replace"})
_TEXTS = frozenset({ast.Constant, ast.JoinedStr, ast.BinOp})


def text_of(node: ast.AST | None) -> str | None:
    """The text of an expression, a hole for each value put in; None where it is none."""
    return _text(node) if type(node) in _TEXTS else None


def _text(node: ast.AST | None) -> str | None:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=bytes() as raw):
            return raw.decode("latin-1")
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part) or HOLE for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            known = text_of(left), text_of(right)
            if known == (None, None):
                return None
            return "".join(HOLE if part is None else part for part in known)
        case _:
            return None


def name_of(target: ast.AST) -> str:
    """The last name of a target or a function: a variable, an attribute or a key."""
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=key):
            return text_of(key) or ""
        case _:
            return ""


def bare(node: ast.expr) -> ast.expr:
    """What a call such as `.encode()` is made of."""
    match node:
        case ast.Call(func=ast.Attribute(value=inner, attr=way)) if way in ALIKE:
            return inner
        case _:
            return node


def variable_of(call: ast.Call) -> str | None:
    """The environment variable that a call reads, by the look of it: ``getenv("X", …)``."""
    first = text_of(call.args[0]) if call.args else None
    if first is None or name_of(call.func) not in READERS:
        return None
    return first if re.fullmatch(r"[A-Z][A-Z0-9_]*", first) else None


def option_of(argument: ast.expr) -> str | None:
    """The name of a command line's option: ``--db-password``."""
    said = text_of(argument)
    return said.lstrip("-") if said and re.fullmatch(r"--[\w-]+", said) else None


def prefix_of(node: ast.ClassDef) -> str | None:
    """The prefix of the variables of a settings class; None for any other class."""
    bases = {name_of(base) for base in node.bases}
    if not any(base.endswith("Settings") for base in bases):
        return None
    for inner in ast.walk(node):
        match inner:
            case ast.keyword(arg="env_prefix", value=ast.Constant(value=str() as prefix)):
                return prefix
            case ast.Assign(
                targets=[ast.Name(id="env_prefix")], value=ast.Constant(value=str() as prefix)
            ):
                return prefix
    return ""

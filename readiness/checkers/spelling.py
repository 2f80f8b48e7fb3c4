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
# Calls that give back the text that they are given, in other clothes.
WRAPPERS = frozenset({"SecretStr", "SecretBytes", "Secret", "str", "bytes", "quote", "quote_plus",
                       "b64decode", "unhexlify", "fromhex"})  # fmt: skip
# Calls in the place of a parameter's default, whose first argument is the default.
OPTIONS = frozenset({"Option", "Argument", "Field", "Query", "Header", "Cookie", "Form", "Body"})


def text_of(node: ast.AST | None) -> str | None:
    """The text of an expression, a hole for each value put in; None where it is none."""
    if isinstance(node, ast.Constant):
        value = node.value
        if type(value) is str:
            return value
        return value.decode("latin-1") if type(value) is bytes else None
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or HOLE for part in node.values)
    return _sum(node) if isinstance(node, ast.BinOp) else None


def _sum(node: ast.BinOp) -> str | None:
    known = (text_of(node.left), text_of(node.right)) if type(node.op) is ast.Add else ()
    if all(part is None for part in known):
        return None
    return "".join(HOLE if part is None else part for part in known)


def name_of(target: ast.AST) -> str:
    """The last name of a target or a function: a variable, an attribute or a key."""
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    return (text_of(target.slice) or "") if isinstance(target, ast.Subscript) else ""


def bare(node: ast.expr) -> ast.expr:
    """What a call such as `.encode()` is made of."""
    match node:
        case ast.Call(func=ast.Attribute(value=inner, attr=way)) if way in ALIKE:
            return inner
        case _:
            return node


def variable_of(call: ast.Call) -> str | None:
    """The environment variable that a call reads, by the look of it: ``getenv("X", …)``."""
    if not call.args or name_of(call.func) not in READERS:
        return None
    first = text_of(call.args[0])
    return first if first is not None and re.fullmatch(r"[A-Z][A-Z0-9_]*", first) else None


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

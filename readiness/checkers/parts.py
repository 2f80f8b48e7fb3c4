"""The parts of a piece of the source, without those that are no more than a name or a sign."""

import ast

# Fields whose values are names, numbers and signs.
_PLAIN = frozenset({
    "name", "names", "id", "attr", "arg", "ctx", "op", "ops", "module", "level", "kind",
    "conversion", "simple", "is_async", "type_comment",
})  # fmt: skip
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue})


class _Fields(dict[type, tuple[str, ...]]):
    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = self[kind] = tuple(name for name in kind._fields if name not in _PLAIN)
        return fields


FIELDS = _Fields()
"""The fields of each kind of node in which there may be more than a name."""


def parts_of(node: ast.AST) -> list[ast.AST]:
    """The parts of a node in their order, for whoever looks for calls and statements."""
    found: list[ast.AST] = []
    for name in FIELDS[type(node)]:
        part = getattr(node, name, None)
        if type(part) is list:
            found += [one for one in part if isinstance(one, ast.AST) and type(one) not in _LEAVES]
        elif isinstance(part, ast.AST) and type(part) not in _LEAVES:
            found.append(part)
    return found

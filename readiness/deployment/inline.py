"""What a program written on a command line imports, and what it calls of that: ``python -c``."""

import ast
from collections.abc import Iterator


def calls(code: str) -> Iterator[tuple[str, str | None, str]]:
    """Each module that it imports: the name that it calls there, and with what."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    modules: dict[str, tuple[str, str | None]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {one.asname or one.name: (one.name, None) for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules |= {one.asname or one.name: (node.module, one.name) for one in node.names}
    yield from ((module, None, "") for module in dict.fromkeys(one for one, _ in modules.values()))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (found := _called(node.func, modules)):
            given = ", ".join(ast.unparse(one) for one in (*node.args, *node.keywords))
            yield (*found, f"({given})")


def _called(
    function: ast.expr, modules: dict[str, tuple[str, str | None]]
) -> tuple[str, str] | None:
    """The module and the name in it of what is called; None where that is not shown."""
    spelled = ast.unparse(function)
    module, name = modules.get(spelled, (None, None))
    if module and name:
        return module, name
    head, _, last = spelled.rpartition(".")
    module, inner = modules.get(head, (None, None))
    if module is None:
        return None
    return (f"{module}.{inner}" if inner else module), last

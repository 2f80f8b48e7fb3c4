"""What the tests of a shell ask, and which way they go in an environment."""

from collections.abc import Callable
from fnmatch import fnmatchcase

from readiness.deployment.naming import aliases, other_names
from readiness.deployment.steps.step import is_open
from readiness.deployment.steps.words import Shell
from readiness.document.syntax import Syntax

_EQUAL = frozenset({"=", "=="})


def holds(shell: Shell, node: Syntax | None) -> bool | None:
    """Whether a condition holds where this environment is deployed; None where nobody knows."""
    reader = _READERS.get(node.kind) if node is not None else None
    return reader(shell, node) if reader is not None and node is not None else None


def _inner(shell: Shell, node: Syntax) -> bool | None:
    return holds(shell, next(iter(node), None))


def _negated(shell: Shell, node: Syntax) -> bool | None:
    found = _inner(shell, node)
    return None if found is None else not found


def _both(shell: Shell, node: Syntax) -> bool | None:
    found = [holds(shell, one) for one in node]
    if "&&" in node.signs:
        return False if False in found else None if None in found else True
    return True if True in found else None if None in found else False


def _compared(shell: Shell, node: Syntax) -> bool | None:
    left, right = node.named("left"), node.named("right")
    if left is None or right is None:
        return None
    if node.signs[:1] in {("&&",), ("||",)}:
        return _both(shell, node)
    signs = _EQUAL & set(node.signs)
    if not signs and "!=" not in node.signs:
        return None
    equal = is_same(shell, shell.text(left), shell.text(right))
    return equal if signs or equal is None else not equal


def is_same(shell: Shell, left: str, right: str) -> bool | None:
    """Whether two texts are the same; one that nobody knows is this environment's name."""
    if not is_open(left) and not is_open(right):
        return left == right
    word = (right if is_open(left) else left).lower()
    if word in aliases(shell.environment):
        return True
    return False if word in other_names(shell.environment) else None


def _asked(shell: Shell, node: Syntax) -> bool | None:
    sign, text = node.first("test_operator"), list(node)[-1:]
    if sign is None or not text or is_open(value := shell.text(text[0])):
        return None
    return {"-z": not value, "-n": bool(value)}.get(sign.text)


def _of_words(shell: Shell, node: Syntax) -> bool | None:
    words = [shell.text(one) for one in node]
    match words:
        case ["test", left, "=" | "==", right]:
            return is_same(shell, left, right)
        case ["test", left, "!=", right]:
            found = is_same(shell, left, right)
            return None if found is None else not found
    return None


def matches(shell: Shell, text: str, patterns: list[Syntax]) -> bool | None:
    """Whether a text is one of the patterns of a case."""
    found: list[bool | None] = []
    for one in patterns:
        pattern = shell.text(one)
        if pattern == "*":
            found.append(True)
        elif is_open(text):
            found.append(is_same(shell, text, pattern))
        else:
            found.append(fnmatchcase(text, pattern))
    return True if True in found else None if None in found else False


_READERS: dict[str, Callable[[Shell, Syntax], bool | None]] = {
    "test_command": _inner,
    "parenthesized_expression": _inner,
    "negated_command": _negated,
    "list": _both,
    "binary_expression": _compared,
    "unary_expression": _asked,
    "command": _of_words,
}

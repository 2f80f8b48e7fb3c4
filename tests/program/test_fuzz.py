"""Programs that nobody would write neither crash the evaluation nor make it fail in silence."""

import ast
from functools import cache
from pathlib import Path
from random import Random

import pytest

from readiness.program import Program
from readiness.project import Project
from tests.program.conftest import HEAD, environment
from tests.program.oracle.writing import Writer

EXAMPLES = Path(__file__).parents[2] / "examples"
SEEDS = range(12)
ENCODINGS = (
    "utf-8",
    "utf-7",
    "utf-16",
    "latin-1",
    "cp500",
    "unicode_escape",
    "shift_jis",
    "rot13",
)


@cache
def _trees() -> tuple[ast.Module, ...]:
    """What is mutated: the examples, and programs that the oracle's grammar writes."""
    written = [path.read_text() for path in sorted(EXAMPLES.rglob("*.py"))]
    for seed in range(30):
        files = Writer(seed).program().files
        written += [text for path, text in files.items() if path.endswith(".py")]
    return tuple(ast.parse(one) for one in written)


@cache
def _pieces(kind: type[ast.AST]) -> tuple[ast.AST, ...]:
    return tuple(one for tree in _trees() for one in ast.walk(tree) if isinstance(one, kind))


def _mutated(random: Random) -> str:
    """A program with statements moved, doubled and lost, and expressions of other programs."""
    tree = ast.parse(ast.unparse(random.choice(_trees())))
    for _ in range(random.randint(1, 8)):
        _mutate(random, random.choice(list(ast.walk(tree))))
    return ast.unparse(ast.fix_missing_locations(tree))


def _mutate(random: Random, node: ast.AST) -> None:
    if isinstance(node, ast.JoinedStr):
        return
    for name, value in ast.iter_fields(node):
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            value.insert(random.randrange(len(value) + 1), random.choice(_pieces(ast.stmt)))
            if random.random() < 0.5:
                random.shuffle(value)
        elif isinstance(value, list) and value and isinstance(value[0], ast.expr):
            value[random.randrange(len(value))] = random.choice(_pieces(ast.expr))
        elif isinstance(value, ast.expr) and random.random() < 0.3:
            setattr(node, name, random.choice(_pieces(ast.expr)))


def _faults(files: dict[str, bytes]) -> list[str]:
    """What went wrong in the evaluation itself, every answer asked for."""
    made = Program(Project(files), environment({"A": "production"}), seconds=1)
    answers = made.agents(), made.engines(), made.reads(), made.fallbacks()
    assert all(isinstance(one, tuple) for one in answers)
    missed = made.fallbacks_missed
    assert missed is None or "takes more" in missed
    left = (*made.coverage.left_out, *made.coverage.not_parsed)
    return [f"{one.path}: {one.reason}" for one in left if "failed with" in one.reason]


@pytest.mark.parametrize("seed", SEEDS)
def test_mutated_programs(seed: int) -> None:
    random = Random(seed)
    files = {}
    for number in range(6):
        source = _mutated(random)
        try:
            ast.parse(source)
        except SyntaxError:
            continue
        files[f"m{number}.py"] = HEAD.encode() + source.encode()

    assert files
    assert _faults(files) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_bytes_that_are_broken(seed: int) -> None:
    random = Random(seed)
    files = {}
    for number in range(20):
        source = HEAD + ast.unparse(random.choice(_trees()))
        cookie = f"# coding: {random.choice(ENCODINGS)}\n".encode()
        content = bytearray(cookie + source.encode(random.choice(ENCODINGS[:4]), "replace"))
        for _ in range(random.randint(0, 5)):
            content[random.randrange(len(content))] = random.randrange(256)
        files[f"m{number}.py"] = bytes(content)

    assert _faults(files) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_bytes_at_random(seed: int) -> None:
    random = Random(seed)
    files = {f"m{n}.py": b"agno " + random.randbytes(random.randrange(2000)) for n in range(20)}

    assert _faults(files) == []

"""A file of a later Python is told from one that is wrong."""

import sys

import pytest

from readiness.document.newer_python import needed_version

LATER = [
    ((3, 12), "type Pair = tuple[int, int]\n"),
    ((3, 12), "type Pair[T] = tuple[T, T]\n"),
    ((3, 12), "def first[T](items: list[T]) -> T:\n    return items[0]\n"),
    ((3, 12), "class Box[T: (int, str), *Ts, **P](Base):\n    pass\n"),
    ((3, 12), 'x = f"{data["a"]} and {\'\\n\'.join(rows)}"\n'),
    ((3, 12), "x = 'a' f'{f'{1}'}' 'b'  # it's\n"),
    ((3, 12), "x = f'{\n    value  # why\n}'\n"),
    ((3, 13), "class Box[T = int]:\n    pass\n"),
    ((3, 14), 'x = t"hello {name}"\n'),
    ((3, 14), "try:\n    pass\nexcept ValueError, socket.error:\n    pass\n"),
]
WRONG = [
    "type Pair = \n", "def first[T(items): pass\n", "x = f'{a b}'\n", 'x = f"{data["a"\n',
    "print 'hello'\n", "try:\n    pass\nexcept Exception, e:\n    pass\n", "def f(:\n",
    "type Pair = int\nprint 'hello'\n", "x = '''\n", "x = 'a\n",
]  # fmt: skip
OLD = ["x = f'{a!r:>{width}} {{b}} {c=}'\n", "type = 3\nprint(type)\n", "x[a] = 1  # type X = 3\n"]


@pytest.mark.parametrize(("version", "text"), LATER)
def test_a_later_python_is_named(version: tuple[int, int], text: str) -> None:
    assert needed_version(text) == (version if version > sys.version_info[:2] else None)


@pytest.mark.parametrize("text", [*WRONG, *OLD])
def test_what_no_version_has_or_every_one_is_not_called_later(text: str) -> None:
    assert needed_version(text) is None

"""Members of enumerations are equal only to themselves, unless they are texts or numbers."""

import itertools

import pytest

from tests.program.conftest import Make

KINDS = """
from enum import Enum, Flag, IntEnum, IntFlag
class Plain(Enum):
    A = "a"
    B = "b"
    ALSO = "a"
class Other(Enum):
    A = "a"
    B = "b"
class Named(str, Enum):
    A = "a"
    B = "b"
class Like(str, Enum):
    A = "a"
    B = "b"
class Number(IntEnum):
    ONE = 1
    TWO = 2
class Bits(Flag):
    X = 1
    Y = 2
class Loose(IntFlag):
    X = 1
    Y = 2
def fails(kind, number):
    try:
        kind(number)
    except ValueError:
        return True
    return False
"""
PIECES = ("Plain.A", "Plain.B", "Plain.ALSO", "Plain('a')", "Plain['B']", "Other.A", "Other.B",
          "Named.A", "Named.B", "Like.A", "Number.ONE", "Number(2)", "'a'", "1", "None",
          "Plain.A.value")  # fmt: skip
ASKED = [f"{left} {sign} {right}" for left, right in itertools.product(PIECES, PIECES)
         for sign in ("==", "!=")]  # fmt: skip
MORE = (
    "Plain.A in (Plain.B, Plain.ALSO)", "Plain.A in [Plain.B, Other.A]", "Plain.A in {Plain.B}",
    "Plain.B in {Plain.A: 1, Plain.B: 2}", "{Plain.A: 1}.get(Plain.ALSO) == 1",
    "[one for one in Plain if one != Plain.A] == [Plain.B]",
    "Bits(3) == (Bits.X | Bits.Y)", "Bits.Y in Bits(3)", "Bits.Y in Bits(1)", "Bits(0)",
    "fails(Bits, 4)", "fails(Bits, 3)", "fails(Bits, 7)", "fails(Plain, 3)",
    "fails(Loose, 8)", "fails(Number, 3)", "Loose(3) & Loose.Y", "Loose.X in Loose(6)",
    "Plain.A is Plain.ALSO", "Plain.A is not Plain.B", "[*Plain].index(Plain.B) == 1",
    "(Plain.A, 1) == (Plain.B, 1)", "(Plain.A, 1) == (Plain.ALSO, 1)",
)  # fmt: skip


def test_members_compare_as_python_has_them(program: Make) -> None:
    names: dict[str, object] = {}
    exec(KINDS, names)
    asked = [*ASKED, *MORE]
    lines = [f"if {one}:\n    Agent(db=InMemoryDb())\n" for one in asked]
    wanted = [number for number, one in enumerate(asked) if eval(one, names)]

    made = program(KINDS + "".join(lines)).agents()

    first = (KINDS.count("\n") + 4) + 2
    found = {((one.at.line or 0) - first) // 2: one.db for one in made}
    assert [number for number, db in found.items() if db != "volatile"] == []
    assert sorted(found) == wanted


@pytest.mark.parametrize(("stage", "expected"), [("b", "durable"), ("a", "volatile")])
def test_a_member_that_the_environment_names_is_told_apart(
    program: Make, stage: str, expected: str
) -> None:
    source = f"{KINDS}stage = Plain(os.environ['STAGE'])\n"
    source += "Agent(db=InMemoryDb() if stage == Plain.A else PostgresDb('postgresql://h/d'))\n"

    assert [one.db for one in program(source, {"STAGE": stage}).agents()] == [expected]


SHOWN = """
import enum
class Word(str, enum.Enum):
    A = "a"
class Number(enum.IntEnum):
    A = 1
made = {}
"""
OLD, NEW = {".python-version": "3.10.4\n"}, {"Dockerfile": "FROM python:3.12-slim\n"}


@pytest.mark.parametrize(
    ("expression", "old", "new"),
    [
        ("f'{Word.A}'", "a", "Word.A"),
        ("'{}'.format(Word.A)", "a", "Word.A"),
        ("str(Word.A)", "Word.A", "Word.A"),
        ("repr(Word.A)", "<Word.A: 'a'>", "<Word.A: 'a'>"),
        ("f'{Word.A!r}'", "<Word.A: 'a'>", "<Word.A: 'a'>"),
        ("str([Word.A])", "[<Word.A: 'a'>]", "[<Word.A: 'a'>]"),
        ("f'{(Word.A, 1)}'", "(<Word.A: 'a'>, 1)", "(<Word.A: 'a'>, 1)"),
        ("Word.A + 'x'", "ax", "ax"),
        ("str(Number.A)", "Number.A", "1"),
        ("f'{Number.A:03d}'", "001", "001"),
        ("repr(Number.A)", "<Number.A: 1>", "<Number.A: 1>"),
    ],
)
def test_how_a_member_is_shown_hangs_on_the_python_that_runs(
    program: Make, expression: str, old: str, new: str
) -> None:
    asked = {"pyproject.toml": '[project]\nrequires-python = ">=3.11"\n'}
    unclear = {"pyproject.toml": '[project]\nrequires-python = ">=3.9"\n'}
    found: list[object] = []
    for files in (OLD, NEW, asked, unclear):
        made = program(SHOWN.format(expression), files=files)
        found.append(made.plain(made.value("app:made")))

    assert found[:3] == [old, new, new]
    assert (found[3] == new) is (old == new)

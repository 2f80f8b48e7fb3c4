"""Values that are too large are not known; nothing is made to find that out."""

import pytest

from readiness.program.interpreter.limits import Limits
from readiness.program.interpreter.outcomes import LimitReached
from readiness.program.values import Constant, Text, Unknown, text
from tests.program.conftest import Make

TOO_LARGE = {
    "a product": "y = 0x" + "f" * 100_000 + "\nx = y * y % 7",
    "a remainder, again and again": "y = 0x" + "f" * 400_000 + "\nfor i in range(1000):\n"
                                    "    x = y % 0x" + "7" * 200_000,
    "squares": "x = 3\nfor i in range(60):\n    x = x * x",
    "shifts": "x = 1\nfor i in range(1990):\n    x = x << 500",
    "bytes that double": 'x = b"a"\nfor i in range(100):\n    x = x + x',
    "a text that doubles by %": 'x = "a"\nfor i in range(100):\n    x = "%s%s" % (x, x)',
    "a text that doubles by format": 'x = "a"\nfor i in range(100):\n    x = "{0}{0}".format(x)',
    "a width behind a star": 'x = "%*d" % (10**9, 1)',
    "a precision behind a star": 'x = "%.*f" % (10**9, 1.0)',
    "tabs": 'x = ("\\t" * 1000).expandtabs(10**6)',
    "a text of many items": 'x = ("a " * 400_000).split()',
    "the characters of a long text": 'x = list("a" * 900_000)',
    "a list of one long text": 'x = "%s" % ([("a" * 900_000)] * 9_000)',
    "a range that no list could hold": "x = len(range(10**30))",
    "a text of very many parts": "x = ''\nfor i in range(1990):\n"
                                 "    x = x + os.getenv('A', 'b') + os.environ['B'] + 'c'",
}  # fmt: skip
KNOWN = {
    "a product": ("x = 2**4096 % 7", 2),
    "bytes": ('x = len(b"a" * 1000)', 1000),
    "a width": ('x = "%5d" % 1', "    1"),
    "tabs": ('x = "a\\tb".expandtabs(4)', "a   b"),
    "a split": ('x = ("a " * 400).split()[7]', "a"),
    "a replacement in a long text": ('x = ("a" * 5000 + "b").replace("b", "c" * 5000)[-1]', "c"),
    "a range": ("x = len(range(10_000))", 10_000),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_too_large_is_not_known(program: Make, name: str) -> None:
    made = program(TOO_LARGE[name])

    value = made.value("app:x")

    assert isinstance(value, Unknown) or getattr(value, "known", "") is None
    assert made.steps <= Limits().steps


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_of_a_common_size_is_known(program: Make, name: str) -> None:
    code, expected = KNOWN[name]

    value = program(code).value("app:x")

    assert isinstance(value, Constant | Text)
    assert (value.known if isinstance(value, Text) else value.value) == expected


def test_many_large_values_together_are_too_much(program: Make) -> None:
    large = "\n".join(f'x{number} = y.upper() + "{number}"' for number in range(80))

    made = program(f'y = "a" * 900_000\n{large}\n')

    assert isinstance(made.value("app:x79"), Unknown)
    assert any("takes more than 64 MB" in one.reason for one in made.coverage.not_parsed)


def test_a_value_counts_once_however_often_it_is_held() -> None:
    limits = Limits(space=2_500)
    limits.begin()
    limits.refill()
    limits.hold(value := text("a" * 2_000))

    limits.hold(value)

    with pytest.raises(LimitReached):
        limits.hold(text("b" * 2_000))


@pytest.mark.parametrize(
    "code",
    [
        'list({"a", "b"})[0]', '{"a", "b"}.pop()', 'next(iter({"a", "b"}))', 'str({"a", "b"})',
        '",".join({"a", "b"})', 'tuple({"a", "b"})[0]', '[y for y in {"a", "b"}][0]',
        'f"{set(list("ab"))}"', 'hash("a")',
    ],
)  # fmt: skip
def test_what_hangs_on_the_order_of_a_set_is_not_known(program: Make, code: str) -> None:
    assert isinstance(program(f"x = {code}").value("app:x"), Unknown)


def test_the_last_item_of_a_set_is_not_known(program: Make) -> None:
    made = program('for x in {"a", "b"}:\n    pass\ny, z = {"a", "b"}\n')

    assert isinstance(made.value("app:x"), Unknown)
    assert isinstance(made.value("app:y"), Unknown)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('sorted({"b", "a"})[0]', "a"), ('list({"a"})[0]', "a"), ('len({"a", "b", "a"})', 2),
        ('"a" in {"a", "b"}', True), ("max({1, 3, 2})", 3), ('{"a", "b"} == {"b", "a"}', True),
        ("sum(1 for y in [1, 1, 1])", 3), ("sum(map(int, ['1', '1']))", 2),
    ],
)  # fmt: skip
def test_what_no_order_changes_is_known(program: Make, code: str, expected: object) -> None:
    value = program(f"x = {code}").value("app:x")

    assert isinstance(value, Constant | Text)
    assert (value.known if isinstance(value, Text) else value.value) == expected


def test_two_questions_are_not_one_because_a_value_is_gone(program: Make) -> None:
    lines = [f"a{i} = g({i}) in [1]\nb{i} = g({i}) < 3\n" for i in range(40)]
    checks = [f"    if a{i} and not b{i}:\n        bad = True\n" for i in range(40)]

    made = program(
        "from z import g\nbad = False\n" + "".join(lines)
        + "def f():\n    global bad\n" + "".join(checks) + "f()\n"
        "durable = PostgresDb(db_url='postgresql://h/d')\n"
        "agent = Agent(db=InMemoryDb() if bad else durable)"
    )  # fmt: skip

    assert [one.db for one in made.agents()] == ["unknown"]


@pytest.mark.parametrize(
    "grown",
    ['("a" * 9000).translate({97: "b" * 9000})', 'textwrap.indent("a\\n" * 9000, "b" * 9000)'],
)
def test_a_text_that_a_table_or_a_prefix_makes_too_large_is_unknown(
    program: Make, grown: str
) -> None:
    made = program(
        f"import textwrap\nx = {grown}\nagent = Agent(db=InMemoryDb() if x else None)\n"
    )

    assert [one.db for one in made.agents()] == ["unknown"]

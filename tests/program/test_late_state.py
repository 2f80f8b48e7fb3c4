"""A function that runs when start-up is over finds what something has set until then."""

import pytest

from tests.program.conftest import Make

CODE = """
class Registry:
    @property
    def ready(self):
        return self.missing
registry = Registry()
held = {{}}
def handler():
    {}
    return Agent(db={})
"""
GOOD, BAD = 'PostgresDb(db_url="postgresql://h/d")', "InMemoryDb()"


@pytest.mark.parametrize(
    ("before", "made", "expected"),
    [
        ("registry.name.upper()", GOOD, "durable"),
        ("registry.name.upper()", BAD, "volatile"),
        ("held['x'].upper()", BAD, "volatile"),
        ("registry.ready.go()", BAD, "volatile"),
        ("db = registry.db", "db", "unknown"),
        ("db = held['db']", "db", "unknown"),
        ("pass", f"{GOOD} if hasattr(registry, 'name') else {BAD}", "volatile"),
        ("pass", f"{GOOD} if hasattr(registry, 'ready') else {BAD}", "volatile"),
        ("pass", f"{GOOD} if getattr(registry, 'name', None) else {BAD}", "volatile"),
        ("pass", f"held.get('db', {BAD})", "volatile"),
    ],
)
def test_what_a_handler_misses_is_not_known_and_does_not_end_it(
    program: Make, before: str, made: str, expected: str
) -> None:
    assert [one.db for one in program(CODE.format(before, made)).agents()] == [expected]


def test_an_error_that_the_code_raises_itself_ends_it(program: Make) -> None:
    made = program(CODE.format("raise NotImplementedError", BAD))

    assert [one.db for one in made.agents()] == []


def test_an_error_that_the_code_handles_is_seen_by_its_handler(program: Make) -> None:
    before = (
        "try:\n        db = registry.db\n    except AttributeError:\n        db = InMemoryDb()"
    )

    assert [one.db for one in program(CODE.format(before, "db")).agents()] == ["volatile"]

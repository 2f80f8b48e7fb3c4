"""Several calls that may fail inside of one ``try``: its handler runs once for all of them."""

import pytest

from tests.program.conftest import Make

DBS = {"InMemoryDb()": "volatile", "PostgresDb('postgresql://h/d')": "durable"}
MOVING = """import lib
db = {first}
try:
    lib.one()
    db = {second}
    lib.two()
    lib.three()
except Exception:
    Agent(db=db)
"""
CHANGED = """import lib
agent = Agent(db={before})
try:
    lib.one()
    lib.two()
    lib.three()
except {error}:
    agent.db = {after}
"""
KINDS = """import lib
try:
    lib.one()
    lib.two()
    db = PostgresDb('postgresql://h/d')
except ValueError:
    db = {one}
except Exception:
    db = {other}
Agent(db=db)
"""
REMEMBERED = """import lib
db, failed = InMemoryDb(), False
try:
    lib.one()
    lib.two()
    lib.three()
    db = {db}
except Exception:
    failed = True
if not failed:
    Agent(db=db)
"""
BETWEEN = """import lib
db = PostgresDb('postgresql://h/d')
try:
    lib.one()
    lib.two()
    if lib.wants():
        raise KeyError
    db = {between}
    lib.three()
    lib.four()
except KeyError:
    pass
except Exception:
    Agent(db=db)
"""
RAISED_AGAIN = """import lib
def connect():
    try:
        lib.one()
        lib.two()
        lib.three()
    except OSError:
        raise
    return PostgresDb('postgresql://h/d')
try:
    db = connect()
except Exception:
    db = {db}
Agent(db=db)
"""
FINALLY = """import lib
def make():
    db = {first}
    try:
        lib.one()
        db = {second}
        lib.two()
        lib.three()
    finally:
        Agent(db=db)
try:
    make()
except Exception:
    pass
"""
DEAR = """import lib
def costly():
    found = []
    for number in range(150):
        found.append(str(number) + 'x')
    return found
def command():
    try:
{calls}
    except Exception:
        costly()
    return Agent(db={db})
"""


def _labels(made: object) -> list[str]:
    return [one.db for one in made.agents()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("first", "one"), DBS.items())
@pytest.mark.parametrize(("second", "other"), DBS.items())
def test_a_handler_finds_what_was_there_at_any_of_them(
    program: Make, first: str, one: str, second: str, other: str
) -> None:
    made = program(MOVING.format(first=first, second=second))

    assert _labels(made) == ["durable" if {one, other} == {"durable"} else "unknown"]


@pytest.mark.parametrize(("before", "one"), DBS.items())
@pytest.mark.parametrize(("after", "other"), DBS.items())
@pytest.mark.parametrize("error", ["Exception", "OSError"])
def test_what_a_handler_changes_is_changed_perhaps(  # noqa: PLR0917 - each with each
    program: Make, before: str, one: str, after: str, other: str, error: str
) -> None:
    made = program(CHANGED.format(before=before, after=after, error=error))

    assert _labels(made) == [one if one == other else "unknown"]


@pytest.mark.parametrize(("one", "first"), DBS.items())
@pytest.mark.parametrize(("other", "second"), DBS.items())
def test_any_of_the_handlers_may_take_it(
    program: Make, one: str, first: str, other: str, second: str
) -> None:
    made = program(KINDS.format(one=one, other=other))

    assert _labels(made) == ["durable" if {first, second} == {"durable"} else "unknown"]


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_what_a_handler_remembers_tells_that_none_failed(
    program: Make, db: str, label: str
) -> None:
    durable = label == "durable"
    assert _labels(program(REMEMBERED.format(db=db))) == ["durable" if durable else "unknown"]


@pytest.mark.parametrize(("between", "label"), DBS.items())
def test_an_error_that_is_known_stays_apart(program: Make, between: str, label: str) -> None:
    made = program(BETWEEN.format(between=between))

    assert set(_labels(made)) == ({"durable"} if label == "durable" else {"unknown"})


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_an_error_that_is_raised_again_reaches_the_next_handler(
    program: Make, db: str, label: str
) -> None:
    made = program(RAISED_AGAIN.format(db=db))

    assert _labels(made) == ["durable" if label == "durable" else "unknown"]


@pytest.mark.parametrize(("first", "one"), DBS.items())
@pytest.mark.parametrize(("second", "other"), DBS.items())
def test_the_end_of_a_try_finds_what_was_there_as_well(
    program: Make, first: str, one: str, second: str, other: str
) -> None:
    made = program(FINALLY.format(first=first, second=second))

    assert _labels(made) == ["durable" if {one, other} == {"durable"} else "unknown"]


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_a_costly_handler_is_paid_for_once(program: Make, db: str, label: str) -> None:
    calls = "\n".join(f"        lib.call_{number}()" for number in range(30))

    made = program(DEAR.format(calls=calls, db=db))

    assert _labels(made) == [label]


@pytest.mark.parametrize(("db", "label"), DBS.items())
def test_known_errors_in_between_make_it_no_dearer(program: Make, db: str, label: str) -> None:
    step = "        lib.call_{0}()\n        if lib.wants_{0}():\n            raise KeyError({0})"
    calls = "\n".join(step.format(number) for number in range(7))
    calls += "".join(f"\n        lib.last_{number}()" for number in range(4))

    made = program(DEAR.format(calls=calls, db=db))

    assert _labels(made) == [label]


ORDERED = """import lib
def make():
    db = PostgresDb('postgresql://h/d')
    try:
        lib.one()
        if lib.wants():
            return Agent(db={left})
        db = {db}
        lib.two()
        lib.three()
    finally:
        kept.append(db)
kept = []
try:
    make()
except Exception:
    Agent(db=kept[0])
"""


@pytest.mark.parametrize(("db", "label"), DBS.items())
@pytest.mark.parametrize(("left", "other"), DBS.items())
def test_what_is_left_before_comes_to_none_of_them(
    program: Make, db: str, label: str, left: str, other: str
) -> None:
    made = program(ORDERED.format(db=db, left=left))

    found = ["durable" if one == "durable" else "unknown" for one in (other, label)]
    assert sorted(_labels(made)) == sorted(found)


WAYS = """import lib
db = {first}
try:
    try:
        lib.one()
        lib.two()
    except Exception:
        raise KeyError('x')
except KeyError:
    Agent(db=db)
except Exception:
    pass
"""


@pytest.mark.parametrize(("first", "label"), DBS.items())
def test_an_error_that_several_ways_lead_to_occurs_perhaps(
    program: Make, first: str, label: str
) -> None:
    made = program(WAYS.format(first=first))

    assert _labels(made) == ["durable" if label == "durable" else "unknown"]

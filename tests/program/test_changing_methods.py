# ruff: noqa: E501 - programs as people write them
"""A container changes by whatever name it is changed."""

import pytest

from tests.program.conftest import Make

GOOD, BAD = 'PostgresDb("postgresql://h/d")', "InMemoryDb()"
ENTRIES = "entries = {'db': BEFORE}\n"
ITEMS = "items = [BEFORE]\n"
CHANGES = {
    "set an entry": f"{ENTRIES}entries.__setitem__('db', LATER)\nmade = entries['db']\n",
    "set an entry by the class": f"{ENTRIES}dict.__setitem__(entries, 'db', LATER)\nmade = entries['db']\n",
    "delete an entry": f"{ENTRIES}entries.__delitem__('db')\nmade = entries.get('db', LATER)\n",
    "unite": f"{ENTRIES}entries.__ior__({{'db': LATER}})\nmade = entries['db']\n",
    "set an item": f"{ITEMS}items.__setitem__(0, LATER)\nmade = items[0]\n",
    "extend": f"{ITEMS}items.__iadd__([LATER])\nmade = items[-1]\n",
    "repeat": f"{ITEMS}items.__imul__(0)\nmade = items[0] if items else LATER\n",
    "set by operator": f"import operator\n{ENTRIES}operator.setitem(entries, 'db', LATER)\nmade = entries['db']\n",
    "delete by operator": f"import operator\n{ENTRIES}operator.delitem(entries, 'db')\nmade = entries.get('db', LATER)\n",
    "unite by operator": f"import operator\n{ENTRIES}operator.ior(entries, {{'db': LATER}})\nmade = entries['db']\n",
    "extend by operator": f"import operator\n{ITEMS}operator.iconcat(items, [LATER])\nmade = items[-1]\n",
    "handed on": f"from itertools import starmap\n{ENTRIES}list(starmap(entries.__setitem__, [('db', LATER)]))\nmade = entries['db']\n",
    "a set": "names = set()\nnames.__ior__({1})\nmade = LATER if names else BEFORE\n",
    "a set without some": "names = {1}\nnames.symmetric_difference_update({1})\nmade = BEFORE if names else LATER\n",
}  # fmt: skip


def _judged(program: Make, change: str, before: str, later: str) -> str:
    source = change.replace("BEFORE", before).replace("LATER", later)
    return " ".join(one.db for one in program(f"{source}Agent(db=made)\n").agents())


@pytest.mark.parametrize("case", CHANGES)
def test_what_a_container_holds_then_counts(program: Make, case: str) -> None:
    worse = _judged(program, CHANGES[case], GOOD, BAD)
    better = _judged(program, CHANGES[case], BAD, GOOD)

    assert (worse, better) in {("volatile", "durable"), ("unknown", "unknown")}


def test_most_of_it_is_known(program: Make) -> None:
    told = [_judged(program, one, GOOD, BAD) for one in CHANGES.values()]

    assert told.count("unknown") <= 2


def test_an_operator_that_makes_something_new_changes_nothing(program: Make) -> None:
    source = (
        f"import operator\n{ENTRIES}operator.or_(entries, {{'db': LATER}})\nmade = entries['db']\n"
    )

    assert _judged(program, source, GOOD, BAD) == "durable"
    assert _judged(program, source, BAD, GOOD) == "volatile"

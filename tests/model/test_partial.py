"""Which fields tell what a struct is, and which may be shown."""

from typing import ClassVar

from readiness.document.dotenv import Binding
from readiness.environment.overrides import Overrides
from readiness.model.partial import Partial
from readiness.model.place import Place
from readiness.model.trace import Step
from readiness.program.provenance import BranchStep, VariableStep


class Point(Partial, frozen=True):
    """Two numbers, of which one tells which it is."""

    ASIDE: ClassVar[frozenset[str]] = frozenset({"b"})

    a: int
    b: int = 0


class Named(Point, frozen=True):
    """The same with a name that is not shown."""

    HIDDEN: ClassVar[frozenset[str]] = frozenset({"name"})

    name: str = ""


def test_what_is_aside_does_not_count_where_two_are_compared() -> None:
    assert Point(1, 2) == Point(1, 3)
    assert hash(Point(1, 2)) == hash(Point(1, 3))
    assert Point(1, 2) != Point(2, 2)


def test_another_kind_is_another_thing() -> None:
    assert Point(1) != Named(1)
    assert Named(1) != Point(1)
    assert VariableStep("variable", "A", variable="A") != Step("variable", "A")


def test_what_is_hidden_counts_and_is_not_shown() -> None:
    assert Named(1, 2, "canary") != Named(1, 2, "other")
    assert repr(Named(1, 2, "canary")) == "Named(a=1)"


def test_steps_are_equal_by_what_they_say() -> None:
    at = Place("a.py", 1)

    assert BranchStep("branch", "if A", at, truth=True) == BranchStep(
        "branch", "if A", at, truth=False
    )
    assert VariableStep("variable", "A", at, variable="A") != VariableStep(
        "variable", "A", at, variable="B"
    )


def test_what_holds_texts_of_files_and_options_does_not_show_them() -> None:
    binding = Binding("PASSWORD", "canary-1", Place(".env", 1))
    given = Overrides(set={"PASSWORD": "canary-2"})

    assert "canary" not in repr(binding) + repr(given)

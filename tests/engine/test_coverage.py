"""What a report says was not looked at: each reason once, with the places it holds for."""

from readiness.engine.coverage import lines_of
from readiness.model.report import Gap
from readiness.program import LeftOut


def test_the_lines_of_a_file_that_were_given_up_for_one_reason_are_told_together() -> None:
    left = [LeftOut("app.py", "it takes too long", line) for line in (9, 4, 4)]
    left += [LeftOut("app.py", "it nests too deeply", 7), LeftOut("old.py", "it does not parse")]

    assert [*lines_of(left)] == [
        Gap("app.py:4,9", "code is not understood: it takes too long"),
        Gap("app.py:7", "code is not understood: it nests too deeply"),
    ]


def test_of_many_lines_the_rest_is_counted() -> None:
    left = [LeftOut("app.py", "it takes too long", line) for line in range(1, 31)]

    assert [gap.what for gap in lines_of(left)] == ["app.py:1,2,3,4,5,6,7,8 and 22 more lines"]

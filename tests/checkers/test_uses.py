"""Every place that names a function is found, wherever in a file it stands."""

import pytest

from readiness.checkers.uses import uses
from readiness.testing import project

OTHER = "def other():\n    a = 1\n    return a\n\n"


@pytest.mark.parametrize(
    "written",
    [
        "start()",
        "@given(start)\ndef f(): ...",
        "@given(\n    start,\n)\nclass A:\n    b = 1",
        "def f():\n    if a:\n        return (\n            start\n        )",
        "class A:\n    def f(self):\n        self.\\\n            start()",
        "match a:\n    case 1:\n        start()",
        "try:\n    pass\nexcept E:\n    start()",
        "x = [one for one in two if start(one)]",
        "\uff53tart()",
        "a = 1\rstart()",
    ],
)
def test_a_use_is_found(written: str) -> None:
    repo = project({"app.py": f"{OTHER}{written}\n{OTHER}"})

    assert [one.at.path for one in uses(repo, "start")] == ["app.py"]


def test_what_only_looks_like_a_use_is_none() -> None:
    repo = project({"app.py": f"{OTHER}# start\nx = 'start'\nrestart()\ndef start(): ...\n"})

    assert not [*uses(repo, "start")]

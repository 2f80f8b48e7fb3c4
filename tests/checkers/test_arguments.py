"""Whether an argument may be given to a call, told by the text alone."""

import re

import pytest

from readiness.checkers.arguments import ASSIGNED, may_be_given

CALLS = re.compile(rb"\b(?:App|run)[\s\\)]*\(")
DEBUG = re.compile(rb"\bdebug" + ASSIGNED)


@pytest.mark.parametrize(
    "text",
    [
        "run(app, debug=True)",
        "uvicorn.run(\n    app,\n    debug = True)",
        "run(app(1, [2]), host='a)', debug=True)",
        'run(""")""", debug=True)',
        "run(app,  # :)\n    debug=True)",
        "run(app, debug  # why\n    =True)",
        "App(handler(debug=True))",
        "run(1)\nrun(2, debug=True)",
        "the undef\nrun(debug=True)",
        "def run(self, debug=False): ...\nrun(debug=1)",
    ],
)
def test_an_argument_inside_of_the_call_may_be_given(text: str) -> None:
    assert may_be_given(text.encode(), CALLS, DEBUG)


@pytest.mark.parametrize("text", ["run(app, f'{d[\")\"]}', debug=True)", "run(app, ' debug=True)"])
def test_what_is_unclear_may_be_given(text: str) -> None:
    assert may_be_given(text.encode(), CALLS, DEBUG)


@pytest.mark.parametrize(
    "text",
    [
        "debug=True",
        "run(app)\nother(debug=True)",
        "run(')', app)\nother(debug=True)",
        "run(app)  # (\ndebug=True",
        "run(debug == 1)",
        "async def run(self, debug=False): ...",
        "def \\\n run(self, debug=False): ...",
        "reload=True\nrun(app)",
    ],
)
def test_an_argument_elsewhere_is_not_given(text: str) -> None:
    assert not may_be_given(text.encode(), CALLS, DEBUG)

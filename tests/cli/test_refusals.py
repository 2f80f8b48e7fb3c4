"""What the command line refuses, it refuses in words of its own."""

import pytest

from readiness.cli.edge import run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["check", "--fail-on", "huge"],
            "--fail-on: 'huge' is not one of 'critical', 'high', 'medium', 'low'",
        ),
        (["check", "--timeout", "soon"], "--timeout: 'soon' is no number"),
        (["check", "--timeout", "0"], "--timeout: 0 is less than 0.1"),
        (["check", "--timeout"], "Option '--timeout' requires an argument."),
        (["check", "--frob"], "No such option: --frob"),
        (
            ["list", "foo"],
            "kind: 'foo' is not one of 'rules', 'checkers', 'facts', 'checklists', 'outcomes', "
            "'severities', 'formats'",
        ),
    ],
)
def test_a_wrong_word_is_named_with_what_is_wrong_about_it(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    first, hint = capsys.readouterr().err.splitlines()
    assert first == f"readiness: {said}"
    assert hint.startswith("readiness: hint: `readiness --help`")

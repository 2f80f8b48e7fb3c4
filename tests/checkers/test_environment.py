import pytest

from readiness import Matcher
from readiness.testing import check

FILE = ".env.production"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("APP_ENV=production\n", FILE),
        ("APP_ENV=production\nDB_HOST=\n", f"{FILE}:2"),
        ("APP_ENV=production\nDB_HOST=''\n", f"{FILE}:2"),
        ("APP_ENV=production\nDB_HOST=<host>\n", f"{FILE}:2"),
        ("APP_ENV=production\nDB_HOST=your-host-here\n", f"{FILE}:2"),
        ("APP_ENV=production\n# DB_HOST=db\n", FILE),
        ("APP_ENV=production\nDB_HOST=null\n", f"{FILE}:2"),
        ("APP_ENV=production\nDB_HOST=undefined\n", f"{FILE}:2"),
        ("APP_ENV=production\nHOST=\nDB_HOST=${HOST}\n", f"{FILE}:3"),
        ("APP_ENV=production\nDB_HOST=change-me\n", f"{FILE}:2"),
        ("APP_ENV=production\nDB_HOST=postgresql://USER:PASSWORD@HOST:5432/NAME\n", f"{FILE}:2"),
        ("DB_HOST=db\nAPP_ENV=production\nAPP_ENV=development\n", f"{FILE}:3"),
        ("APP_ENV=prod\nDB_HOST=db\n", f"{FILE}:1"),
    ],
)
def test_what_is_missing_empty_a_placeholder_or_wrong(text: str, line: str) -> None:
    expected = {"APP_ENV": Matcher.parse("production")}

    result = check("environment.required", {"files": {FILE: text}}, required=["DB_HOST"],
                   equals=expected, file=FILE)  # fmt: skip

    assert result.outcome == "fail"
    assert [str(one.at) for one in result.problems] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "DB_HOST=db\n",
        "export DB_HOST='db'",
        "DB_HOST=${DB_HOST}\n",
        "DB_HOST=\nDB_HOST=db\r\n",
        "DB_HOST=false\n",
        "DB_HOST=postgresql://app@DB.example.com:5432/NAME\n",
        "DB_HOST=change-feed\n",
        "DB_HOST=insert-only.db\n",
        "HOST=db\nDB_HOST=${HOST}\n",
    ],
)
def test_what_is_given(text: str) -> None:
    result = check("environment.required", {"files": {FILE: text}}, required=["DB_HOST"],
                   file=FILE)  # fmt: skip

    assert result.outcome == "pass"


def test_what_the_platform_supplies_is_there_and_its_value_unknown() -> None:
    state = {"files": {FILE: "DB_HOST=db\n"}, "environment": {"injected": ["APP_ENV"]}}
    expected = {"APP_ENV": Matcher.parse("production")}

    present = check("environment.required", state, required=["APP_ENV"], file=FILE)
    right = check("environment.required", state, equals=expected, file=FILE)

    assert present.outcome == "pass"
    assert right.outcome == "unknown"


def test_a_file_that_is_not_there_gives_nothing() -> None:
    result = check("environment.required", {"files": {}}, required=["DB_HOST"], file=FILE)

    assert [str(one.at) for one in result.problems] == [FILE]


def test_without_names_the_code_says_what_it_needs() -> None:
    files = {"app.py": 'import os\n\nkey = os.environ["KEY"]\nother = os.getenv("OTHER")\n'}

    def outcome(**given: object) -> str:
        return check("environment.required", {"files": files, "environment": given}).outcome

    assert outcome() == "unknown"
    assert outcome(injected=["KEY"]) == "pass"
    assert outcome(set={"KEY": "a"}) == "pass"
    assert outcome(unset=["KEY"]) == "fail"


def test_a_password_that_is_wrong_is_not_shown() -> None:
    expected = {"DB_PASSWORD": Matcher.parse({"matches": "^.{20,}$"})}

    result = check("environment.required", {"files": {FILE: "DB_PASSWORD=s3cr3tvalue\n"}},
                   equals=expected)  # fmt: skip

    assert result.outcome == "fail"
    assert "s3cr3tvalue" not in repr(result)


def test_a_template_that_nothing_fills_in_is_no_value() -> None:
    result = check("environment.required", {"files": {FILE: "DB_HOST={{ host }}\n"}},
                   required=["DB_HOST"], file=FILE)  # fmt: skip

    assert result.outcome == "unknown"

"""Verifiers are compared in memory; what comes out holds neither word nor verifier."""

import base64
import hashlib
import hmac

import pytest

from readiness.database.guessing import candidates, compare, judge_own
from readiness.database.question import Guess
from readiness.database.scram import kind_of, opens
from readiness.model.secret import Secret

ENOUGH = 20.0


def scram(word: str, rounds: int = 4096) -> str:
    salt = b"sixteen bytes of"
    salted = hashlib.pbkdf2_hmac("sha256", word.encode(), salt, rounds)
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    stored, kept, salty = (base64.b64encode(one).decode() for one in (client, server, salt))
    return f"SCRAM-SHA-256${rounds}:{salty}${stored}:{kept}"


def md5(word: str, role: str) -> str:
    return "md5" + hashlib.md5(f"{word}{role}".encode()).hexdigest()


def row(role: str, verifier: str | None) -> dict[str, object]:
    return {"role": role, "verifier": verifier, "login": True}


def test_a_word_opens_its_verifier_and_no_other_does() -> None:
    assert opens("right", scram("right"), "app")
    assert not opens("wrong", scram("right"), "app")
    assert opens("right", md5("right", "app"), "app")
    assert not opens("right", md5("right", "app"), "other")


def test_a_real_servers_verifier_is_understood() -> None:
    verifier = (
        "SCRAM-SHA-256$4096:r6TOsyRHZ+P/NgC1HUIu9w==$YknhbwlDeJtRxNFlwgmqrrmFnPG90V3fM6wLz15DNms="
        ":e0jdLg/rJZ/xZq8PU5WKjvHGdECTy2xSeYZZP+TgJYw="
    )

    (found,) = compare([row("app", verifier)], candidates((), "shop"), ENOUGH).all

    assert (found.kind, found.iterations) == ("scram", 4096)
    assert found.weak is not None


@pytest.mark.parametrize(
    ("role", "word", "source"),
    [
        ("app", "app", "the role's own name, varied"),
        ("app", "app123", "the role's own name, varied"),
        ("app", "ppa", "the role's own name, varied"),
        ("app", "shop1", "the database's own name, varied"),
        ("app", "mysecretpassword", "a well-known default"),
        ("app", "from-the-repository", ".env.example:3"),
    ],
)
def test_the_source_of_a_word_is_told_and_never_the_word(
    role: str, word: str, source: str
) -> None:
    words = candidates(((Secret("from-the-repository"), ".env.example:3"),), "shop")

    found = compare([row(role, scram(word)), row("m", md5(word, "m"))], words, ENOUGH)

    first, _ = found.all
    assert (first.weak, first.word_source) == (True, source)
    assert "from-the-repository" not in repr(found)
    assert "SCRAM-SHA-256$" not in repr(found)


def test_strong_passwords_and_none_at_all_are_told_apart() -> None:
    rows = [row("app", scram("f7Jq0xGm2vKp9sLw4yTz")), row("report", None), row("odd", "plain")]

    found = compare(rows, candidates((), "shop"), ENOUGH)

    assert [(one.role, one.kind, one.weak) for one in found.all] == [
        ("app", "scram", False),
        ("report", "none", None),
        ("odd", "other", None),
    ]
    assert found.complete


def test_when_the_time_is_over_nothing_is_called_strong() -> None:
    rows = [row("app", scram("f7Jq0xGm2vKp9sLw4yTz"))]

    found = compare(rows, candidates((), "shop"), -1.0)

    assert (found.checked, found.complete) == (0, False)
    assert found.total > 50
    assert found.all[0].weak is None


def test_the_addresss_own_password_is_judged_without_a_server() -> None:
    words = candidates(((Secret("a-long-word-in-compose"), "compose.yaml:7"),), "shop")

    assert judge_own(None, "app", words).given is False
    assert judge_own(Secret("app"), "app", words).weak is True
    assert judge_own(Secret("app"), "app", words).at_least == 0
    assert judge_own(Secret("f7Jq0xGm2vKp9sLw"), "app", words).at_least == 16
    assert judge_own(Secret("f7Jq0xGm2vKp9sLw4yTz"), "app", words).at_least == 20
    assert (
        judge_own(Secret("a-long-word-in-compose"), "app", words).word_source == "compose.yaml:7"
    )
    assert judge_own(Secret("f7Jq0xGm2vKp9sLw4yTz"), "app", words).weak is False


@pytest.mark.parametrize(
    ("verifier", "kind"),
    [(None, "none"), ("", "none"), (scram("a"), "scram"), (md5("a", "b"), "md5"), ("x", "other")],
)
def test_kinds_of_verifiers(verifier: str | None, kind: str) -> None:
    assert kind_of(verifier) == kind


def test_only_the_named_roles_are_compared_where_a_rule_names_some() -> None:
    rows = [row("app", scram("app")), row("lax", scram("lax"))]

    found = compare(rows, (), ENOUGH, ["lax"])

    assert [(one.role, one.weak) for one in found.all] == [("app", None), ("lax", True)]


def test_what_two_rules_ask_is_asked_once() -> None:
    one = Guess(("app",), ("a", "b"), 5.0)

    assert one.joined(Guess(("lax",), ("b", "c"), 9.0)) == Guess(
        ("app", "lax"), ("a", "b", "c"), 9.0
    )
    assert one.joined(Guess()) == Guess((), ("a", "b"), 20.0)

"""The checkers of authentication, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import check

TLS = {"client": True, "server": True, "version": "TLSv1.3"}
SESSION = {"user": "app", "database": "shop"}
SCRAM = {"tls": True, "answer": "accepted", "method": "scram-sha-256", "user": "app"}
LINE = {"number": 4, "address": "10.0.0.0", "netmask": "255.0.0.0", "method": "scram-sha-256"}
DENIED = {
    "reason": "the passwords are hidden from the role app",
    "hint": "GRANT SELECT (rolname, rolpassword, rolcanlogin) ON pg_authid TO app;",
}


def database(**facts: Any) -> dict[str, Any]:
    return {"database": {"tls": TLS, "session": SESSION, **facts}}


def verifiers(*all_: dict[str, Any], checked: int = 60) -> dict[str, Any]:
    return database(
        verifiers={"all": list(all_), "candidates": 60, "checked": checked, "total": 60}
    )


def test_a_server_that_asks_for_scram_passes() -> None:
    result = check("authentication.trust", database(offers=[SCRAM]))

    assert result.outcome == "pass"
    assert result.oks[0].message == "the server asks app with TLS from here for scram-sha-256"


def test_a_pass_without_the_file_says_what_it_leaves_open_and_the_grant() -> None:
    hidden = {"hba": {"reason": "pg_hba.conf is hidden", "hint": "GRANT SELECT ON x TO app;"}}

    result = check("authentication.trust", database(offers=[SCRAM], missing=hidden))

    assert result.outcome == "pass"
    assert "GRANT SELECT ON x TO app;" in str(result.oks[0].hint)


def test_a_server_that_lets_us_in_at_once_fails() -> None:
    result = check("authentication.trust", database(offers=[{**SCRAM, "method": "trust"}]))

    assert "without a password" in result.problems[0].message


def test_a_trust_line_for_the_network_fails_though_we_are_asked() -> None:
    facts = database(offers=[SCRAM], hba=[{**LINE, "users": ["backup"], "method": "trust"}])

    result = check("authentication.trust", facts)

    assert "line 4 of pg_hba.conf (host all backup 10.0.0.0/8 trust)" in result.problems[0].message


@pytest.mark.parametrize(
    "line",
    [
        {"number": 1, "kind": "local", "method": "trust"},
        {"number": 1, "address": "127.0.0.1", "netmask": "255.255.255.255", "method": "trust"},
        {"number": 1, "address": "::1", "method": "trust"},
    ],
)
def test_a_trust_line_for_this_machine_is_its_owners_business(line: dict[str, Any]) -> None:
    assert check("authentication.trust", database(offers=[SCRAM], hba=[line])).outcome == "pass"


def test_a_trust_line_behind_a_line_that_rejects_everybody_lets_nobody_in() -> None:
    reject = {"number": 1, "address": "all", "method": "reject"}

    result = check(
        "authentication.trust", database(offers=[SCRAM], hba=[reject, {**LINE, "method": "trust"}])
    )

    assert result.outcome == "pass"


def test_a_refusal_that_comes_after_the_door_says_nothing_of_the_method() -> None:
    refused = {"tls": True, "answer": "refused", "code": "3D000", "user": "app"}

    assert check("authentication.trust", database(offers=[refused])).outcome == "unknown"


def test_neither_an_offer_nor_the_lines_is_unknown() -> None:
    assert check("authentication.trust", database()).outcome == "unknown"


def test_the_lines_alone_are_enough() -> None:
    assert check("authentication.trust", database(hba=[LINE])).outcome == "pass"


def test_a_socket_without_offers_is_not_applicable() -> None:
    facts = {"database": {"tls": {"client": False, "server": False, "socket": True}, "offers": []}}

    assert check("authentication.trust", facts).outcome == "not-applicable"


def test_a_probe_that_failed_is_unknown() -> None:
    failed = {"tls": True, "answer": "failed", "reason": "timed out"}

    assert check("authentication.trust", database(offers=[failed])).outcome == "unknown"


@pytest.mark.parametrize(
    ("method", "outcome"), [("password", "fail"), ("scram-sha-256", "pass"), ("md5", "pass")]
)
def test_the_weak_methods_are_those_of_the_rule(method: str, outcome: str) -> None:
    result = check(
        "authentication.weak-method",
        database(offers=[{**SCRAM, "method": method}]),
        methods=["password", "ident"],
    )

    assert result.outcome == outcome


def test_a_password_that_no_word_opens_passes() -> None:
    result = check(
        "authentication.default-password",
        verifiers({"role": "app", "kind": "scram", "weak": False}),
    )

    assert result.outcome == "pass"
    assert result.oks[0].message == "none of 60 known words opens app (checked 60 of 60)"


def test_a_password_from_the_repository_fails_at_its_line() -> None:
    found = {"role": "app", "kind": "scram", "weak": True, "word_source": "compose.yaml:6"}

    result = check("authentication.default-password", verifiers(found))

    assert str(result.problems[0].at) == "compose.yaml:6"
    assert "stands at compose.yaml:6" in result.problems[0].message
    assert result.problems[0].source == "database"


def test_a_default_password_fails_and_says_that_it_is_one() -> None:
    found = {"role": "app", "kind": "md5", "weak": True, "word_source": "the role's own name"}

    result = check("authentication.default-password", verifiers(found))

    assert "the role's own name" in result.problems[0].message
    assert result.problems[0].at is None


def test_comparisons_that_were_not_finished_are_unknown_and_counted() -> None:
    result = check(
        "authentication.default-password",
        verifiers({"role": "app", "kind": "scram", "weak": None}, checked=31),
    )

    assert result.outcome == "unknown"
    assert "31 of 60" in result.undecided[0].message


def test_a_form_that_cannot_be_compared_is_unknown() -> None:
    result = check("authentication.default-password", verifiers({"role": "app", "kind": "other"}))

    assert result.outcome == "unknown"


@pytest.mark.parametrize(
    "found",
    [
        {"role": "app", "kind": "none"},
        {"role": "app", "kind": "scram", "weak": True, "login": False},
    ],
)
def test_roles_that_cannot_log_in_by_password_are_nothing_to_judge(found: dict[str, Any]) -> None:
    assert check("authentication.default-password", verifiers(found)).outcome == "not-applicable"


def test_verifiers_that_are_hidden_are_unknown_and_name_the_grant() -> None:
    result = check("authentication.default-password", database(missing={"verifiers": DENIED}))

    assert result.outcome == "unknown"
    assert "ON pg_authid TO app" in (result.undecided[0].hint or "")


def test_a_weak_password_of_our_own_fails_though_the_verifiers_are_hidden() -> None:
    own = {"given": True, "weak": True, "word_source": "a well-known default"}

    result = check(
        "authentication.default-password", database(missing={"verifiers": DENIED}, password=own)
    )

    assert result.outcome == "fail"


def test_a_managed_service_gives_the_grant_to_nobody() -> None:
    facts = database(missing={"verifiers": DENIED}, roles=["app", "rds_superuser"])

    result = check("authentication.default-password", facts)

    assert result.undecided[0].hint == "Amazon RDS gives this grant to nobody"


@pytest.mark.parametrize(
    ("kind", "outcome"), [("scram", "pass"), ("md5", "fail"), ("other", "unknown")]
)
def test_passwords_are_kept_as_scram(kind: str, outcome: str) -> None:
    assert (
        check("authentication.verifiers", verifiers({"role": "app", "kind": kind})).outcome
        == outcome
    )


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ({"address": "0.0.0.0", "netmask": "0.0.0.0"}, "fail"),
        ({"address": "all"}, "fail"),
        ({"address": "::", "netmask": "::"}, "fail"),
        ({"address": "10.1.0.0", "netmask": "255.255.0.0"}, "pass"),
        ({"address": ".example.com"}, "pass"),
        ({"address": "0.0.0.0", "netmask": "0.0.0.0", "method": "reject"}, "not-applicable"),
        ({"kind": "local"}, "not-applicable"),
    ],
)
def test_a_line_for_half_the_world_fails(line: dict[str, Any], outcome: str) -> None:
    facts = database(hba=[{"number": 1, "method": "scram-sha-256", **line}])

    assert check("authentication.wide-lines", facts).outcome == outcome


def test_a_line_that_cannot_be_loaded_fails() -> None:
    good, bad = LINE, {**LINE, "number": 5, "error": "invalid CIDR mask"}

    assert check("authentication.lines-load", database(hba=[good])).outcome == "pass"
    assert check("authentication.lines-load", database(hba=[good, bad])).outcome == "fail"


def test_lines_that_cannot_be_read_are_unknown() -> None:
    assert check("authentication.wide-lines", database()).outcome == "unknown"

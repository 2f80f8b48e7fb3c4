"""The checkers of TLS, over recorded facts."""

from typing import Any

import pytest

from readiness.testing import check

ENCRYPTED = {"client": True, "server": True, "version": "TLSv1.3"}
PLAIN = {"client": False, "server": False}
REFUSED = {"tls": False, "answer": "refused", "code": "28000", "user": "app"}
ACCEPTED = {"tls": False, "answer": "accepted", "method": "scram-sha-256", "user": "app"}
WORLD = {"number": 3, "address": "0.0.0.0", "netmask": "0.0.0.0", "method": "scram-sha-256"}
TODAY = "2026-11-23"


def database(**facts: Any) -> dict[str, Any]:
    return {"today": TODAY, "database": {"tls": ENCRYPTED, **facts}}


def test_a_session_with_tls_on_both_legs_passes() -> None:
    result = check("tls.session", database())

    assert result.outcome == "pass"
    assert result.oks[0].message == "the connection is encrypted with TLSv1.3"


def test_a_session_in_the_clear_fails() -> None:
    assert check("tls.session", database(tls=PLAIN)).outcome == "fail"


def test_a_pooler_that_speaks_plain_to_the_server_fails_though_our_leg_is_encrypted() -> None:
    result = check("tls.session", database(tls={**ENCRYPTED, "server": False, "pooled": True}))

    assert result.outcome == "fail"
    assert "from there to the server" in result.problems[0].message


def test_a_server_leg_with_tls_does_not_excuse_a_plain_leg_to_the_pooler() -> None:
    result = check("tls.session", database(tls={**ENCRYPTED, "client": False, "pooled": True}))

    assert result.outcome == "fail"


def test_a_protocol_that_is_too_old_fails() -> None:
    result = check("tls.session", database(tls={**ENCRYPTED, "version": "TLSv1.1"}))

    assert "at least TLSv1.2" in result.problems[0].message


def test_a_protocol_that_nobody_knows_is_unknown() -> None:
    assert check("tls.session", database(tls={**ENCRYPTED, "version": None})).outcome == "unknown"


@pytest.mark.parametrize("name", ["tls.session", "tls.plain-refused", "tls.expiry", "tls.verify"])
def test_a_local_socket_has_nothing_to_encrypt(name: str) -> None:
    result = check(name, database(tls={**PLAIN, "socket": True}))

    assert result.outcome == "not-applicable"
    assert "local socket" in (result.reason or "")


def test_a_build_without_openssl_is_not_applicable_on_this_machine() -> None:
    session = {"user": "app", "database": "shop", "local": True}

    result = check("tls.session", database(tls={**PLAIN, "possible": False}, session=session))

    assert result.outcome == "not-applicable"
    assert "not possible on this build" in (result.reason or "")


def test_a_build_without_openssl_is_no_excuse_over_the_network() -> None:
    session = {"user": "app", "database": "shop", "local": False}

    result = check("tls.session", database(tls={**PLAIN, "possible": False}, session=session))

    assert result.outcome == "fail"


def test_tls_that_was_not_read_is_unknown() -> None:
    assert check("tls.session", {"database": {}}).outcome == "unknown"


def test_a_refused_plain_connection_passes() -> None:
    result = check("tls.plain-refused", database(offers=[REFUSED]))

    assert result.outcome == "pass"
    assert result.oks[0].source == "wire"


def test_an_accepted_plain_connection_fails() -> None:
    assert check("tls.plain-refused", database(offers=[ACCEPTED])).outcome == "fail"


def test_a_line_that_takes_others_in_unencrypted_fails_though_we_are_refused() -> None:
    facts = database(offers=[REFUSED], hba=[{**WORLD, "users": ["report"]}])

    result = check("tls.plain-refused", facts)

    assert "line 3 of pg_hba.conf" in result.problems[0].message


def test_a_reject_line_before_closes_the_lines_behind_it() -> None:
    reject = {"number": 1, "kind": "hostnossl", "address": "all", "method": "reject"}

    result = check("tls.plain-refused", database(offers=[REFUSED], hba=[reject, WORLD]))

    assert result.outcome == "pass"


def test_a_reject_line_behind_comes_too_late() -> None:
    reject = {"number": 9, "kind": "hostnossl", "address": "all", "method": "reject"}

    result = check("tls.plain-refused", database(offers=[REFUSED], hba=[WORLD, reject]))

    assert result.outcome == "fail"


def test_lines_for_loopback_are_not_the_network() -> None:
    line = {**WORLD, "address": "127.0.0.1", "netmask": "255.255.255.255"}

    assert check("tls.plain-refused", database(offers=[REFUSED], hba=[line])).outcome == "pass"


def test_a_refusal_for_another_reason_settles_nothing() -> None:
    full = {**REFUSED, "code": "53300"}

    assert check("tls.plain-refused", database(offers=[full])).outcome == "unknown"


def test_a_probe_that_failed_is_unknown() -> None:
    failed = {"tls": False, "answer": "failed", "reason": "timed out"}

    assert check("tls.plain-refused", database(offers=[failed])).outcome == "unknown"


def test_nobody_asked_is_unknown() -> None:
    assert check("tls.plain-refused", database(offers=[])).outcome == "unknown"
    assert check("tls.plain-refused", database()).outcome == "unknown"


def test_loopback_can_be_exempt() -> None:
    session = {"user": "app", "database": "shop", "local": True}

    result = check(
        "tls.plain-refused", database(offers=[ACCEPTED], session=session), exempt_loopback=True
    )

    assert result.outcome == "not-applicable"


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        ("2027-05-01T00:00:00+00:00", "pass"),
        ("2026-12-02T00:00:00+00:00", "fail"),
        ("2021-01-01T00:00:00+00:00", "fail"),
        (None, "unknown"),
    ],
)
def test_a_certificate_is_judged_by_its_last_day(end: str | None, outcome: str) -> None:
    assert check("tls.expiry", database(certificate={"not_after": end})).outcome == outcome


@pytest.mark.parametrize(
    ("certificate", "outcome"),
    [
        ({"trusted": True, "name_matches": True}, "pass"),
        ({"trusted": False, "reason": "self-signed certificate"}, "fail"),
        ({"trusted": True, "name_matches": False, "reason": "hostname mismatch"}, "fail"),
        ({"trusted": None}, "unknown"),
        ({"trusted": True, "name_matches": None}, "unknown"),
    ],
)
def test_a_certificate_verifies_by_authority_and_name(
    certificate: dict[str, Any], outcome: str
) -> None:
    assert check("tls.verify", database(certificate=certificate)).outcome == outcome


def test_the_lowest_protocol_that_is_hidden_is_unknown_and_names_the_grant() -> None:
    session = {"user": "app", "database": "shop"}

    result = check("tls.min-version", database(settings={}, session=session))

    assert result.outcome == "unknown"
    assert "pg_read_all_settings" in str(result)


@pytest.mark.parametrize(
    ("lowest", "outcome"),
    [("TLSv1.2", "pass"), ("TLSv1.3", "pass"), ("TLSv1", "fail"), ("", "fail")],
)
def test_the_lowest_protocol_is_at_least_1_2(lowest: str, outcome: str) -> None:
    result = check("tls.min-version", database(settings={"ssl_min_protocol_version": lowest}))

    assert result.outcome == outcome


POOLED = {"user": "app", "database": "shop", "pooled": True}


@pytest.mark.parametrize(
    ("tls", "host", "expected"),
    [
        ({"client": True, "server": True, "version": "TLSv1.3"}, "db", "pass"),
        ({"client": True, "server": False}, "db", "fail"),
        ({"client": True, "server": False}, "/run/postgresql", "pass"),
        ({"client": False, "server": True, "version": "TLSv1.3"}, "db", "fail"),
        ({"client": False, "server": False}, "/run/postgresql", "fail"),
        ({"client": False, "server": True, "version": "TLSv1.3", "socket": True}, "db", "pass"),
        ({"client": False, "server": False, "socket": True}, "db", "fail"),
        ({"client": False, "server": False, "socket": True}, None, "pass"),
    ],
)
def test_each_leg_through_a_pooler_is_what_it_is(
    tls: dict[str, object], host: str | None, expected: str
) -> None:
    route = {"name": "shop", "host": host, "database": "shop"}
    facts = {
        "session": POOLED,
        "tls": {**tls, "pooled": True},
        "pooler": {"version": "PgBouncer 1.18.0", "routes": [route]},
    }

    assert check("tls.session", {"database": facts}).outcome == expected


@pytest.mark.parametrize(
    ("pooled", "in_tls", "expected"),
    [(True, "accepted", "pass"), (True, "refused", "unknown"), (False, "accepted", "unknown")],
)
def test_the_poolers_refusal_counts_where_the_same_login_is_taken_in_tls(
    pooled: bool, in_tls: str, expected: str
) -> None:
    facts = {
        "session": {**POOLED, "pooled": pooled},
        "tls": {"client": True, "server": True, "version": "TLSv1.3"},
        "offers": [
            {"tls": False, "answer": "refused", "code": "08P01", "user": "app"},
            {"tls": True, "answer": in_tls, "method": "scram-sha-256", "user": "app"},
        ],
        "hba": [],
    }

    assert check("tls.plain-refused", {"database": facts}).outcome == expected

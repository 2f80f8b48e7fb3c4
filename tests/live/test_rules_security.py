"""The rules of TLS, authentication and roles, on real servers in both states."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from readiness.database import Address, Database
from readiness.database.read import Word, read
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.testing import check

pytestmark = pytest.mark.postgres

NO_TLS = "not possible on this build: it was compiled without OpenSSL"
STRONG = "q7Vt-mNc2-Wx94-hRb8"
HOST = "host all all 127.0.0.1/32 scram-sha-256"
HOSTSSL = "hostssl all all 127.0.0.1/32 scram-sha-256"


@pytest.fixture(scope="module", params=[15, 16, 18], ids="postgresql-{}".format)
def template(templates: Any, request: pytest.FixtureRequest) -> Template:
    made: Template = templates.of(request.param)
    return made


@pytest.fixture(scope="module")
def certificate(template: Template) -> Certificate | None:
    return Certificate.make("127.0.0.1", "localhost") if template.binaries.tls else None


@pytest.fixture(scope="module")
def server(template: Template, certificate: Certificate | None) -> Iterator[Server]:
    with Server.start(template=template, tls=certificate) as running:
        running.execute(f"CREATE ROLE app LOGIN PASSWORD '{STRONG}'")
        yield running


def look(server: Server, user: str = "app", *words: Word, sslmode: str = "prefer") -> Database:
    password = None if user == "postgres" else STRONG
    url = server.url(user, password, sslmode=sslmode)
    return read(Address.parse(url), words=words)


def outcome(rule: str, database: Database, /, **parameters: Any) -> str:
    return str(check(rule, database, **parameters).outcome)


def needs_tls(template: Template) -> None:
    if not template.binaries.tls:
        pytest.skip(NO_TLS)


def test_a_session_is_encrypted_or_not(server: Server, template: Template) -> None:
    needs_tls(template)

    assert outcome("tls.session", look(server, sslmode="require")) == "pass"
    assert outcome("tls.session", look(server, sslmode="disable")) == "fail"


def test_a_build_without_openssl_and_a_socket_have_no_tls_to_judge(
    server: Server, template: Template
) -> None:
    local = read(Address.parse(server.url(local=True)))

    assert outcome("tls.session", local) == "not-applicable"
    assert outcome("tls.plain-refused", local) == "not-applicable"
    if not template.binaries.tls:
        assert outcome("tls.session", look(server)) == "not-applicable"


def test_plain_connections_are_refused_or_taken(server: Server, template: Template) -> None:
    needs_tls(template)

    assert outcome("tls.plain-refused", look(server)) == "fail"
    server.allow(HOSTSSL)
    server.reload()
    try:
        assert outcome("tls.plain-refused", look(server)) == "pass"
    finally:
        server.allow(HOST)
        server.reload()


@pytest.mark.parametrize(
    ("days", "expected"), [(365, "pass"), (9, "fail"), (-2, "fail")], ids=["year", "days", "past"]
)
def test_a_certificate_is_judged_by_its_last_day(
    template: Template, days: int, expected: str
) -> None:
    needs_tls(template)
    end = datetime.now(UTC) + timedelta(days=days)
    start = end - timedelta(days=400)

    made = Certificate.make("127.0.0.1", not_after=end, not_before=start)
    with Server.start(template=template, tls=made) as server:
        database = read(Address.parse(server.url(sslmode="require")))

    assert outcome("tls.expiry", database) == expected


def test_a_certificate_verifies_by_authority_and_name(template: Template) -> None:
    needs_tls(template)
    mine, other = Certificate.make("127.0.0.1"), Certificate.make("db.example.com")
    assert mine
    assert other

    with Server.start(template=template, tls=mine) as server:
        trusted = server.ca_file
        good = read(Address.parse(server.url(sslmode="require", sslrootcert=str(trusted))))
        nobody = read(Address.parse(server.url(sslmode="require")))
    with Server.start(template=template, tls=other) as server:
        wrong = read(Address.parse(server.url(sslmode="require", sslrootcert=str(server.ca_file))))

    assert outcome("tls.verify", good) == "pass"
    assert outcome("tls.verify", nobody) == "unknown"
    assert outcome("tls.verify", wrong) == "fail"


def test_the_lowest_protocol_is_high_enough_or_hidden(server: Server, template: Template) -> None:
    needs_tls(template)
    admin = look(server, "postgres")

    assert outcome("tls.min-version", admin) == "pass"
    assert outcome("tls.min-version", admin, min_version="TLSv1.3") == "fail"
    assert outcome("tls.min-version", look(server)) == "unknown"


@pytest.mark.parametrize("method", ["trust", "password", "md5"])
def test_a_weak_way_in_is_seen_without_any_privilege(server: Server, method: str) -> None:
    server.execute(f"SET password_encryption = 'md5'; CREATE ROLE weak LOGIN PASSWORD '{STRONG}'")
    rules: list[tuple[str, dict[str, Any]]] = [
        ("authentication.trust", {}),
        ("authentication.weak-method", {"methods": ["password", "ident"]}),
        ("authentication.weak-method", {"methods": ["md5"]}),
    ]

    server.allow(f"host all weak 127.0.0.1/32 {method}", HOST)
    server.reload()
    try:
        weak, strong = look(server, "weak"), look(server, "app")
    finally:
        server.allow(HOST)
        server.reload()
        server.execute("DROP ROLE weak")

    found = [outcome(name, weak, **parameters) for name, parameters in rules]
    assert found.count("fail") == 1
    assert found.index("fail") == ["trust", "password", "md5"].index(method)
    assert {outcome(name, strong, **parameters) for name, parameters in rules} == {"pass"}


def test_a_line_for_others_is_seen_where_the_file_may_be_read(server: Server) -> None:
    server.allow(HOST, "host all all 10.0.0.0/8 trust")
    try:
        hidden, seen = look(server), look(server, "postgres")
    finally:
        server.allow(HOST)

    assert outcome("authentication.trust", hidden) == "pass"
    assert outcome("authentication.trust", seen) == "fail"
    assert outcome("authentication.wide-lines", hidden) == "unknown"
    assert outcome("authentication.wide-lines", seen) == "fail"
    assert outcome("authentication.wide-lines", seen, v4=7) == "pass"


def test_a_line_that_cannot_be_loaded_is_seen(server: Server) -> None:
    good = look(server, "postgres")
    server.allow(HOST, "host all all 10.0.0.0/99 scram-sha-256")
    try:
        bad = look(server, "postgres")
    finally:
        server.allow(HOST)

    assert outcome("authentication.lines-load", good) == "pass"
    assert outcome("authentication.lines-load", bad) == "fail"


def test_the_grant_that_a_finding_names_lets_the_lines_be_read(server: Server) -> None:
    result = check("authentication.wide-lines", look(server))
    hint = result.findings[0].hint if result.findings else result.reason

    assert result.outcome == "unknown"
    assert "pg_hba_file_rules" in str(hint)


@pytest.mark.parametrize("encryption", ["scram-sha-256", "md5"])
def test_a_default_password_is_found_in_the_verifiers(server: Server, encryption: str) -> None:
    good = look(server, "postgres")
    server.execute(
        f"SET password_encryption = '{encryption}'; CREATE ROLE shop LOGIN PASSWORD 'changeme'"
    )
    try:
        bad = look(server, "postgres")
    finally:
        server.execute("DROP ROLE shop")

    assert outcome("authentication.default-password", good) == "pass"
    result = check("authentication.default-password", bad)
    assert result.outcome == "fail"
    assert "changeme" not in str(result)


def test_the_repositorys_sample_password_is_found_at_its_line(server: Server) -> None:
    word = (Secret(STRONG), Place("compose.yaml", 6))

    result = check("authentication.default-password", look(server, "postgres", word))

    assert [str(finding.at) for finding in result.problems] == ["compose.yaml:6"]
    assert STRONG not in str(result)


def test_verifiers_that_are_hidden_are_opened_by_the_grant_that_is_named(server: Server) -> None:
    server.execute(f"CREATE ROLE reader LOGIN PASSWORD '{STRONG}'")
    try:
        hidden = check("authentication.default-password", look(server, "reader"))
        grant = hidden.undecided[0].hint or ""
        server.execute(grant)
        seen = check("authentication.default-password", look(server, "reader"))
    finally:
        server.execute("DROP OWNED BY reader; DROP ROLE reader")

    assert hidden.outcome == "unknown"
    assert seen.outcome == "pass"


def test_md5_verifiers_are_told_from_scram(server: Server) -> None:
    good = look(server, "postgres")
    server.execute(f"SET password_encryption = 'md5'; CREATE ROLE old PASSWORD '{STRONG}'")
    try:
        bad = look(server, "postgres")
    finally:
        server.execute("DROP ROLE old")

    assert outcome("authentication.verifiers", bad) == "fail"
    assert outcome("authentication.verifiers", good) == "pass"


def test_the_applications_role_is_no_administrator(server: Server) -> None:
    good = look(server)
    server.execute("ALTER ROLE app CREATEDB")
    try:
        bad = look(server)
    finally:
        server.execute("ALTER ROLE app NOCREATEDB")

    assert outcome("roles.application", good) == "pass"
    assert outcome("roles.application", bad) == "fail"
    assert outcome("roles.application", good, app_role="postgres") == "fail"


def test_the_applications_role_may_not_become_an_administrator(server: Server) -> None:
    server.execute("CREATE ROLE boss CREATEROLE; GRANT boss TO app")
    try:
        result = check("roles.application", look(server))
    finally:
        server.execute("DROP ROLE boss")

    assert "belongs to boss" in result.problems[0].message


def test_superusers_are_counted(server: Server) -> None:
    good = look(server)
    server.execute("CREATE ROLE second LOGIN SUPERUSER")
    try:
        bad = look(server)
    finally:
        server.execute("DROP ROLE second")

    assert outcome("roles.superusers", good) == "pass"
    assert outcome("roles.superusers", bad) == "fail"


def test_a_connection_limit_of_the_role_is_seen(server: Server) -> None:
    bad = look(server)
    server.execute("ALTER ROLE app CONNECTION LIMIT 20")
    try:
        good = look(server)
    finally:
        server.execute("ALTER ROLE app CONNECTION LIMIT -1")

    assert outcome("roles.connection-limit", bad) == "fail"
    assert outcome("roles.connection-limit", good) == "pass"

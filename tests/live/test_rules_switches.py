"""Rules whose state is set in the server's files: checksums, lowest protocol, authority."""

from typing import Any

import pytest

from readiness.database import Address, Database
from readiness.database.read import read
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.testing import check, rules

pytestmark = pytest.mark.postgres

RULES = {rule.id: rule for rule in rules("checklists")}


def look(server: Server, **options: Any) -> Database:
    return read(Address.parse(server.url(**options)))


def outcome(rule: str, database: Database) -> str:
    return str(check(RULES[rule], database).outcome)


def test_a_service_that_keeps_its_data_otherwise_needs_no_checksums(templates: Any) -> None:
    with Server.start(template=templates.newest()) as server:
        server.execute("CREATE ROLE neon_superuser")
        managed = outcome("dur-checksums", look(server))

    assert managed == "not-applicable"


def test_the_lowest_protocol_is_what_the_file_says(templates: Any) -> None:
    with Server.start(template=templates.with_tls(), tls=Certificate.make("127.0.0.1")) as server:
        good = look(server)
        server.configure(ssl_min_protocol_version="TLSv1.1")
        server.reload()
        bad = look(server)

    assert outcome("tls-min-version", good) == "pass"
    assert outcome("tls-min-version", bad) == "fail"


def test_a_certificate_of_an_unknown_authority_does_not_verify(templates: Any) -> None:
    mine, other = Certificate.make("127.0.0.1"), Certificate.make("127.0.0.1")
    assert mine
    assert other
    with Server.start(template=templates.with_tls(), tls=mine) as server:
        # Not encrypted: libpq itself refuses what does not verify, and then nothing is seen.
        roots = {"sslmode": "disable", "sslrootcert": str(server.ca_file)}
        good = look(server, **roots)
        server.ca_file.write_bytes(other.authority)
        bad = look(server, **roots)

    assert outcome("tls-verify", good) == "pass"
    assert outcome("tls-verify", bad) == "fail"

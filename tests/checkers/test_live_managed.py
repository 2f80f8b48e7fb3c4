"""Managed services, of which none can be had here: recorded facts of a server stand in.

The records are those of PostgreSQL's own servers (`tests/database/facts`). What a service
changes of them is what its documentation says: its role, its host, what it lets nobody read.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from readiness import PROVIDER_ROLES
from readiness.checklist.load import load
from readiness.database import Database
from readiness.testing import check

RECORD = Path(__file__).parent.parent / "database/facts/postgresql-15-mon.json"
HIDDEN = {
    "hba": {"reason": "pg_hba.conf is hidden from the role mon", "hint": "GRANT SELECT ON …"},
    "verifiers": {"reason": "the verifiers are hidden from the role mon", "hint": "GRANT …"},
}
PLAIN = [{"tls": False, "answer": "accepted", "method": "scram-sha-256", "user": "app"}]
SERVICES = {
    "Amazon RDS": ("rds_superuser", "shop.abc.eu-west-1.rds.amazonaws.com", "rds.force_ssl"),
    "Amazon Aurora": ("rds_superuser", "shop.cluster-abc.eu-west-1.rds.amazonaws.com", "cluster"),
    "Cloud SQL": ("cloudsqlsuperuser", "10.20.0.3", "--ssl-mode=ENCRYPTED_ONLY"),
    "AlloyDB": ("alloydbsuperuser", "10.20.0.4", "--ssl-mode=ENCRYPTED_ONLY"),
    "Azure Database": (
        "azure_pg_admin",
        "shop.postgres.database.azure.com",
        "require_secure_transport",
    ),
    "Supabase": ("supabase_admin", "db.abc.supabase.co", "ssl-enforcement"),
    "Neon": ("neon_superuser", "ep-cool-name-123.eu-central-1.aws.neon.tech", "encrypted"),
    "Aiven": ("avnadmin", "shop.aivencloud.com", "encrypted"),
    "DigitalOcean": ("doadmin", "shop.b.db.ondigitalocean.com", "encrypted"),
    "Timescale": ("tsdbadmin", "abc.xyz.tsdb.cloud.timescale.com", "encrypted"),
}
each = pytest.mark.parametrize("name", SERVICES)


def facts(name: str, **more: Any) -> dict[str, Any]:
    """The record as the service would give it, to somebody whom it lets be an administrator."""
    given: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    role, host, _ = SERVICES[name]
    given["roles"] = [*given["roles"], {"name": role, "login": False}]
    given["address"] = f"postgresql://mon@{host}:5432/postgres"
    given["tls"] = {"client": True, "server": True, "version": "TLSv1.3"}
    if name == "Amazon Aurora":
        given["settings"]["apg_plan_mgmt.use_plan_baselines"] = {"text": "off", "kind": "bool"}
    for fact in HIDDEN:
        given.pop(fact, None)
    given["missing"] = {**given.get("missing", {}), **HIDDEN}
    return {**given, **more}


def served(name: str, **more: Any) -> Database:
    return Database.from_facts(facts(name, **more))


@each
def test_a_service_is_told_by_its_role_or_by_its_host(name: str) -> None:
    role, host, _ = SERVICES[name]
    whole = facts(name)
    by_host = {**whole, "roles": [one for one in whole["roles"] if one["name"] != role]}
    by_role = {**whole, "address": "postgresql://mon@127.0.0.1:5432/postgres"}

    found = [Database.from_facts(one).provider for one in (whole, by_role)]
    hosted = Database.from_facts(by_host).provider

    assert [one and one.name for one in found] == [name, name]
    assert (hosted.name if hosted else None) == (None if host[0].isdigit() else name)


def test_a_server_of_ones_own_belongs_to_no_service() -> None:
    given = json.loads(RECORD.read_text("utf-8"))
    likely = {"address": "postgresql://mon@rds.amazonaws.com.example.com/postgres"}

    assert Database.from_facts(given).provider is None
    assert Database.from_facts(given | likely).provider is None
    assert "rds_superuser" in PROVIDER_ROLES


@each
def test_what_nobody_may_read_there_is_unknown_and_no_grant_is_asked_for(name: str) -> None:
    database = served(name, password={"given": True, "weak": False, "at_least": 20})

    hints = {
        rule: check(rule, database).undecided[0].hint
        for rule in ("authentication.default-password", "authentication.wide-lines")
    }

    assert hints["authentication.wide-lines"] == f"{name} gives this grant to nobody"
    readable = name == "Neon"
    nobody = hints["authentication.default-password"] == f"{name} gives this grant to nobody"
    assert nobody is not readable


@each
def test_a_weak_password_of_the_address_fails_although_no_verifier_can_be_read(name: str) -> None:
    source = "a well-known default"
    own = {"given": True, "weak": True, "word_source": source, "at_least": 8}

    assert check("authentication.default-password", served(name, password=own)).outcome == "fail"


@each
def test_plain_connections_are_judged_by_the_probe_and_the_switch_is_the_services(
    name: str,
) -> None:
    result = check("tls.plain-refused", served(name, offers=PLAIN))

    assert result.outcome == "fail"
    assert SERVICES[name][2] in str(result.problems[0].hint)
    assert "pg_hba.conf" not in str(result.problems[0].hint)


@each
def test_its_own_archiving_is_nobody_elses_pass(name: str) -> None:
    result = check("archiving.works", served(name))

    assert result.outcome == "not-applicable"
    assert "need evidence" in str(result.reason)


@each
def test_the_way_to_set_something_is_the_services(name: str) -> None:
    database = served(name)
    slack = {"log_min_duration_statement": {"text": "-1", "kind": "integer", "unit": "ms"}}
    spoilt = served(name, settings={**facts(name)["settings"], **slack})

    found = [
        check("observability.logging", spoilt),
        check("server.settings", database, expect={"log_statement": "mod"}),
    ]

    hints = [str(problem.hint) for result in found for problem in result.problems]
    assert len(hints) > 1
    assert all(name in hint for hint in hints)
    assert not [hint for hint in hints if "ALTER SYSTEM" in hint]


@each
def test_memory_and_addresses_are_the_services_business(name: str) -> None:
    assert check("health.memory", served(name)).outcome == "not-applicable"
    assert check("server.listen", served(name)).outcome == "not-applicable"


@pytest.mark.parametrize("setting", ["fsync", "data_checksums"])
def test_storage_of_another_kind_has_no_such_setting(setting: str, rules: Any) -> None:
    rule = {"fsync": "dur-fsync", "data_checksums": "dur-checksums"}[setting]

    found = {name: str(rules(rule, served(name)).outcome) for name in SERVICES}

    without = {name for name, outcome in found.items() if outcome == "not-applicable"}
    assert without == {"Neon", "Amazon Aurora"}


@pytest.fixture
def rules() -> Any:
    """Judge a shipped rule with its own parameters."""
    shipped = {rule.id: rule for rule in load("postgres", base=Path()).rules}

    def judged(name: str, database: Database) -> Any:
        rule = shipped[name]
        return check(rule.check, database, **rule.parameters)

    return judged

"""Two states of a server: one in which every rule passes, one in which every rule fails."""

from collections.abc import Mapping
from pathlib import Path

from readiness.database.grants import least_role
from readiness.engine.plan import privileges_of

USERS = {
    "ordinary": "reader",
    "pg_monitor": "monitor",
    "optional grants": "granted",
    "superuser": "boss",
}
"""Who looks, by the role of the matrix."""

STRONG = "q7Vt-mNc2-Wx94-hRb8"
WEAK = "changeme"
STATEMENTS = "pg_stat_statements"
_LOOKERS = """
CREATE ROLE reader LOGIN PASSWORD '{word}';
CREATE ROLE monitor LOGIN PASSWORD '{word}';
CREATE ROLE boss LOGIN SUPERUSER PASSWORD '{word}';
GRANT pg_monitor TO monitor;
"""
_NEEDED = privileges_of(Path(), ("production", "postgres"))


def least(name: str, word: str, privileges: frozenset[str] = _NEEDED) -> str:
    """The least role for some privileges, made by exactly the statements that are printed."""
    printed = least_role(privileges, role=name, database="postgres")
    return f"{printed}\nALTER ROLE {name} PASSWORD '{word}';"


GOOD_SETTINGS: Mapping[str, str | float] = {
    "archive_mode": "on",
    "archive_command": "true",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_checkpoints": "on",
    "log_lock_waits": "on",
    "log_min_duration_statement": "500ms",
    "max_connections": 90,
    "shared_buffers": "48MB",
}
GOOD = f"""
{_LOOKERS.format(word=STRONG)}
CREATE ROLE owner NOLOGIN;
CREATE ROLE app LOGIN CONNECTION LIMIT 60 PASSWORD '{STRONG}';
ALTER ROLE app SET statement_timeout = '30s';
ALTER ROLE app SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE app SET lock_timeout = '5s';
CREATE TABLE orders (id int, tenant_id int);
ALTER TABLE orders OWNER TO owner;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON orders TO app;
CREATE TABLE alembic_version AS SELECT 'a1'::text AS version_num;
CREATE FUNCTION pay(a int) RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog AS 'SELECT a';
SELECT pg_switch_wal();
{least("granted", STRONG)}
"""
GOOD_ALONE = ("CHECKPOINT", "SELECT pg_create_physical_replication_slot('kept', true)")
BAD_SETTINGS: Mapping[str, str | float] = {
    "archive_mode": "off",
    "autovacuum": "off",
    "max_connections": 20,
    "max_prepared_transactions": 2,
    "password_encryption": "md5",
    "shared_buffers": "128MB",
    "superuser_reserved_connections": 3,
}
# As many as leave the lookers' own, of the seventeen that are for ordinary roles.
HELD = 13
_OLD = "(((txid_current() - 1300000000 + 4294967296) % 4294967296)::text)::xid"
BAD = (
    f"""
{_LOOKERS.format(word=WEAK)}
CREATE ROLE second LOGIN SUPERUSER;
CREATE ROLE app LOGIN SUPERUSER PASSWORD '{WEAK}';
CREATE ROLE clerk LOGIN;
GRANT pg_read_all_data TO clerk;
CREATE UNLOGGED TABLE users_test (id int, tenant_id int) WITH (autovacuum_enabled = off);
ALTER TABLE users_test OWNER TO app;
GRANT SELECT ON users_test TO PUBLIC;
GRANT CREATE ON SCHEMA public TO PUBLIC;
INSERT INTO users_test VALUES (1, 1), (1, 2);
CREATE FUNCTION pay(a int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT a';
UPDATE pg_database SET datcollversion = '0.0' WHERE datname = 'postgres';
UPDATE pg_database SET datfrozenxid = {_OLD} WHERE datname = 'template1';
SELECT pg_create_physical_replication_slot('kept', true);
{least("granted", WEAK)}
""",
    "BEGIN; CREATE TABLE moved (a int); PREPARE TRANSACTION 'transfer'",
)
# Each of them wants a transaction of its own, or none at all.
BAD_ALONE = (
    "SELECT pg_switch_wal()",
    "ALTER SYSTEM SET max_connections = 21",
    "CREATE UNIQUE INDEX CONCURRENTLY once ON users_test (id)",
)
WIDE = "host all all 0.0.0.0/0 scram-sha-256"
NARROW = "host all all 127.0.0.1/32 {}"
ELSEWHERE = "host all all 10.1.0.0/16 scram-sha-256"
BROKEN = "host all all 10.0.0.0/99 scram-sha-256"
"""A line that cannot be loaded; behind it the server keeps the lines that it has."""

"""The least role that may look at a server, as SQL to be run once."""

from readiness.database.catalogue import HBA, VERIFIERS, quoted


def least_role(*, role: str = "readiness", database: str = "app") -> str:
    """Give the SQL that makes the role; its password is chosen by whoever runs it."""
    name = quoted(role)
    return f"""\
-- Run as a superuser in the database {database}: the last three grants belong to it.
CREATE ROLE {name} LOGIN CONNECTION LIMIT 2;
ALTER ROLE {name} SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE {quoted(database)} TO {name};
-- Settings, statistics and the archive status.
GRANT pg_monitor TO {name};
-- pg_hba.conf, for the rules on who gets in.
{HBA.grant.format(role=name)}
-- Sensitive: the passwords' verifiers, for the rule on default passwords.
{VERIFIERS.grant.format(role=name)}
-- Where PgBouncer stands between, in pgbouncer.ini, for its console: stats_users = {role}
-- The password: \\password {name}
"""

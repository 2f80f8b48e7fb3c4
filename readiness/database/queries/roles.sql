-- VALID UNTIL 'infinity' means never, as NULL does.
SELECT rolname AS name, rolsuper AS superuser, rolcreaterole AS create_role, rolcreatedb AS create_database,
       rolreplication AS replication, rolbypassrls AS bypass_row_security, rolcanlogin AS login,
       rolconnlimit AS connection_limit,
       CASE WHEN isfinite(rolvaliduntil) THEN rolvaliduntil::text END AS valid_until
FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname

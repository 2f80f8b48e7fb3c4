-- pg_stat_database counts every backend for every role; pg_stat_activity would not.
SELECT current_setting('max_connections')::int AS maximum,
       current_setting('superuser_reserved_connections')::int AS superuser_reserved,
       coalesce(current_setting('reserved_connections', true), '0')::int AS reserved,
       (SELECT sum(numbackends)::int FROM pg_catalog.pg_stat_database) AS used,
       (SELECT rolconnlimit FROM pg_catalog.pg_roles WHERE rolname = current_user) AS role_limit,
       (SELECT datconnlimit FROM pg_catalog.pg_database WHERE datname = current_database()) AS database_limit

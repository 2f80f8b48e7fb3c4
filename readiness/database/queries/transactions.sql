-- The oldest open transactions of clients, what is prepared, and how many sessions hide theirs.
WITH others AS (
    SELECT * FROM pg_catalog.pg_stat_activity
    WHERE datid IS NOT NULL AND usesysid IS NOT NULL AND pid <> pg_backend_pid()
), oldest AS (
    SELECT pid, usename::text AS role, datname::text AS database, state,
           extract(epoch FROM clock_timestamp() - xact_start)::float8 AS age
    FROM others WHERE backend_type = 'client backend' AND xact_start IS NOT NULL
    ORDER BY xact_start LIMIT 1000
), waiting AS (
    SELECT owner::text AS role, database::text, gid AS name,
           extract(epoch FROM clock_timestamp() - prepared)::float8 AS age
    FROM pg_catalog.pg_prepared_xacts ORDER BY prepared LIMIT 1000
)
SELECT 'session' AS kind, pid, role, database, state, age, NULL AS name, 1 AS number FROM oldest
UNION ALL
SELECT 'prepared', NULL, role, database, NULL, age, name, 1 FROM waiting
UNION ALL
SELECT CASE WHEN backend_type IS NULL THEN 'hidden' ELSE 'untracked' END,
       NULL, NULL, NULL, NULL, NULL, NULL, count(*)::int
FROM others
WHERE backend_type IS NULL OR (backend_type = 'client backend' AND state = 'disabled')
GROUP BY 1

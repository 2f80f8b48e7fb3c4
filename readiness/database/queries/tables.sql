-- One more than the most that is kept, so that a cut is seen.
SELECT n.nspname AS schema, c.relname AS name, o.rolname AS owner,
       CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign'
                      WHEN 'm' THEN 'materialized-view' ELSE 'view' END AS kind,
       c.relpersistence = 'u' AS unlogged,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows,
       coalesce((SELECT o.option_value::bool FROM pg_options_to_table(c.reloptions) o
                 WHERE o.option_name = 'autovacuum_enabled'), true) AS autovacuum,
       c.relrowsecurity AS row_security, c.relforcerowsecurity AS row_security_forced
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND c.relpersistence <> 't'
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1, 2 LIMIT 20001

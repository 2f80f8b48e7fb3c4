SELECT e.extname AS name, e.extversion AS version, a.default_version AS "default", n.nspname AS schema
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN pg_catalog.pg_available_extensions() a ON a.name = e.extname
ORDER BY e.extname

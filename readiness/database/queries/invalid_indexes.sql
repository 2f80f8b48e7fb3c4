-- One that is being built is not invalid yet; of other roles' builds the progress may be hidden.
SELECT n.nspname AS schema, c.relname AS name, t.relname AS table,
       (SELECT count(*)::int FROM pg_catalog.pg_stat_progress_create_index p
        WHERE p.datname = current_database() AND p.index_relid IS NULL) AS hidden
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
ORDER BY 1, 2 LIMIT 1000

-- Which tables have which columns, and who was granted their rows; one more than the most that is kept.
SELECT n.nspname AS schema, c.relname AS name, c.relispartition AS partition,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       (SELECT array_agg(DISTINCT coalesce(r.rolname::text, 'PUBLIC')) FROM aclexplode(c.relacl) g
        LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
        WHERE g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) AS granted
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 1, 2 LIMIT 20001

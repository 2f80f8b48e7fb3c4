-- What everybody may do: make things in a schema, or use a relation, whole or by its columns.
SELECT 'schema' AS kind, NULL AS schema, nspname AS name, ARRAY['CREATE'] AS privileges
FROM pg_catalog.pg_namespace
WHERE nspname !~ '^pg_' AND has_schema_privilege('public', oid, 'CREATE')
UNION ALL
SELECT 'table', n.nspname, c.relname, array_agg(DISTINCT a.privilege_type)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT * FROM aclexplode(c.relacl)
    UNION ALL
    SELECT x.* FROM pg_catalog.pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) x
    WHERE t.attrelid = c.oid AND t.attacl IS NOT NULL AND NOT t.attisdropped
) a
WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND a.grantee = 0
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
GROUP BY 2, 3 ORDER BY 1, 2, 3 LIMIT 20001

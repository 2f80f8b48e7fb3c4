SELECT d.datname AS database, r.rolname AS role, s.setconfig AS settings
FROM pg_catalog.pg_db_role_setting s
LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
ORDER BY 1 NULLS FIRST, 2 NULLS FIRST

-- Who we are, and what this role may read; nothing here is ever denied.
SELECT current_user AS "user", current_database() AS database,
       current_setting('server_version_num')::int AS version_number,
       current_setting('server_version') AS version_text, version() AS build,
       r.rolsuper AS superuser, pg_is_in_recovery() AS standby, pg_backend_pid() AS pid,
       pg_postmaster_start_time()::text AS started, now()::text AS now,
       r.rolsuper OR EXISTS (
           SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
       ) OR EXISTS (
           SELECT 1 FROM pg_catalog.pg_namespace n
           WHERE n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'CREATE')
       ) OR has_database_privilege(current_database(), 'CREATE') AS can_write,
       pg_has_role('pg_read_all_settings', 'USAGE') AS reads_settings,
       pg_has_role('pg_read_all_stats', 'USAGE') AS reads_statistics,
       has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS may_system,
       has_table_privilege('pg_catalog.pg_hba_file_rules', 'SELECT')
           AND has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS may_hba,
       has_column_privilege('pg_catalog.pg_authid', 'rolname', 'SELECT')
           AND has_column_privilege('pg_catalog.pg_authid', 'rolcanlogin', 'SELECT')
           AND has_column_privilege('pg_catalog.pg_authid', 'rolpassword', 'SELECT') AS may_verifiers,
       t.ssl, t.version AS ssl_version, t.cipher AS ssl_cipher, t.bits AS ssl_bits,
       current_setting('ssl_library', true) AS ssl_library
FROM pg_catalog.pg_roles r
LEFT JOIN pg_catalog.pg_stat_ssl t ON t.pid = pg_backend_pid()
WHERE r.rolname = current_user

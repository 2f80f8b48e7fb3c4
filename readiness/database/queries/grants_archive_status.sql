SELECT has_function_privilege('pg_catalog.pg_ls_archive_statusdir()', 'EXECUTE') AS may

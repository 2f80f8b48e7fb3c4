SELECT count(*) FILTER (WHERE name LIKE '%.ready') AS waiting FROM pg_catalog.pg_ls_archive_statusdir()

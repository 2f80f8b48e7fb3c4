SELECT archived_count AS archived, failed_count AS failed,
       last_failed_time IS NOT NULL
           AND (last_archived_time IS NULL OR last_failed_time > last_archived_time) AS failing,
       extract(epoch FROM now() - last_archived_time)::float8 AS age,
       last_archived_wal AS last_wal,
       CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END AS current_wal
FROM pg_catalog.pg_stat_archiver

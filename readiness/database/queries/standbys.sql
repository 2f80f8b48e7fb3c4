-- What only receives the log, such as pg_receivewal, replays nothing: there what was written counts.
SELECT application_name AS name, state, sync_state AS sync,
       extract(epoch FROM CASE WHEN replay_lsn IS NULL THEN write_lag ELSE replay_lag END)::float8 AS lag,
       pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                            ELSE pg_current_wal_lsn() END, coalesce(replay_lsn, write_lsn))::bigint AS behind
FROM pg_catalog.pg_stat_replication ORDER BY application_name, pid

SELECT application_name AS name, state, sync_state AS sync, extract(epoch FROM replay_lag)::float8 AS lag
FROM pg_catalog.pg_stat_replication ORDER BY application_name, pid

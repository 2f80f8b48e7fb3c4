SELECT datname AS name, age(datfrozenxid)::int AS xid_age, mxid_age(datminmxid)::int AS mxid_age,
       datcollversion AS collation, pg_database_collation_actual_version(oid) AS collation_now
FROM pg_catalog.pg_database ORDER BY datname

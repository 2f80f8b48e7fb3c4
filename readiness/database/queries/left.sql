-- What outlives a transaction: locks that its end does not release, and prepared statements.
SELECT pg_catalog.concat_ws(' ', 'lock', l.classid, l.objid, l.objsubid, l.mode) AS what
FROM pg_catalog.pg_locks l
WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
UNION ALL
SELECT pg_catalog.concat_ws(' ', 'statement', p.name) FROM pg_catalog.pg_prepared_statements p

SELECT app AS "of", name AS version FROM {table} ORDER BY 1, 2 LIMIT 10000

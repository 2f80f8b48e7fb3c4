SELECT table_name AS "of", version FROM {table} ORDER BY 1 LIMIT 1000

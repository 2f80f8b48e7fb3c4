SELECT '' AS "of", version_num AS version FROM {table} ORDER BY 2 LIMIT 1000

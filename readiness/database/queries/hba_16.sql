SELECT line_number AS number, type AS kind, database AS databases, user_name AS users, address, netmask,
       auth_method AS method, options, error, regexp_replace(file_name, '^.*/', '') AS file
FROM pg_catalog.pg_hba_file_rules ORDER BY rule_number NULLS LAST, line_number

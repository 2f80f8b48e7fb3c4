SELECT m.rolname AS member, r.rolname AS role, bool_or(a.admin_option) AS admin,
       bool_or(a.inherit_option) AS inherit, bool_or(a.set_option) AS can_set
FROM pg_catalog.pg_auth_members a
JOIN pg_catalog.pg_roles m ON m.oid = a.member
JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
WHERE m.rolname !~ '^pg_' GROUP BY 1, 2 ORDER BY 1, 2

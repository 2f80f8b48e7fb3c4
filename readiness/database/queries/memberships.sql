SELECT m.rolname AS member, r.rolname AS role, a.admin_option AS admin, m.rolinherit AS inherit, true AS can_set
FROM pg_catalog.pg_auth_members a
JOIN pg_catalog.pg_roles m ON m.oid = a.member
JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
WHERE m.rolname !~ '^pg_' ORDER BY 1, 2

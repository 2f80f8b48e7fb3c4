-- Compared in memory only; they leave neither this program nor the function that compares them.
SELECT rolname AS role, rolpassword AS verifier, rolcanlogin AS login
FROM pg_catalog.pg_authid WHERE rolname !~ '^pg_' ORDER BY rolname

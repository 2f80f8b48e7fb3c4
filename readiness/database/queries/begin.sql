-- The timeouts of this transaction only, and where each was set before.
WITH mine (name, value) AS (
    VALUES ('statement_timeout', '5s'), ('lock_timeout', '1s'),
           ('idle_in_transaction_session_timeout', '10s')
)
SELECT s.name, s.setting, s.source, pg_catalog.set_config(s.name, m.value, true) AS local
FROM pg_catalog.pg_settings s JOIN mine m USING (name)

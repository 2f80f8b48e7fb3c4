-- As text: it exceeds what JSON's numbers hold.
SELECT system_identifier::text AS identifier FROM pg_catalog.pg_control_system()

DO $grants$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT n.nspname AS schema, c.relname AS name
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relname IN ('agno_schema_versions', 'alembic_version', 'django_migrations')
          AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', one.schema, {text});
        EXECUTE format('GRANT SELECT ON %I.%I TO %I', one.schema, one.name, {text});
    END LOOP;
END $grants$;

SELECT name, setting, unit, vartype, source, boot_val, reset_val, pending_restart, sourcefile, sourceline
FROM pg_catalog.pg_settings ORDER BY name

"""What a managed service changes: who runs the server, and how its settings are set."""

from readiness import Database


def provider_of(database: Database) -> str | None:
    """The managed service that the server belongs to; None where none is recognised."""
    return database.provider.name if database.provider else None


def set_server(database: Database, setting: str, value: str, *, restart: bool = False) -> str:
    """How a setting of the server is set: by SQL, or as its managed service has it."""
    after = "restart" if restart else "then SELECT pg_reload_conf()"
    if database.provider:
        return database.provider.set(setting, value) + (", then restart" if restart else "")
    shown = value if value.isidentifier() else f"'{value}'"
    return f"ALTER SYSTEM SET {setting} = {shown}, {after}"


def reset_server(database: Database, setting: str) -> str:
    """How a setting of the server gets its default back."""
    if database.provider:
        return database.provider.set(setting, "its default")
    return f"ALTER SYSTEM RESET {setting}, then SELECT pg_reload_conf()"

"""Which service runs the server, told by the roles that only it makes."""

from readiness import Database, Undecidable

SERVICE_ROLES = {
    "rds_superuser": "Amazon RDS",
    "cloudsqlsuperuser": "Cloud SQL",
    "azure_pg_admin": "Azure Database",
    "supabase_admin": "Supabase",
    "neon_superuser": "Neon",
}


def provider_of(database: Database) -> str | None:
    """The managed service that the server belongs to; None where none is recognised."""
    try:
        names = {role.name for role in database.roles}
    except Undecidable:
        return None
    return next((service for role, service in SERVICE_ROLES.items() if role in names), None)

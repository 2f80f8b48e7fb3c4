"""Managed services: how they are told, and how things are set where nobody is a superuser."""

from collections.abc import Collection

from msgspec import Struct

_AWS = "in the instance's own DB parameter group (`aws rds modify-db-parameter-group`)"
_AURORA = "in the cluster's own parameter group (`aws rds modify-db-cluster-parameter-group`)"


class Provider(Struct, frozen=True):
    """A managed service of PostgreSQL.

    ``role`` is one that only it makes, ``hosts`` end its addresses. ``way`` says how a
    setting is set there, ``tls`` how plain connections are refused. ``hides`` are the
    facts that it lets nobody read, whatever is granted.
    """

    name: str
    role: str | None = None
    hosts: tuple[str, ...] = ()
    way: str = "in its console or by its command line"
    tls: str | None = None
    hides: frozenset[str] = frozenset({"hba", "verifiers"})

    def set(self, setting: str, value: str = "…") -> str:
        """How a setting of the server is set there."""
        return f"{self.name}: set {setting} = {value} {self.way}"

    @property
    def refuse_plain(self) -> str:
        """How it is told to refuse connections that are not encrypted."""
        if self.tls is None:
            return f"{self.name} takes encrypted connections only: see what stands between"
        return f"{self.name}: {self.tls}"


AURORA = Provider(
    "Amazon Aurora",
    way=_AURORA,
    tls=f"set rds.force_ssl = 1 {_AURORA}",
)
PROVIDERS = (
    Provider(
        "Amazon RDS",
        "rds_superuser",
        (".rds.amazonaws.com", ".rds.amazonaws.com.cn"),
        way=_AWS,
        tls=f"set rds.force_ssl = 1 {_AWS}",
    ),
    Provider(
        "AlloyDB",
        "alloydbsuperuser",
        way="by `gcloud alloydb instances update … --database-flags` (name all the others too)",
        tls="`gcloud alloydb instances update … --ssl-mode=ENCRYPTED_ONLY`",
    ),
    Provider(
        "Cloud SQL",
        "cloudsqlsuperuser",
        way="by `gcloud sql instances patch … --database-flags` (name all the others too)",
        tls="`gcloud sql instances patch … --ssl-mode=ENCRYPTED_ONLY`",
    ),
    Provider(
        "Azure Database",
        "azure_pg_admin",
        (".postgres.database.azure.com", ".postgres.cosmos.azure.com"),
        way="by `az postgres flexible-server parameter set`",
        tls="`az postgres flexible-server parameter set --name require_secure_transport "
        "--value on`",
    ),
    Provider(
        "Supabase",
        "supabase_admin",
        (".supabase.co", ".supabase.com"),
        way="by `supabase postgres-config update`, or ALTER ROLE … SET for one role",
        tls="`supabase ssl-enforcement update --enable-db-ssl-enforcement`, or the switch of "
        "the database's settings",
    ),
    Provider(
        "Neon",
        "neon_superuser",
        (".neon.tech",),
        way="by ALTER ROLE or ALTER DATABASE … SET where that can be, else ask its support",
        hides=frozenset({"hba"}),
    ),
    Provider(
        "Aiven",
        "avnadmin",
        (".aivencloud.com",),
        way="by `avn service update … -c pg.NAME=VALUE`",
    ),
    Provider(
        "DigitalOcean",
        "doadmin",
        (".db.ondigitalocean.com",),
        way="by `doctl databases configuration update … --engine pg`",
    ),
    Provider(
        "Crunchy Bridge",
        "crunchy_superuser",
        (".postgresbridge.com",),
        way="by `cb config-param set`",
        hides=frozenset(),
    ),
    Provider(
        "Timescale",
        "tsdbadmin",
        (".tsdb.cloud.timescale.com",),
        way="among the database parameters of its console",
    ),
)
PROVIDER_ROLES = {one.role: one.name for one in PROVIDERS if one.role}
"""The roles that only a managed service makes."""

_AWS_NAME = PROVIDERS[0].name
_OF_AURORA = ("aurora", "apg_")


def provider_among(
    roles: Collection[str], host: str | None, marks: Collection[str] = ()
) -> Provider | None:
    """Tell the service by its roles, else by its host; ``marks`` are settings and extensions.

    Aurora has the roles and hosts of RDS, and settings and extensions of its own.
    """
    named = host.lower().rstrip(".") if host else ""
    by_role = next((one for one in PROVIDERS if one.role in roles), None)
    found = by_role or next((one for one in PROVIDERS if named.endswith(one.hosts)), None)
    if found and found.name == _AWS_NAME and any(mark.startswith(_OF_AURORA) for mark in marks):
        return AURORA
    return found

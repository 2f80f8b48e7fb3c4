"""Roles and who belongs to whom."""

from msgspec import Struct


class Role(Struct, frozen=True):
    """A role and its powers; ``valid_until`` is None where its password never expires."""

    name: str
    superuser: bool = False
    create_role: bool = False
    create_database: bool = False
    replication: bool = False
    bypass_row_security: bool = False
    login: bool = True
    connection_limit: int = -1
    valid_until: str | None = None

    @property
    def powers(self) -> tuple[str, ...]:
        """The attributes that an application should not have, in PostgreSQL's words."""
        held = {
            "SUPERUSER": self.superuser,
            "CREATEROLE": self.create_role,
            "CREATEDB": self.create_database,
            "REPLICATION": self.replication,
            "BYPASSRLS": self.bypass_row_security,
        }
        return tuple(word for word, has in held.items() if has)


class Membership(Struct, frozen=True):
    """``member`` belongs to ``role``; ``can_set`` says that it may become it."""

    member: str
    role: str
    admin: bool = False
    inherit: bool = True
    can_set: bool = True

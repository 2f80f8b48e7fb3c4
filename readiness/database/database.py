"""The live database as a fact: an accessor for each thing that was read."""

from collections.abc import Mapping
from typing import Any

from readiness.database.access import (
    Certificate,
    HbaLine,
    Offer,
    OwnPassword,
    Tls,
    Verifiers,
)
from readiness.database.facts import COMPARISON
from readiness.database.held import Definer, HeldDatabase, Index, PublicGrant
from readiness.database.pooler import Pooler
from readiness.database.question import Answer, Query
from readiness.database.read_settings import ReadSettings
from readiness.database.relation import Columns, Extension, SchemaVersion, Table
from readiness.database.role import Membership, Role
from readiness.database.server import (
    Archiver,
    Capacity,
    Session,
    Slot,
    Standby,
    Transactions,
    Version,
)
from readiness.model.finding import Undecidable


class Database(ReadSettings, frozen=True):
    """What was read of a PostgreSQL server in one read-only look.

    Every accessor gives a value or raises `Undecidable` with the reason and the one grant
    that would help: what could not be read is never taken for absent. ``statements`` is
    everything that was sent to the server; what is said to a pooler's console is not.
    """

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Database":
        """Make the fact of plain JSON values, as `to_facts` writes and examples hold them.

        Raises ValueError with a sentence for a key or value that cannot be used.
        """
        from readiness.database.recorded import decode  # noqa: PLC0415 - it makes this class

        return decode(facts)

    def to_facts(self) -> dict[str, Any]:
        """Give plain JSON values without any secret, for `from_facts`."""
        from readiness.database.recorded import encode  # noqa: PLC0415 - it knows this class

        return encode(self)

    @property
    def has_way_in(self) -> bool:
        """Whether a login from here is let come to its password, in clear or in TLS."""
        offers: tuple[Offer, ...] = self.facts.get("offers", ())
        return self.entered or any(offer.answer == "accepted" for offer in offers)

    @property
    def user(self) -> str:
        """The role that looked, or that could not log in."""
        if not self.has("session") and self.address and self.address.user:
            return self.address.user
        return self.session.user

    @property
    def is_local(self) -> bool:
        """Whether the address is this machine: a socket, or loopback."""
        if not self.has("session") and self.address:
            return self.address.is_local
        return self.session.local

    @property
    def version(self) -> Version:
        """The server's version."""
        return self._fact("version", Version)

    @property
    def session(self) -> Session:
        """The session that the facts were read in."""
        return self._fact("session", Session)

    @property
    def tls(self) -> Tls:
        """Whether the session is encrypted, leg by leg."""
        return self._fact("tls", Tls)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role that is not PostgreSQL's own, by name."""
        return self._list("roles", Role)

    def role(self, name: str) -> Role | None:
        """A role; None where there is none of this name."""
        return next((role for role in self.roles if role.name == name), None)

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Who belongs to whom, PostgreSQL's own roles included."""
        return self._list("memberships", Membership)

    @property
    def capacity(self) -> Capacity:
        """The connections that there are and may be."""
        return self._fact("capacity", Capacity)

    @property
    def pooler(self) -> Pooler:
        """What the console of PgBouncer says, where one stands between or was named."""
        return self._fact("pooler", Pooler)

    @property
    def pooled(self) -> bool:
        """Whether something such as PgBouncer stands between."""
        if self.entered:
            return self.session.pooled
        found = self.facts.get("pooler")
        return isinstance(found, Pooler) and found.between

    @property
    def has_pooler(self) -> bool:
        """Whether a pooler stands between or was named, be it readable or not."""
        session = self.facts.get("session")
        known = {*self.facts, *self.missing}
        return "pooler" in known or bool(isinstance(session, Session) and session.pooled)

    @property
    def archiver(self) -> Archiver:
        """What became of the archiving of WAL."""
        return self._fact("archiver", Archiver)

    @property
    def archive_waiting(self) -> int:
        """How many WAL files wait for being archived."""
        return self._fact("archive_waiting", int)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The replication slots."""
        return self._list("slots", Slot)

    @property
    def standbys(self) -> tuple[Standby, ...]:
        """The standbys that are connected."""
        return self._list("standbys", Standby)

    @property
    def transactions(self) -> Transactions:
        """The transactions that clients have open, and those that are prepared."""
        return self._fact("transactions", Transactions)

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """The extensions that this database has."""
        return self._list("extensions", Extension)

    def extension(self, name: str) -> Extension | None:
        """An extension; None where this database does not have it."""
        return next((one for one in self.extensions if one.name == name), None)

    @property
    def available_extensions(self) -> tuple[str, ...]:
        """The extensions that the server could give, installed in this database or not."""
        return self._list("available_extensions", str)

    @property
    def schemas(self) -> tuple[str, ...]:
        """The schemas that are not PostgreSQL's own."""
        return self._list("schemas", str)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that are neither PostgreSQL's own nor an extension's."""
        return self._list("tables", Table)

    def table(self, name: str) -> Table | None:
        """A table by ``schema.name``, or by name in any schema; None where there is none."""
        return next((one for one in self.tables if name in {one.name, str(one)}), None)

    @property
    def columns(self) -> tuple[Columns, ...]:
        """The columns of every table that holds rows, and who was granted them."""
        return self._list("columns", Columns)

    @property
    def databases(self) -> tuple[HeldDatabase, ...]:
        """The databases of the server, with their ages and collations."""
        return self._list("databases", HeldDatabase)

    @property
    def public_grants(self) -> tuple[PublicGrant, ...]:
        """What is granted to everybody."""
        return self._list("public_grants", PublicGrant)

    @property
    def definers(self) -> tuple[Definer, ...]:
        """The functions that run as their owner, but for those of extensions."""
        return self._list("definers", Definer)

    @property
    def invalid_indexes(self) -> tuple[Index, ...]:
        """The indexes that are not valid, but for those that are seen to be built."""
        return self._list("invalid_indexes", Index)

    @property
    def schema_versions(self) -> tuple[SchemaVersion, ...]:
        """What agno, alembic and Django have recorded of the schema's version."""
        return self._list("schema_versions", SchemaVersion)

    @property
    def hba(self) -> tuple[HbaLine, ...]:
        """The lines of ``pg_hba.conf``, as the file has them."""
        return self._list("hba", HbaLine)

    @property
    def verifiers(self) -> Verifiers:
        """What was learnt of the roles' passwords."""
        return self._fact("verifiers", Verifiers)

    @property
    def password(self) -> OwnPassword:
        """What is to be said of the password in the address."""
        return self._fact("password", OwnPassword)

    def not_compared(self, otherwise: str) -> Undecidable:
        """Why it is not known whether a word opens a password."""
        return self._lacks(COMPARISON, otherwise)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the server offers to somebody without a password, in clear and in TLS."""
        return self._list("offers", Offer)

    def offer(self, *, tls: bool) -> Offer:
        """What the server offers in clear, or in TLS; one that failed is `Undecidable`."""
        found = next((offer for offer in self.offers if offer.tls is tls), None)
        way = "in TLS" if tls else "in clear"
        if found is None:
            raise Undecidable(f"the server was not asked {way}")
        if found.answer == "failed":
            raise Undecidable(f"the server gave no answer {way}: {found.reason}")
        return found

    @property
    def certificate(self) -> Certificate:
        """The server's certificate."""
        return self._fact("certificate", Certificate)

    def answer(self, query: Query) -> Answer:
        """The answer to a rule's own question."""
        found = self.answers.get(query)
        if found is None:
            raise self._lacks("answers", "the query was not put to the server")
        return found

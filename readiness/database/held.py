"""What a server and a database hold that is to be in order: ages, grants, functions, indexes."""

from msgspec import Struct


class HeldDatabase(Struct, frozen=True):
    """A database of the server: how old its oldest rows are, in transactions.

    ``collation`` is the version that it was built with, ``collation_now`` what the
    system's library has; both are None where the collation has none, or before 15.
    """

    name: str
    xid_age: int = 0
    mxid_age: int = 0
    collation: str | None = None
    collation_now: str | None = None


class PublicGrant(Struct, frozen=True):
    """What everybody may do with a schema, or (``kind`` table) with a table or view."""

    name: str
    kind: str = "table"
    schema: str | None = None
    privileges: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name


class Definer(Struct, frozen=True):
    """A function that runs as its owner; ``pinned`` says that it sets its search_path."""

    name: str
    schema: str = "public"
    arguments: str = ""
    pinned: bool = False

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}({self.arguments})"


class Index(Struct, frozen=True):
    """An index that is not valid.

    ``hidden`` counts the builds of other roles that may not be seen: it may be one.
    """

    name: str
    schema: str = "public"
    table: str = ""
    hidden: int = 0

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

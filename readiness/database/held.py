"""What a server and a database hold that is to be in order: ages, grants, functions, indexes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldDatabase:
    """A database of the server: how old its oldest rows are, in transactions.

    ``collation`` is the version that it was built with, ``collation_now`` what the
    system's library has; both are None where the collation has none, or before 15.
    """

    name: str
    xid_age: int = 0
    mxid_age: int = 0
    collation: str | None = None
    collation_now: str | None = None


@dataclass(frozen=True, slots=True)
class PublicGrant:
    """What everybody may do with a schema, or (``kind`` table) with a table or view."""

    name: str
    kind: str = "table"
    schema: str | None = None
    privileges: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(frozen=True, slots=True)
class Definer:
    """A function that runs as its owner; ``pinned`` says that it sets its search_path."""

    name: str
    schema: str = "public"
    arguments: str = ""
    pinned: bool = False

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}({self.arguments})"


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is not valid.

    ``hidden`` counts the builds of other roles that may not be seen: it may be one.
    """

    name: str
    schema: str = "public"
    table: str = ""
    hidden: int = 0

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

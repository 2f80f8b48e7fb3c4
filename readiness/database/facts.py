"""What a look at a server gave, by names: read, or missing for a reason."""

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct, field

from readiness.database.address import Address
from readiness.database.providers import Provider, provider_among
from readiness.database.question import Answer, Query
from readiness.model.finding import Undecidable

T = TypeVar("T")

COMPARISON = "comparison"
"""In ``missing``: why no word opened a password, which another word might."""
LOGIN = "login"
"""In ``missing``: why nobody could log in, so that every fact of a session is missing."""


class Missing(Struct, frozen=True):
    """Why a fact could not be read, and what would help."""

    reason: str
    hint: str | None = None


class Facts(Struct, frozen=True):
    """The facts themselves, and why those that are missing could not be read."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    missing: Mapping[str, Missing] = field(default_factory=dict)
    answers: Mapping[Query, Answer] = field(default_factory=dict)
    address: Address | None = None
    statements: tuple[str, ...] = ()
    read_at: str | None = None

    @property
    def where(self) -> str:
        """The address as it may be shown."""
        return self.address.masked if self.address else "the database"

    @property
    def entered(self) -> bool:
        """Whether somebody could log in; where not, only what the wire tells is known."""
        return LOGIN not in self.missing

    @property
    def provider(self) -> Provider | None:
        """The managed service that the server belongs to; None where none is recognised."""
        roles = {role.name for role in self.facts.get("roles", ())}
        marks = {*self.facts.get("settings", ()), *self.facts.get("available_extensions", ())}
        return provider_among(roles, self.address.host if self.address else None, marks)

    def has(self, name: str) -> bool:
        """Tell whether a fact was read, by the name of its accessor."""
        return name in self.facts

    def _fact(self, name: str, kind: type[T]) -> T:
        if name not in self.facts:
            raise self._lacks(name, f"the fact {name} was not read")
        value = self.facts[name]
        if not isinstance(value, kind):
            raise TypeError(f"the fact {name} is a {type(value).__name__}")
        return value

    def _lacks(self, name: str, otherwise: str) -> Undecidable:
        missing = self.missing.get(name) or self.missing.get(LOGIN) or Missing(otherwise)
        if name in self.missing and self.provider and name in self.provider.hides:
            return Undecidable(missing.reason, f"{self.provider.name} gives this grant to nobody")
        return Undecidable(missing.reason, missing.hint)

    def _list(self, name: str, _: type[T]) -> tuple[T, ...]:
        values: tuple[T, ...] = self._fact(name, tuple)
        return values

    def _mapping(self, name: str) -> Mapping[str, Any]:
        return self._fact(name, Mapping)  # type: ignore[type-abstract]  # only for isinstance

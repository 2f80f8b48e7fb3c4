"""A rule's `with`, validated strictly against the signature of its checker."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from readiness.checker.checker import Checker
from readiness.checker.plain import NotPlain, by_default, plainly
from readiness.document.faults import Wrong, wrongs

if TYPE_CHECKING:
    from pydantic import BaseModel


class Bound(Struct, frozen=True):
    """A checker with the parameters of one rule; nothing has been read yet."""

    checker: Checker
    parameters: Mapping[str, Any]

    def questions(self) -> tuple[Hashable, ...]:
        """What the rule asks of the outside."""
        return tuple(self.checker.asks(**self.parameters)) if self.checker.asks else ()

    def privileges(self) -> frozenset[str]:
        """What the rule needs on the server beyond what every role may read."""
        given = self.checker.privileges
        return frozenset(given(**self.parameters) if callable(given) else given)


def bind(checker: Checker, given: Mapping[str, Any]) -> Bound | list[Wrong]:
    """Validate the parameters of a rule: the bound checker, or everything that is wrong.

    Types are strict (a text is no number), unknown names are wrong. Raises
    `PluginError` where the signature itself cannot be used.
    """
    plain = _plain(checker, given)
    if plain is not None:
        return Bound(checker, plain)
    from pydantic import ValidationError  # noqa: PLC0415 - only where texts are validated

    try:
        model = model_of(checker).model_validate(dict(given))
    except ValidationError as error:
        return wrongs(error, tuple(checker.options))
    return Bound(checker, {name: getattr(model, _field(name)) for name in checker.options})


def _plain(checker: Checker, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The parameters of a rule that gives each plainly what it takes."""
    options = checker.options
    if not given.keys() <= options.keys():
        return None
    try:
        return {name: plainly(kind, given[name]) if name in given else by_default(default)
                for name, (kind, default) in options.items()}  # fmt: skip
    except NotPlain:
        return None


def model_of(checker: Checker) -> "type[BaseModel]":
    """Make the strict model of a checker's parameters; also for the editor's schema."""
    from pydantic import ConfigDict, Field, create_model  # noqa: PLC0415 - as above

    fields: Any = {
        _field(name): (kind, Field(default, alias=name))
        for name, (kind, default) in checker.options.items()
    }
    config = ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=True)
    made: type[BaseModel] = create_model(f"With {checker.name}", __config__=config, **fields)
    return made


def _field(name: str) -> str:
    """Name the field of a parameter, so that none meets a method of the model (`json`)."""
    return f"given_{name}"

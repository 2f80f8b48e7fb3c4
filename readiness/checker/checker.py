"""A checker: a plain function that judges, and what its signature says of it."""

import inspect
import types
from collections.abc import Callable, Collection, Hashable, Iterable
from functools import cached_property
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from readiness.backups import Backups
from readiness.checker.answers import Answers
from readiness.database import Database
from readiness.deployment import Deployment
from readiness.environment import Environment
from readiness.evidence import Evidence
from readiness.model.clock import Clock
from readiness.model.errors import PluginError
from readiness.model.finding import Finding
from readiness.model.report import Kind
from readiness.model.rule import Checklists
from readiness.program import Program
from readiness.project import Project

Judge = Callable[..., Iterable[Finding]]
Asks = Callable[..., Iterable[Hashable]]
Privileges = Collection[str] | Callable[..., Collection[str]]

FACTS: dict[str, type] = {
    "answers": Answers,
    "backups": Backups,
    "checklists": Checklists,
    "clock": Clock,
    "database": Database,
    "deployment": Deployment,
    "environment": Environment,
    "evidence": Evidence,
    "program": Program,
    "project": Project,
}
"""Every fact by its name, as `readiness list facts` shows them."""

_LIVE = frozenset({Database, Backups})


class Need(Struct, frozen=True):
    """One fact that a checker asks for; an optional one may be missing."""

    fact: type
    optional: bool


class Checker(Struct, frozen=True, dict=True):
    """A named judge. Its facts and parameters are read from its signature, once.

    Positional parameters are facts, matched by type; keyword-only ones are the rule's
    ``with``. ``asks`` gives the questions that the same parameters put to the outside.
    ``by_variables`` tells that variables alone may turn its verdicts. ``privileges`` are
    those on the server without which it may not be able to tell.
    """

    name: str
    judge: Judge
    asks: Asks | None = None
    declared_kind: Kind | None = None
    by_variables: bool = False
    distribution: str = "readiness"
    privileges: Privileges = ()

    @cached_property
    def demand(self) -> str:
        """What is demanded: the first line of the docstring."""
        return (inspect.getdoc(self.judge) or "").partition("\n")[0]

    @cached_property
    def document(self) -> str:
        """The whole docstring."""
        return inspect.getdoc(self.judge) or ""

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The facts, in the order of the positional parameters; raises `PluginError`."""
        hints = self._hints()
        return tuple(
            self._need(parameter.name, hints.get(parameter.name))
            for parameter in inspect.signature(self.judge).parameters.values()
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
        )

    @cached_property
    def options(self) -> dict[str, tuple[Any, Any]]:
        """The parameters by name, each with its type and default (`...` where required)."""
        hints = self._hints()
        empty = inspect.Parameter.empty
        return {
            parameter.name: (
                hints.get(parameter.name, Any),
                ... if parameter.default is empty else parameter.default,
            )
            for parameter in inspect.signature(self.judge).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }

    @cached_property
    def kind(self) -> Kind:
        """Static, live or by evidence, by the facts that it cannot do without."""
        if self.declared_kind:
            return self.declared_kind
        required = {need.fact for need in self.needs if not need.optional}
        if required & _LIVE:
            return "live"
        return "evidence" if Evidence in required else "static"

    def _hints(self) -> dict[str, Any]:
        try:
            return get_type_hints(self.judge, include_extras=True)
        except (NameError, TypeError) as error:
            raise PluginError(
                f"the checker {self.name} of {self.distribution} has a type that cannot be found "
                f"when it runs: {error}",
                hint="import the types of its parameters outside of `if TYPE_CHECKING`",
            ) from None

    def _need(self, name: str, hint: Any) -> Need:
        members = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
        found = [member for member in members if member in FACTS.values()]
        if len(found) != 1 or set(members) - {found[0], type(None)}:
            known = ", ".join(sorted(fact.__name__ for fact in FACTS.values()))
            raise PluginError(
                f"the checker {self.name} of {self.distribution} asks for `{name}`, "
                "which is no fact",
                hint=f"a positional parameter is one of {known}; parameters stand behind `*`",
            )
        return Need(found[0], optional=type(None) in members)

"""The facts of a run, each read when a rule first asks; values pass from room to room here."""

from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readiness.backups import Backups
from readiness.checker.answers import Answers
from readiness.checker.checker import FACTS
from readiness.checklist.select import why_not
from readiness.database import Database, Guess, Query
from readiness.deployment import Deployment
from readiness.engine.address import choose_address, choose_pooler
from readiness.engine.ask import ask
from readiness.engine.bind import Item
from readiness.engine.entries import entries_of
from readiness.engine.facts import Facts, Missing
from readiness.engine.read import read_backups, read_database, read_evidence
from readiness.engine.request import Request
from readiness.engine.snapshot import compared_as_here, read_snapshot
from readiness.engine.words import Word, secrets_of, words_of
from readiness.environment import Environment
from readiness.environment.build import build_environments, given_variables
from readiness.environment.overrides import Overrides
from readiness.evidence import Evidence
from readiness.model.clock import Clock
from readiness.model.rule import Checklist, Checklists, Rule
from readiness.model.secret import Secret
from readiness.program import SECONDS, Allowance, Program, Scope
from readiness.project import Project
from readiness.settings.settings import Settings


class Gathering(Struct, frozen=True, dict=True):
    """One run's reading of the world; every fact at most once, and only if it is needed."""

    request: Request
    settings: Settings
    checklists: tuple[Checklist, ...]
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The name of the environment that is judged."""
        return self.request.environment or self.settings.environment

    @cached_property
    def project(self) -> Project:
        """The files."""
        declared = self.settings.declared(self.name).env_files
        named = [*self.settings.files, *declared, *self._given_files()]
        largest, cached = self.settings.largest_file, self.request.cached
        if largest is None:
            return Project.open(
                self.request.folder, named=tuple(named), cached=cached, early=self.request.early
            )
        return Project.open(
            self.request.folder, named=tuple(named), largest=largest, cached=cached,
            early=self.request.early,
        )  # fmt: skip

    @cached_property
    def deployment(self) -> Deployment:
        """The services as they would be deployed."""
        self.request.say("reading the deployment")
        given = given_variables(self.project, self.overrides)
        only = self.settings.declared(self.name).deployment
        return Deployment.read(self.project, given, environment=self.name, only=only)

    @cached_property
    def environments(self) -> tuple[Environment, ...]:
        """The variables, once for each service that runs the code."""
        return build_environments(
            self.project, self.deployment, name=self.name, overrides=self.overrides
        )

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """The code, once for each service that runs it."""
        self.request.say("evaluating the code")
        allowance = Allowance(self.settings.code.seconds or SECONDS)
        return tuple(self._program(one, allowance) for one in self.environments)

    @cached_property
    def database(self) -> Database | Missing:
        """The live server, or why it was not looked at."""
        asked = self.asked_database
        if asked and asked.endswith(".json"):
            return compared_as_here(
                read_snapshot(Path(asked), self.request.clock),
                sum(word.at is not None for word in self.words),
            )
        address = choose_address(asked, lambda: self.programs)
        if isinstance(address, Missing):
            return address
        self.request.say(f"asking the database {address.masked}")
        queries = tuple(q for q in self.questions if isinstance(q, Query))
        pooler = choose_pooler(self.asked_pooler)
        guesses = [q for q in self.questions if isinstance(q, Guess)]
        guess = reduce(Guess.joined, guesses) if guesses else None
        return read_database(
            address, queries, self.words, self.request, pooler=pooler, guess=guess
        )

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every password that the repository shows, with its place."""
        return tuple(words_of(self.project, self.environments, self.programs, self.deployment))

    @cached_property
    def questions(self) -> tuple[Hashable, ...]:
        """What the rules ask of the outside, each once."""
        return tuple(dict.fromkeys(q for item in self.items for q in item.questions))

    @cached_property
    def answers(self) -> Answers:
        """What came back."""
        return ask(
            self.questions,
            self.project,
            self.environments,
            lambda: self.database,
            self.request,
        )

    @cached_property
    def clock(self) -> Clock:
        """The time, for rules that ask for it, which is noted."""
        return replace(self.request.clock, noted=lambda: self.times.append("asked"))

    @cached_property
    def times(self) -> list[str]:
        """One for each moment that a rule asked for."""
        return []

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """The facts, once for each service that runs the code."""
        count = len(self.environments)
        return tuple(self._facts(index) for index in range(count))

    def secrets(self) -> Iterator[Secret]:
        """Every secret that was read, for the last fence before an output."""
        if self.made("environments"):
            yield from secrets_of(self.environments, self.programs, self.deployment)

    def why_not(self, rule: Rule) -> str | None:
        """Why a rule does not apply here, by what it says of when it does."""
        when = rule.when
        if when is None:
            return None
        traits = self.settings.declared(self.name).traits
        return why_not(when, environment=self.name, traits=traits, absent=self.absent(when.facts))

    def absent(self, names: Sequence[str]) -> list[str]:
        """Which of the named facts were left out on purpose, or do not exist here."""
        found = ((name, self.facts[0].get(FACTS[name])) for name in names)
        return [name for name, fact in found if isinstance(fact, Missing) and fact.why != "unread"]

    def made(self, name: str) -> Any:
        """A fact if it was read; None where nothing asked for it."""
        return self.__dict__.get(name)

    def _facts(self, index: int) -> Facts:
        return Facts(
            {
                Answers: lambda: self.answers,
                Backups: lambda: read_backups(self.project, self.settings),
                Checklists: lambda: Checklists(self.checklists),
                Clock: lambda: self.clock,
                Database: lambda: self.database,
                Deployment: lambda: self.deployment,
                Environment: lambda: self.environments[index],
                Evidence: lambda: read_evidence(self.project),
                Program: lambda: self.programs[index],
                Project: lambda: self.project,
            },
            debug=self.request.debug,
        )

    def _program(self, environment: Environment, allowance: Allowance) -> Program:
        code = self.settings.code
        points = [self.request.entry] if self.request.entry else list(code.entry_points)
        own, others = entries_of(self.deployment, self.environments, environment)
        return Program(
            self.project,
            environment,
            entry_points=points or own,
            scope=Scope(include=code.include, exclude=code.exclude),
            seconds=allowance.seconds,
            allowance=allowance,
            others=() if points else others,
        )

    @cached_property
    def overrides(self) -> Overrides:
        """What the user says about variables, on the command line and in the settings."""
        declared = self.settings.declared(self.name)
        request = self.request
        given = {*request.variables, *request.unset, *request.injected}
        return Overrides(
            set={name: secret.reveal() for name, secret in request.variables.items()},
            unset=frozenset(request.unset) | (frozenset(declared.unset) - given),
            injected=frozenset(request.injected) | (frozenset(declared.injected) - given),
            env_files=self._given_files(),
            settings={name: secret for name, (secret, _) in declared.variables.items()},
            settings_at={name: at for name, (_, at) in declared.variables.items()},
            settings_files=declared.env_files,
        )

    def _given_files(self) -> tuple[str, ...]:
        folder = self.request.folder
        given = (path.resolve() for path in self.request.env_files)
        shown = (p.relative_to(folder) if p.is_relative_to(folder) else p for p in given)
        return tuple(path.as_posix() for path in shown)

    @property
    def asked_database(self) -> str | None:
        """Which database the user names; None where nobody did."""
        declared = self.settings.declared(self.name).database or self.settings.database
        return self.request.database or declared

    @property
    def asked_pooler(self) -> str | None:
        """Where the user says that the pooler's console is; None where nobody did."""
        declared = self.settings.declared(self.name).pooler or self.settings.pooler
        return self.request.pooler or declared

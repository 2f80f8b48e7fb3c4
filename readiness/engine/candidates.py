"""Which changes of variables are worth a trial, the most telling first."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from readiness.environment import Environment
from readiness.environment.sensitive import is_sensitive_name
from readiness.model.finding import Finding
from readiness.model.secret import Secret
from readiness.model.trace import Step
from readiness.model.variable import Origin, Variable
from readiness.program import Program

MOST_NAMES = 8
MOST_READ = 24
MOST_VALUES = 8
_PLAIN = re.compile(r"[\w.+-]{1,40}")
_ADDRESS = re.compile(r"(?i)(?:^|_)(?:url|uri|dsn)$")
# A part of an address, for which no word stands that the code does not say itself.
_PART = re.compile(r"(?i)(?:host(?:s|name)?|server|database|db_?name|(?:^|_)(?:db|addr\w*))$")
# Words by which a deployment says that it is none that is released to.
_ELSEWHERE = frozenset({
    "dev", "devel", "develop", "development", "local", "localhost", "test", "tests", "testing",
    "ci", "debug", "sandbox", "demo", "example", "stage", "staging", "qa", "uat", "preview",
    "off", "disable", "disabled", "none", "allow", "prefer", "memory", "inmemory", "in-memory",
})  # fmt: skip
_FIRST: Mapping[str, int] = {"word": 0, "injected": 1, "unset": 2, "guess": 3}

Kind = Literal["word", "injected", "unset", "guess"]


class Change(Struct, frozen=True):
    """One variable as it might be: with a value, set by the platform, or not set."""

    name: str
    value: str | None
    kind: Kind

    @property
    def variable(self) -> Variable:
        """The variable after the change."""
        if self.kind == "injected":
            return Variable(self.name, "injected", None, (Origin("what if"),))
        if self.value is None:
            return Variable(self.name, "unset", None, (Origin("what if"),))
        secret = Secret(self.value)
        return Variable(self.name, "known", secret, (Origin("what if", None, secret),))

    @property
    def option(self) -> str:
        """The change as an option of the command line."""
        if self.kind == "injected":
            return f"--injected {self.name}"
        return f"--unset {self.name}" if self.value is None else f"--set {self.name}={self.value}"

    @property
    def words(self) -> str:
        """The change in words."""
        if self.kind == "injected":
            return f"{self.name} set by the platform"
        return f"{self.name} not set" if self.value is None else f"{self.name}={self.value}"


def names_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The variables that findings hang on, the nearest first."""
    traced = [name for one in findings for step in reversed(one.trace) if (name := _name(step))]
    return tuple(dict.fromkeys(traced))[:MOST_NAMES]


def asked_for(findings: Iterable[Finding], program: Program) -> tuple[str, ...]:
    """The variables to ask of what the code compares them with.

    Where a finding tells of none, they are all that the code reads.
    """
    findings = tuple(findings)
    names = names_of(findings)
    if all(any(map(_name, one.trace)) for one in findings):
        return names
    return tuple(dict.fromkeys([*names, *(one.name for one in program.reads())]))[:MOST_READ]


def _name(step: Step) -> str | None:
    return getattr(step, "variable", None) or getattr(step, "of", None)


def changes_of(
    findings: Iterable[Finding],
    words: Mapping[str, Sequence[str]],
    environment: Environment,
) -> list[Change]:
    """The changes to try, by kind: what the code compares with, then the platform's own."""
    findings = tuple(findings)
    tries = list(dict.fromkeys(one for finding in findings for one in finding.tries))
    traced = names_of(findings)
    named = [one.partition("=")[0] for one in tries if "=" in one]
    found: dict[Change, None] = {}
    for name in dict.fromkeys([*traced, *sorted(words), *named]):
        takes = name in traced and not _is_address(name, environment)
        plain = [one for one in tries if "=" not in one] if takes else []
        own = [one.partition("=")[2] for one in tries if one.startswith(f"{name}=")]
        values = [*words.get(name, ()), *own, *plain]
        for change in (*_words(name, values, environment), *_ways(name, words, environment)):
            of_it = change.kind == "word" or name in traced
            if of_it and not _is_so(change, environment):
                found.setdefault(change)
    return sorted(found, key=lambda one: _FIRST[one.kind])


def _words(name: str, values: Iterable[str], environment: Environment) -> Iterator[Change]:
    if is_sensitive_name(name):
        return
    for word in list(dict.fromkeys(values))[:MOST_VALUES]:
        if _may_be_said(word, environment):
            yield Change(name, word, "word")


def _is_address(name: str, environment: Environment) -> bool:
    """Whether a variable holds an address, by its name or its value: no word stands for one."""
    held = environment.get(name)
    value = held.value.reveal() if held is not None and held.value is not None else ""
    return "://" in value or bool(_ADDRESS.search(name))


def _ways(
    name: str, words: Mapping[str, Sequence[str]], environment: Environment
) -> Iterator[Change]:
    yield Change(name, None, "injected")
    yield Change(name, None, "unset")
    if is_sensitive_name(name) or _PART.search(name):
        return
    if not words.get(name) or not _is_address(name, environment):
        yield Change(name, environment.name, "guess")
    if not words.get(name):
        yield Change(name, "true", "guess")


def _may_be_said(word: str, environment: Environment) -> bool:
    """Whether a value is a word, and not one of another kind of deployment."""
    low = word.lower()
    return bool(_PLAIN.fullmatch(word)) and (low not in _ELSEWHERE or low == environment.name)


def _is_so(change: Change, environment: Environment) -> bool:
    """Whether nothing would change."""
    held = environment.get(change.name)
    if held is None or held.state == "unset":
        return change.kind == "unset"
    if held.state == "injected":
        return change.kind == "injected"
    return change.value is not None and held.value == Secret(change.value)

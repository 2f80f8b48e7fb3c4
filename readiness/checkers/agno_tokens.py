"""Checkers of an AgentOS that verifies the tokens of its callers."""

from collections.abc import Iterator

from readiness import Built, Case, Environment, Finding, Option, Program, Project, checker
from readiness.checkers.agno_sites import (
    AGENT_OS,
    SERVES,
    Said,
    each,
    fine,
    is_on,
    is_set,
    open_,
    wrong,
)
from readiness.checkers.credentials import GUESSABLE, is_placeholder, nature

BY_TOKEN = ("JWT_VERIFICATION_KEY", "JWT_JWKS_FILE")
"""The variables that give an AgentOS a key for tokens."""


@checker("agno.token-key")
def token_key(program: Program, project: Project, environment: Environment) -> Iterator[Finding]:
    """An AgentOS that verifies tokens has a key for it, and one that cannot be guessed."""

    def judge(os: Built) -> Said | None:
        on = is_on(os.option("authorization"))
        if on is False:
            return None
        keys = [*_told_keys(os), *(os.variable(name) for name in BY_TOKEN)]
        if any(is_set(key) for key in keys):
            return _strong(keys)
        if on is None:
            return open_(f"may verify tokens: {os.option('authorization').why}")
        return _keyless(keys, environment)

    yield from each(
        program,
        project,
        (AGENT_OS,),
        judge,
        otherwise="no AgentOS here verifies tokens (authorization=)",
        words=SERVES,
    )


def _told_keys(os: Built) -> Iterator[Option]:
    """The keys that ``authorization=`` or ``authorization_config=`` brings along."""
    for name in ("authorization", "authorization_config"):
        for case in os.option(name).cases:
            if case.kind == "unknown" or (case.kind == "object" and case.built is None):
                yield Option((case,))
            elif case.built is not None:
                yield case.built.option("verification_keys")
                yield case.built.option("jwks_file")


def _keyless(keys: list[Option], environment: Environment) -> Said:
    mend = "set JWT_VERIFICATION_KEY or JWT_JWKS_FILE in this environment"
    if reason := next((key.reason for key in keys if key.reason), ""):
        return open_(f"verifies tokens, with a key that is not known here: {reason}", mend)
    if not environment.described or environment.unread_sources:
        return open_(
            "verifies tokens, and has no key for it unless the platform sets "
            "JWT_VERIFICATION_KEY or JWT_JWKS_FILE",
            "say --injected JWT_VERIFICATION_KEY where it does",
        )
    return wrong(
        "is told to verify tokens and has no key for it: get_app() raises ValueError", mend
    )


def _strong(keys: list[Option]) -> Said:
    flat = [one for key in keys for case in key.cases for one in _texts(case)]
    if any(is_placeholder(text) or nature(text) in GUESSABLE for text in flat):
        return wrong(
            "verifies tokens with a key that anybody can guess",
            "use the public key of whoever issues the tokens, or a long random secret",
        )
    return fine("verifies tokens with a key")


def _texts(case: Case) -> Iterator[str]:
    """The keys that stand in an option; the name of a file is none, a public key no secret."""
    found = [case, *(one for item in case.items for one in item.cases)]
    yield from (
        text
        for one in found
        if (text := one.known_text) and "-----BEGIN" not in text and not text.endswith(".json")
    )


@checker("agno.user-isolation")
def user_isolation(program: Program, project: Project) -> Iterator[Finding]:
    """Users are only kept apart, or shut out, where their tokens are verified."""

    def judge(os: Built) -> Said | None:
        told = {name: is_on(os.option(name)) for name in ("user_isolation", "user_directory")}
        asked = [name for name, truth in told.items() if truth is not False]
        if not asked:
            return None
        on = is_on(os.option("authorization"))
        if on:
            return fine(f"verifies who its users are ({asked[0]}=)")
        if on is None or any(is_set(os.variable(name)) is not False for name in BY_TOKEN):
            return open_(f"may not verify who its users are, as {asked[0]}= needs")
        if not any(told.values()):
            reason = os.option(asked[0]).reason
            return open_(f"verifies nobody, and may be told {asked[0]}=: {reason}")
        return wrong(
            f"has {asked[0]}= and verifies nobody: any caller names any user_id and gets "
            "that user's data",
            "build it with authorization=True and a JWT_VERIFICATION_KEY",
        )

    yield from each(
        program,
        project,
        (AGENT_OS,),
        judge,
        otherwise="no AgentOS here keeps users apart (user_isolation=)",
        words=SERVES,
    )

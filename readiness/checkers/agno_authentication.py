"""Checkers of whether an AgentOS asks its callers who they are."""

from collections.abc import Iterator

from readiness import Built, Environment, Finding, Option, Program, Project, checker
from readiness.checkers.agno_guards import guards
from readiness.checkers.agno_sites import Said, each_os, fine, is_on, is_set, open_, told, wrong
from readiness.checkers.agno_tokens import BY_TOKEN
from readiness.checkers.credentials import GUESSABLE, is_placeholder, nature


@checker("agno.authentication", by_variables=True)
def authentication(
    program: Program, project: Project, environment: Environment
) -> Iterator[Finding]:
    """Every AgentOS asks its callers for a key or a token."""
    others = tuple(guards(project))

    def judge(os: Built) -> Said:
        if is_on(os.option("authorization")):
            return fine("verifies a token of every caller (authorization=)")
        if any(is_set(os.variable(name)) for name in BY_TOKEN):
            return _by_token(program)
        key = _key(os)
        if is_set(key):
            return _judge_key(key)
        return _without(os, key, environment, others)

    yield from each_os(program, project, judge)


def _key(os: Built) -> Option:
    """The key that callers have to show: that of ``settings=``, or of the process."""
    variable = os.variable("OS_SECURITY_KEY")
    return told(os.option("settings"), "AgnoAPISettings", "os_security_key", otherwise=variable)


def _by_token(program: Program) -> Said:
    if program.has_release("agno", (3,)) is False:
        return open_(
            "is given a key for tokens by the environment, which its release of agno may "
            "not look at",
            "set OS_SECURITY_KEY, or authorization=True",
        )
    return fine("verifies a token of every caller (the environment gives it a key for tokens)")


def _judge_key(key: Option) -> Said:
    texts = [text for case in key.cases if (text := case.known_text)]
    if any(is_placeholder(text) or nature(text) in GUESSABLE for text in texts):
        return wrong(
            "asks for a key that anybody can guess",
            "make one: python -c 'import secrets; print(secrets.token_urlsafe(32))'",
        )
    return fine("asks every caller for its key (OS_SECURITY_KEY)")


def _without(os: Built, key: Option, environment: Environment, others: tuple[str, ...]) -> Said:
    mend = (
        "set OS_SECURITY_KEY in this environment, or build it with authorization=True and a "
        "JWT_VERIFICATION_KEY"
    )
    said = environment.get("OS_SECURITY_KEY")
    if key.reason:
        return open_(f"may be open to anybody: {key.why}", mend)
    if reason := os.option("authorization").reason:
        return open_(f"may be open to anybody: {reason}", mend)
    if others:
        return open_(f"has no key of its own; {others[0]} may ask for one", mend)
    if said is None and environment.unread_sources:
        return open_(
            f"is open to anybody, unless {environment.unread_sources[0]}, which is not "
            "here, gives OS_SECURITY_KEY",
            mend,
        )
    if said is None and not environment.described:
        return open_(
            "is open to anybody, unless the platform sets OS_SECURITY_KEY: no source here "
            f"describes the variables of {environment.name}",
            "say --injected OS_SECURITY_KEY where it does, --unset where it does not",
        )
    return wrong(
        "is open to anybody who can reach it: OS_SECURITY_KEY is not set, authorization= is off",
        mend,
        os.option("authorization"),
    )

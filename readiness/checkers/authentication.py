"""Checkers of who gets in: without a password, with a weak method, with a known password."""

import re
from collections.abc import Iterator

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Place,
    Undecidable,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.hba import Way, ways_in
from readiness.checkers.providers import provider_of

_RELOAD = "say `scram-sha-256` there, then SELECT pg_reload_conf()"


@checker("authentication.trust")
def trust(database: Database) -> Iterator[Finding]:
    """Nobody gets in over the network without a password.

    Judged by what the server offers to somebody without one, and by pg_hba.conf where it
    can be read. Lines for the socket and for loopback are left to the machine's owner.
    """
    yield from _judge(database, frozenset({"trust"}), "lets {who} in without a password")


@checker("authentication.weak-method")
def weak_method(database: Database, *, methods: list[str]) -> Iterator[Finding]:
    """No way in over the network uses one of the weak ``methods``."""
    wanted = frozenset(methods)
    yield from _judge(database, wanted, "asks {who} for a password by a weak method")


def _judge(database: Database, methods: frozenset[str], what: str) -> Iterator[Finding]:
    offers, reason = _offers(database, methods, what)
    ways = _ways(database)
    if not offers and ways is None:
        raise reason
    yield from offers
    bad = [way for way in ways or () if way.method in methods]
    for way in bad:
        yield problem(
            f"line {way.number} of pg_hba.conf ({way.text}) "
            f"{what.format(who='everybody whom it names')}; scram-sha-256 is required",
            hint=_RELOAD,
            data={"line": way.number, "method": way.method},
        )
    if ways is not None and not bad:
        yield ok(
            f"none of the {len(ways)} lines of pg_hba.conf for the network says "
            f"{' or '.join(sorted(methods))}",
            data={"lines": len(ways)},
        )


def _ways(database: Database) -> tuple[Way, ...] | None:
    try:
        return tuple(ways_in(database))
    except Undecidable:
        return None


def _offers(
    database: Database, methods: frozenset[str], what: str
) -> tuple[list[Finding], Exception]:
    """What the server offers from here, and why nothing is known where that is so."""
    try:
        offers = database.offers
    except Undecidable as error:
        return [], error
    if database.tls.socket and not offers:
        return [], NotApplicable("the connection is a local socket, which no network carries")
    judged = [
        _judge_offer(offer.answer, offer.method, offer.user, offer.tls, methods, what)
        for offer in offers
        if offer.answer != "no-tls"
    ]
    return judged, Undecidable("nobody asked the server how it lets people in")


def _judge_offer(  # noqa: PLR0917 - the parts of one offer
    answer: str,
    method: str | None,
    user: str,
    tls: bool,  # noqa: FBT001 - as above
    methods: frozenset[str],
    what: str,
) -> Finding:
    leg = "with TLS" if tls else "without TLS"
    data = {"method": method, "tls": tls, "user": user}
    if answer == "refused":
        return ok(f"the server refuses {user} {leg} from here", source="wire", data=data)
    if answer != "accepted" or method is None:
        return undecided(
            f"the server's answer to {user} {leg} says nothing of the method",
            hint="grant the checking role pg_hba_file_rules (`readiness database grants`)",
            source="wire",
            data=data,
        )
    if method in methods:
        return problem(
            f"the server {what.format(who=user)} {leg} from here ({method}); "
            "scram-sha-256 is required",
            hint=_RELOAD.replace("there", "in that line of pg_hba.conf"),
            source="wire",
            data=data,
        )
    return ok(f"the server asks {user} {leg} from here for {method}", source="wire", data=data)


@checker("authentication.default-password")
def default_password(database: Database) -> Iterator[Finding]:
    """No role has a default password, its own name, or a word from the repository.

    The words are compared with the verifiers, offline; no login is tried. Where the
    verifiers cannot be read, the password of the address itself is judged.
    """
    try:
        found = database.verifiers
    except Undecidable as error:
        yield from _own_password(database)
        provider = provider_of(database)
        refused = f"{provider} gives this grant to nobody" if provider else error.hint
        yield undecided(error.reason, hint=refused)
        return
    judged = [one for one in found.all if one.login and one.kind != "none"]
    if not judged:
        raise NotApplicable("no role that may log in has a password")
    for one in judged:
        if one.weak:
            yield _weak(one.role, one.word_source)
    if not found.complete:
        yield undecided(
            f"{found.checked} of {found.total} comparisons were made before the time was over",
            hint="give the check more time with `--timeout`",
            data={"checked": found.checked, "total": found.total},
        )
    strange = [one.role for one in judged if one.kind not in {"scram", "md5"}]
    for role in strange:
        yield undecided(f"the password of {role} is kept in a form that cannot be compared")
    good = [one.role for one in judged if one.weak is False]
    if good:
        yield ok(
            f"none of {found.candidates} known words opens {', '.join(sorted(good))}",
            data={"roles": sorted(good), "candidates": found.candidates},
        )


def _weak(role: str, source: str | None) -> Finding:
    return problem(
        f"the role {role} has a password that anybody can guess: {_origin(source)}; "
        "a random one is required",
        at=_place(source),
        hint=f"set another with `\\password {role}` in psql, and keep it out of the repository",
        source="database",
        data={"role": role, "word_source": source},
    )


def _own_password(database: Database) -> Iterator[Finding]:
    try:
        own = database.password
    except Undecidable:
        return
    if own.given and own.weak:
        yield _weak(database.session.user, own.word_source)


def _origin(source: str | None) -> str:
    return f"it stands at {source}" if _place(source) else (source or "a well-known default")


def _place(source: str | None) -> Place | None:
    found = re.fullmatch(r"(\S+):([0-9]+)", source or "")
    return Place(found[1], int(found[2])) if found else None


@checker("authentication.verifiers")
def verifiers(database: Database) -> Iterator[Finding]:
    """Every password is kept as SCRAM."""
    judged = [one for one in database.verifiers.all if one.kind != "none"]
    if not judged:
        raise NotApplicable("no role has a password")
    for one in judged:
        if one.kind == "md5":
            yield problem(
                f"the password of {one.role} is kept as md5; scram-sha-256 is required",
                hint="SET password_encryption = 'scram-sha-256', then give the role a new one",
                data={"role": one.role, "kind": one.kind},
            )
        elif one.kind == "scram":
            yield ok(f"the password of {one.role} is kept as SCRAM", data={"role": one.role})
        else:
            yield undecided(f"the password of {one.role} is kept in a form that is not known")

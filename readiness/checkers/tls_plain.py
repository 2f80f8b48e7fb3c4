"""Checker of unencrypted connections: the server is to refuse them before any password."""

from collections.abc import Iterator

from msgspec.structs import replace

from readiness import (
    Database,
    Finding,
    NotApplicable,
    Offer,
    Undecidable,
    Verdict,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.hba import unseen, ways_in_plain
from readiness.checkers.tls import refuse_where_senseless

_PROTOCOL = "08P01"
_REFUSED = "28000"
_HOSTSSL = (
    "in pg_hba.conf say `hostssl` instead of `host`, put `hostnossl all all all reject` first, "
    "then SELECT pg_reload_conf()"
)


@checker("tls.plain-refused", privileges=("hba",))
def plain_refused(database: Database, *, exempt_loopback: bool = False) -> Iterator[Finding]:
    """The server refuses every connection that is not encrypted."""
    refuse_where_senseless(database)
    if exempt_loopback and database.is_local:
        raise NotApplicable("the connection stays on this machine, and loopback is exempt")
    offers = [offer for offer in database.offers if not offer.tls]
    if not offers:
        raise Undecidable(
            "nobody asked the server for an unencrypted connection",
            "run the check where the server can be reached over the network",
        )
    for offer in offers:
        if _is_of_the_pooler(database, offer.code):
            yield _refused_by_pooler(offer.user)
            continue
        if offer.code == _REFUSED and not database.has_way_in:
            yield _refused_anyhow(offer.user)
            continue
        finding = _judge_plain(database, offer)
        if finding.verdict is Verdict.OK:
            finding = replace(finding, hint=unseen(database))
        yield finding
    yield from _plain_lines(database)


def _refused_anyhow(user: str) -> Finding:
    return undecided(
        f"the server refuses {user} from here in TLS as without it ({_REFUSED}), which says "
        "nothing of those whom it lets in",
        hint="run the check from where the application connects, or as its role",
        source="wire",
        data={"answer": "refused", "code": _REFUSED, "user": user},
    )


def _is_of_the_pooler(database: Database, code: str | None) -> bool:
    """Whether a refusal is PgBouncer's for want of TLS.

    It has one code for everything, so that only the same login in TLS tells what it lacked.
    """
    encrypted = [offer for offer in database.offers if offer.tls]
    taken = any(offer.answer == "accepted" for offer in encrypted)
    return code == _PROTOCOL and database.pooled and taken


def _refused_by_pooler(user: str) -> Finding:
    return ok(
        f"the pooler refuses an unencrypted connection of {user} from here, and takes the same "
        "one in TLS; the server behind it was not asked",
        hint="`tls-pooler` judges the leg to the server; --database with the server's own "
        "address asks it",
        source="wire",
        data={"answer": "refused", "code": _PROTOCOL, "user": user},
    )


def _judge_plain(database: Database, offer: Offer) -> Finding:
    answer, code, user, reason = offer.answer, offer.code, offer.user, offer.reason
    data = {"answer": answer, "code": code, "user": user}
    if answer == "refused" and code == _REFUSED:
        return ok(
            f"the server refuses an unencrypted connection of {user} from here "
            "(28000, before any password)",
            source="wire",
            data=data,
        )
    if answer == "accepted":
        return problem(
            f"the server takes an unencrypted connection of {user} from here; "
            "it is to refuse it before a password is sent",
            hint=database.provider.refuse_plain if database.provider else _hostssl(database),
            source="wire",
            data=data,
        )
    return undecided(
        f"the server's answer to an unencrypted connection of {user} settles nothing "
        f"({reason or code or answer}); a refusal with 28000 is expected",
        source="wire",
        data=data,
    )


def _hostssl(database: Database) -> str:
    exempt = "; or exempt_loopback: true where clients are on this machine only"
    local = database.has("session") and database.is_local
    return _HOSTSSL + (exempt if local else "")


def _plain_lines(database: Database) -> Iterator[Finding]:
    """Lines that let somebody else in unencrypted; where they cannot be read, nothing."""
    try:
        ways = tuple(ways_in_plain(database))
    except Undecidable:
        return
    for way in ways:
        yield problem(
            f"line {way.number} of pg_hba.conf ({way.text}) takes unencrypted connections; "
            "lines for the network are to be `hostssl`",
            hint="say `hostssl` instead, then SELECT pg_reload_conf()",
            data={"line": way.number, "method": way.method},
        )

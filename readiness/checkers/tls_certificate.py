"""Checkers of the server's certificate: it is valid, and it is the server's own."""

from collections.abc import Iterator
from datetime import datetime

from readiness import Clock, Database, Finding, Undecidable, checker, ok, problem, undecided
from readiness.checkers.tls import refuse_where_senseless


@checker("tls.expiry")
def expiry(database: Database, clock: Clock, *, min_days: int = 30) -> Iterator[Finding]:
    """The server's certificate does not expire soon."""
    refuse_where_senseless(database)
    certificate = database.certificate
    if certificate.not_after is None:
        raise Undecidable("the server showed no certificate whose dates can be read")
    end = datetime.fromisoformat(certificate.not_after)
    days = (end - clock.now()).days
    data = {"not_after": end.date().isoformat(), "days": days}
    if days < 0:
        yield problem(
            f"the server's certificate expired on {end.date()}; it is to be valid",
            hint="replace it, then SELECT pg_reload_conf()",
            source="wire",
            data=data,
        )
    elif days < min_days:
        yield problem(
            f"the server's certificate expires on {end.date()}, in {days} days; "
            f"at least {min_days} are required",
            hint="replace it, then SELECT pg_reload_conf()",
            source="wire",
            data=data,
        )
    else:
        yield ok(f"the server's certificate is valid until {end.date()}", source="wire", data=data)


@checker("tls.verify")
def verify(database: Database) -> Iterator[Finding]:
    """The server's certificate is signed by the known authority, for the server's name."""
    refuse_where_senseless(database)
    certificate = database.certificate
    data = {"trusted": certificate.trusted, "name_matches": certificate.name_matches}
    reason = certificate.reason or "no reason was given"
    if certificate.trusted is None:
        yield undecided(
            "the server's certificate was not verified: no authority is known here",
            hint="name the CA's file with `sslrootcert` in the address",
            source="wire",
            data=data,
        )
    elif not certificate.trusted:
        yield problem(
            f"the server's certificate does not verify ({reason})",
            hint="reissue it by the CA that the clients know",
            source="wire",
            data=data,
        )
    elif certificate.name_matches is None:
        yield undecided(
            "the server's certificate verifies, its name was not compared",
            source="wire",
            data=data,
        )
    elif not certificate.name_matches:
        yield problem(
            f"the server's certificate is for another name ({reason}); "
            "it is to name the host that clients connect to",
            hint="reissue it with the host's name as subjectAltName",
            source="wire",
            data=data,
        )
    else:
        yield ok("the server's certificate verifies, name included", source="wire", data=data)

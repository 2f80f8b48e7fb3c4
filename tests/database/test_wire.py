"""Certificates' dates, and the proof that a password is known, without a server."""

from datetime import UTC, datetime

import pytest
import trustme
from cryptography import x509

from readiness.database.der import validity
from readiness.database.scram import Exchange, md5_answer
from readiness.model.secret import Secret


@pytest.mark.parametrize("year", [2026, 2049, 2050, 2999])
def test_the_dates_of_a_certificate_are_read_from_its_bytes(year: int) -> None:
    end = datetime(year, 3, 1, 12, 30, tzinfo=UTC)
    made = trustme.CA().issue_cert("db.example.com", not_after=end)
    pem = made.cert_chain_pems[0].bytes()
    der = x509.load_pem_x509_certificate(pem).public_bytes(
        __import__("cryptography.hazmat.primitives.serialization", fromlist=["x"]).Encoding.DER
    )

    found = validity(der)

    assert found is not None
    assert found[1] == end.isoformat()


@pytest.mark.parametrize("der", [b"", b"0", b"0\x80", b"\x30\x03\x02\x01\x01", b"\xff" * 64])
def test_what_is_no_certificate_has_no_dates(der: bytes) -> None:
    assert validity(der) is None


def test_the_proof_is_that_of_the_published_example() -> None:
    """The exchange of RFC 7677, section 3, with PostgreSQL's empty name."""
    exchange = Exchange(Secret("pencil"), "rOprNGfwEbeRWgbNEkqO")
    challenge = (
        b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    )

    final = exchange.final(challenge)

    assert final.startswith(b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=")
    assert b"pencil" not in final


@pytest.mark.parametrize(
    "challenge", [b"r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", b"nonsense", b"r=abc,i=1", b"\xff"]
)
def test_a_challenge_that_is_not_for_us_is_refused(challenge: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Exchange(Secret("pencil"), "abc").final(challenge)


def test_an_md5_answer_holds_no_password() -> None:
    answer = md5_answer(Secret("pencil"), "app", b"salt")

    assert len(answer) == 35
    assert b"pencil" not in answer

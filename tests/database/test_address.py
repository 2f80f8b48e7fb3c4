"""Addresses are read by libpq's rules, and never show their password."""

import pickle

import pytest

from readiness.database import Address, AddressError
from readiness.model.secret import Secret

WORD = "s3cr@t/word"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://app:s3cr%40t%2Fword@db.example.com:6432/shop?sslmode=require",
        "postgres://app:s3cr%40t%2Fword@db.example.com:6432/shop?sslmode=require",
        "postgresql+psycopg://app:s3cr%40t%2Fword@db.example.com:6432/shop?sslmode=require",
        "postgresql+asyncpg://app:s3cr%40t%2Fword@db.example.com:6432/shop?ssl=require",
        "host=db.example.com port=6432 dbname=shop user=app password='s3cr@t/word' "
        "sslmode=require",
    ],
)
def test_every_form_of_one_address_is_the_same_address(text: str) -> None:
    address = Address.parse(Secret(text))

    assert (address.host, address.port) == ("db.example.com", 6432)
    assert (address.dbname, address.user, address.sslmode) == ("shop", "app", "require")
    assert address.password == Secret(WORD)
    assert address.masked == "postgresql://app:****@db.example.com:6432/shop?sslmode=require"


def test_words_of_other_drivers_do_not_make_an_address_unreadable() -> None:
    address = Address.parse("postgresql+asyncpg://a:b@h/d?prepared_statement_cache_size=0")

    assert (address.host, address.user, address.dbname) == ("h", "a", "d")


@pytest.mark.parametrize(
    ("text", "socket", "local"),
    [
        ("postgresql:///shop", True, True),
        ("postgresql:///shop?host=/run/postgresql", True, True),
        ("postgresql://localhost/shop", False, True),
        ("postgresql://127.0.0.9/shop", False, True),
        ("postgresql://[::1]/shop", False, True),
        ("postgresql://10.0.0.1/shop", False, False),
        ("postgresql://localhost.example.com/shop", False, False),
    ],
)
def test_sockets_and_loopback_are_told_from_the_network(
    text: str, *, socket: bool, local: bool
) -> None:
    address = Address.parse(text)

    assert address.is_socket is socket
    assert address.is_local is local


@pytest.mark.parametrize(
    "text",
    [
        f"mysql://app:{WORD}@h/d",
        f"postgresql://app:{WORD}@h:notaport/d",
        f"postgresql://app:{WORD}@h:99999/d",
        f"host=h password={WORD} nonsense=1",
        f"host=h password='{WORD}",
        WORD,
        "",
    ],
)
def test_what_is_no_address_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        Address.parse(text)

    assert WORD not in f"{caught.value} {caught.value.hint}"
    assert "word" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.hint


def test_no_text_of_an_address_holds_its_secrets() -> None:
    address = Address.parse(f"host=h user=u password='{WORD}' sslpassword='{WORD}'")

    assert WORD not in f"{address} {address!r} {address.options} {address.without_password!r}"
    assert address.keywords()["sslpassword"] == WORD
    assert "sslpassword" not in address.without_password.options
    with pytest.raises(TypeError):
        pickle.dumps(address)


def test_an_address_can_be_made_of_the_parts_of_a_url() -> None:
    address = Address.of(
        {"username": "app", "password": Secret(WORD), "host": "::1", "port": 5433, "database": "d"}
    )

    assert address.masked == "postgresql://app:****@[::1]:5433/d"
    assert address.place == "[::1]:5433"

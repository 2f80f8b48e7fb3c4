"""Lines of pg_hba.conf as the server gives them."""

import pytest

from readiness.database.access import HbaLine


@pytest.mark.parametrize(
    ("address", "netmask", "prefix", "local", "version"),
    [
        ("0.0.0.0", "0.0.0.0", 0, False, 4),
        ("10.0.0.0", "255.0.0.0", 8, False, 4),
        ("127.0.0.1", "255.255.255.255", 32, True, 4),
        ("::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 128, True, 6),
        ("::", "::", 0, False, 6),
        ("all", None, 0, False, None),
        ("samenet", None, None, False, None),
        ("samehost", None, None, True, None),
        (".example.com", None, None, False, None),
    ],
)
def test_addresses_masks_names_and_keywords(
    address: str, netmask: str | None, prefix: int | None, *, local: bool, version: int | None
) -> None:
    line = HbaLine(1, address=address, netmask=netmask, method="scram-sha-256")

    assert line.prefix == prefix
    assert line.local is local
    assert line.version == version


def test_a_line_for_the_socket_is_local() -> None:
    assert HbaLine(1, kind="local", method="peer").local


def test_a_line_is_shown_as_it_is_written() -> None:
    line = HbaLine(3, "hostssl", ("shop",), ("app", "+ops"), "10.0.0.0", "255.0.0.0", "md5")

    assert str(line) == "hostssl shop app,+ops 10.0.0.0/8 md5"

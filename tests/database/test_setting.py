"""Settings have units, and are compared in seconds and bytes."""

import pytest

from readiness.database.setting import Setting


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("30000", "ms", 30),
        ("30s", "ms", 30),
        ("5min", "ms", 300),
        ("1.5h", "ms", 5400),
        ("10", "s", 10),
        ("1", "min", 60),
        ("-1", "ms", -1),
        ("0", "ms", 0),
        ("250us", "ms", 0.00025),
    ],
)
def test_times_are_compared_in_seconds(text: str, unit: str, seconds: float) -> None:
    assert Setting("statement_timeout", text, unit).seconds == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("text", "unit", "size", "shown"),
    [
        ("16384", "8kB", 128 * 2**20, "128MB"),
        ("65536", "kB", 64 * 2**20, "64MB"),
        ("1024", "MB", 2**30, "1GB"),
        ("16777216", "B", 2**24, "16MB"),
        ("-1", "MB", -1, "-1"),
        ("2GB", "8kB", 2**31, "2GB"),
    ],
)
def test_sizes_are_compared_in_bytes_and_shown_as_people_write_them(
    text: str, unit: str, size: int, shown: str
) -> None:
    setting = Setting("shared_buffers", text, unit)

    assert setting.bytes == size
    assert setting.shown == shown


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("on", True),
        ("always", True),
        ("receipt,authentication", True),
        ("off", False),
        ("", False),
    ],
)
def test_a_level_that_is_not_off_is_on(text: str, *, on: bool) -> None:
    assert Setting("archive_mode", text, kind="enum").on is on


def test_a_value_has_the_type_that_the_server_says() -> None:
    assert Setting("a", "on", kind="bool").value is True
    assert Setting("b", "42", kind="integer").value == 42
    assert Setting("c", "0.5", kind="real").value == 0.5
    assert Setting("d", "42", kind="string").value == "42"


def test_a_list_is_read_without_its_quotes() -> None:
    setting = Setting("shared_preload_libraries", 'pg_stat_statements, "auto_explain",')

    assert setting.items == ("pg_stat_statements", "auto_explain")


def test_what_is_no_amount_says_so() -> None:
    with pytest.raises(ValueError, match="is soon, which is no amount"):
        _ = Setting("statement_timeout", "soon", "ms").seconds

import pytest

from readiness.checkers.credentials import Nature, nature
from readiness.checkers.logins import logins
from readiness.checkers.names import is_password, is_secret


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Nature.EMPTY),
        ("${DB_PASSWORD}", Nature.REFERENCE),
        ("${DB_PASSWORD:?set it}", Nature.REFERENCE),
        ("{{ vault_password }}", Nature.REFERENCE),
        ("$(cat /run/secrets/password)", Nature.REFERENCE),
        ("/run/secrets/password", Nature.REFERENCE),
        ("var.db_password", Nature.REFERENCE),
        (r"(?:pass|pwd)(?:word)?", Nature.REFERENCE),
        (r"^(?=.*[A-Z])(?=.*[0-9]).{12,}$", Nature.REFERENCE),
        ("(pass|pwd)?9xK!zQ7", Nature.VALUE),
        ("${DB_PASSWORD:-postgres}", Nature.SAMPLE),
        ("<set-me>", Nature.PLACEHOLDER),
        ("changeme", Nature.PLACEHOLDER),
        ("change-me-in-production", Nature.PLACEHOLDER),
        ("your-password-here", Nature.PLACEHOLDER),
        ("xxxxxxxx", Nature.PLACEHOLDER),
        ("password", Nature.SAMPLE),
        ("P@ssw0rd!", Nature.SAMPLE),
        ("postgres2024", Nature.SAMPLE),
        ("abc12", Nature.WEAK),
        ("aaaaaaaaaaaa", Nature.WEAK),
        ("$2b$12$KIXQ9vLm2hT8pRw4xYz0Ae", Nature.HASH),
        ("SCRAM-SHA-256$4096:salt$stored:server", Nature.HASH),
        ("nC7vKq92LmRx", Nature.VALUE),
        ("pa$word-Xk29", Nature.VALUE),
    ],
)
def test_a_value_is_told_from_what_only_stands_in_its_place(text: str, expected: Nature) -> None:
    assert nature(text) is expected


def test_a_password_that_is_the_name_of_its_user_is_a_sample() -> None:
    assert nature("Shopkeeper1", near=["shopkeeper"]) is Nature.SAMPLE


@pytest.mark.parametrize("name", ["PASSWORD", "dbPassword", "PGPASSWORD", "DB_PASS_PROD", "pwd"])
def test_names_of_passwords(name: str) -> None:
    assert is_password(name)


@pytest.mark.parametrize(
    "name", ["PASSWORD_MIN_LENGTH", "passwordLabel", "password_reset_url", "compass", "bypass"]
)
def test_names_that_only_contain_the_word(name: str) -> None:
    assert not is_password(name)


def test_names_of_secrets_and_of_counts() -> None:
    assert is_secret("JWT_SECRET_KEY")
    assert is_secret("access_token")
    assert not is_secret("max_tokens")
    assert not is_secret("PRIMARY_KEY")


@pytest.mark.parametrize(
    ("text", "user", "password", "host"),
    [
        ("postgresql+psycopg://app:pw@db:5432/app?sslmode=require", "app", "pw", "db"),
        ("postgresql://app:${DB_PASSWORD:-pw}@db/app", "app", "${DB_PASSWORD:-pw}", "db"),
        ("postgresql://db/app?user=app&password=pw", "app", "pw", "db"),
        ("postgresql://app@db/app", "app", None, "db"),
        ("host=db user=app password='p w' dbname=app", "app", "p w", "db"),
        ("postgresql://app:p%40w@[::1]:5432/app", "app", "p@w", "[::1]"),
    ],
)
def test_addresses_in_the_forms_that_drivers_take(
    text: str, user: str, password: str | None, host: str
) -> None:
    found = next(logins(text))

    assert (found.user, found.password, found.host) == (user, password, host)


def test_references_within_references_have_an_end() -> None:
    text = "${A:-" * 5000 + "postgres" + "}" * 5000

    assert nature(text) is Nature.REFERENCE

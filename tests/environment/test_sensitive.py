import pytest

from readiness.environment.sensitive import is_sensitive, is_sensitive_name, shown, shown_text
from readiness.model.secret import Secret


@pytest.mark.parametrize(
    "name",
    ["PASSWORD", "DB_PASSWORD", "PGPASSWORD", "dbPassword", "OPENAI_API_KEY", "SECRET_KEY",
     "TOKEN",
     "GITHUB_TOKEN", "SENTRY_DSN", "AWS_SECRET_ACCESS_KEY", "JWT_SECRET", "MY_PW", "APIKEY",
     "STRIPE_WEBHOOK", "client_secret", "DBPASS"],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert is_sensitive_name(name)
    assert shown(name, Secret("hunter2")) == "****"


@pytest.mark.parametrize(
    "name",
    ["LEGACY_ENV", "DB_HOST", "PGSSLMODE", "KEYBOARD", "MONKEY", "PASSWORD_MIN_LENGTH",
     "TOKEN_TTL",
     "DB_PASSWORD_FILE", "PWD", "AUTHOR", "POSTGRES_HOST_AUTH_METHOD", ""],
)  # fmt: skip
def test_names_of_anything_else(name: str) -> None:
    assert not is_sensitive_name(name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("postgresql+psycopg://app:pw@db:5432/a?sslmode=require",
         "postgresql+psycopg://app:****@db:5432/a?sslmode=require"),
        ("postgresql://app:p@s/s:w@db/a", "postgresql://app:****@db/a"),
        ("postgresql://app@db/a", "postgresql://app@db/a"),
        ("postgresql://db/a?user=x&password=pw&sslmode=require",
         "postgresql://db/a?user=x&password=****&sslmode=require"),
        ("host=db password='a b' sslmode=require", "host=db password=**** sslmode=require"),
        ("https://key@sentry.example/1", "https://****@sentry.example/1"),
        ("https://x.example/?api_key=zzz", "https://x.example/?api_key=****"),
        ("sk-abcdefghijklmnop", "****"),
        ("ghp_abcdefghij0123", "****"),
        ("-----BEGIN PRIVATE KEY-----", "****"),
        ("9f86d081884c7d659a2feaa0c55ad015", "****"),
        ("0b0e6d2c-7e0a-4f5e-9c1d-1234567890ab", "****"),
        ("production", "production"),
        ("db-prod-01.internal.example.com", "db-prod-01.internal.example.com"),
        ("/usr/local/bin:/usr/bin", "/usr/local/bin:/usr/bin"),
        ("5432", "5432"),
    ],
)  # fmt: skip
def test_a_value_is_shown_without_what_looks_like_a_secret(value: str, expected: str) -> None:
    assert shown_text(value) == expected
    assert is_sensitive("PLAIN", value) is (value != expected)


def test_a_url_is_shown_masked_even_under_the_name_of_a_secret() -> None:
    assert shown("DB_DSN", Secret("postgres://a:b@h/d")) == "postgres://a:****@h/d"


def test_no_value_is_shown_as_nothing() -> None:
    assert shown("PASSWORD", None) == ""
    assert shown("PASSWORD", "") == ""

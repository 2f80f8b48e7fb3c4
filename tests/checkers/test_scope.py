import pytest

from readiness.checkers.key_shapes import looks_random, shape_of
from readiness.checkers.names import environment_of, is_switch
from readiness.checkers.scope import is_aside, is_for, is_template


@pytest.mark.parametrize(
    ("path", "environment", "expected"),
    [
        ("compose.yaml", "production", True),
        ("compose.prod.yaml", "production", True),
        ("compose.prod.yaml", "live", True),
        ("compose.dev.yaml", "production", False),
        ("compose.override.yaml", "production", False),
        ("k8s/overlays/staging/api.yaml", "production", False),
        ("k8s/overlays/staging/api.yaml", "staging", True),
        ("settings/local.py", "production", False),
        ("app/devices.py", "production", True),
    ],
)
def test_a_path_that_names_another_environment_is_not_deployed(
    path: str, environment: str, *, expected: bool
) -> None:
    assert is_for(path, environment) is expected


def test_what_nobody_runs() -> None:
    assert is_aside("tests/test_app.py")
    assert is_aside("README.md")
    assert not is_aside("src/contest/app.py")
    assert is_template(".env.example")
    assert not is_template("app/examples_of_use.py")


def test_switches_and_what_they_say() -> None:
    assert is_switch("LEGACY_ENV")
    assert not is_switch("NODE_ENV")
    assert not is_switch("ENVELOPE")
    assert environment_of("Prod") == environment_of("live")
    assert environment_of("blue") == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "sk-your-key-here-your-key-here-your-key",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "the task-force-of-the-second-age",
    ],
)
def test_keys_that_are_made_up_have_no_shape(text: str) -> None:
    assert shape_of(text) is None


def test_words_do_not_look_random() -> None:
    assert looks_random("Zx81kQpL0vTnR5mYw2Bh")
    assert not looks_random("my-application-session-2024")
    assert not looks_random("app.services.tokens.v2")

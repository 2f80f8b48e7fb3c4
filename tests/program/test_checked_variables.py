# ruff: noqa: E501 - programs as people write them
"""Code that ends start-up itself where a variable is not there cannot do without it."""

import pytest

from tests.program.conftest import Make

NEEDING = [
    "if not (key := os.environ.get('API_KEY')):\n    raise RuntimeError('needed')",
    "keys = {'api': os.getenv('API_KEY')}\nif not keys['api']:\n    raise RuntimeError('needed')",
    "key = os.environ.get('API_KEY')\nif not key:\n    raise RuntimeError('needed')",
    "key = os.getenv('API_KEY', '')\nif key == '':\n    raise RuntimeError('needed')",
    "key = os.getenv('API_KEY')\nif key is None or key == '':\n    raise SystemExit('needed')",
    "if 'API_KEY' not in os.environ or not os.environ['API_KEY']:\n    raise RuntimeError('needed')",
    "import sys\nkey = os.getenv('API_KEY')\nif not key:\n    print('needed')\n    sys.exit(1)",
    "key = os.getenv('API_KEY')\nassert key, 'needed'",
    "key = os.getenv('API_KEY')\nassert key is not None and key",
    "def need(name):\n    value = os.getenv(name)\n    if not value:\n        raise RuntimeError(name)\n    return value\nkey = need('API_KEY')",
    "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    api_key: str | None = None\ns = S()\nif not s.api_key:\n    raise RuntimeError('needed')",
]
DOING_WITHOUT = [
    "key = os.environ.get('API_KEY')\nif not key:\n    print('off')",
    "key = os.environ.get('API_KEY', 'k')\nif not key:\n    raise RuntimeError('needed')",
    "key = os.environ.get('API_KEY')\ntry:\n    if not key:\n        raise RuntimeError('needed')\nexcept RuntimeError:\n    key = 'k'",
    "key = os.environ.get('API_KEY')\nif key == 'wrong':\n    raise RuntimeError('wrong')",
    "def need():\n    if not os.environ.get('API_KEY'):\n        raise RuntimeError('needed')\n",
]


def _needed(program: Make, source: str, variables: dict[str, str | None]) -> set[str]:
    return {one.name for one in program(source, variables).reads() if one.required}


@pytest.mark.parametrize("variables", [{}, {"API_KEY": None}, {"API_KEY": ""}, {"API_KEY": "k1"}])
@pytest.mark.parametrize("source", NEEDING)
def test_a_variable_without_which_the_code_ends_is_needed(
    program: Make, source: str, variables: dict[str, str | None]
) -> None:
    assert "API_KEY" in _needed(program, source, variables)


@pytest.mark.parametrize("variables", [{}, {"API_KEY": None}, {"API_KEY": "k1"}])
@pytest.mark.parametrize("source", DOING_WITHOUT)
def test_one_that_the_code_does_without_is_not(
    program: Make, source: str, variables: dict[str, str | None]
) -> None:
    assert "API_KEY" not in _needed(program, source, variables)

"""Secrets have no text form."""

import copy
import pickle

import pytest

from readiness.model.secret import Secret

CANARY = "canary-7f3a"


def test_no_way_of_showing_a_secret_shows_it() -> None:
    secret = Secret(CANARY)

    shown = [str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", f"{[secret]}"]

    assert not any(CANARY in text for text in shown)


def test_a_secret_cannot_be_pickled_or_copied() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(CANARY))
    with pytest.raises(TypeError):
        copy.deepcopy(Secret(CANARY))


def test_equal_secrets_are_equal_and_others_are_not() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert not Secret("")

"""Where the console of the pooler is: what the user names, or where the pooler was found."""

import pytest

from readiness.database import Address
from readiness.engine.address import choose_pooler
from readiness.model.errors import ReadinessError

URL = "postgresql://stats:hidden-word@pgb.internal:6432/pgbouncer"


def test_a_console_that_nobody_names_is_asked_where_the_pooler_is_found() -> None:
    assert choose_pooler(None) is True
    assert choose_pooler("none") is False


def test_a_console_is_named_by_its_address_or_a_variable() -> None:
    for asked, own in ((URL, {}), ("env:PGB", {"PGB": URL})):
        found = choose_pooler(asked, own)

        assert isinstance(found, Address)
        assert found.place == "pgb.internal:6432"
        assert "hidden-word" not in repr(found)


@pytest.mark.parametrize("asked", ["env:PGB", "pgb:hidden-word@x", "", "mysql://a:hidden-word@b"])
def test_words_without_a_form_are_refused_and_not_shown(asked: str) -> None:
    with pytest.raises(ReadinessError) as caught:
        choose_pooler(asked, {})

    assert "--pooler" in str(caught.value)
    assert "hidden-word" not in f"{caught.value} {caught.value.hint}"

"""What checkers tell the search for a change of variables: what to try, and what is no cure."""

import pytest

from readiness.testing import check, project

HEAD = "from sqlalchemy import create_engine\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_no_network_carries_passes_as_an_exemption(host: str) -> None:
    code = f'{HEAD}engine = create_engine("postgresql://u@{host}/d?sslmode=prefer")\n'

    result = check("engines.ssl", project({"app.py": code}))

    assert result.outcome == "pass"
    assert result.findings[0].data["exempt"]


def test_a_connection_without_tls_tries_stronger_modes_only() -> None:
    code = f'{HEAD}engine = create_engine("postgresql://u@db/d?sslmode=prefer")\n'

    (finding,) = check("engines.ssl", project({"app.py": code})).problems

    assert set(finding.tries) == {"verify-full", "require", "PGSSLMODE=verify-full"}
    assert finding.data["site"] == "app.py:2"


def test_a_pool_tries_sizes_within_the_range() -> None:
    code = f'{HEAD}engine = create_engine("postgresql://u@db/d", pool_size=200)\n'

    (finding,) = check("engines.pool", project({"app.py": code}), min=8, max=15).problems

    assert finding.tries == ("10", "8", "15")

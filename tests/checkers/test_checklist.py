from typing import Any

import pytest

from readiness.testing import check

OWNED = {"owner": "Ann", "review_by": "2026-11-23"}


@pytest.mark.parametrize(
    ("checklists", "outcome"),
    [
        ([OWNED], "pass"),
        ([OWNED | {"review_by": "2026-11-22"}], "fail"),
        ([OWNED | {"owner": " "}], "unknown"),
        ([{"owner": "Ann"}], "unknown"),
        ([{"review_by": "2026-11-22"}], "fail"),
        ([OWNED, {"name": "b"}], "unknown"),
        ([], "not-applicable"),
    ],
)
def test_a_checklist_has_an_owner_and_a_review_to_come(
    checklists: list[dict[str, Any]], outcome: str
) -> None:
    state = {"today": "2026-11-23", "checklists": checklists}

    assert check("checklist.reviewed", state).outcome == outcome

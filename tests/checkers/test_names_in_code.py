"""Names of variables, fields and examples in code are no passwords; what stands beside them is."""

import pytest

from readiness.testing import check

BOTH = ("passwords.default", "secrets.hardcoded")
TWINS = {
    "names of variables": (
        'ENV = {"user": "PGUSER", "password": "PGPASSWORD"}\n',
        'ENV = {"user": "postgres", "password": "PGPASSWORD"}\n',
    ),
    "names of variables of two words": (
        'ENV = {"backup_user": "RESTIC_USER", "backup_password": "RESTIC_PASSWORD"}\n',
        'ENV = {"backup_user": "RESTIC_USER", "backup_password": "ResticHides77"}\n',
    ),
    "a right": (
        'UNIT_FORGOT_PASSWORD = "forgot_password"\n',
        'UNIT_FORGOT_PASSWORD = "forgot_Xk29Lm"\n',
    ),
    "a right to change it": (
        'change_password = "change_password"\n',
        'change_password = "change_Xk29Lm"\n',
    ),
    "a long list of variables": (
        'M = {"a.host": "WEB_HOST", "a.trust": "SEARCH_ENV", "a.password": "YACY_PASSWORD"}\n',
        'M = {"a.host": "WEB_HOST", "a.trust": "SEARCH_ENV", "a.password": "Yacy-Xk29Lm"}\n',
    ),
    "a statement that is put together": (
        "q = \"SELECT 'ALTER ROLE app PASSWORD ''' || secret || ''''\"\n",
        "q = \"ALTER ROLE app PASSWORD 'Xk29Lm-7'\"\n",
    ),
    "a scope": ('SCOPE_RESET_PW = "reset_password"\n', 'SCOPE_RESET_PW = "reset2024"\n'),
    "examples": (
        'd = {"connection_examples": [{"url": "trino://demo:Xk29Lmq7@h/d"}]}\n',
        'd = {"connection_settings": [{"url": "trino://demo:Xk29Lmq7@h/d"}]}\n',
    ),
}


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("checker", BOTH)
def test_a_name_is_told_from_a_password(name: str, checker: str) -> None:
    fine, wrong = (check(checker, {"files": {"app.py": text}}) for text in TWINS[name])

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"

"""Settings of Django in several files, which ``split_settings`` runs one after the other."""

import pytest

from tests.program.conftest import Make

FILES = {
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    "shop/__init__.py": "",
    "shop/settings/__init__.py": """import os
from split_settings.tools import include, optional
include("parts/base.py", f"stages/{os.environ['STAGE']}.py", optional("stages/local.py"))
""",
    "shop/settings/parts/base.py": """DATABASES = {"default": {
    "ENGINE": "django.db.backends.postgresql", "NAME": "shop", "HOST": "db.example.com"}}
""",
    "shop/settings/stages/production.py":
    'DATABASES["default"]["OPTIONS"] = {"sslmode": "verify-full"}\n',
    "shop/settings/stages/test.py": 'DATABASES["default"]["OPTIONS"] = {"sslmode": "prefer"}\n',
}  # fmt: skip
LOCAL = {"shop/settings/stages/local.py": 'DATABASES["default"]["OPTIONS"] = {}\n'}


@pytest.mark.parametrize(
    ("stage", "more", "mode"),
    [
        ("production", {}, "verify-full"),
        ("test", {}, "prefer"),
        ("production", LOCAL, "prefer"),
    ],
)
def test_what_is_included_last_counts(
    program: Make, stage: str, more: dict[str, str], mode: str
) -> None:
    made = program("", {"STAGE": stage}, head=False, files={**FILES, **more})

    assert [one.sslmode for one in made.engines()] == [mode]

# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]

KEY = "w9!k2$x8v#n3@p5^q7&z1*m4(r6)t0-y"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI4MTc0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
PUBLIC = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"

HEADER = "-----BEGIN PRIVATE KEY-----"

PACKED = 'labels = {{password: "Anmelden42", other: "{}"}}\n'
TWINS = [
    pytest.param({"a.py": f'ok = key.startswith("{HEADER}")\n'},
                 {"a.py": f'KEY = "{HEADER}\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ"\n'},
                 "a.py:1", id="the first line of a key"),
    pytest.param({"a.py": 'options = dict(user="user", password="passwd")\n'},
                 {"a.py": 'options = dict(user="user", password="passwd1")\n'}, "a.py:1",
                 id="a name for a name"),
    pytest.param({"s.py": 'SECRET_KEY = os.environ["SECRET_KEY"]\n'}, {"s.py": f'SECRET_KEY = "{KEY}"\n'},
                 "s.py:1", id="a key with punctuation"),
    pytest.param({"s.py": 'KEY = "django-insecure-" + generated\n'},
                 {"s.py": f'KEY = "django-insecure-{KEY}abcdefgh"\n'}, "s.py:1", id="a key of startproject"),
    pytest.param({"s.py": f'ANON = "{PUBLIC}"\n'}, {"s.py": f'HEADER = "Bearer {TOKEN}"\n'}, "s.py:1",
                 id="a signed token"),
    pytest.param({".env.example": "OPENAI_API_KEY=sk-proj-your-api-key-goes-here-0123456789abcdef\n"},
                 {".env.example": "OPENAI_API_KEY=sk-proj-Zx81kQpL0vTnR5mYw2BhJ7cDfGa9sEuX3iOq\n"},
                 ".env.example:1", id="a real key in a template"),
    pytest.param({"a.py": 'client = Client(api_key=os.environ["OPENAI_API_KEY"])\n'},
                 {"a.py": 'client = Client(api_key="sk-proj-Zx81kQpL0vTnR5mYw2BhJ7cDfGa9sEuX3iOq")\n'},
                 "a.py:1", id="a key by its shape"),
    pytest.param({"notebooks/a.ipynb": '{"source": ["key = os.environ[1]\\n"]}\n'},
                 {"notebooks/a.ipynb": '{"source": ["key = \'sk-proj-Zx81kQpL0vTnR5mYw2BhJ7cDfGa9sEuX3iOq\'\\n"]}\n'},
                 "notebooks/a.ipynb:1", id="a key in a notebook"),
    pytest.param({"a.py": 'KEY = "AKIAIOSFODNN7EXAMPLE"\n'}, {"a.py": 'KEY = "AKIA3QZ7LMNP5RTXW2KD"\n'},
                 "a.py:1", id="the key of the documentation"),
    pytest.param({"a.py": 'API_KEY = "your-api-key-here"\n'}, {"a.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2"\n'},
                 "a.py:1", id="a placeholder"),
    pytest.param({"a.py": 'API_KEY_HEADER = "X-API-Key"\nACCESS_TOKEN = "access_token"\n'},
                 {"a.py": 'ACCESS_TOKEN = "qV2-91kLmzT8xW4rPb7n"\n'}, "a.py:1", id="a name"),
    pytest.param({"a.py": 'KEY = "TESTING"\napp.config[KEY] = "swordfish42"\n'},
                 {"a.py": 'KEY = "SECRET_KEY"\napp.config[KEY] = "swordfish42"\n'}, "a.py:2",
                 id="a key that has a name"),
    pytest.param({"a.py": 'KEY = "SECRET_KEY"\nKEY = "TESTING"\napp.config[KEY] = "swordfish42"\n'},
                 {"a.py": 'class Keys:\n    sign = "x"\n    KEY = "SECRET_KEY"\napp.config.update({Keys.KEY: "swordfish42"})\n'}, "a.py:4",
                 id="a key that has one name"),
    pytest.param({"a.py": 'JWT_SECRET = os.getenv("JWT_SECRET")\n'},
                 {"a.py": 'JWT_SECRET = os.getenv("JWT_SECRET", "supersecret")\n'}, "a.py:1",
                 id="the default of getenv"),
    pytest.param({"a.py": 'EXPECTED_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"\n'},
                 {"a.py": 'SIGNING_KEY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"\n'},
                 "a.py:1", id="a checksum"),
    pytest.param({"a.py": 'URL = "postgresql://app@db/app"\n'},
                 {"a.py": 'URL = "postgresql://app:Zx81kQpL0vTn@db/app"\n'}, "a.py:1", id="an address"),
    pytest.param({"a.py": '"""Connects to postgresql://app:Zx81kQpL0vTn@db/app."""\n'},
                 {"a.py": 'URL = "postgresql://app:Zx81kQpL0vTn@db/app"\n'}, "a.py:1",
                 id="a docstring"),
    pytest.param({"k.yaml": "kind: ConfigMap\ndata:\n  key: Wng4MWtRcEwwdlRuUjVtWXcyQmg=\n"},
                 {"k.yaml": "kind: Secret\ndata:\n  key: Wng4MWtRcEwwdlRuUjVtWXcyQmg=\n"}, "k.yaml:3",
                 id="a manifest"),
    pytest.param({".env.production": "API_KEY=Zx81kQpL0vTnR5mYw2Bh\n", ".gitignore": ".env*\n"},
                 {".env.production": "API_KEY=Zx81kQpL0vTnR5mYw2Bh\n", ".gitignore": "*.pyc\n"},
                 ".env.production:1", id="an env file that git keeps out"),
    pytest.param({".github/workflows/a.yml": "permissions:\n  id-token: write\n"},
                 {".github/workflows/a.yml": "env:\n  TOKEN: ghp_Zx81kQpL0vTnR5mYw2BhJ7cDfGa9sEuX3iOq\n"},
                 ".github/workflows/a.yml:2", id="a pipeline"),
    pytest.param({"s.py": 'CLIENT_SECRET = "your-client-secret"\n'}, {"s.py": 'SECRET_KEY = "your-secret-key"\n'},
                 "s.py:1", id="a placeholder signs as well as any text"),
    pytest.param({".env.staging": "SECRET_KEY=changethis\n", "a.py": "x = 1\n", ".gitignore": "*.pyc\n"},
                 {".env.production": "SECRET_KEY=changethis\n", ".gitignore": "*.pyc\n"}, ".env.production:1",
                 id="a placeholder in an env file that is deployed"),
    pytest.param({"s.py": 'SECRET_KEY = os.environ["KEY"]\n'}, {"s.py": 'app.secret_key = "super secret key"\n'},
                 "s.py:1", id="a phrase signs as well as any text"),
    pytest.param({"s.py": 'K = os.getenv("SECRET_KEY", "changeme")\n', ".env.production": "SECRET_KEY=${K}\n"},
                 {"s.py": 'K = os.getenv("SECRET_KEY", "changeme")\n', ".env.production": "OTHER=1\n"},
                 "s.py:1", id="the default of a signing key"),
    pytest.param({"s.py": 'fields = {"password": "Database password"}\n'},
                 {"s.py": 'fields = {"password": "Database4You"}\n'}, "s.py:1", id="words about a password"),
    pytest.param({"s.py": 'REASON_NO_SECRET = "no_secret"\n'}, {"s.py": 'APP_NO_SECRET = "no_secret"\n'},
                 "s.py:1", id="a reason of a list"),
    pytest.param({"s.py": 'uri_placeholder = "postgresql://user:password@host/db"\n'},
                 {"s.py": 'uri = "postgresql://user:password@host/db"\n'}, "s.py:1", id="words for readers"),
    pytest.param({"s.py": 'POSTHOG_API_KEY = "phc_Zx81kQpL0vTnR5mYw2BhJ7cDfGa9sEuX3iOq"\n'},
                 {"s.py": 'POSTHOG_API_KEY = "phx_Zx81kQpL0vTnR5mYw2BhJ7cDfGa9sEuX3iOq"\n'}, "s.py:1",
                 id="a key that every visitor gets"),
    pytest.param({"a.json": '{"password": true}\n'}, {"a.json": '{"password": "true-Zx81kQ"}\n'}, "a.json:1",
                 id="a truth value is no text"),
    pytest.param({"a.js": PACKED.format("x" * 1000), "a.py": "x = 1\n"}, {"a.js": PACKED.format("x")}, "a.js:1",
                 id="a script that a tool packed"),
    pytest.param({"app/tests.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n', "a.py": "x = 1\n"},
                 {"app/testers.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n'}, "app/testers.py:1", id="Django's tests"),
    pytest.param({"unit_tests/a.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n', "a.py": "x = 1\n"},
                 {"contests/a.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n'}, "contests/a.py:1", id="a folder of tests"),
    pytest.param({"tests/test_a.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n', "a.py": "x = 1\n"},
                 {"a.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n'}, "a.py:1", id="a test"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("secrets.hardcoded", {"files": good})
    wrong = check("secrets.hardcoded", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert [str(one.at) for one in wrong.problems] == [line]


def test_nobody_knows_whether_a_file_without_git_is_committed() -> None:
    result = check(
        "secrets.hardcoded", {"files": {".env.production": "API_KEY=Zx81kQpL0vTnR5mYw\n"}}
    )

    assert result.outcome == "unknown"
    assert ".gitignore" in (result.undecided[0].hint or "")


def test_a_pass_says_what_was_searched() -> None:
    result = check(
        "secrets.hardcoded",
        {"files": {"a.py": 'password = "${PW}"\nb = "two"\n', "b.py": "c = 1"}},
    )

    assert result.oks[0].message == "no secret in 2 files, of which 2 texts were judged"


def test_files_that_are_allowed_are_left_out() -> None:
    state = {"files": {"keys.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n', "a.py": "x = 1\n"}}

    assert check("secrets.hardcoded", state, allow=["keys.py"]).outcome == "pass"


def test_no_finding_shows_the_secret() -> None:
    result = check("secrets.hardcoded", {"files": {"a.py": 'API_KEY = "Zx81kQpL0vTnR5mYw2Bh"\n'}})

    assert "Zx81kQpL0vTnR5mYw2Bh" not in repr(result)

"""What Compose mounts as secrets: its own files, variables and external ones."""

import pytest

from readiness.testing import check

Files = dict[str, str]

REAL = "nC7vKq92LmRx4Tz0\n"


def mounted(top: str, entry: str = "store", file: str = "store", key: str = "secrets") -> Files:
    text = f"""
services:
  api:
    image: acme/api:1
    environment: {{DB_PASSWORD_FILE: /run/secrets/{file}}}
    {key}: [{entry}]
{key}:
  store: {{{top}}}
"""
    return {"compose.yaml": text.lstrip()}


LONG = "{source: store, target: /run/secrets/db}"
MERGED = mounted("file: ./pw.txt") | {"pw.txt": REAL}
PRODUCTION = "services: {{api: {{restart: always}}}}\nsecrets: {{store: {{{}}}}}\n"

PASSWORDS = [
    pytest.param(mounted("file: ./a.txt") | {".gitignore": "*.txt\n", "a.txt": REAL},
                 mounted("file: ./a.txt") | {".gitignore": "*.txt\n", "a.txt": "changeme\n"},
                 "a.txt:1", id="a sample in a file that git ignores is what is deployed"),
    pytest.param(mounted("file: ./a.txt") | {".gitignore": "a.txt\n", "a.txt": REAL},
                 mounted("file: ./a.txt") | {".gitignore": "b.txt\n", "a.txt": REAL},
                 "a.txt:1", id="a value that git keeps out"),
    pytest.param(mounted("file: ./a.txt", LONG, "other") | {"a.txt": "changeme\n"},
                 mounted("file: ./a.txt", LONG, "db") | {"a.txt": "changeme\n"},
                 "a.txt:1", id="a variable that names the target"),
    pytest.param(mounted("file: '${D:-./s}/a.txt'") | {"a.txt": "changeme\n"},
                 mounted("file: '${D:-./s}/a.txt'") | {"s/a.txt": "changeme\n"},
                 "s/a.txt:1", id="a folder in a variable"),
    pytest.param(MERGED | {"compose.production.yaml": PRODUCTION.format("external: true")},
                 MERGED | {"compose.production.yaml": PRODUCTION.format("file: ./pw.txt")},
                 "pw.txt:1", id="the file of production says external"),
    pytest.param(mounted("external: true", key="configs") | {"a.txt": "changeme\n"},
                 mounted("file: ./a.txt", key="configs") | {"a.txt": "changeme\n"},
                 "a.txt:1", id="a config that holds a password"),
]  # fmt: skip
SECRETS = [
    pytest.param(mounted("external: true") | {"a.txt": REAL},
                 mounted("file: ./a.txt") | {"a.txt": REAL},
                 "a.txt:1", id="a file in the repository"),
    pytest.param(mounted("environment: PW"), mounted("file: ./a") | {"a": REAL}, "a:1",
                 id="a variable of the shell"),
    pytest.param(mounted("file: ./a") | {"a": REAL, ".gitignore": "/a\n"},
                 mounted("file: ./a") | {"a": REAL, ".gitignore": "/b\n"}, "a:1",
                 id="a file that git ignores"),
    pytest.param(mounted("file: ./a") | {"a": "\n"}, mounted("file: ./a") | {"a": REAL}, "a:1",
                 id="an empty file"),
    pytest.param(mounted("file: ./a") | {"a": "<put-the-password-here>\n"},
                 mounted("file: ./a") | {"a": REAL}, "a:1", id="a placeholder"),
    pytest.param(mounted("file: ./a", key="configs") | {"a": "listen 80;\nroot /srv;\n"},
                 mounted("file: ./a", key="configs") | {"a": REAL}, "a:1",
                 id="a configuration of a server"),
]  # fmt: skip


def judged(rule: str, files: Files) -> list[str]:
    result = check(rule, {"files": files})
    assert REAL.strip() not in repr(result)
    return [str(one.at) for one in result.problems]


@pytest.mark.parametrize(("good", "bad", "at"), PASSWORDS)
def test_only_the_password_that_is_mounted_is_a_problem(good: Files, bad: Files, at: str) -> None:
    assert judged("passwords.default", bad) == [at]
    assert not judged("passwords.default", good)


@pytest.mark.parametrize(("good", "bad", "at"), SECRETS)
def test_only_a_value_in_the_repository_is_written_out(good: Files, bad: Files, at: str) -> None:
    assert judged("secrets.hardcoded", bad) == [at]
    assert not judged("secrets.hardcoded", good)

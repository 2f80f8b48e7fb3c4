# ruff: noqa: E501 - a small file stands in one line
"""Secrets that no name, or only a place, gives away."""

import base64

import pytest

from readiness.testing import check

Files = dict[str, str]

KEY = "Zx81kQpL0vTnR5mYw2Bh"
PAIR = base64.b64encode(b"app:Gr33n-table-91").decode()
PRIVATE = base64.b64encode(
    b"-----BEGIN RSA PRIVATE KEY-----\n" + b"MIIEowIBAAKCAQEAu1SU" * 6
).decode()
TITLE, BODY = "-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEAu1SU" * 3
PUBLIC = base64.b64encode(b"-----BEGIN CERTIFICATE-----\n" + b"MIIEowIBAAKCAQEAu1SU" * 6).decode()

TWINS = [
    pytest.param({"a.py": "app.secret_key = token_bytes(16)\n"}, {"a.py": f'app.secret_key = b"{KEY}"\n'},
                 "a.py:1", id="bytes"),
    pytest.param({"a.py": 'jwt.encode(claims, key, algorithm="HS256")\n'},
                 {"a.py": 'jwt.encode(claims, "my-signing-words", algorithm="HS256")\n'}, "a.py:1",
                 id="the second argument of jwt.encode"),
    pytest.param({"a.py": "box = Fernet(key)\n"}, {"a.py": f'box = Fernet(b"{KEY}")\n'}, "a.py:1",
                 id="the argument of Fernet"),
    pytest.param({"a.py": 'key = Fernet(text.encode("utf-8"))\n'}, {"a.py": f'key = Fernet("{KEY}".encode())\n'},
                 "a.py:1", id="a text that is encoded, and the name of an encoding"),
    pytest.param({"a.py": 'password = " ".join(words)\n'}, {"a.py": f'password = "{KEY}".strip()\n'}, "a.py:1",
                 id="a text that joins others"),
    pytest.param({"a.py": "found = r'ssh://(?:[^@]*@)?([^.]*).example.net/(.*)$'\n"},
                 {"a.py": f'found = "ssh://me:{KEY}@git.example.net/x"\n'}, "a.py:1", id="a pattern for addresses"),
    pytest.param({"a.py": 'get(auth=("app", os.environ["PW"]))\n'}, {"a.py": 'get(auth=("app", "Gr33n-table"))\n'},
                 "a.py:1", id="the second of a pair"),
    pytest.param({"a.py": 'h = {"Authorization": f"Bearer {token}"}\n'},
                 {"a.py": f'h = {{"Authorization": "Bearer {KEY}"}}\n'}, "a.py:1", id="a bearer's header"),
    pytest.param({"a.py": 'h = {"Authorization": "Basic realm"}\n'},
                 {"a.py": f'h = {{"Authorization": "Basic {PAIR}"}}\n'}, "a.py:1", id="a login's header"),
    pytest.param({"a.py": 'ok = token == "access_token"\n'}, {"a.py": f'ok = token == "{KEY}"\n'}, "a.py:1",
                 id="a comparison"),
    pytest.param({"a.py": f'ok = "{KEY}" != digest\n'}, {"a.py": f'ok = "{KEY}" != api_token\n'}, "a.py:1",
                 id="a comparison from its other side"),
    pytest.param({"a.py": "add(Sessions, secret_key=config.key)\n"}, {"a.py": 'add(Sessions, secret_key="dev")\n'},
                 "a.py:1", id="any word signs"),
    pytest.param({"a.py": 'K = os.getenv("SECRET_KEY")\n'}, {"a.py": 'K = os.getenv("SECRET_KEY", "local-words-only")\n'},
                 "a.py:1", id="any default signs"),
    pytest.param({"a.py": "password = SecretStr(given)\n"}, {"a.py": f'password = SecretStr("{KEY}")\n'}, "a.py:1",
                 id="a text in other clothes"),
    pytest.param({"a.json": '{"auths": {"r.io": {"auth": ""}}}\n'},
                 {"a.json": f'{{"auths": {{"r.io": {{"auth": "{PAIR}"}}}}}}\n'}, "a.json:1",
                 id="a login for a registry"),
    pytest.param({"a.js": 'const said = passed ? "PASS" : "FAILED1";\n', "a.py": "x = 1\n"},
                 {"a.js": 'const said = {"PASS" : "FAILED1x"};\n'}, "a.js:1", id="a choice of two words"),
    pytest.param({"kube.yaml": f"client-certificate-data: {PUBLIC}\n"}, {"kube.yaml": f"client-key-data: {PRIVATE}\n"},
                 "kube.yaml:1", id="a key in base64"),
    pytest.param({"a.tf": 'db = "x"\n', "a.py": "x = 1\n"}, {"terraform.tfstate": f'"password": "{KEY}"\n'},
                 "terraform.tfstate:1", id="the state of Terraform"),
    pytest.param({"t.json": '[{"name": "API_TOKEN", "valueFrom": "arn:aws:secretsmanager:x"}]\n'},
                 {"t.json": f'[{{"name": "API_TOKEN", "value": "{KEY}"}}]\n'}, "t.json:1", id="a name beside its value"),
    pytest.param({"c.yaml": "Parameters:\n  DbPassword:\n    NoEcho: true\n    MinLength: 12\n"},
                 {"c.yaml": f"Parameters:\n  DbPassword:\n    NoEcho: true\n    Default: {KEY}\n"}, "c.yaml:4",
                 id="a default below its name"),
    pytest.param({"login.schema.json": '{"properties": {\n  "password": {\n    "default": "guest"\n  }}}\n'},
                 {"login.json": '{"properties": {\n  "password": {\n    "value": "Gr33n-table"\n  }}}\n'},
                 "login.json:3", id="what a schema allows"),
    pytest.param({"a.py": "ok = compare_digest(token, given)\n"}, {"a.py": f'ok = hmac.compare_digest("{KEY}".encode(), token)\n'},
                 "a.py:1", id="a comparison in constant time"),
    pytest.param({"a.py": 'h = {"Authorization": "Bearer " + token}\n'}, {"a.py": f'h = {{"Authorization": "Bearer " + "{KEY}"}}\n'},
                 "a.py:1", id="a header in two texts"),
    pytest.param({"Dockerfile": "FROM python\nENV API_TOKEN $TOKEN\n"}, {"Dockerfile": f"FROM python\nENV API_TOKEN {KEY}\n"},
                 "Dockerfile:2", id="a variable without its sign"),
    pytest.param({"a.sh": 'curl -H "Authorization: Bearer $TOKEN"\n'}, {"a.sh": f'curl -H "Authorization: Bearer {KEY}"\n'},
                 "a.sh:1", id="the header of a command"),
    pytest.param({"a.py": "x = 1  # sk-… of the shop\n"}, {"a.py": "x = 1  # sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1B4dF7hJ0\n"},
                 "a.py:1", id="a key in a comment"),
    pytest.param({"a.py": "x = 1\n", "notes.txt": f"paste it:\n{TITLE}\n...\n"}, {"a.py": "x = 1\n", "notes.txt": f"mine:\n{TITLE}\n{BODY}\n"},
                 "notes.txt:2", id="a key in notes"),
    pytest.param({"a.py": "x = 1\n", "tests/deploy": f"{TITLE}\n{BODY}\n"}, {"a.py": "x = 1\n", "ops/deploy": f"{TITLE}\n{BODY}\n"},
                 "ops/deploy:1", id="a key in a file without an ending"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("secrets.hardcoded", {"files": good})
    wrong = check("secrets.hardcoded", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert [str(one.at) for one in wrong.problems] == [line]

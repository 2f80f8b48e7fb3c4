# ruff: noqa: E501 - a table
"""`urllib.parse`. The values are what Python 3.11 itself gave."""

import pytest

from tests.program.conftest import Make

ADDRESSES = (
    "postgresql://app:pw@db.internal:5432/shop?sslmode=require",
    "postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=1&a=2&b=#frag",
    "//h/p",
    "postgres://u:p@h:abc/d",
)
SAID = {
    "urlsplit(u).scheme": ("'postgresql'", "'postgres'", "''", "'postgres'"),
    "urlsplit(u).netloc": (
        "'app:pw@db.internal:5432'",
        "'a%40b:p%40ss%2Fw@[::1]:6432'",
        "'h'",
        "'u:p@h:abc'",
    ),
    "urlsplit(u).path": ("'/shop'", "'/my%20db'", "'/p'", "'/d'"),
    "urlsplit(u).query": ("'sslmode=require'", "'a=1&a=2&b='", "''", "''"),
    "urlsplit(u).fragment": ("''", "'frag'", "''", "''"),
    "urlsplit(u).hostname": ("'db.internal'", "'::1'", "'h'", "'h'"),
    "urlsplit(u).port": ("5432", "6432", "None", "EXC"),
    "urlsplit(u).username": ("'app'", "'a%40b'", "None", "'u'"),
    "urlsplit(u).password": ("'pw'", "'p%40ss%2Fw'", "None", "'p'"),
    "urlsplit(u).geturl()": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=1&a=2&b=#frag'",
        "'//h/p'",
        "'postgres://u:p@h:abc/d'",
    ),
    "urlparse(u).params": ("''", "''", "''", "''"),
    'urlparse(u).path.lstrip("/")': ("'shop'", "'my%20db'", "'p'", "'d'"),
    'urlparse(u)._replace(scheme="x").geturl()': (
        "'x://app:pw@db.internal:5432/shop?sslmode=require'",
        "'x://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=1&a=2&b=#frag'",
        "'x://h/p'",
        "'x://u:p@h:abc/d'",
    ),
    'urlsplit(u)._replace(query="a=b").geturl()': (
        "'postgresql://app:pw@db.internal:5432/shop?a=b'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=b#frag'",
        "'//h/p?a=b'",
        "'postgres://u:p@h:abc/d?a=b'",
    ),
    'urlsplit(u)._replace(netloc="n").geturl()': (
        "'postgresql://n/shop?sslmode=require'",
        "'postgres://n/my%20db?a=1&a=2&b=#frag'",
        "'//n/p'",
        "'postgres://n/d'",
    ),
    'urlsplit(u)._replace(path="/p").geturl()': (
        "'postgresql://app:pw@db.internal:5432/p?sslmode=require'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/p?a=1&a=2&b=#frag'",
        "'//h/p'",
        "'postgres://u:p@h:abc/p'",
    ),
    "urlunsplit(urlsplit(u))": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=1&a=2&b=#frag'",
        "'//h/p'",
        "'postgres://u:p@h:abc/d'",
    ),
    "urlunparse(urlparse(u))": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=1&a=2&b=#frag'",
        "'//h/p'",
        "'postgres://u:p@h:abc/d'",
    ),
    'urlunsplit(("s", "n", "/p", "q=1", ""))': (
        "'s://n/p?q=1'",
        "'s://n/p?q=1'",
        "'s://n/p?q=1'",
        "'s://n/p?q=1'",
    ),
    'urlunsplit((urlsplit(u).scheme, "h", "d", "", ""))': (
        "'postgresql://h/d'",
        "'postgres://h/d'",
        "'//h/d'",
        "'postgres://h/d'",
    ),
    "parse_qs(urlsplit(u).query)": ("{'sslmode': ['require']}", "{'a': ['1', '2']}", "{}", "{}"),
    "parse_qsl(urlsplit(u).query)": (
        "[('sslmode', 'require')]",
        "[('a', '1'), ('a', '2')]",
        "[]",
        "[]",
    ),
    "parse_qs(urlsplit(u).query, keep_blank_values=True)": (
        "{'sslmode': ['require']}",
        "{'a': ['1', '2'], 'b': ['']}",
        "{}",
        "{}",
    ),
    'dict(parse_qsl(urlsplit(u).query)).get("sslmode")': ("'require'", "None", "None", "None"),
    "{k: v[0] for k, v in parse_qs(urlsplit(u).query).items()}": (
        "{'sslmode': 'require'}",
        "{'a': '1'}",
        "{}",
        "{}",
    ),
    "urlencode(parse_qsl(urlsplit(u).query))": ("'sslmode=require'", "'a=1&a=2'", "''", "''"),
    "urlencode(parse_qs(urlsplit(u).query), doseq=True)": (
        "'sslmode=require'",
        "'a=1&a=2'",
        "''",
        "''",
    ),
    'urlsplit(u)._replace(query=urlencode({**dict(parse_qsl(urlsplit(u).query)), "sslmode": "require"})).geturl()': (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=2&sslmode=require#frag'",
        "'//h/p?sslmode=require'",
        "'postgres://u:p@h:abc/d?sslmode=require'",
    ),
    'unquote(urlsplit(u).password or "")': ("'pw'", "'p@ss/w'", "''", "'p'"),
    "tuple(urlsplit(u))": (
        "('postgresql', 'app:pw@db.internal:5432', '/shop', 'sslmode=require', '')",
        "('postgres', 'a%40b:p%40ss%2Fw@[::1]:6432', '/my%20db', 'a=1&a=2&b=', 'frag')",
        "('', 'h', '/p', '', '')",
        "('postgres', 'u:p@h:abc', '/d', '', '')",
    ),
    "len(urlparse(u))": ("6", "6", "6", "6"),
    "urlsplit(u)[1]": (
        "'app:pw@db.internal:5432'",
        "'a%40b:p%40ss%2Fw@[::1]:6432'",
        "'h'",
        "'u:p@h:abc'",
    ),
    "urlparse(u)[4]": ("'sslmode=require'", "'a=1&a=2&b='", "''", "''"),
    "list(urlsplit(u))": (
        "['postgresql', 'app:pw@db.internal:5432', '/shop', 'sslmode=require', '']",
        "['postgres', 'a%40b:p%40ss%2Fw@[::1]:6432', '/my%20db', 'a=1&a=2&b=', 'frag']",
        "['', 'h', '/p', '', '']",
        "['postgres', 'u:p@h:abc', '/d', '', '']",
    ),
    "urlsplit(u) == urlsplit(u)": ("True", "True", "True", "True"),
    'urlsplit(u).netloc.rpartition("@")[2]': (
        "'db.internal:5432'",
        "'[::1]:6432'",
        "'h'",
        "'h:abc'",
    ),
    'urlsplit(u).netloc.split("@")[-1].split(":")[0]': ("'db.internal'", "'['", "'h'", "'h'"),
    "quote(u)": (
        "'postgresql%3A//app%3Apw%40db.internal%3A5432/shop%3Fsslmode%3Drequire'",
        "'postgres%3A//a%2540b%3Ap%2540ss%252Fw%40%5B%3A%3A1%5D%3A6432/my%2520db%3Fa%3D1%26a%3D2%26b%3D%23frag'",
        "'//h/p'",
        "'postgres%3A//u%3Ap%40h%3Aabc/d'",
    ),
    'quote(u, safe="")': (
        "'postgresql%3A%2F%2Fapp%3Apw%40db.internal%3A5432%2Fshop%3Fsslmode%3Drequire'",
        "'postgres%3A%2F%2Fa%2540b%3Ap%2540ss%252Fw%40%5B%3A%3A1%5D%3A6432%2Fmy%2520db%3Fa%3D1%26a%3D2%26b%3D%23frag'",
        "'%2F%2Fh%2Fp'",
        "'postgres%3A%2F%2Fu%3Ap%40h%3Aabc%2Fd'",
    ),
    "quote_plus(u)": (
        "'postgresql%3A%2F%2Fapp%3Apw%40db.internal%3A5432%2Fshop%3Fsslmode%3Drequire'",
        "'postgres%3A%2F%2Fa%2540b%3Ap%2540ss%252Fw%40%5B%3A%3A1%5D%3A6432%2Fmy%2520db%3Fa%3D1%26a%3D2%26b%3D%23frag'",
        "'%2F%2Fh%2Fp'",
        "'postgres%3A%2F%2Fu%3Ap%40h%3Aabc%2Fd'",
    ),
    "unquote(quote_plus(u))": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=1&a=2&b=#frag'",
        "'//h/p'",
        "'postgres://u:p@h:abc/d'",
    ),
    "unquote_plus(u)": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgres://a@b:p@ss/w@[::1]:6432/my db?a=1&a=2&b=#frag'",
        "'//h/p'",
        "'postgres://u:p@h:abc/d'",
    ),
    'urlencode({"u": u, "n": 1, "t": True})': (
        "'u=postgresql%3A%2F%2Fapp%3Apw%40db.internal%3A5432%2Fshop%3Fsslmode%3Drequire&n=1&t=True'",
        "'u=postgres%3A%2F%2Fa%2540b%3Ap%2540ss%252Fw%40%5B%3A%3A1%5D%3A6432%2Fmy%2520db%3Fa%3D1%26a%3D2%26b%3D%23frag&n=1&t=True'",
        "'u=%2F%2Fh%2Fp&n=1&t=True'",
        "'u=postgres%3A%2F%2Fu%3Ap%40h%3Aabc%2Fd&n=1&t=True'",
    ),
    'urlencode([("a", u), ("a", "x y")])': (
        "'a=postgresql%3A%2F%2Fapp%3Apw%40db.internal%3A5432%2Fshop%3Fsslmode%3Drequire&a=x+y'",
        "'a=postgres%3A%2F%2Fa%2540b%3Ap%2540ss%252Fw%40%5B%3A%3A1%5D%3A6432%2Fmy%2520db%3Fa%3D1%26a%3D2%26b%3D%23frag&a=x+y'",
        "'a=%2F%2Fh%2Fp&a=x+y'",
        "'a=postgres%3A%2F%2Fu%3Ap%40h%3Aabc%2Fd&a=x+y'",
    ),
    'urljoin(u, "/other")': ("'/other'", "'/other'", "'//h/other'", "'/other'"),
    "bool(urlsplit(u).query)": ("True", "True", "False", "False"),
    'urlsplit(u).scheme in ("postgres", "postgresql")': ("True", "True", "False", "True"),
    'urlsplit(u).scheme.startswith("postgres")': ("True", "True", "False", "True"),
    '(urlsplit(u).hostname or "localhost")': ("'db.internal'", "'::1'", "'h'", "'h'"),
    "urlsplit(u).port or 5432": ("5432", "6432", "5432", "EXC"),
    '"sslmode" in urlsplit(u).query': ("True", "False", "False", "False"),
    "urlsplit(url=u).path[1:]": ("'shop'", "'my%20db'", "'p'", "'d'"),
    "scheme + netloc if (scheme := urlsplit(u).scheme) and (netloc := urlsplit(u).netloc) else None": (
        "'postgresqlapp:pw@db.internal:5432'",
        "'postgresa%40b:p%40ss%2Fw@[::1]:6432'",
        "None",
        "'postgresu:p@h:abc'",
    ),
    'urlsplit(u, scheme="dflt").scheme': ("'postgresql'", "'postgres'", "'dflt'", "'postgres'"),
    "[*urlsplit(u)][0]": ("'postgresql'", "'postgres'", "''", "'postgres'"),
    "(lambda s, n, p, q, f: p)(*urlsplit(u))": ("'/shop'", "'/my%20db'", "'/p'", "'/d'"),
    'urlsplit(u)._asdict()["path"]': ("'/shop'", "'/my%20db'", "'/p'", "'/d'"),
    'urlencode({"a": "b c/d"}, quote_via=quote)': (
        "'a=b%20c%2Fd'",
        "'a=b%20c%2Fd'",
        "'a=b%20c%2Fd'",
        "'a=b%20c%2Fd'",
    ),
    'urlencode({"a": "b/c"}, safe="/")': ("'a=b/c'", "'a=b/c'", "'a=b/c'", "'a=b/c'"),
    'urlencode({"l": ["1","2"]})': (
        "'l=%5B%271%27%2C+%272%27%5D'",
        "'l=%5B%271%27%2C+%272%27%5D'",
        "'l=%5B%271%27%2C+%272%27%5D'",
        "'l=%5B%271%27%2C+%272%27%5D'",
    ),
    'urlencode({"l": ["1","2"]}, True)': ("'l=1&l=2'", "'l=1&l=2'", "'l=1&l=2'", "'l=1&l=2'"),
    "urlencode({})": ("''", "''", "''", "''"),
    'quote("a b", safe=" ")': ("'a b'", "'a b'", "'a b'", "'a b'"),
    'quote(b"ab c")': ("'ab%20c'", "'ab%20c'", "'ab%20c'", "'ab%20c'"),
    'quote_plus("a+b c")': ("'a%2Bb+c'", "'a%2Bb+c'", "'a%2Bb+c'", "'a%2Bb+c'"),
}
HEAD = "from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus\n"
HEAD += "from urllib.parse import urlencode, urljoin, urlparse, urlsplit, urlunparse, urlunsplit\n"


@pytest.mark.parametrize("expression", SAID)
@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_an_address_is_what_the_library_makes(program: Make, expression: str, number: int) -> None:
    shown = SAID[expression][number]
    source = (
        f"{HEAD}u = os.environ['ADDRESS']\ntry:\n    said = repr({expression})\nexcept Exception:\n"
        f"    said = 'EXC'\n"
        f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    )

    assert [one.db for one in program(source, {"ADDRESS": ADDRESSES[number]}).agents()] == [
        "durable"
    ]

# ruff: noqa: E501 - a table
"""The words of a conninfo. The values are what psycopg 3.3 and psycopg2 2.9 themselves gave."""

import pytest

from tests.program.conftest import Make

ADDRESSES = (
    "postgresql://app:pw@db.internal:5432/shop?sslmode=require",
    "postgres://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?sslmode=require&application_name=x%20y",
    "host=db password='a b\\'c' user=x",
    "postgresql://h1:1,h2:2/d",
)
SAID = {
    "conninfo_to_dict(d)": (
        "{'user': 'app', 'password': 'pw', 'dbname': 'shop', 'host': 'db.internal', 'port': '5432', 'sslmode': 'require'}",
        "{'user': 'a@b', 'password': 'p@ss/w', 'dbname': 'my db', 'host': '::1', 'port': '6432', 'application_name': 'x y', 'sslmode': 'require'}",
        "{'user': 'x', 'password': \"a b'c\", 'host': 'db'}",
        "{'dbname': 'd', 'host': 'h1,h2', 'port': '1,2'}",
    ),
    'conninfo_to_dict(d)["host"]': ("'db.internal'", "'::1'", "'db'", "'h1,h2'"),
    'conninfo_to_dict(d).get("sslmode")': ("'require'", "'require'", "None", "None"),
    'conninfo_to_dict(d).get("sslmode", "prefer")': (
        "'require'",
        "'require'",
        "'prefer'",
        "'prefer'",
    ),
    'conninfo_to_dict(d, sslmode="disable")': (
        "{'user': 'app', 'password': 'pw', 'dbname': 'shop', 'host': 'db.internal', 'port': '5432', 'sslmode': 'disable'}",
        "{'user': 'a@b', 'password': 'p@ss/w', 'dbname': 'my db', 'host': '::1', 'port': '6432', 'application_name': 'x y', 'sslmode': 'disable'}",
        "{'user': 'x', 'password': \"a b'c\", 'host': 'db', 'sslmode': 'disable'}",
        "{'dbname': 'd', 'host': 'h1,h2', 'port': '1,2', 'sslmode': 'disable'}",
    ),
    'conninfo_to_dict(d, host=None).get("host")': ("'db.internal'", "'::1'", "'db'", "'h1,h2'"),
    '"password" in conninfo_to_dict(d)': ("True", "True", "True", "False"),
    "sorted(conninfo_to_dict(d))": (
        "['dbname', 'host', 'password', 'port', 'sslmode', 'user']",
        "['application_name', 'dbname', 'host', 'password', 'port', 'sslmode', 'user']",
        "['host', 'password', 'user']",
        "['dbname', 'host', 'port']",
    ),
    "parse_dsn(d)": (
        "{'user': 'app', 'password': 'pw', 'dbname': 'shop', 'host': 'db.internal', 'port': '5432', 'sslmode': 'require'}",
        "{'user': 'a@b', 'password': 'p@ss/w', 'dbname': 'my db', 'host': '::1', 'port': '6432', 'application_name': 'x y', 'sslmode': 'require'}",
        "{'user': 'x', 'password': \"a b'c\", 'host': 'db'}",
        "{'dbname': 'd', 'host': 'h1,h2', 'port': '1,2'}",
    ),
    'parse_dsn(d).get("port")': ("'5432'", "'6432'", "None", "'1,2'"),
    'conninfo_to_dict(make_conninfo(d, sslmode="verify-full"))': (
        "{'user': 'app', 'password': 'pw', 'dbname': 'shop', 'host': 'db.internal', 'port': '5432', 'sslmode': 'verify-full'}",
        "{'user': 'a@b', 'password': 'p@ss/w', 'dbname': 'my db', 'host': '::1', 'port': '6432', 'application_name': 'x y', 'sslmode': 'verify-full'}",
        "{'user': 'x', 'password': \"a b'c\", 'host': 'db', 'sslmode': 'verify-full'}",
        "{'dbname': 'd', 'host': 'h1,h2', 'port': '1,2', 'sslmode': 'verify-full'}",
    ),
    'conninfo_to_dict(make_conninfo(d, host="z")).get("host")': ("'z'", "'z'", "'z'", "'z'"),
    "conninfo_to_dict(make_conninfo(**conninfo_to_dict(d)))": (
        "{'user': 'app', 'password': 'pw', 'dbname': 'shop', 'host': 'db.internal', 'port': '5432', 'sslmode': 'require'}",
        "{'user': 'a@b', 'password': 'p@ss/w', 'dbname': 'my db', 'host': '::1', 'port': '6432', 'application_name': 'x y', 'sslmode': 'require'}",
        "{'user': 'x', 'password': \"a b'c\", 'host': 'db'}",
        "{'dbname': 'd', 'host': 'h1,h2', 'port': '1,2'}",
    ),
    'parse_dsn(make_dsn(d, sslmode="allow"))': (
        "{'user': 'app', 'password': 'pw', 'dbname': 'shop', 'host': 'db.internal', 'port': '5432', 'sslmode': 'allow'}",
        "{'user': 'a@b', 'password': 'p@ss/w', 'dbname': 'my db', 'host': '::1', 'port': '6432', 'application_name': 'x y', 'sslmode': 'allow'}",
        "{'user': 'x', 'password': \"a b'c\", 'host': 'db', 'sslmode': 'allow'}",
        "{'dbname': 'd', 'host': 'h1,h2', 'port': '1,2', 'sslmode': 'allow'}",
    ),
    'parse_dsn(make_dsn(d, dbname="other")).get("dbname")': (
        "'other'",
        "'other'",
        "'other'",
        "'other'",
    ),
    'make_conninfo(host="h", dbname="d")': (
        "'host=h dbname=d'",
        "'host=h dbname=d'",
        "'host=h dbname=d'",
        "'host=h dbname=d'",
    ),
    'make_conninfo("", host="h h", password="a\'b")': (
        "\"host='h h' password=a\\\\'b\"",
        "\"host='h h' password=a\\\\'b\"",
        "\"host='h h' password=a\\\\'b\"",
        "\"host='h h' password=a\\\\'b\"",
    ),
}
HEAD = """from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg2.extensions import make_dsn, parse_dsn
"""


@pytest.mark.parametrize("expression", SAID)
@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_the_words_are_what_the_library_says(program: Make, expression: str, number: int) -> None:
    shown = SAID[expression][number]
    source = (
        f"{HEAD}try:\n    d = os.environ['D']\n    said = repr({expression})\nexcept Exception:\n"
        "    said = 'EXC'\n"
    )
    agent = "Agent(db=PostgresDb('postgresql://h/d') if said == {} else InMemoryDb())\n"

    for text, expected in ((shown, "durable"), (f"{shown}!", "volatile")):
        made = program(source + agent.format(repr(text)), {"D": ADDRESSES[number]})
        assert [one.db for one in made.agents()] == [expected]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("f\"postgresql://app:{os.environ['PW']}@db/shop\"", "durable"),
        ("f\"host=db password={os.environ['PW']}\"", "durable"),
        ("os.environ['ADDRESS']", "unknown"),
        ("f\"host={os.environ['HOST']}\"", "unknown"),
    ],
)
def test_what_the_platform_supplies_leaves_other_words_known(
    program: Make, address: str, expected: str
) -> None:
    source = f"{HEAD}host = conninfo_to_dict({address}).get('host')\n"
    source += "Agent(db=PostgresDb('postgresql://h/d') if host == 'db' else InMemoryDb())\n"

    assert [one.db for one in program(source).agents()] == [expected]

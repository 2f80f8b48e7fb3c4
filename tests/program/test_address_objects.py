# ruff: noqa: E501 - a table
"""SQLAlchemy's URL objects. The values are what SQLAlchemy 2.0 itself gave."""

import pytest

from tests.program.conftest import Make

ADDRESSES = (
    "postgresql://app:pw@db.internal:5432/shop?sslmode=require",
    "postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1",
    "postgresql:///shop",
)
FAILS = "EXC"
SAID = {
    "u.drivername": ("'postgresql'", "'postgresql+asyncpg'", "'postgresql'"),
    "u.username": ("'app'", "'a@b'", "None"),
    "u.password": ("'pw'", "'p@ss/w'", "None"),
    "u.host": ("'db.internal'", "'::1'", "None"),
    "u.port": ("5432", "6432", "None"),
    "u.database": ("'shop'", "'my%20db'", "'shop'"),
    "u.query == {}": ("False", "False", "True"),
    "dict(u.query)": ("{'sslmode': 'require'}", "{'ssl': 'require', 'x': '1'}", "{}"),
    'u.query.get("sslmode")': ("'require'", "None", "None"),
    '"sslmode" in u.query': ("True", "False", "False"),
    'u.query.get("sslmode", "none") == "require"': ("True", "False", "False"),
    "len(u.query)": ("1", "2", "0"),
    "bool(u.query)": ("True", "True", "False"),
    "sorted(u.query)": ("['sslmode']", "['ssl', 'x']", "[]"),
    "list(u.query.items())": (
        "[('sslmode', 'require')]",
        "[('ssl', 'require'), ('x', '1')]",
        "[]",
    ),
    'u.query["sslmode"]': ("'require'", "EXC", "EXC"),
    "u.render_as_string(hide_password=False)": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    "u.get_backend_name()": ("'postgresql'", "'postgresql'", "'postgresql'"),
    "u.translate_connect_args()": (
        "{'host': 'db.internal', 'database': 'shop', 'username': 'app', 'password': 'pw', 'port': 5432}",
        "{'host': '::1', 'database': 'my%20db', 'username': 'a@b', 'password': 'p@ss/w', 'port': 6432}",
        "{'database': 'shop'}",
    ),
    'u.translate_connect_args(username="user")': (
        "{'host': 'db.internal', 'database': 'shop', 'user': 'app', 'password': 'pw', 'port': 5432}",
        "{'host': '::1', 'database': 'my%20db', 'user': 'a@b', 'password': 'p@ss/w', 'port': 6432}",
        "{'database': 'shop'}",
    ),
    "dict(u.normalized_query)": (
        "{'sslmode': ('require',)}",
        "{'ssl': ('require',), 'x': ('1',)}",
        "{}",
    ),
    'u.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)': (
        "'postgresql+psycopg://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+psycopg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql+psycopg:///shop'",
    ),
    'u.set(database="x").render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/x?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/x?ssl=require&x=1'",
        "'postgresql:///x'",
    ),
    'u.set(host="z", port=1).render_as_string(False)': (
        "'postgresql://app:pw@z:1/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@z:1/my%20db?ssl=require&x=1'",
        "'postgresql://z:1/shop'",
    ),
    'u.set(password="p@ :/").render_as_string(False)': (
        "'postgresql://app:p%40 %3A%2F@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40 %3A%2F@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    'u.set(query={"sslmode": "verify-full"}).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=verify-full'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?sslmode=verify-full'",
        "'postgresql:///shop?sslmode=verify-full'",
    ),
    "u.set(query={}).render_as_string(False)": (
        "'postgresql://app:pw@db.internal:5432/shop'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db'",
        "'postgresql:///shop'",
    ),
    'u.set(username="a b").render_as_string(False)': (
        "'postgresql://a b:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql://a b@/shop'",
    ),
    "u.set(host=None).render_as_string(False)": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    "u.set(password=None).render_as_string(False)": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    "u.set(port=None).render_as_string(False)": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    'u.update_query_dict({"sslmode": "prefer"}).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=prefer'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&sslmode=prefer&x=1'",
        "'postgresql:///shop?sslmode=prefer'",
    ),
    'u.update_query_dict({"a": "3"}, append=True).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?a=3&sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=3&ssl=require&x=1'",
        "'postgresql:///shop?a=3'",
    ),
    'u.update_query_dict({"a": ["3", "4"]}).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?a=3&a=4&sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?a=3&a=4&ssl=require&x=1'",
        "'postgresql:///shop?a=3&a=4'",
    ),
    'u.update_query_pairs([("k", "v"), ("k", "w")]).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?k=v&k=w&sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?k=v&k=w&ssl=require&x=1'",
        "'postgresql:///shop?k=v&k=w'",
    ),
    'u.update_query_string("sslmode=disable&z=1").render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=disable&z=1'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&sslmode=disable&x=1&z=1'",
        "'postgresql:///shop?sslmode=disable&z=1'",
    ),
    'u.update_query_string("a=9", append=True).query == {}': ("False", "False", "False"),
    'u.difference_update_query(["sslmode", "a"]).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    'u.difference_update_query(["zz"]) is u': ("True", "True", "True"),
    'u.difference_update_query(["zz"]) == u': ("True", "True", "True"),
    "u == make_url(u.render_as_string(False))": ("True", "True", "True"),
    "make_url(u) is u": ("True", "True", "True"),
    'u == u.set(host="q")': ("False", "False", "False"),
    "u != u.set(port=9)": ("True", "True", "True"),
    'u._replace(host="w").host': ("'w'", "'w'", "'w'"),
    'u.set(drivername=u.drivername.replace("postgresql", "x")).drivername': (
        "'x'",
        "'x+asyncpg'",
        "'x'",
    ),
    'u.drivername.startswith("postgresql")': ("True", "True", "True"),
    'u.drivername.split("+")[0]': ("'postgresql'", "'postgresql'", "'postgresql'"),
    "isinstance(u, URL)": ("True", "True", "True"),
    "tuple(u)[3]": ("'db.internal'", "'::1'", "None"),
    'u.update_query_dict({"n": 5}).render_as_string(False)': ("EXC", "EXC", "EXC"),
    '(u.query | {"k": "v"}) == {"k": "v"}': ("False", "False", "True"),
    '{**u.query, "k": "v"}': (
        "{'sslmode': 'require', 'k': 'v'}",
        "{'ssl': 'require', 'x': '1', 'k': 'v'}",
        "{'k': 'v'}",
    ),
    'u.set(query={**u.query, "sslmode": "require"}).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&sslmode=require&x=1'",
        "'postgresql:///shop?sslmode=require'",
    ),
    'u.set(query={k: v for k, v in u.query.items() if k != "sslmode"}).render_as_string(False)': (
        "'postgresql://app:pw@db.internal:5432/shop'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    "u.set(query=u.query).render_as_string(False)": (
        "'postgresql://app:pw@db.internal:5432/shop?sslmode=require'",
        "'postgresql+asyncpg://a%40b:p%40ss%2Fw@[::1]:6432/my%20db?ssl=require&x=1'",
        "'postgresql:///shop'",
    ),
    "u.password is not None": ("True", "True", "False"),
    '(u.host or "none") in ("localhost", "127.0.0.1")': ("False", "False", "False"),
    "u.port or 5432": ("5432", "6432", "5432"),
    'u.set(drivername="a").set(database="b").set(port=3).render_as_string(False)': (
        "'a://app:pw@db.internal:3/b?sslmode=require'",
        "'a://a%40b:p%40ss%2Fw@[::1]:3/b?ssl=require&x=1'",
        "'a://:3/b'",
    ),
}
WRITTEN = {
    'URL.create("postgresql")': "'postgresql://'",
    'URL.create("postgresql", username="a", password="b@c", host="h", port=5, database="d")': "'postgresql://a:b%40c@h:5/d'",
    'URL.create("postgresql", host="::1", database="d")': "'postgresql://[::1]/d'",
    'URL.create("postgresql", "u", "", "h")': "'postgresql://u:@h'",
    'URL.create("postgresql", "u", None, "h", None, "d", {"sslmode": "require", "k": ["1", "2"]})': "'postgresql://u@h/d?k=1&k=2&sslmode=require'",
    'URL.create(drivername="postgresql+asyncpg", username="u/x", password=7, host="h", query={"a b": "c d"})': "'postgresql+asyncpg://u%2Fx:7@h?a+b=c+d'",
    'URL.create("postgresql", host="", database="")': "'postgresql:///'",
    'URL.create("postgresql", port="5", host="h")': "'postgresql://h:5'",
    'URL.create("postgresql", "u", "p w+x", "h", 1, "d/e f")': "'postgresql://u:p w+x@h:1/d/e f'",
    'URL.create("postgresql", password="only", host="h")': "'postgresql://h'",
}
HEAD = "from sqlalchemy import URL, make_url\n"


def _judged(program: Make, made: str, expression: str, shown: str, **variables: str) -> str | None:
    """What an agent holds that keeps its sessions only if an expression gives what it should."""
    source = (
        f"{HEAD}try:\n    u = {made}\n    said = repr({expression})\nexcept Exception:\n"
        f"    said = 'EXC'\n"
        f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    )
    return program(source, variables).agents()[0].db


@pytest.mark.parametrize("expression", SAID)
@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_an_address_says_what_the_library_says(
    program: Make, expression: str, number: int
) -> None:
    made, shown = f"make_url({ADDRESSES[number]!r})", SAID[expression][number]

    assert _judged(program, made, expression, shown) == "durable"
    assert _judged(program, made, expression, f"{shown}!") == "volatile"


@pytest.mark.parametrize("expression", SAID)
def test_a_variable_holds_it_as_well(program: Make, expression: str) -> None:
    made = "make_url(os.environ['ADDRESS'])"

    found = _judged(program, made, expression, SAID[expression][0], ADDRESS=ADDRESSES[0])

    assert found == "durable"


@pytest.mark.parametrize("made", WRITTEN)
def test_parts_are_written_out_as_the_library_does(program: Make, made: str) -> None:
    shown = WRITTEN[made]

    assert _judged(program, made, "u.render_as_string(hide_password=False)", shown) == "durable"


@pytest.mark.parametrize(
    ("made", "expression", "expected"),
    [
        ("make_url(os.environ['ADDRESS'])", "u.host", "unknown"),
        ("make_url(f\"postgresql://app:{os.environ['PW']}@db:5432/shop\")", "u.host", "durable"),
        ("make_url(f\"postgresql://{os.environ['HOST']}/shop\")", "u.host", "unknown"),
        ("make_url(f\"postgresql://db/{os.environ['NAME']}\")", "u.host", "durable"),
    ],
)  # fmt: skip
def test_what_the_platform_supplies_leaves_the_rest_known(
    program: Make, made: str, expression: str, expected: str
) -> None:
    source = (
        f"{HEAD}u = {made}\n"
        f"Agent(db=PostgresDb('postgresql://h/d') if {expression} == 'db' else InMemoryDb())\n"
    )

    assert program(source).agents()[0].db == expected


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("make_url('postgresql://a@/d?host=db1:5432&host=db2').set(drivername='postgresql')", "db1:5432,db2"),
        ("'postgresql://a@/d?host=db1:5432&host=db2'", "db1:5432,db2"),
        ("URL.create('postgresql', database='d', query={'host': ['db1', 'db2']})", "db1,db2"),
        ("make_url('postgresql://a@db/d').set(host=None)", "db"),
        ("make_url('postgresql://a@db/d')._replace(host='db9')", "db9"),
    ],
)  # fmt: skip
def test_an_engine_reaches_the_hosts_of_its_address(
    program: Make, address: str, host: str
) -> None:
    made = program(f"{HEAD}from sqlalchemy import create_engine\ncreate_engine({address})\n")

    assert made.engines()[0].url.host.text == host

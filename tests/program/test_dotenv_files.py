# ruff: noqa: E501 - a table
"""Files of variables. The values are what python-dotenv 1.2 itself gave."""

import pytest

from tests.program.conftest import Make

BODY = '# c\nA=1\nexport B=two\nC="dq $A ${B}"\nD=\'sq $A ${B}\'\nE=un ${A} x # comment\nF=no#comment\nG="a # b"\nH=\nI=""\nJ\nK = spaced \nL="multi\nline"\nM=\'it\\\'s\'\nN="esc\\n\\t\\"q\\""\nO=${MISSING}\nP=${MISSING:-dflt}\nQ=${MISSING-dflt}\nR=${H:-empty}\nS=${H-empty}\nT=${V_OUT}\nU=${V_OUT:-no}\nA=again\nW=$A\nX=${A}\nY=http://u:p@h:1/d?x=y#z\nZ=a=b=c\nAA: colon\nBB="unterminated\nCC=after\nDD=\'x\'y\nEE=\\$A\nFF="\\$A ${A}"\nGG=${P}/${A}\nHH=`cmd`\nII=$(cmd)\nJJ=  lead\nKK=tab\tx\nLL="${A}"\'${A}\'\n'
OTHER = "A=other\nV_OUT=file\nNEW=${A}-${V_OUT}\n"
HEAD = "import io\nfrom dotenv import dotenv_values, load_dotenv\n"
VALUES = [
    ("A", None, "'again'"),
    ("B", None, "'two'"),
    ("C", None, "'dq $A two'"),
    ("D", None, "'sq $A two'"),
    ("E", None, "'un 1 x'"),
    ("F", None, "'no#comment'"),
    ("G", None, "'a # b'"),
    ("H", None, "''"),
    ("I", None, "''"),
    ("J", None, "None"),
    ("K", None, "'spaced'"),
    ("L", None, "'multi\\nline'"),
    ("M", None, '"it\'s"'),
    ("N", None, "'esc\\n\\t\"q\"'"),
    ("O", None, "''"),
    ("P", None, "'dflt'"),
    ("Q", None, "''"),
    ("R", None, "''"),
    ("S", None, "''"),
    ("T", None, "''"),
    ("U", None, "'no'"),
    ("W", None, "'$A'"),
    ("X", None, "'again'"),
    ("Y", None, "'http://u:p@h:1/d?x=y#z'"),
    ("Z", None, "'a=b=c'"),
    ("AA", None, "'<none>'"),
    ("BB", None, "'<none>'"),
    ("CC", None, "'<none>'"),
    ("DD", None, "'<none>'"),
    ("EE", None, "'<none>'"),
    ("FF", None, "'<none>'"),
    ("GG", None, "'dflt/again'"),
    ("HH", None, "'`cmd`'"),
    ("II", None, "'$(cmd)'"),
    ("JJ", None, "'lead'"),
    ("KK", None, "'tab\\tx'"),
    ("LL", None, "'<none>'"),
    ("ZZ", None, "'<none>'"),
    ("T", "outer", "'outer'"),
    ("U", "outer", "'outer'"),
]
LOADED = {
    'load_dotenv("my.env")': {
        'os.environ.get("A")': "'again'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "None",
        'os.environ.get("C")': "'dq $A two'",
        'os.environ.get("U")': "'outer'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'again'",
        'os.environ.get("W")': "'$A'",
    },
    'load_dotenv("my.env", override=True)': {
        'os.environ.get("A")': "'again'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "None",
        'os.environ.get("C")': "'dq $A two'",
        'os.environ.get("U")': "'outer'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'again'",
        'os.environ.get("W")': "'$A'",
    },
    'load_dotenv("two.env")': {
        'os.environ.get("A")': "'other'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "'other-outer'",
        'os.environ.get("C")': "None",
        'os.environ.get("U")': "None",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "None",
        '"H" in os.environ': "False",
        'os.environ.get("X")': "None",
        'os.environ.get("W")': "None",
    },
    'load_dotenv("two.env", override=True)': {
        'os.environ.get("A")': "'other'",
        'os.environ.get("V_OUT")': "'file'",
        'os.environ.get("NEW")': "'other-file'",
        'os.environ.get("C")': "None",
        'os.environ.get("U")': "None",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "None",
        '"H" in os.environ': "False",
        'os.environ.get("X")': "None",
        'os.environ.get("W")': "None",
    },
    'load_dotenv("two.env")\nload_dotenv("my.env")': {
        'os.environ.get("A")': "'other'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "'other-outer'",
        'os.environ.get("C")': "'dq $A two'",
        'os.environ.get("U")': "'outer'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'other'",
        'os.environ.get("W")': "'$A'",
    },
    'load_dotenv("my.env")\nload_dotenv("two.env", override=True)': {
        'os.environ.get("A")': "'other'",
        'os.environ.get("V_OUT")': "'file'",
        'os.environ.get("NEW")': "'other-file'",
        'os.environ.get("C")': "'dq $A two'",
        'os.environ.get("U")': "'outer'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'again'",
        'os.environ.get("W")': "'$A'",
    },
    'os.environ["A"] = "proc"\nload_dotenv("my.env")': {
        'os.environ.get("A")': "'proc'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "None",
        'os.environ.get("C")': "'dq $A two'",
        'os.environ.get("U")': "'outer'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'proc'",
        'os.environ.get("W")': "'$A'",
    },
    'os.environ["A"] = "proc"\nload_dotenv("my.env", override=True)': {
        'os.environ.get("A")': "'again'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "None",
        'os.environ.get("C")': "'dq $A two'",
        'os.environ.get("U")': "'outer'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'again'",
        'os.environ.get("W")': "'$A'",
    },
    'os.environ["A"] = "proc"\nload_dotenv("my.env", interpolate=False)': {
        'os.environ.get("A")': "'proc'",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "None",
        'os.environ.get("C")': "'dq $A ${B}'",
        'os.environ.get("U")': "'${V_OUT:-no}'",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "''",
        '"H" in os.environ': "True",
        'os.environ.get("X")': "'${A}'",
        'os.environ.get("W")': "'$A'",
    },
    'os.environ.update({k: v for k, v in dotenv_values("two.env").items() if v})': {
        'os.environ.get("A")': "'other'",
        'os.environ.get("V_OUT")': "'file'",
        'os.environ.get("NEW")': "'other-file'",
        'os.environ.get("C")': "None",
        'os.environ.get("U")': "None",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "None",
        '"H" in os.environ': "False",
        'os.environ.get("X")': "None",
        'os.environ.get("W")': "None",
    },
    'os.environ["A"] = ""\nload_dotenv("two.env")': {
        'os.environ.get("A")': "''",
        'os.environ.get("V_OUT")': "'outer'",
        'os.environ.get("NEW")': "'-outer'",
        'os.environ.get("C")': "None",
        'os.environ.get("U")': "None",
        'os.environ.get("J")': "None",
        'os.environ.get("H")': "None",
        '"H" in os.environ': "False",
        'os.environ.get("X")': "None",
        'os.environ.get("W")': "None",
    },
}


def _judged(
    program: Make, lines: str, expression: str, shown: str, outer: str | None
) -> str | None:
    source = (
        f"{HEAD}{lines}\ntry:\n    said = repr({expression})\nexcept Exception:\n    said = 'EXC'\n"
        f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    )
    files = {"my.env": BODY, "two.env": OTHER}
    return program(source, {"V_OUT": outer}, files=files).agents()[0].db


@pytest.mark.parametrize(("name", "outer", "shown"), VALUES)
def test_a_value_is_what_the_library_reads(
    program: Make, name: str, outer: str | None, shown: str
) -> None:
    read = f"dotenv_values('my.env').get('{name}', '<none>')"

    assert _judged(program, "", read, shown, outer) == "durable"


@pytest.mark.parametrize(
    ("lines", "read", "shown"),
    [(lines, read, shown) for lines, reads in LOADED.items() for read, shown in reads.items()],
)
def test_what_is_loaded_meets_what_is_there(
    program: Make, lines: str, read: str, shown: str
) -> None:
    assert _judged(program, lines, read, shown, "outer") == "durable"


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("dotenv_values('my.env', interpolate=False)['C']", "'dq $A ${B}'"),
        ("dotenv_values(stream=io.StringIO('A=1\\nB=${A}'))['B']", "'1'"),
        ("list(dotenv_values('two.env'))", "['A', 'V_OUT', 'NEW']"),
    ],
)
def test_other_ways_to_read(program: Make, read: str, shown: str) -> None:
    assert _judged(program, "", read, shown, None) == "durable"


def test_what_the_platform_supplies_stays_a_part_of_what_refers_to_it(program: Make) -> None:
    source = (
        "from dotenv import load_dotenv\nload_dotenv()\nimport psycopg\n"
        "psycopg.connect(os.environ['DATABASE_URL'])\n"
    )
    env = "DATABASE_URL=postgresql://app:${DB_PASSWORD}@db/x?sslmode=require\n"

    made = program(source, {}, files={".env": env}, injected=("DB_PASSWORD",)).engines()[0]

    assert (made.url.host.text, made.sslmode) == ("db", "require")
    assert made.url.password.variables == ("DB_PASSWORD",)

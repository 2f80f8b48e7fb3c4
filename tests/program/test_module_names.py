# ruff: noqa: E501 - programs as people write them
"""The names that every module has without setting them."""

import pytest

from tests.program.conftest import Make

CHOSEN = "\nAgent(db=PostgresDb(db_url='x') if {asked} else InMemoryDb())"
FILES = {
    "pk/__init__.py": "import pkgutil\ndef names():\n    return [m.name for m in pkgutil.iter_modules(__path__)]\n"
    "def package():\n    return __package__\ndef said():\n    return __doc__\n",
    "pk/one.py": '"""The one."""\nimport importlib\ndef two():\n    return importlib.import_module(".two", __package__).NAME\n'
    "def package():\n    return __package__\ndef spec():\n    return __spec__.name\n"
    "def parent():\n    return __spec__.parent\ndef said():\n    return __doc__\ndef path():\n    return __path__\n",
    "pk/two.py": "NAME = 'two'\n",
}  # fmt: skip
ASKED = [
    ("pk.names() == ['one', 'two']", "pk.names() == ['one']"),
    ("pk.package() == 'pk'", "pk.package() == ''"),
    ("one.package() == 'pk'", "one.package() == 'pk.one'"),
    ("one.two() == 'two'", "one.two() == 'one'"),
    ("one.spec() == 'pk.one'", "one.spec() == 'pk'"),
    ("one.parent() == 'pk'", "one.parent() == 'pk.one'"),
    ("one.said() == 'The one.'", "pk.said() == 'The one.'"),
]


@pytest.mark.parametrize("asked", ASKED)
def test_a_module_knows_its_name_its_package_and_its_text(
    program: Make, asked: tuple[str, str]
) -> None:
    good, bad = (
        program(f"import pk\nfrom pk import one{CHOSEN.format(asked=one)}", files=FILES)
        for one in asked
    )

    assert [one.db for one in good.agents()] == ["durable"]
    assert [one.db for one in bad.agents()] == ["volatile"]


def test_a_module_that_is_no_package_has_no_path(program: Make) -> None:
    source = "from pk import one\ntry:\n    one.path()\nexcept NameError:\n    lost = True\n"

    made = program(source + CHOSEN.format(asked="lost"), files=FILES)

    assert [one.db for one in made.agents()] == ["durable"]


@pytest.mark.parametrize(("start", "held"), [("app.py", "durable"), ("pk.__main__", "volatile")])
def test_a_script_has_no_package(program: Make, start: str, held: str) -> None:
    main = "from agno.agent import Agent\nfrom agno.db.in_memory import InMemoryDb\nfrom agno.db.postgres import PostgresDb\n"
    asked = CHOSEN.format(asked="__package__ is None")
    files = {**FILES, "pk/__main__.py": main + asked} if start != "app.py" else {}

    made = program("" if files else asked, files=files, entry_points=(start,))

    assert [one.db for one in made.agents()] == [held]

"""A function that the code names only where the environment passes by is not called there."""

import pytest

from tests.program.conftest import Make

BUILDERS = """
def dev():
    return Agent(db=InMemoryDb())


def prod():
    return Agent(db=PostgresDb("postgresql://h/d"))


class Prod:
    def build(self):
        return Agent(db=PostgresDb("postgresql://h/d"))


class Dev:
    def build(self):
        return Agent(db=InMemoryDb())


env = os.environ["APP_ENV"]
live = env == "production"
"""
DECIDED = [
    "prod() if live else dev()",
    "live and prod() or dev()",
    "if live:\n    prod()\nelse:\n    dev()",
    "def build():\n    if live:\n        return prod()\n    return dev()\nbuild()",
    "match env:\n    case 'production':\n        prod()\n    case _:\n        dev()",
    "MAKERS = {'production': prod, 'test': dev}\nMAKERS[env]()",
    "{'production': prod, 'test': dev}[env]()",
    "{'production': prod, 'test': dev}.get(env)()",
    "(Prod() if live else Dev()).build()",
    "MAKERS = {'production': Prod, 'test': Dev}\nMAKERS[env]().build()",
]


def kinds(program: Make, source: str, env: str, **files: str) -> list[str]:
    others = {f"{name}.py": text for name, text in files.items()}
    return [one.db for one in program(BUILDERS + source, {"APP_ENV": env}, files=others).agents()]


@pytest.mark.parametrize("source", DECIDED)
def test_the_other_side_is_not_called(program: Make, source: str) -> None:
    # two builders are there that nothing names at all: they are entered, as ever
    free = [] if "Prod" in source else ["durable", "volatile"]
    free += ["durable", "volatile"] if "prod" not in source.replace("production", "") else []

    assert sorted(kinds(program, source, "production")) == sorted(["durable", *free])
    assert sorted(kinds(program, source, "test")) == sorted(["volatile", *free])


@pytest.mark.parametrize(
    "source",
    [
        "prod() if live else dev()\nAgent(db=PostgresDb('postgresql://h/d'), tools=[dev])",
        "MAKERS = {'production': prod, 'test': dev}\nMAKERS[env]()\n"
        "def ask(kind):\n    return MAKERS[kind]()",
        "MAKERS = {'production': prod, 'test': dev}\nMAKERS[env]()\n"
        "ask = lambda kind: MAKERS[kind]()",
        "import flags\nflags.register(dev)\nprod() if live else dev()",
        "if __name__ == '__main__':\n    dev()\nprod()",
    ],
)
def test_what_others_may_call_is_entered(program: Make, source: str) -> None:
    assert "volatile" in kinds(program, source, "production", other="import app\n")


def test_a_file_that_was_not_run_may_call_it(program: Make) -> None:
    source = "prod() if live else dev()"

    assert (
        kinds(program, source, "production", run="import app\napp.dev()\n").count("volatile") == 2
    )
    assert (
        kinds(program, source, "production", run="import app\napp.end()\n").count("volatile") == 1
    )


def test_what_a_wrong_value_would_call_is_a_fallback(program: Make) -> None:
    source = "prod() if os.getenv('APP_ENV') == 'production' else dev()"
    made = program(BUILDERS.replace('os.environ["APP_ENV"]', "None") + source,
                   {"APP_ENV": "production"})  # fmt: skip

    assert {way.variable for way in made.fallbacks()} == {"APP_ENV"}

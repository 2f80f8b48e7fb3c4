"""Programs that only start what other files hold, and the servers that code starts itself."""

import pytest

from tests.program.conftest import HEAD, Make

WEB = HEAD + (
    "def create_app(db=None):\n"
    "    kept = PostgresDb('postgresql://h/d')\n"
    "    db = db or (kept if os.environ['APP_ENV'] == 'production' else InMemoryDb())\n"
    "    return Agent(db=db)\n"
)
STARTS = {
    "a call": "from web import create_app\napp = create_app()\n",
    "a call in a main block": "import web\nif __name__ == '__main__':\n    web.create_app()\n",
    "uvicorn": "import uvicorn\nuvicorn.run('web:create_app', factory=True)\n",
    "uvicorn's configuration": "import uvicorn\nuvicorn.Server(uvicorn.Config("
    "app='web:create_app', factory=True)).run()\n",
    "granian": "from granian import Granian\nGranian('web:create_app', factory=True).serve()\n",
    "the function itself": "import uvicorn, web\nuvicorn.run(web.create_app, factory=True)\n",
    "a class of gunicorn": "from gunicorn.app.base import BaseApplication\n"
    "class Server(BaseApplication):\n    def load(self):\n        from web import create_app\n"
    "        return create_app()\nServer().run()\n",
    "through another file": "import site_\n",
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_a_program_that_starts_another_file_is_run(program: Make, start: str) -> None:
    files = {"run.py": start, "web.py": WEB, "site_.py": STARTS["a call"]}
    if "site_" not in start:
        del files["site_.py"]

    def judged(env: str) -> list[str]:
        made = program("", {"APP_ENV": env}, head=False, files=files)
        return [one.db for one in made.agents()]

    assert judged("production") == ["durable"]
    assert judged("test") == ["volatile"]


def test_without_a_factory_nothing_is_called(program: Make) -> None:
    start = "import uvicorn\nuvicorn.run('web:create_app')\n"
    made = program("", {"APP_ENV": "production"}, head=False,
                   files={"run.py": start, "web.py": WEB})  # fmt: skip

    assert [one.db for one in made.agents()] == ["unknown"]


def test_a_program_runs_before_what_it_imports(program: Make) -> None:
    files = {
        "agents.py": HEAD + "kept = PostgresDb('postgresql://h/d')\n"
        "db = kept if os.getenv('KIND') == 'x' else InMemoryDb()\nagent = Agent(db=db)\n",
        "start.py": "import os\nos.environ['KIND'] = {!r}\nimport agents\n",
    }

    def judged(kind: str) -> list[str]:
        told = {name: text.replace("{!r}", repr(kind)) for name, text in files.items()}
        return [one.db for one in program("", {}, head=False, files=told).agents()]

    assert judged("x") == ["durable"]
    assert judged("y") == ["volatile"]


SWITCHED = HEAD + (
    "kept = PostgresDb('postgresql://h/d')\n"
    "here = os.environ['APP_ENV'] == 'production'\n"
    "agent = Agent(db={} if here else {})\n"
)
LAUNCHERS = {
    "an assignment": "import os\nos.environ['APP_ENV'] = 'development'\nimport web\n",
    "a main block": "import os\nif __name__ == '__main__':\n"
    "    os.environ['APP_ENV'] = 'development'\n    import web\n",
    "a server": "import os, uvicorn\nos.environ['APP_ENV'] = 'dev'\nuvicorn.run('web:agent')\n",
}


@pytest.mark.parametrize("start", LAUNCHERS.values(), ids=LAUNCHERS)
@pytest.mark.parametrize("described", [True, False])
def test_a_program_that_starts_another_environment_says_nothing_of_this_one(
    program: Make, start: str, *, described: bool
) -> None:
    def judged(*dbs: str) -> list[str]:
        files = {"dev.py": start, "web.py": SWITCHED.format(*dbs)}
        variables = {"APP_ENV": "production"} if described else {}
        made = program("", variables, head=False, files=files, described=described)
        assert "dev.py" in [one.path for one in made.coverage.left_out]
        return [one.db for one in made.agents()]

    assert judged("kept", "InMemoryDb()") == ["durable"]
    assert judged("InMemoryDb()", "kept") == ["volatile"]

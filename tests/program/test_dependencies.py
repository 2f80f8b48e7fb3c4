"""Functions that a framework calls with what it has made or was asked for."""

import pytest

from tests.program.conftest import Make

ROUTE = """
from fastapi import APIRouter, Depends, Request
router = APIRouter()
class Pages:
    def __init__(self, size: int): self.size = size
def get_settings(request: Request): return request.app.state
def get_db(request: Request, settings=Depends(get_settings)): return {db}
@router.post("/runs")
async def run(slug: str, pages: Pages = Depends(Pages), db=Depends(get_db)):
    return Agent(name=slug, db=db)
"""


@pytest.mark.parametrize(
    ("db", "held"), [("PostgresDb('postgresql://h/d')", "durable"), ("InMemoryDb()", "volatile")]
)
def test_a_dependency_is_given_its_request_and_its_own_dependencies(
    program: Make, db: str, held: str
) -> None:
    assert [one.db for one in program(ROUTE.format(db=db)).agents()] == [held]


PACKAGE = {
    "app/__init__.py": "from app.build import agent\n",
    "app/build.py": "from agno.agent import Agent\nfrom app import names\nagent = Agent(db={})\n",
    "app/names.py": "x = 1\n",
}


def test_a_package_runs_before_the_modules_in_it(program: Make) -> None:
    files = {path: text.format("None") for path, text in PACKAGE.items()}
    made = program("x = 1", head=False, files=files)

    assert [one.db for one in made.agents()] == ["none"]
    assert made.coverage.left_out == ()


BARE = {
    "shop/db.py": "from shop.base.deep import Base\nimport agno.agent as a\nagent = a.Agent()\n"
}


def test_other_distributions_may_fill_a_bare_folder(program: Make) -> None:
    bare = program("x = 1", head=False, files=BARE)
    package = program("x = 1", head=False, files={**BARE, "shop/__init__.py": ""})

    assert bare.coverage.left_out == ()
    assert "ModuleNotFoundError" in package.coverage.left_out[0].reason


OVERRIDDEN = """
from fastapi import Depends, FastAPI
app = FastAPI()
{}
def get_db():
    return PostgresDb(db_url="postgresql://h/d")
def get_other():
    return {}
def get_more():
    return InMemoryDb()
{}
@app.get("/ask")
def ask(db=Depends(get_db)):
    return Agent(db=db).run("x")
"""
PUT = "app.dependency_overrides[get_db] = get_other"
GOOD, BAD = "PostgresDb(db_url='postgresql://h/e')", "InMemoryDb()"


@pytest.mark.parametrize(
    ("more", "other", "put", "expected"),
    [
        ("", BAD, PUT, "volatile"),
        ("", GOOD, PUT, "durable"),
        ("", BAD, "", "durable"),
        ("", BAD, "app.dependency_overrides.update({get_db: get_other})", "volatile"),
        ("", BAD, "app.dependency_overrides = {get_db: get_other}", "volatile"),
        ("", BAD, "app.dependency_overrides[get_more] = get_other", "durable"),
        ("", BAD, f"{PUT}\napp.dependency_overrides.clear()", "durable"),
        ("", BAD, f"{PUT}\ndel app.dependency_overrides[get_db]", "durable"),
        ("", BAD, f"if os.getenv('TESTING'):\n    {PUT}", "durable"),
        ("second = FastAPI()", BAD, PUT, "unknown"),
        ("second = FastAPI()", GOOD, PUT, "durable"),
    ],
)
def test_a_dependency_that_is_replaced_is_the_other_one(
    program: Make, more: str, other: str, put: str, expected: str
) -> None:
    made = program(OVERRIDDEN.format(more, other, put), {"TESTING": None})

    assert [one.db for one in made.agents()] == [expected]

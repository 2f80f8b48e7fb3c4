# ruff: noqa: E501 - programs as people write them
"""Models that a union chooses by their literals, and what flask keeps for a request."""

import pytest

from tests.program.conftest import Make, spelled

SHAPES = {
    "pyd union alias": {
        "app.py": """
from typing import Annotated, Literal
from pydantic import BaseModel, Field
class Pg(BaseModel):
    kind: Literal["postgres", "pg"]
    url: str = URL
    def build(self):
        return PostgresDb(self.url)
class Mem(BaseModel):
    kind: Literal["memory"] = "memory"
    def build(self):
        return InMemoryDb()
DbConf = Annotated[Pg | Mem, Field(discriminator="kind")]
class Conf(BaseModel):
    db: DbConf = Mem()
    extra: dict[str, DbConf] = {}
conf = Conf(**{"db": {"kind": "pg" if os.environ["APP_ENV"] == "production" else "memory"}, "extra": {"a": {"kind": "memory"}}})
agent = Agent(db=conf.db.build())
""",
    },
    "pyd union settings env": {
        "app.py": """
from typing import Annotated, Literal, Union
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings
class Pg(BaseModel):
    kind: Literal["pg"] = "pg"
    url: str = URL
class Mem(BaseModel):
    kind: Literal["memory"] = "memory"
class S(BaseSettings):
    db: Union[Pg, Mem] = Field(default_factory=Mem, discriminator="kind")
s = S()
agent = Agent(db=PostgresDb(s.db.url) if isinstance(s.db, Pg) else InMemoryDb())
""",
    },
    "pyd union plain": {
        "app.py": """
from pydantic import BaseModel
class Pg(BaseModel):
    url: str
class Mem(BaseModel):
    size: int
class Conf(BaseModel):
    db: Pg | Mem
c = Conf(db={"url": URL})
agent = Agent(db=PostgresDb(c.db.url))
""",
    },
    "pyd model settings env": {
        "app.py": """
from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict
class Db(BaseModel):
    kind: str = "memory"
    url: str = URL
class S(BaseSettings):
    model_config = SettingsConfigDict(env_nested_delimiter="__")
    db: Db = Db()
s = S()
agent = Agent(db=PostgresDb(s.db.url) if s.db.kind == "pg" else InMemoryDb())
""",
    },
    "state flask g": {
        "app.py": """
from flask import Flask, g
app = Flask(__name__)
def get_db():
    if "db" not in g:
        g.db = PostgresDb(URL) if os.environ["APP_ENV"] == "production" else InMemoryDb()
    return g.db
def get_agent():
    if not hasattr(g, "agent"):
        g.agent = Agent(db=get_db())
    return g.agent
@app.get("/chat")
def chat():
    return get_agent().run("x").content
with app.app_context():
    get_agent()
""",
    },
    "state flask current app": {
        "app.py": """
from flask import Flask, current_app
def create_app():
    app = Flask(__name__)
    app.config["DB"] = PostgresDb(URL) if os.environ["APP_ENV"] == "production" else InMemoryDb()
    return app
def get_agent():
    return Agent(db=current_app.config["DB"])
app = create_app()
with app.app_context():
    get_agent()
""",
    },
    "m discriminated union": {
        "app.py": """
from typing import Annotated, Literal, Union
from pydantic import BaseModel, Field, TypeAdapter
class Pg(BaseModel):
    kind: Literal["pg"]
    url: str
    def build(self):
        return PostgresDb(self.url)
class Mem(BaseModel):
    kind: Literal["mem"] = "mem"
    def build(self):
        return InMemoryDb()
class Conf(BaseModel):
    db: Annotated[Union[Pg, Mem], Field(discriminator="kind")]
RAW = {"production": {"db": {"kind": "pg", "url": URL}}, "test": {"db": {"kind": "mem"}}}
conf = Conf.model_validate(RAW[os.environ["APP_ENV"]])
agent = Agent(db=conf.db.build())
""",
    },
}
CASES = [
    ("pyd union alias", {"APP_ENV": "production"}, "durable"),
    ("pyd union alias", {"APP_ENV": "test"}, "volatile"),
    ("pyd union settings env", {"DB": '{"kind":"pg"}'}, "durable"),
    ("pyd union settings env", {"DB": '{"kind":"memory"}'}, "volatile"),
    ("pyd union settings env", {"DB": None}, "volatile"),
    ("pyd union plain", {"APP_ENV": "production"}, "durable"),
    ("pyd model settings env", {"DB": '{"kind":"pg"}'}, "durable"),
    ("pyd model settings env", {"DB__KIND": "memory"}, "volatile"),
    ("pyd model settings env", {"DB__KIND": "pg"}, "durable"),
    ("pyd model settings env", {"DB": None}, "volatile"),
    ("state flask g", {"APP_ENV": "production"}, "durable"),
    ("state flask g", {"APP_ENV": "test"}, "volatile"),
    ("state flask current app", {"APP_ENV": "production"}, "durable"),
    ("state flask current app", {"APP_ENV": "test"}, "volatile"),
    ("m discriminated union", {"APP_ENV": "production"}, "durable"),
    ("m discriminated union", {"APP_ENV": "test"}, "volatile"),
]


@pytest.mark.parametrize(("shape", "variables", "expected"), CASES)
def test_unions_and_states_hold_what_they_were_given(
    program: Make, shape: str, variables: dict[str, str | None], expected: str
) -> None:
    made = program("", variables, head=False, files=spelled(SHAPES[shape]))

    assert " ".join(one.db for one in made.agents()) == expected


@pytest.mark.parametrize(
    ("read", "label"),
    [
        ("st.session_state.db", "durable"),
        ("st.session_state['db']", "durable"),
        ("st.session_state.get('db')", "durable"),
        ("st.session_state.setdefault('db', InMemoryDb())", "durable"),
        ("st.session_state.setdefault('other', InMemoryDb())", "volatile"),
        ("st.session_state.db if 'other' in st.session_state else InMemoryDb()", "volatile"),
    ],
)
def test_the_state_of_a_visitor_is_empty_at_first(program: Make, read: str, label: str) -> None:
    source = "import streamlit as st\nst.session_state.db = PostgresDb('postgresql://h/d')\n"

    made = program(f"{source}Agent(db={read})\n", {})

    assert [one.db for one in made.agents()] == [label]


def test_of_two_applications_nobody_knows_which_is_the_current_one(program: Make) -> None:
    one = "app = Flask('a')\napp.config['DB'] = PostgresDb('postgresql://h/d')\n"
    source = "from flask import Flask, current_app\n{}Agent(db=current_app.config['DB'])\n"

    alone = program(source.format(one), {})
    with_another = program(source.format(one + "other = Flask('b')\n"), {})

    assert [found.db for found in alone.agents()] == ["durable"]
    assert [found.db for found in with_another.agents()] == ["unknown"]

# ruff: noqa: E501 - each twin in one line
"""Twins: the same code but for one decisive change, and another verdict."""

import pytest

from readiness.testing import check

HEAD = """
import os
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
from agno.db.sqlite import SqliteDb
from agno.job_queue import QueueConfig
from agno.knowledge.knowledge import Knowledge
from agno.os import AgentOS
from agno.os.config import CORSConfig
from agno.os.settings import AgnoAPISettings
from agno.team import Team
from agno.tools.file import FileTools
from agno.tools.python import PythonTools
from agno.tools.shell import ShellTools
from agno.vectordb.chroma import ChromaDb
from agno.vectordb.lancedb import LanceDb
from agno.vectordb.qdrant import Qdrant
from fastapi import FastAPI
from sqlalchemy import create_engine
"""
PG = 'PostgresDb(db_url=os.environ["DATABASE_URL"])'
SETTINGS = """
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    debug: bool = False
    limit: int = 0

settings = Settings()
"""


def app(text: str, **more: object) -> dict[str, object]:
    return {"files": {"app.py": f"{HEAD}\n{text}\n"}, **more}


TWINS = [
    ("agno.debug", "Agent()", "Agent(debug_mode=True)"),
    ("agno.debug", "a = Agent(debug_mode=True)\na.debug_mode = False", "a = Agent()\na.debug_mode = True"),
    ("agno.debug", f"{SETTINGS}\nAgent(debug_mode=settings.debug)",
     f"{SETTINGS}\nAgent(debug_mode=not settings.debug)"),
    ("agno.debug", "def make(**more): return Agent(**more)\nmake(debug_mode=False)",
     "def make(**more): return Agent(**more)\nmake(debug_mode=True)"),
    ("agno.debug", "class Own(Agent):\n    def __init__(self): super().__init__(debug_mode=False)\nOwn()",
     "class Own(Agent):\n    def __init__(self): super().__init__(debug_mode=True)\nOwn()"),
    ("agno.telemetry", "Agent(telemetry=False)", "Agent()"),
    ("agno.telemetry", 'os.environ["AGNO_TELEMETRY"] = "false"\nAgent()', "Agent()"),
    ("agno.telemetry", 'os.environ["AGNO_TELEMETRY"] = "false"\nAgentOS(agents=[], telemetry=False)',
     'os.environ["AGNO_TELEMETRY"] = "false"\nAgentOS(agents=[])'),
    ("agno.retries", "Agent(retries=2)", "Agent(retries=0)"),
    ("agno.retries", f"{SETTINGS}\nAgent(retries=settings.limit or 3)",
     f"{SETTINGS}\nAgent(retries=settings.limit)"),
    ("agno.retries", "from agno.models.openai import OpenAIChat\nAgent(model=OpenAIChat(id='m', retries=2))",
     "from agno.models.openai import OpenAIChat\nAgent(model=OpenAIChat(id='m'))"),
    ("agno.tool-limit", "Agent(tools=[print], tool_call_limit=5)", "Agent(tools=[print])"),
    ("agno.history", "Agent(add_history_to_context=True)",
     "Agent(add_history_to_context=True, num_history_runs=100)"),
    ("agno.history", "Agent(add_history_to_context=True, num_history_runs=100, compaction=True)",
     "Agent(add_history_to_context=True, num_history_messages=1000)"),
    ("agno.memory-db", f"Agent(db={PG}, learning=True)", "Agent(learning=True)"),
    ("agno.memory-db", f"Agent(db={PG}, learning=True)", "Agent(db=InMemoryDb(), learning=True)"),
    ("agno.memory-db", f"a = Agent(learning=True)\nAgentOS(agents=[a], db={PG})",
     f"a = Agent(learning=True)\nTeam(members=[a], db={PG})"),
    ("agno.own-sessions", "Agent()", 'Agent(user_id="everybody")'),
    ("agno.own-sessions", "Agent(session_id=None)", 'Agent(session_id=os.environ["SESSION"])'),
    ("agno.shared-db", f"db = {PG}\nAgent(db=db)\nAgent(db=db)", f"Agent(db={PG})\nAgent(db={PG})"),
    ("agno.shared-db", "e = create_engine('postgresql://db/a')\nfor n in range(3):\n    PostgresDb(db_engine=e)",
     f"for n in range(3):\n    {PG}"),
    ("agno.db-per-request", f"web = FastAPI()\ndb = {PG}\n@web.get('/')\ndef ask(): return Agent(db=db)",
     f"web = FastAPI()\n@web.get('/')\ndef ask(): return Agent(db={PG})"),
    ("agno.db-per-request",
     f"from functools import lru_cache\nweb = FastAPI()\n@lru_cache\ndef db(): return {PG}\n"
     "@web.get('/')\ndef ask(): return Agent(db=db())",
     f"web = FastAPI()\ndef db(): return {PG}\n@web.get('/')\ndef ask(): return Agent(db=db())"),
    ("agno.db-per-request",
     f"web = FastAPI()\nkept = None\ndef db():\n    global kept\n    if kept is None:\n        kept = {PG}\n"
     "    return kept\n@web.get('/')\ndef ask(): return Agent(db=db())",
     f"web = FastAPI()\ndef db():\n    kept = {PG}\n    return kept\n"
     "@web.get('/')\ndef ask(): return Agent(db=db())"),
    ("agno.tries-connections", "PostgresDb(db_engine=create_engine('postgresql://h/d', pool_pre_ping=True))",
     "PostgresDb(db_engine=create_engine('postgresql://h/d'))"),
    ("agno.db-url", "PostgresDb('postgresql://h/d')", "PostgresDb('postgres://h/d')"),
    ("agno.db-url", "PostgresDb('postgresql+psycopg://h/d')", "PostgresDb('mysql://h/d')"),
    ("agno.knowledge", "Qdrant('m', url='https://q')", "Qdrant('m', location=':memory:')"),
    ("agno.knowledge", "LanceDb('db://cloud')", "LanceDb(table_name='m')"),
    ("agno.knowledge", "LanceDb('s3://bucket/m')", "LanceDb('/tmp/m')"),
    ("agno.knowledge", f"Knowledge(contents_db={PG})", "Knowledge(contents_db=InMemoryDb())"),
    ("agno.confirmed-tools", "Agent(tools=[ShellTools(requires_confirmation_tools=['run_shell_command'])])",
     "Agent(tools=[ShellTools()])"),
    ("agno.confirmed-tools", "Agent(tools=[PythonTools(requires_confirmation_tools=['save_to_file_and_run', 'run_python_code'])])",
     "def tools(): return [print, PythonTools()]\nAgent(tools=tools())"),
    ("agno.confirmed-tools",
     "class Own(ShellTools):\n    def __init__(self): super().__init__(requires_confirmation_tools=['run_shell_command'])\nAgent(tools=[Own()])",
     "class Own(ShellTools):\n    def __init__(self): super().__init__()\nAgent(tools=[Own()])"),
    ("agno.confirmed-tools", "a = Agent(tools=[PythonTools()])\na.set_tools([ShellTools(requires_confirmation_tools=['run_shell_command'])])",
     "a = Agent()\na.add_tool(ShellTools())"),
    ("agno.knowledge", "from agno.vectordb.milvus import Milvus\nMilvus('m', uri='https://milvus.internal')",
     "from agno.vectordb.milvus.milvus import Milvus\nMilvus('m', uri='./milvus.db')"),
    ("agno.knowledge", "class Own(LanceDb): pass\nOwn('s3://bucket', connection=None)", "class Own(ChromaDb): pass\nOwn('m')"),
    ("agno.media", "from agno.tools.dalle import DalleTools\nAgent(tools=[DalleTools()], store_media=False)",
     "from agno.tools.dalle import DalleTools\nAgent(tools=[DalleTools()])"),
    ("agno.background", f"AgentOS(agents=[Agent()], db={PG}, scheduler=True)",
     f"AgentOS(agents=[Agent(db={PG})], scheduler=True)"),
    ("agno.background", f"AgentOS(agents=[Agent()], db={PG}, queue=QueueConfig(durable=True))",
     "AgentOS(agents=[Agent()], db=InMemoryDb(), queue=QueueConfig(durable=True))"),
    ("agno.background", f"AgentOS(agents=[Agent()], queue=QueueConfig(durable=True, db={PG}))",
     "AgentOS(agents=[Agent()], queue=QueueConfig(durable=True))"),
    ("agno.background",
     "class Own(PostgresDb): pass\nAgentOS(agents=[], db=Own('postgresql://h/d'), queue=QueueConfig(durable=True))",
     "class Own(SqliteDb): pass\nAgentOS(agents=[], db=Own(), queue=QueueConfig(durable=True))"),
    ("agno.traces", f"AgentOS(agents=[Agent(db={PG})], tracing=True)",
     "AgentOS(agents=[Agent()], tracing=True)"),
    ("agno.origins", "AgentOS(agents=[], cors=CORSConfig(origin_regex=r'https://.*\\.example\\.com'))",
     "AgentOS(agents=[], cors=CORSConfig(origin_regex='https?://.*'))"),
    ("agno.origins", "AgentOS(agents=[], cors_allowed_origins=['https://a.example'])",
     "origins = ['*']\nAgentOS(agents=[], cors_allowed_origins=origins)"),
    ("agno.documentation", "AgentOS(agents=[], settings=AgnoAPISettings(docs_enabled=False))",
     "AgentOS(agents=[], settings=AgnoAPISettings())"),
    ("agno.documentation",
     "AgentOS(agents=[], base_app=FastAPI(docs_url=None, redoc_url=None, openapi_url=None))",
     "AgentOS(agents=[], base_app=FastAPI(docs_url=None))"),
    ("agno.reload", "AgentOS(agents=[]).serve('app:app')",
     "AgentOS(agents=[]).serve('app:app', reload=True)"),
    ("agno.reload", "import uvicorn\nAgentOS(agents=[])\nuvicorn.run('app:app', reload=False)",
     "import uvicorn\nAgentOS(agents=[])\nuvicorn.run('app:app', reload=True)"),
    ("agno.user-isolation", "AgentOS(agents=[], user_isolation=True, authorization=True)",
     "AgentOS(agents=[], user_directory=True)"),
    ("agno.documentation", "AgentOS(agents=[], settings=AgnoAPISettings(docs_enabled=False))",
     "AgentOS(agents=[], settings=AgnoAPISettings())"),
    ("agno.background", f"AgentOS(agents=[], scheduler=True, db={PG}, queue=QueueConfig(durable=True))",
     f"AgentOS(agents=[], scheduler=True, queue=QueueConfig(durable=True, db={PG}))"),
    ("agno.traces", f"a = Agent(db={PG})\nAgentOS(agents=[a], tracing=True)",
     "a = Agent(db=InMemoryDb())\nAgentOS(agents=[a], tracing=True)"),
    ("agno.confirmed-tools", "Agent(tools=[ShellTools(requires_confirmation_tools=['run_shell_command'])])",
     "Agent(tools=[ShellTools(requires_confirmation_tools=['another'])])"),
    ("agno.tries-connections",
     "def make(name, ping): return create_engine('postgresql://h/' + name, pool_pre_ping=ping)\n"
     "first, other = make('a', True), make('b', True)\nPostgresDb(db_engine=first)",
     "def make(name, ping): return create_engine('postgresql://h/' + name, pool_pre_ping=ping)\n"
     "first, other = make('a', False), make('b', True)\nPostgresDb(db_engine=first)"),
    ("agno.origins", r"AgentOS(agents=[], cors=CORSConfig(origin_regex=r'https://\w+\.our-house\.com'))",
     r"AgentOS(agents=[], cors=CORSConfig(origin_regex=r'https://.*\.com'))"),
    ("agno.own-sessions",
     "web = FastAPI()\n@web.post('/')\ndef ask(user: str): return Agent(session_id=f'of-{user}')",
     "web = FastAPI()\n@web.post('/')\ndef ask(user: str): return Agent(session_id='of-all')"),
    ("agno.shared-db", "PostgresDb(db_url='postgresql://h/a')\nPostgresDb(db_url='postgresql://h/b')",
     "PostgresDb(db_url='postgresql://h/a')\nPostgresDb(db_url='postgresql+psycopg://h:5432/a')"),
]  # fmt: skip


@pytest.mark.parametrize(("checker", "good", "bad"), TWINS)
def test_one_change_decides(checker: str, good: str, bad: str) -> None:
    fine, wrong = check(checker, app(good)), check(checker, app(bad))

    assert (fine.outcome, fine.problems) == ("pass", ()), fine.findings
    assert (wrong.outcome, len(wrong.problems)) == ("fail", 1), (wrong.reason, wrong.findings)


UNKNOWN = [
    ("agno.debug", "import flags\nAgent(debug_mode=flags.on('debug'))"),
    ("agno.debug", "import json\nAgent(**json.load(open('/etc/agent.json')))"),
    ("agno.retries", "import flags\nAgent(**flags.all())"),
    ("agno.tool-limit", "import flags\nAgent(tools=flags.tools())"),
    ("agno.memory-db", "import flags\nAgent(db=flags.db(), learning=True)"),
    ("agno.knowledge", "LanceDb(uri=os.environ['LANCE'])"),
    ("agno.knowledge", "import chromadb.config\nChromaDb('m', settings=chromadb.config.Settings())"),
    ("agno.confirmed-tools", "import flags\nAgent(tools=[flags.tool()])"),
    ("agno.background", "import flags\nAgentOS(agents=[], db=flags.db(), scheduler=True)"),
    ("agno.db-url", "PostgresDb(os.environ['DATABASE_URL'])"),
    ("agno.documentation", "import web\nAgentOS(agents=[], base_app=web.app)"),
    ("agno.origins", "import flags\nAgentOS(agents=[], cors=flags.cors())"),
    ("agno.origins", "from starlette.middleware.cors import CORSMiddleware\napp = AgentOS(agents=[])"
     ".get_app()\napp.add_middleware(CORSMiddleware, allow_origins=['*'])"),
    ("agno.reload", "import flags\nAgentOS(agents=[]).serve('a:b', reload=flags.on())"),
    ("agno.authentication", "import flags\nAgentOS(agents=[], authorization=flags.on())"),
    ("agno.processes", "AgentOS(agents=[])"),
    ("agno.background", "import flags\nAgentOS(agents=[], queue=flags.queue())"),
    ("agno.session-cache", "Agent(cache_session=True)"),
]  # fmt: skip


@pytest.mark.parametrize(("checker", "text"), UNKNOWN)
def test_what_nobody_can_tell_is_not_decided(checker: str, text: str) -> None:
    result = check(checker, app(text))

    assert result.outcome == "unknown", (result.reason, result.findings)
    assert not result.problems


ABSENT = [
    "agno.authentication", "agno.token-key", "agno.user-isolation", "agno.origins",
    "agno.documentation", "agno.reload", "agno.readiness-probe", "agno.background", "agno.traces",
    "agno.processes", "agno.session-cache", "agno.debug", "agno.telemetry", "agno.retries",
    "agno.tool-limit", "agno.history", "agno.memory-db", "agno.own-sessions", "agno.knowledge",
    "agno.confirmed-tools", "agno.media", "agno.db-url", "agno.shared-db", "agno.migrations",
    "agno.db-per-request", "agno.tries-connections", "agno.pinned", "agno.postgres-extra",
]  # fmt: skip


@pytest.mark.parametrize("checker", ABSENT)
def test_a_project_without_agno_is_not_judged(checker: str) -> None:
    text = "from crewai import Agent\n\nagent = Agent(debug_mode=True, retries=0, tools=[print])\n"

    result = check(checker, {"files": {"app.py": text, "requirements.txt": "crewai\n"}})

    assert result.outcome == "not-applicable"
    assert result.reason
    assert not result.findings


@pytest.mark.parametrize("checker", ABSENT)
def test_a_file_that_does_not_parse_is_not_passed(checker: str) -> None:
    result = check(checker, {"files": {"app.py": f"{HEAD}\nAgentOS(\n"}})

    assert result.outcome == "unknown"


OS = "os_ = AgentOS(agents=[Agent()]{})\n"


@pytest.mark.parametrize(
    ("more", "around", "outcome"),
    [
        ("", {"injected": ["OS_SECURITY_KEY"]}, "pass"),
        ("", {"set": {"OS_SECURITY_KEY": ""}}, "fail"),
        ("", {"set": {"os_security_key": "c0Mplicated-9f3kq2Lx7vTz"}}, "pass"),
        ("", {"set": {"OTHER": "1"}}, "fail"),
        ("", {"unset": ["OS_SECURITY_KEY"]}, "fail"),
        ("", {}, "unknown"),
        ("", {"injected": ["JWT_VERIFICATION_KEY"]}, "pass"),
        (", authorization=True", {"unset": ["OS_SECURITY_KEY"]}, "pass"),
        (", settings=AgnoAPISettings(os_security_key=os.environ['KEY'])", {}, "pass"),
        (", settings=AgnoAPISettings(os_security_key=None)", {"injected": ["OS_SECURITY_KEY"]},
         "fail"),
        (", settings=AgnoAPISettings()", {"injected": ["OS_SECURITY_KEY"]}, "pass"),
    ],
)  # fmt: skip
def test_an_agent_os_is_closed_by_a_key(more: str, around: object, outcome: str) -> None:
    state = app(OS.format(more), environment={"set": {}, **around} if around else {})  # type: ignore[dict-item]

    assert check("agno.authentication", state).outcome == outcome


def test_a_middleware_of_ones_own_may_ask_who_calls() -> None:
    around = {"unset": ["OS_SECURITY_KEY"]}
    text = f"{OS.format('')}\nweb = os_.get_app()\nweb.add_middleware({{}})\n"

    own = check("agno.authentication", app(text.format("Gate"), environment=around))
    other = check("agno.authentication", app(text.format("GZipMiddleware"), environment=around))

    assert own.outcome == "unknown"
    assert "Gate" in own.undecided[0].message
    assert other.outcome == "fail"


def test_tokens_need_a_key() -> None:
    text = OS.format(", authorization=True")
    strong = ", authorization=Authorization(verification_keys=[os.environ['PUBLIC']])"
    told = f"from agno.os.authz import Authorization\n{OS.format(strong)}"

    assert check("agno.token-key", app(text, environment={"unset": ["A"]})).outcome == "fail"
    assert check("agno.token-key", app(told, environment={"unset": ["A"]})).outcome == "pass"


def test_only_a_word_that_agno_takes_switches_debugging_on() -> None:
    one = check("agno.debug", app("Agent()", environment={"set": {"AGNO_DEBUG": "1"}}))
    true = check("agno.debug", app("Agent()", environment={"set": {"AGNO_DEBUG": "TRUE"}}))

    assert (one.outcome, true.outcome) == ("pass", "fail")


def test_a_main_block_that_nothing_runs_reloads_nothing() -> None:
    text = (
        "os_ = AgentOS(agents=[])\nif __name__ == '__main__':\n    os_.serve('app:a', reload=True)"
    )
    files = {"app.py": f"{HEAD}\n{text}\n"}

    served = {"files": {**files, "Procfile": "web: uvicorn app:a\n"}}
    run = {"files": {**files, "Procfile": "web: python app.py\n"}}
    watched = {"files": {**files, "Procfile": "web: uvicorn app:a --reload\n"}}

    assert check("agno.reload", served).outcome == "pass"
    assert check("agno.reload", run).outcome == "fail"
    assert check("agno.reload", watched).outcome == "fail"


def test_processes_are_counted_by_the_deployment() -> None:
    compose = "services:\n  api:\n    build: .\n    command: uvicorn app:a --workers {}\n"
    files = {"app.py": f"{HEAD}\nos_ = AgentOS(agents=[])\n", "Dockerfile": "FROM python:3.13\n"}

    one = {"files": {**files, "compose.yaml": compose.format(1)}}
    four = {"files": {**files, "compose.yaml": compose.format(4)}}
    redis = {**files, "app.py": files["app.py"].replace(
        "agents=[]", "agents=[], queue=QueueConfig(redis=os.environ['REDIS'])")}  # fmt: skip

    assert check("agno.processes", one).outcome == "pass"
    assert check("agno.processes", four).outcome == "fail"
    shared = {"files": {**redis, "compose.yaml": compose.format(4)}}
    assert check("agno.processes", shared).outcome == "pass"


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ({"requirements.txt": "agno[postgres]==3.1.10\n"}, "pass"),
        ({"requirements.txt": "fastapi\nagno==3.1.10  # seen\n"}, "pass"),
        ({"requirements.txt": "agno\n"}, "fail"),
        ({"requirements.txt": "agno>=3,<4\n"}, "fail"),
        ({"requirements.txt": "# agno==3.1.10\nagno-tools==1\n"}, "unknown"),
        ({"pyproject.toml": '[project]\ndependencies = ["agno[os]==3.1.10", "x"]\n'}, "pass"),
        ({"pyproject.toml": '[project]\ndependencies = [\n  "agno>=2.0",\n]\n'}, "fail"),
        ({"pyproject.toml": '[tool.poetry.dependencies]\nagno = "^2.0"\n'}, "fail"),
        ({"pyproject.toml": '[project]\ndependencies = ["agno"]\n',
          "uv.lock": '[[package]]\nname = "agno"\nversion = "3.1.10"\n'}, "pass"),
        ({"pyproject.toml": '[project]\nname = "agno"\n'}, "unknown"),
        ({}, "unknown"),
    ],
)  # fmt: skip
def test_a_release_is_pinned_by_a_lock_or_an_exact_requirement(
    files: dict[str, str], outcome: str
) -> None:
    state = {"files": {"app.py": f"{HEAD}\nAgent()\n", **files}}

    assert check("agno.pinned", state).outcome == outcome


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ({"requirements.txt": "agno[postgres]\n"}, "pass"),
        ({"requirements.txt": "agno\nsqlalchemy[asyncio]\n"}, "pass"),
        ({"requirements.txt": "agno\nsqlalchemy==2.0.44\n"}, "pass"),
        ({"requirements.txt": "agno\nsqlalchemy\n"}, "unknown"),
        ({"pyproject.toml": '[tool.poetry.dependencies]\nagno = {version = "3", extras = '
          '["postgres"]}\n'}, "pass"),
    ],
)  # fmt: skip
def test_greenlet_comes_with_the_extra(files: dict[str, str], outcome: str) -> None:
    state = {"files": {"app.py": f"{HEAD}\nAgent(db={PG})\n", **files}}

    assert check("agno.postgres-extra", state).outcome == outcome


def test_advice_to_many_is_said_once() -> None:
    result = check("agno.retries", app("Agent()\n" * 6))

    assert len(result.problems) == 1
    assert "and 2 more" in result.problems[0].message


@pytest.mark.parametrize(
    "tool", ["ShellTools(enable_run_shell_command=False)", "FileTools(enable_save_file=False, enable_replace_file_chunk=False)"]
)  # fmt: skip
def test_a_tool_that_can_do_no_harm_is_not_judged(tool: str) -> None:
    assert check("agno.confirmed-tools", app(f"Agent(tools=[{tool}])")).outcome == "not-applicable"


def test_a_comment_migrates_nothing() -> None:
    said = f"Agent(db={PG})\n# TODO: MigrationManager(db).up()"
    done = f"import asyncio\nfrom agno.db.migrations.manager import MigrationManager\ndb = {PG}\nasyncio.run(MigrationManager(db).up())"

    assert check("agno.migrations", app(said)).outcome == "fail"
    assert check("agno.migrations", app(done)).outcome == "pass"


def test_no_key_is_told() -> None:
    around = {"set": {"OS_SECURITY_KEY": "changeme-hunter2"}}

    result = check("agno.authentication", app(OS.format(""), environment=around))

    assert "hunter2" not in repr(result)


DEPENDS = """
from fastapi import Depends
web = FastAPI()

def get_db():
    {}

@web.get("/")
def ask(q: str, db=Depends(get_db)):
    return Agent(db=db, session_id=q).run(q)
"""


def test_a_dependency_is_called_by_each_request() -> None:
    made = app(DEPENDS.format(f"return {PG}"))
    kept = app(f"kept = {PG}\n" + DEPENDS.format("return kept"))

    assert check("agno.db-per-request", made).outcome == "fail"
    assert check("agno.db-per-request", kept).outcome == "pass"


def test_what_nothing_calls_may_be_called_by_each_request() -> None:
    result = check("agno.db-per-request", app(f"def make():\n    return Agent(db={PG})"))

    assert result.outcome == "unknown"


def test_the_start_of_a_server_is_no_request() -> None:
    text = f"from contextlib import asynccontextmanager\n\n@asynccontextmanager\nasync def lifespan(app):\n    app.db = {PG}\n    yield\n\nweb = FastAPI(lifespan=lifespan)"

    assert check("agno.db-per-request", app(text)).outcome == "pass"


def test_a_loop_over_what_is_not_known_builds_any_number() -> None:
    many = app(f"import flags\nall_ = [Agent(name=n, db={PG}) for n in flags.names()]")
    one = app(f"import flags\ndb = {PG}\nall_ = [Agent(name=n, db=db) for n in flags.names()]")

    known = app(f"all_ = [Agent(db={PG} if n else None) for n in (0, 1)]")

    assert check("agno.shared-db", many).outcome == "unknown"
    assert check("agno.shared-db", known).outcome == "pass"
    assert check("agno.shared-db", one).outcome == "pass"


def test_a_factory_that_is_entered_twice_is_not_two_databases() -> None:
    text = "class Registry:\n    def __init__(self, url):\n        self.db = PostgresDb(url)\n\ndef make(url):\n    return Registry(url)\n\ndef other(url):\n    return Registry(url)"

    assert not check("agno.shared-db", app(text)).problems


def test_a_release_before_the_asynchronous_db_needs_no_greenlet() -> None:
    state = {"files": {"app.py": f"{HEAD}\nAgent(db={PG})\n", "requirements.txt": "agno==2.1.0\n"}}

    assert check("agno.postgres-extra", state).outcome == "not-applicable"


ROUTE = """
web = FastAPI()
ready = os.environ["READY"]
kept = {}

@web.get("/")
def ask(q: str):
    {}
"""


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (f"if ready: return Agent(db={PG})", "fail"),
        (f"if not ready: return 1\n    return Agent(db={PG})", "fail"),
        (f"db = None\n    if db is None: db = {PG}\n    return Agent(db=db)", "fail"),
        (f"if q not in kept: kept[q] = Agent(db={PG})\n    return kept[q]", "pass"),
        (f"if web.db is not None: return web.db\n    web.db = {PG}\n    return web.db", "pass"),
    ],
)
def test_only_what_is_kept_is_built_once(body: str, outcome: str) -> None:
    state = app(ROUTE.replace("{{}}", "{}").replace("kept = {}", "kept = dict()").format(body))

    assert check("agno.db-per-request", state).outcome == outcome


def test_the_way_of_what_is_judged_is_told_not_that_of_other_options() -> None:
    text = f'Agent(debug_mode=os.getenv("DEBUG") == "1", db={PG} if os.getenv("KEEP") else None)'

    result = check("agno.debug", app(text, environment={"set": {"DEBUG": "1"}}))

    told = " ".join(step.text for step in result.problems[0].trace)
    assert "DEBUG is 1" in told
    assert "KEEP" not in told


def test_what_is_built_only_under_a_condition_is_not_decided() -> None:
    result = check("agno.debug", app("import flags\nif flags.on():\n    Agent(debug_mode=True)"))

    assert result.outcome == "unknown"
    assert result.undecided[0].data == {"by": "debug_mode"}


HANGS_ON_X = 'os.environ["X"] == "1"'
IN_ONE_CASE = [
    (
        "agno.documentation",
        f"s = AgnoAPISettings(docs_enabled=False) if {HANGS_ON_X} else AgnoAPISettings()\nAgentOS(agents=[], settings=s)",
    ),
    (
        "agno.documentation",
        f"s = AgnoAPISettings(docs_enabled=False) if {HANGS_ON_X} else None\nAgentOS(agents=[], settings=s)",
    ),
    (
        "agno.authentication",
        f"s = AgnoAPISettings(os_security_key='kJ8sdf7sdf6sdf5sdfhjKK') if {HANGS_ON_X} else None\nAgentOS(agents=[], settings=s)",
    ),
    (
        "agno.background",
        f"q = QueueConfig(durable=True, db={PG}) if {HANGS_ON_X} else QueueConfig(durable=True, db=SqliteDb(db_file='a'))\nAgentOS(agents=[], queue=q)",
    ),
    ("agno.traces", f"AgentOS(agents=[Agent(db=InMemoryDb()), Agent(db={PG})], tracing=True)"),
    (
        "agno.origins",
        f"c = CORSConfig(origins=['https://a.b']) if {HANGS_ON_X} else CORSConfig(origins=os.environ['Y'].split(','))\nAgentOS(agents=[], cors=c)",
    ),
    ("agno.origins", "AgentOS(agents=[], cors=CORSConfig(origin_regex='(?=.*)https://.*'))"),
    ("agno.user-isolation", f"AgentOS(agents=[], user_isolation={HANGS_ON_X})"),
    ("agno.confirmed-tools", "Agent(tools=lambda: [ShellTools()])"),
]


@pytest.mark.parametrize(("checker", "text"), IN_ONE_CASE)
def test_what_is_wrong_in_one_case_only_is_open(checker: str, text: str) -> None:
    judged = check(checker, app(text))

    assert (judged.outcome, judged.problems) == ("unknown", ()), judged.findings


def test_a_pattern_that_never_ends_is_asked_in_no_time() -> None:
    judged = check(
        "agno.origins",
        app(r"AgentOS(agents=[], cors=CORSConfig(origin_regex=r'(([\w:/.-]+)+)+!'))"),
    )

    assert judged.outcome == "pass"


def test_what_a_developer_installs_pins_no_image() -> None:
    files = {"requirements.txt": "agno>=2\n", "requirements-dev.txt": "agno==3.1.0\n"}
    judged = check("agno.pinned", {"files": {"app.py": f"{HEAD}\nAgent()\n", **files}})

    assert [str(one.at) for one in judged.problems] == ["requirements.txt:1"]


def test_a_pin_of_an_extra_pins_nothing_for_the_others() -> None:
    text = '[project]\nname = "x"\ndependencies = ["agno>=2"]\n[project.optional-dependencies]\nx = ["agno==3.1.0"]\n'
    judged = check(
        "agno.pinned", {"files": {"app.py": f"{HEAD}\nAgent()\n", "pyproject.toml": text}}
    )

    assert [str(one.at) for one in judged.problems] == ["pyproject.toml:3"]


@pytest.mark.parametrize(
    ("checker", "text"),
    [("agno.knowledge", "LanceDb(uri=os.environ['LANCE'])"), ("agno.knowledge", "Qdrant(collection='a', path=os.environ['LANCE'])"),
     ("agno.retries", "Agent(retries=os.environ['LANCE'])")],
)  # fmt: skip
def test_what_the_platform_supplies_is_named(checker: str, text: str) -> None:
    (found,) = check(checker, app(text)).undecided

    assert found.message.endswith(": LANCE is set by the platform")

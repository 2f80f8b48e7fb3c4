"""Modules whose names a library puts there: what protocol buffers generate."""

import pytest

from tests.program.conftest import Make

GENERATED = """
from agno.db.postgres import PostgresDb
from google.protobuf.internal import builder as _builder
DESCRIPTOR = object()
_globals = globals()
{}
"""
BUILT = "_builder.BuildTopDescriptorsAndMessages(DESCRIPTOR, 'kinds_pb2', _globals)"
AGENT = "Agent(db=PostgresDb(db_url='postgresql://h/d'))"


@pytest.mark.parametrize(("line", "gaps"), [(BUILT, 0), ("", 1)])
def test_a_name_that_a_library_may_have_put_into_a_module_is_there(
    program: Make, line: str, gaps: int
) -> None:
    source = f"from kinds_pb2 import Kind\nkept = {AGENT}\n"

    made = program(source, files={"kinds_pb2.py": GENERATED.format(line)})

    assert [one.db for one in made.agents()] == ["durable"]
    assert len(made._evaluated.machine.gaps) == gaps


@pytest.mark.parametrize(
    ("line", "db"),
    [(BUILT, "unknown"), ("Kind = PostgresDb(db_url='postgresql://h/d')", "durable")],
)
def test_what_it_is_is_not_known(program: Make, line: str, db: str) -> None:
    files = {"kinds_pb2.py": GENERATED.format(line)}

    made = program("from kinds_pb2 import Kind\nAgent(db=Kind)\n", files=files)

    assert [one.db for one in made.agents()] == [db]

"""Containers of dependency_injector in others, and what they are given."""

import pytest

from tests.program.conftest import Make

HEAD = """import os
from dependency_injector import containers, providers
from sqlalchemy import create_engine

class Repo:
    def __init__(self, engine):
        self.engine = engine

class Core(containers.DeclarativeContainer):
    config = providers.Configuration()
    size = providers.Object(5)
    engine = providers.Factory(create_engine, config.url, pool_size=size)
    told = providers.Factory(create_engine, config.url, pool_size=config.pool.as_int())

class Services(containers.DeclarativeContainer):
    core = providers.DependenciesContainer()
    repo = providers.Factory(Repo, engine=core.told)

class App(containers.DeclarativeContainer):
    config = providers.Configuration()
    core = providers.Container(Core, config=config.db)
    services = providers.Container(Services, core=core)

def app():
    made = App()
    made.config.from_dict({"db": {"url": "postgresql://db/x", "pool": "7"}})
    return made
"""
SEVERAL = "which of several containers is asked"


@pytest.mark.parametrize(
    ("source", "size", "reason"),
    [
        ("app().core.told()", 7, ""),
        ("app().core().told()", 7, ""),
        ("app().services.repo()", 7, ""),
        ("app().core.engine()", 5, ""),
        ("Core().engine()", 5, ""),
        ("Core(size=providers.Object(9)).engine()", 9, ""),
        ("Core.size.override(providers.Object(9))\nCore().engine()", 9, ""),
        ("Core(size=providers.Object(9))\nCore().engine()", None, SEVERAL),
        ("first = Core()\nCore(size=providers.Object(9))\nfirst.engine()", None, SEVERAL),
    ],
)
def test_a_container_has_what_it_is_given(
    program: Make, source: str, size: int | None, reason: str
) -> None:
    head = HEAD if "app()" in source else HEAD.partition("class Services")[0]

    [engine] = program(f"{head}\n{source}\n", head=False).engines()

    assert engine.pool_size == size
    assert engine.pool_reason.startswith(reason)
    assert engine.url.host.text == ("db" if "app()" in source else None)

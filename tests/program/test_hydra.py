"""Hydra builds what a configuration names: ``_target_``, groups, overrides."""

import pytest

from readiness.program.entries import Entry
from tests.program.conftest import Make

MADE = {
    "durable": "_target_: agno.db.postgres.PostgresDb\ndb_url: postgresql://h/d\n",
    "volatile": "_target_: agno.db.in_memory.InMemoryDb\n",
    "unknown": "_target_: acme.db.Store\n",
}
LOADED = "from hydra.utils import instantiate\nfrom omegaconf import OmegaConf\ncfg = OmegaConf.load('conf.yaml')\n"  # noqa: E501 - a program
MAIN = """
import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    Agent(db=hydra.utils.instantiate(cfg.db))
if __name__ == "__main__":
    main()
"""


def _below(*keys: str, held: str) -> str:
    for key in reversed(keys):
        held = f"{key}:\n" + "".join(f"  {line}\n" for line in held.splitlines())
    return held


def _shapes(held: str) -> dict[str, tuple[str, dict[str, str]]]:
    pg = {"conf/config.yaml": "defaults:\n  - db: pg\n", "conf/db/pg.yaml": held}
    composed = (
        "from hydra import compose, initialize\nfrom hydra.utils import instantiate\n"
        "with initialize(config_path='conf'):\n    cfg = compose('config', overrides=['db=pg'])\n"
        "Agent(db=instantiate(cfg.db))\n"
    )
    other = {"conf/config.yaml": "defaults:\n  - db: x\n", "conf/db/x.yaml": "_target_: a.B\n"}
    return {
        "a db": (f"{LOADED}Agent(db=instantiate(cfg.db))\n",
                 {"conf.yaml": _below("db", held=held)}),
        "an agent": (f"{LOADED}agent = instantiate(cfg.agent)\n", {
            "conf.yaml": "agent:\n  _target_: agno.agent.Agent\n  db:\n"
                         + "".join(f"    {line}\n" for line in held.splitlines())}),
        "a partial one": (f"{LOADED}Agent(db=instantiate(cfg.db)())\n",
                          {"conf.yaml": _below("db", held=f"_partial_: true\n{held}")}),
        "told besides": (f"{LOADED}instantiate(cfg.agent, db=instantiate(cfg.db))\n", {
            "conf.yaml": "agent:\n  _target_: agno.agent.Agent\n" + _below("db", held=held)}),
        "a group": (MAIN, pg),
        "an override": (composed, {**pg, **other, "conf/db/pg.yaml": held}),
    }  # fmt: skip


@pytest.mark.parametrize("expected", MADE)
@pytest.mark.parametrize("shape", _shapes(""))
def test_what_a_configuration_names_is_built(program: Make, shape: str, expected: str) -> None:
    source, files = _shapes(MADE[expected])[shape]

    assert [one.db for one in program(source, files=files).agents()] == [expected]


def test_a_file_that_names_nothing_of_agno_may_build_an_agent(program: Make) -> None:
    conf = (
        "agent:\n  _target_: agno.agent.Agent\n  db:\n    _target_: agno.db.in_memory.InMemoryDb\n"
    )

    made = program(f"{LOADED}agent = instantiate(cfg.agent)\n", head=False,
                   files={"conf.yaml": conf})  # fmt: skip

    assert [one.db for one in made.agents()] == ["volatile"]


@pytest.mark.parametrize(("word", "expected"), [("db=mem", "volatile"), ("db=pg", "durable")])
def test_the_command_line_of_a_deployment_chooses_a_group(
    program: Make, word: str, expected: str
) -> None:
    files = {"conf/config.yaml": "defaults:\n  - db: pg\n", "conf/db/pg.yaml": MADE["durable"],
             "conf/db/mem.yaml": MADE["volatile"]}  # fmt: skip
    entry = Entry("app.py", main=True, arguments=(word,))

    made = program(MAIN, files=files, entry_points=(entry,))

    assert [one.db for one in made.agents()] == [expected]

"""omegaconf's configurations. The values are what omegaconf 2.4 itself gave."""

import pytest

from tests.program.conftest import Make

HEAD = """
from omegaconf import OmegaConf
import os
Y = '''
a: 1
b: x
db:
  host: h.internal
  port: 5432
  mode: ${.tls.mode}
  tls:
    mode: require
    up: ${..port}
    top: ${a}
    two: ${...b}
  url: postgresql://${db.host}:${.port}/${b}?sslmode=${.tls.mode}
  env: ${oc.env:V_X}
  envd: ${oc.env:V_X,dflt}
  envn: ${oc.env:V_X,null}
  envq: ${oc.env:V_X,"q s"}
  nested: ${oc.env:V_X,postgresql://${db.host}/x}
  envref: ${oc.env:V_X,${b}}
  dec: ${oc.decode:${oc.env:V_N,"3"}}
  sel: ${oc.select:missing,fall}
  sel2: ${oc.select:db.host,fall}
  lst: [1, "${b}", "${a}"]
  miss: ???
  none: null
env: ${db.env}
list: [{n: 1, v: "${a}"}]
dyn: ${${which}.host}
which: db
'''
"""
SAID: dict[str, dict[str | None, str]] = {
    "c.a": {None: "1"},
    "c.b": {None: "'x'"},
    "c.db.host": {None: "'h.internal'"},
    "c.db.port": {None: "5432"},
    "c.db.mode": {None: "'require'"},
    "c.db.tls.up": {None: "5432"},
    "c.db.tls.top": {None: "1"},
    "c.db.tls.two": {None: "'x'"},
    "c.db.url": {None: "'postgresql://h.internal:5432/x?sslmode=require'"},
    "c.db.env": {None: "EXC", "val": "'val'", "": "''"},
    "c.db.envd": {None: "'dflt'", "val": "'val'", "": "''"},
    "c.db.envn": {None: "None", "val": "'val'", "": "''"},
    "c.db.envq": {None: "'q s'", "val": "'val'", "": "''"},
    "c.db.nested": {None: "'postgresql://h.internal/x'", "val": "'val'", "": "''"},
    "c.db.envref": {None: "'x'", "val": "'val'", "": "''"},
    "c.db.dec": {None: "3", "val": "7", "": "3"},
    "c.db.sel": {None: "'fall'"},
    "c.db.sel2": {None: "'h.internal'"},
    "list(c.db.lst)": {None: "[1, 'x', 1]"},
    "c.db.miss": {None: "EXC"},
    "c.db.none": {None: "None"},
    "c.env": {None: "EXC", "val": "'val'", "": "''"},
    "c.list[0].v": {None: "1"},
    "c.dyn": {None: "'h.internal'"},
    'c["db"]["host"]': {None: "'h.internal'"},
    'c.get("zz")': {None: "None"},
    'c.get("zz", 5)': {None: "5"},
    'c.db.get("host")': {None: "'h.internal'"},
    'c.db.get("miss", "m")': {None: "'m'"},
    '"host" in c.db': {None: "True"},
    '"miss" in c.db': {None: "False"},
    '"zz" in c': {None: "False"},
    "c.zz": {None: "EXC"},
    "c.db.zz": {None: "EXC"},
    'OmegaConf.select(c, "db.tls.mode")': {None: "'require'"},
    'OmegaConf.select(c, "db.q", default=4)': {None: "4"},
    'OmegaConf.select(c, "db.none", default=4)': {None: "None"},
    "OmegaConf.to_container(c.db.tls, resolve=True)": {
        None: "{'mode': 'require', 'up': 5432, 'top': 1, 'two': 'x'}"
    },
    "OmegaConf.to_container(c.db.tls)": {
        None: "{'mode': 'require', 'up': '${..port}', 'top': '${a}', 'two': '${...b}'}"
    },
    'OmegaConf.merge(c, {"db": {"host": "z"}}).db.url': {
        None: "'postgresql://z:5432/x?sslmode=require'"
    },
    'OmegaConf.merge(c, OmegaConf.create("b: w")).db.url': {
        None: "'postgresql://h.internal:5432/w?sslmode=require'"
    },
    'OmegaConf.merge(c, OmegaConf.from_dotlist(["db.port=1", "a=null"])).db.url': {
        None: "'postgresql://h.internal:1/x?sslmode=require'"
    },
    'OmegaConf.is_missing(c.db, "miss")': {None: "True"},
    "list(c.db.tls.keys())": {None: "['mode', 'up', 'top', 'two']"},
    "dict(c.db.tls)": {None: "{'mode': 'require', 'up': 5432, 'top': 1, 'two': 'x'}"},
    "{**c.db.tls}": {None: "{'mode': 'require', 'up': 5432, 'top': 1, 'two': 'x'}"},
    "len(c.db.tls)": {None: "4"},
    "sorted(c.db.tls.items())": {
        None: "[('mode', 'require'), ('top', 1), ('two', 'x'), ('up', 5432)]"
    },
    'c.db.tls == {"mode": "require"}': {None: "False"},
    'OmegaConf.create({"x": "${oc.env:V_X,5}"}).x': {None: "'5'", "val": "'val'", "": "''"},
    'OmegaConf.create({"x": {"y": 1}, "z": "${x.y}"}).z': {None: "1"},
    "OmegaConf.create([1,2])[1]": {None: "2"},
    'c.db.tls.pop("mode")': {None: "'require'"},
    "bool(OmegaConf.create({}))": {None: "False"},
    'OmegaConf.create({"p": "${oc.env:V_X}"}).get("p")': {None: "EXC", "val": "'val'", "": "''"},
    "c.db.tls.mode.upper()": {None: "'REQUIRE'"},
    "isinstance(c.db, dict)": {None: "False"},
    "OmegaConf.is_config(c.db)": {None: "True"},
    "OmegaConf.is_dict(c.db)": {None: "True"},
    "OmegaConf.is_list(c.list)": {None: "True"},
    'OmegaConf.has_resolver("zz")': {None: "False"},
}
CASES = [(call, value, shown) for call, values in SAID.items() for value, shown in values.items()]


@pytest.mark.parametrize(("call", "value", "shown"), CASES)
def test_a_configuration_says_what_the_library_says(
    program: Make, call: str, value: str | None, shown: str
) -> None:
    source = (
        f"{HEAD}try:\n    c = OmegaConf.create(Y)\n    said = repr({call})\nexcept Exception:\n"
        f"    said = 'EXC'\n"
        f"Agent(db=PostgresDb('postgresql://h/d') if said == {shown!r} else InMemoryDb())\n"
    )
    variables = {"V_X": value, "V_N": "7" if value else None}

    assert [one.db for one in program(source, variables).agents()] == ["durable"]


@pytest.mark.parametrize("call", ["OmegaConf.to_yaml(c)", "OmegaConf.typed_list(c)"])
def test_what_was_not_written_again_ends_nothing(program: Make, call: str) -> None:
    source = f"{HEAD}c = OmegaConf.create(Y)\nprint({call})\nAgent(db=InMemoryDb())\n"

    assert [one.db for one in program(source).agents()] == ["volatile"]

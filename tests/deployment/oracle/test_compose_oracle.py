"""Compose files written at random mean to us what docker-compose itself makes of them.

Debian's docker-compose 1.29 needs no engine for that. What is written is where it and the Compose
specification of today agree: no reference inside a default, none in an `env_file`.
"""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.deployment import Deployment
from readiness.deployment.service import Build, Command, Service
from readiness.model.variable import Variable
from readiness.project import Project

World = dict[str, Any]

_REFERENCE = re.compile(r"\$\{[A-Z]\w*\}")

NAMES = st.sampled_from(["A", "B", "C", "D", "LONG_NAME"])
WORDS = st.sampled_from(
    ["", "x", "two words", "a#b", "0", "1.50", "yes", "héé", "a=b", "it's", "'q'", "a:b"]
)
REFERENCES = st.one_of(
    st.builds("${{{}}}".format, NAMES),
    st.builds("${}".format, NAMES),
    st.builds("${{{}:-{}}}".format, NAMES, st.sampled_from(["", "d", "d e", "a/b:c"])),
    st.builds("${{{}-{}}}".format, NAMES, st.sampled_from(["", "d"])),
    st.just("$${z}"),
    st.just("$$z"),
)
TEXTS = st.lists(st.one_of(WORDS, REFERENCES), min_size=1, max_size=3).map("".join)
SHELL = st.sampled_from(["", "x", "two words", "a#b", "'q'", "a=b"])
SCALARS = st.one_of(TEXTS, st.integers(-5, 70), st.sampled_from([1.5, 0.25]))
IN_FILES = st.sampled_from(
    ["", "x", '"two words"', "'single'", "a#b", "a # said", "1.50", "two words", '"a # b"', "  x "]
)
ENV_FILES = st.lists(
    st.one_of(
        st.builds("{}={}".format, NAMES, IN_FILES),
        st.builds("export {}={}".format, NAMES, IN_FILES),
        st.sampled_from(["# comment", ""]),
    ),
    max_size=5,
).map(lambda lines: "".join(f"{line}\n" for line in lines))


def environments() -> st.SearchStrategy[Any]:
    mapping = st.dictionaries(NAMES, st.one_of(SCALARS, st.none()), max_size=4)
    listed = st.dictionaries(NAMES, st.one_of(TEXTS, st.none()), max_size=4).map(
        lambda d: [k if v is None else f"{k}={v}" for k, v in d.items()]
    )
    return st.one_of(mapping, listed)


PORTS = st.lists(
    st.sampled_from(["80:80", "5432:5432", "127.0.0.1:80:80", "81:80", "9000", "53:53/udp"]),
    max_size=3, unique=True,
)  # fmt: skip
VOLUMES = st.lists(
    st.sampled_from(["./a:/x", "./b:/x", "data:/y", "data:/x:ro", "/z"]),
    max_size=3, unique_by=lambda one: one.split(":")[-1 if one == "/z" else 1],
)  # fmt: skip
COMMANDS = st.one_of(
    st.just("run it"), st.just('run "it $$now" ${A}'), st.just(["run", "${B:-it}", "$$x"])
)
BUILDS = st.one_of(
    st.sampled_from([".", "./sub"]),
    st.fixed_dictionaries(
        {"context": st.sampled_from([".", "sub", "./sub"])},
        optional={
            "dockerfile": st.just("Containerfile"),
            "target": st.sampled_from(["a", "${B:-b}"]),
        },
    ),
)


def parts(*files: str) -> dict[str, st.SearchStrategy[Any]]:
    """What a service may say; its files of variables are its own, or the order would matter."""
    return {
        "environment": environments(),
        "env_file": st.one_of(
            st.sampled_from(files), st.lists(st.sampled_from(files), min_size=1, unique=True)
        ),
        "ports": PORTS,
        "volumes": VOLUMES,
        "command": COMMANDS,
        "entrypoint": COMMANDS,
        "labels": st.dictionaries(NAMES, TEXTS, max_size=2),
        "user": st.sampled_from(["app", "${A:-root}"]),
        "working_dir": st.just("/srv"),
        "build": BUILDS,
    }


IMAGE = {"image": st.sampled_from(["x", "x:${A:-1}"])}
BASE = st.fixed_dictionaries(IMAGE, optional=parts("one.env"))
FAR = st.fixed_dictionaries(IMAGE, optional=parts("one.env", "two.env"))
APP = st.fixed_dictionaries(IMAGE, optional=parts("two.env", "three.env"))
OVER = st.fixed_dictionaries({}, optional=parts("four.env"))
EXTENDS = st.sampled_from(
    [None, {"service": "base"}, {"file": "sub/common.yml", "service": "far"}]
)
LOADED = ("one.env", "two.env", "three.env", "four.env", "sub/one.env", "sub/two.env")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    app = draw(APP)
    if extends := draw(EXTENDS):
        app = {**app, "extends": extends}
    files = {
        "docker-compose.yml": _file({"base": draw(BASE), "app": app}),
        "sub/common.yml": _file({"far": draw(FAR)}),
        **{name: draw(ENV_FILES) for name in LOADED},
    }
    if draw(st.booleans()):
        files["docker-compose.override.yml"] = _file({"app": draw(OVER)})
    if draw(st.booleans()):
        files[".env"] = draw(ENV_FILES)
    return {"files": files, "shell": draw(st.dictionaries(NAMES, SHELL, max_size=2))}


def _file(services: World) -> str:
    return yaml.safe_dump({"version": "3.8", "services": services, "volumes": {"data": {}}})


class Oracle:
    """docker-compose, asked one question after the other."""

    def __init__(self, folder: Path, stdin: IO[str], stdout: IO[str]) -> None:
        self.folder = folder
        self.stdin = stdin
        self.stdout = stdout

    def ask(self, world: World) -> World:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, text in world["files"].items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.folder / "sub" / "sub").mkdir()
        question = {"folder": str(self.folder), "shell": world["shell"]}
        self.stdin.write(json.dumps(question) + "\n")
        self.stdin.flush()
        answer: World = json.loads(self.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oracle]:
    program = shutil.which("docker-compose")
    first = Path(program).read_bytes().split(b"\n")[0] if program else b""
    if not first.startswith(b"#!") or b"python" not in first:
        pytest.skip("docker-compose 1.29 (Debian's package docker-compose) is not here")
    python = first[2:].decode().split()
    script = Path(__file__).with_name("compose_config.py")
    with subprocess.Popen([*python, "-I", str(script)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        yield Oracle(tmp_path_factory.mktemp("compose") / "project", process.stdin, process.stdout)
        process.stdin.close()


def _ours(service: Service) -> World:
    return {
        "environment": {one.name: _value(one) for one in service.variables},
        "image": service.image,
        "ports": {(p.host_ip, p.host, p.container, p.protocol) for p in service.ports},
        "volumes": {(_name(v.source), v.target, v.read_only) for v in service.volumes},
        "command": _filled(service.command),
        "entrypoint": _filled(service.entrypoint),
        "labels": dict(service.labels),
        "user": service.user,
        "working_dir": service.working_dir,
        "build": service.build and _place(service.build),
    }


def _value(one: Variable) -> str | None:
    """The value that a variable has where what nobody gives is empty, as docker-compose says."""
    if one.state == "injected":
        written = one.chain[0].value
        return None if written is None else _REFERENCE.sub("", written.reveal())
    return None if one.value is None else one.value.reveal()


def _theirs(told: World, folder: Path) -> World:
    return {
        "environment": _texts(told.get("environment")),
        "image": told["image"],
        "ports": set(map(_port, told.get("ports", []))),
        "volumes": set(map(_volume, told.get("volumes", []))),
        "command": _words(told.get("command")),
        "entrypoint": _words(told.get("entrypoint")),
        "labels": _texts(told.get("labels")),
        "user": told.get("user"),
        "working_dir": told.get("working_dir"),
        "build": ("build" in told and _their_place(told["build"], folder)) or None,
    }


def _place(build: Build) -> tuple[str, str | None, str | None]:
    return build.context, build.dockerfile, build.target


def _their_place(told: World, folder: Path) -> tuple[str, str | None, str | None]:
    context = Path(told["context"]).relative_to(folder)
    dockerfile = context / told.get("dockerfile", "Dockerfile")
    inner = "" if context == Path() else str(context)
    return inner, str(dockerfile), told.get("target")


def _texts(told: World | None) -> dict[str, str | None]:
    return {name: value if value is None else str(value) for name, value in (told or {}).items()}


def _port(told: str | World) -> tuple[str | None, int | None, int, str]:
    if isinstance(told, dict):
        return None, told.get("published"), told["target"], told.get("protocol", "tcp")
    whole, _, protocol = told.partition("/")
    address, host, inner = whole.rsplit(":", 2)
    return address, int(host), int(inner), protocol or "tcp"


def _volume(told: str) -> tuple[str | None, str, bool]:
    source, target, mode = (f":{told}:rw" if told.count(":") == 0 else told).split(":")
    return _name(source or None), target, mode == "ro"


def _name(source: str | None) -> str | None:
    return None if source is None else source.rpartition("/")[2]


def _filled(command: Command | None) -> list[str] | None:
    if command is None:
        return None
    return [word for one in command.words if (word := _REFERENCE.sub("", one))]


def _words(told: str | list[str] | None) -> list[str] | None:
    return shlex.split(told) if isinstance(told, str) else told


@settings(deadline=None, max_examples=100)
@given(world=worlds())
def test_a_stack_means_what_docker_compose_makes_of_it(oracle: Oracle, world: World) -> None:
    theirs = oracle.ask(world)["services"]

    files = {name: text.encode() for name, text in world["files"].items()}
    ours = Deployment.read(Project(files), world["shell"]).services

    assert {one.name: _ours(one) for one in ours} == {
        name: _theirs(told, oracle.folder) for name, told in theirs.items()
    }

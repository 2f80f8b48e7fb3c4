"""What Docker Compose itself prints for these files (`config` of 1.29.2), kept beside them."""

from readiness.deployment import Deployment
from readiness.project import Project

BASE = """\
version: "3.8"
services:
  base:
    image: busybox
    environment:
      - A=1
      - B=two words
      - N
      - D=${UNDEF:-def}
      - E=${SETV:-def}
      - EMP=${EMPTYV:-def}
      - EMP2=${EMPTYV-def}
      - REQ=${SETV:?no}
      - DD=$$x $${y}
      - U=${UNDEF2-}
    env_file: [one.env, two.env]
    ports: ["5432:5432", "127.0.0.1:80:80"]
    volumes: ["./a:/x", "b:/y"]
    command: echo "hello world" $$HOME
  app:
    extends: {service: base}
    environment: {A: 2, F: 1.50}
    command: ["x", "${SETV}"]
volumes: {b: {}}
"""
OVERRIDE = """\
version: "3.8"
services:
  app:
    environment: [A=3, Z=z]
    ports: ["81:80"]
    volumes: ["./c:/x"]
    command: run it
"""
FILES = {
    "docker-compose.yml": BASE,
    "docker-compose.override.yml": OVERRIDE,
    "one.env": "FROM1=1\nBOTH=one\nA=file\n# c\nexport EX=1\n"
    "Q=\"quoted\"\nS='single'\nH=a#b\nI=a # c\n",
    "two.env": "BOTH=two\nE=file\n",
    ".env": "SETV=set value\nEMPTYV=\nN=fromenv\n",
}
PRINTED = {
    "app": {
        "A": "3",
        "B": "two words",
        "BOTH": "two",
        "D": "def",
        "DD": "$x ${y}",
        "E": "set value",
        "EMP": "def",
        "EMP2": "",
        "EX": "1",
        "F": "1.5",
        "FROM1": "1",
        "H": "a#b",
        "I": "a",
        "N": "fromenv",
        "Q": "quoted",
        "REQ": "set value",
        "S": "single",
        "U": "",
        "Z": "z",
    },
    "base": {
        "A": "1",
        "B": "two words",
        "BOTH": "two",
        "D": "def",
        "DD": "$x ${y}",
        "E": "set value",
        "EMP": "def",
        "EMP2": "",
        "EX": "1",
        "FROM1": "1",
        "H": "a#b",
        "I": "a",
        "N": "fromenv",
        "Q": "quoted",
        "REQ": "set value",
        "S": "single",
        "U": "",
    },
}
PORTS = {
    "app": {(None, 5432, 5432), ("127.0.0.1", 80, 80), (None, 81, 80)},
    "base": {(None, 5432, 5432), ("127.0.0.1", 80, 80)},
}
VOLUMES = {"app": {("./c", "/x"), ("b", "/y")}, "base": {("./a", "/x"), ("b", "/y")}}


def read() -> Deployment:
    return Deployment.read(Project({name: text.encode() for name, text in FILES.items()}))


def test_variables_are_those_that_compose_prints() -> None:
    found = {
        service.name: {v.name: v.value.reveal() for v in service.variables if v.value is not None}
        for service in read().services
    }

    assert found == PRINTED


def test_ports_and_volumes_are_those_that_compose_prints() -> None:
    services = read().services

    ports = {s.name: {(p.host_ip, p.host, p.container) for p in s.ports} for s in services}
    volumes = {s.name: {(v.source, v.target) for v in s.volumes} for s in services}

    assert ports == PORTS
    assert volumes == VOLUMES


def test_commands_are_those_that_compose_prints() -> None:
    found = {s.name: s.command.words for s in read().services if s.command is not None}

    assert found == {"app": ("run", "it"), "base": ("echo", "hello world", "$HOME")}

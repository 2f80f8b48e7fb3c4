import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.model.variable import Variable
from readiness.project import Project


def deployment(environment: str = "production", **files: str) -> Deployment:
    named = {name.replace("__", "/"): text.encode() for name, text in files.items()}
    return Deployment.read(Project(named), environment=environment)


def compose(text: str, **more: str) -> Deployment:
    return deployment(**{"compose.yaml": text}, **more)


def service(found: Deployment, name: str) -> Service:
    one = found.service(name)
    assert one is not None
    return one


def variable(found: Deployment, name: str, of: str = "app") -> Variable:
    one = service(found, of).variable(name)
    assert one is not None
    return one


def value(found: Deployment, name: str, of: str = "app") -> str | None:
    one = variable(found, name, of)
    return None if one.value is None else one.value.reveal()


APP = "services:\n  app:\n    image: x\n    environment:\n"


@pytest.mark.parametrize(
    ("written", "env", "expected"),
    [
        ("${A:-b}", "", "b"),
        ("${A:-b}", "A=\n", "b"),
        ("${A-b}", "A=\n", ""),
        ("${A-b}", "", "b"),
        ("${A:-b}", "A=c\n", "c"),
        ("$Aé", "A=c\n", "cé"),
        ("${A:+x}", "A=c\n", "x"),
        ("${A:+x}", "", ""),
        ("${A+x}", "A=\n", "x"),
        ("$A-y", "A=c\n", "c-y"),
        ("${A:-${B:-deep}}", "", "deep"),
        ("$$A $${B}", "A=c\n", "$A ${B}"),
        ("${A:?needed}", "A=c\n", "c"),
        ("true", "", "true"),
        ("1.50", "", "1.5"),
        ("'1.50'", "", "1.50"),
    ],
)
def test_references_are_filled_as_compose_fills_them(
    written: str, env: str, expected: str
) -> None:
    found = compose(f"{APP}      V: {written}\n", **{".env": env})

    assert value(found, "V") == expected


@pytest.mark.parametrize(
    ("written", "given", "expected"),
    [("A=file\nB=${A}\n", {}, "file"), ("A=file\nB=${A}\n", {"A": "shell"}, "shell"),
     ("A=file\nB='${A}'\n", {"A": "shell"}, "${A}"), ("B=${A:-none}\n", {}, "none")],
)  # fmt: skip
@pytest.mark.parametrize("file", [".env", "app.env"])
def test_a_reference_in_a_file_asks_the_shell_before_the_file(
    file: str, written: str, given: dict[str, str], expected: str
) -> None:
    more = "      V: ${B}\n" if file == ".env" else "      X: x\n    env_file: app.env\n"
    project = Project({"compose.yaml": f"{APP}{more}".encode(), file: written.encode()})

    found = Deployment.read(project, given)

    assert value(found, "V" if file == ".env" else "B") == expected


@pytest.mark.parametrize(
    ("written", "partial"),
    [
        ("${A}", "${A}"),
        ("${A:?say it}", "${A}"),
        ("x${A}y", "x${A}y"),
        ("${B:-${A}}", "${A}"),
        ("pg://${U:-app}:${A}@${H:-db}/x", "pg://app:${A}@db/x"),
    ],
)
def test_a_reference_to_nothing_known_is_supplied_from_outside(written: str, partial: str) -> None:
    one = variable(compose(f"{APP}      V: {written}\n"), "V")

    assert (one.state, one.value) == ("injected", None)
    assert one.chain[0].value is not None
    assert one.chain[0].value.reveal() == partial


def test_the_default_of_a_password_is_known_and_stands_on_its_line() -> None:
    one = variable(compose(f"{APP}      PASSWORD: ${{PASSWORD:-postgres}}\n"), "PASSWORD")

    assert one.value is not None
    assert one.value.reveal() == "postgres"
    assert str(one.at) == "compose.yaml:5"
    assert "default of ${PASSWORD}" in one.chain[0].text


def test_a_variable_without_a_value_is_passed_through() -> None:
    found = compose(f"{APP}      A:\n      B:\n", **{".env": "B=2\n"})

    assert variable(found, "A").state == "injected"
    assert value(found, "B") == "2"


def test_environment_beats_env_file_and_that_the_image_with_the_whole_chain() -> None:
    found = compose(
        "services:\n  app:\n    build: .\n    env_file: [a.env, b.env]\n"
        "    environment: [A=compose]\n",
        **{"a.env": "A=a\nB=a\nC=${C}\n", "b.env": "B=1\nB=b\n", "app.py": "",
           "Dockerfile": "FROM python:3\nENV A=image B=image D=image\n"},
    )  # fmt: skip

    assert [value(found, name) for name in "ABD"] == ["compose", "b", "image"]
    assert variable(found, "C").state == "injected"
    assert [str(origin.at) for origin in variable(found, "B").chain] == [
        "b.env:2", "b.env:1", "a.env:2", "Dockerfile:2",
    ]  # fmt: skip


def test_an_env_file_that_is_not_there_is_named() -> None:
    found = compose("services:\n  app:\n    image: x\n    env_file: secret.env\n")

    assert service(found, "app").unread_sources == ("secret.env",)
    assert [one.path for one in found.unread] == ["secret.env"]


def test_an_env_file_that_need_not_be_there_is_not_missed() -> None:
    found = compose(
        "services:\n  app:\n    image: x\n    env_file:\n      - path: a.env\n"
        "        required: false\n"
    )

    assert found.unread == ()


def test_single_quotes_keep_an_env_file_from_being_filled() -> None:
    found = compose("services:\n  app: {image: x, env_file: a.env}\n", **{"a.env": "A='${B}'\n"})

    assert value(found, "A") == "${B}"


def test_the_override_is_merged_and_its_lists_are_joined() -> None:
    found = compose(
        "services:\n  app:\n    image: x\n    command: [a]\n    ports: ['80:80', '81:81']\n"
        "    environment: {A: 1, B: 1}\n    volumes: ['./a:/data', 'b:/b']\n",
        **{"compose.override.yaml":
           "services:\n  app:\n    command: b c\n    ports: ['80:80', '82:82']\n"
           "    environment: [B=2]\n    volumes: ['./z:/data']\n"},
    )  # fmt: skip
    app = service(found, "app")

    assert [port.host for port in app.ports] == [80, 81, 82]
    assert [value(found, name) for name in "AB"] == ["1", "2"]
    assert app.command is not None
    assert app.command.words == ("b", "c")
    assert {(one.source, one.target) for one in app.volumes} == {("./z", "/data"), ("b", "/b")}
    assert "merged" in found.assumptions[0]


def test_reset_and_override_replace_what_stood_there() -> None:
    found = compose(
        "services:\n  app:\n    image: x\n    ports: ['80:80']\n    expose: ['1', '2']\n",
        **{"compose.override.yaml":
           "services:\n  app:\n    ports: !reset []\n    expose: !override ['3']\n"},
    )  # fmt: skip

    assert [port.container for port in service(found, "app").ports] == [3]


def test_a_service_extends_another_one_of_its_file_and_of_another_folder() -> None:
    found = compose(
        "services:\n  base: {image: x, environment: {A: base}}\n"
        "  app:\n    extends: base\n    environment: {B: 1}\n"
        "  far:\n    extends: {file: sub/common.yml, service: web}\n",
        **{"sub__common.yml": "services:\n  web: {image: y, env_file: c.env}\n",
           "sub__c.env": "C=1\n"},
    )  # fmt: skip

    assert [value(found, "A"), value(found, "B"), value(found, "C", "far")] == ["base", "1", "1"]
    assert service(found, "far").image == "y"


def test_services_that_extend_each_other_do_not_hang() -> None:
    found = compose("services:\n  a: {image: x, extends: b}\n  b: {image: x, extends: a}\n")

    assert {one.name for one in found.services} == {"a", "b"}


def test_included_files_bring_their_services() -> None:
    found = compose(
        "include: [infra/compose.db.yaml]\nservices:\n  app: {image: x}\n",
        **{"infra__compose.db.yaml": "services:\n  db: {image: postgres}\n"},
    )

    assert {one.name for one in found.services} == {"app", "db"}


@pytest.mark.parametrize(
    ("entry", "files", "expected"),
    [
        ("infra/compose.yaml", {"infra/.env": "V=inner\n"}, "inner"),
        ("infra/compose.yaml", {"infra/.env": "V=inner\n", ".env": "V=outer\n"}, "outer"),
        ("{path: infra/compose.yaml, env_file: x.env}", {"x.env": "V=x\n"}, "x"),
        ("{path: infra/compose.yaml, project_directory: .}", {"infra/.env": "V=no\n"}, None),
        ("{path: [infra/compose.yaml, over.yaml]}",
         {"over.yaml": "services:\n  db: {environment: {V: over}}\n"}, "over"),
    ],
)  # fmt: skip
def test_what_is_included_has_its_own_variables_under_those_around_it(
    entry: str, files: dict[str, str], expected: str | None
) -> None:
    inner = "services:\n  db: {image: postgres, environment: {V: '${V}'}}\n"
    found = compose(
        f"include:\n  - {entry}\nservices:\n  app: {{image: x}}\n",
        **{"infra/compose.yaml": inner}, **files,
    )  # fmt: skip

    assert value(found, "V", of="db") == expected
    assert len(found.services) == 2


def test_files_that_include_each_other_do_not_hang() -> None:
    found = compose(
        "include: [b.yaml, b.yaml]\nservices:\n  app: {image: x}\n",
        **{"b.yaml": "include: [compose.yaml, compose.yaml]\nservices:\n  b: {image: x}\n"},
    )

    assert {one.name for one in found.services} == {"app", "b"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5432:5432", (None, 5432, 5432, True)),
        ("127.0.0.1:5432:5432", ("127.0.0.1", 5432, 5432, False)),
        ("'[::1]:5432:5432'", ("[::1]", 5432, 5432, False)),
        ("'5432'", (None, None, 5432, True)),
        ("${BIND}:5432:5432", ("?", 5432, 5432, None)),
        ("${BIND:-127.0.0.1}:1:5432/tcp", ("127.0.0.1", 1, 5432, False)),
        ("{target: 5432, published: '1', host_ip: 127.0.0.1}", ("127.0.0.1", 1, 5432, False)),
        ("{target: 5432, published: 1}", (None, 1, 5432, True)),
    ],
)
def test_ports_say_whether_they_are_public(
    written: str, expected: tuple[str | None, int | None, int, bool | None]
) -> None:
    found = compose(f"services:\n  db:\n    image: postgres\n    ports:\n      - {written}\n")
    port = service(found, "db").ports[0]

    assert (port.host_ip, port.host, port.container, port.public) == expected


def test_a_range_of_ports_is_every_port() -> None:
    found = compose("services:\n  a: {image: x, ports: ['90-92:80-82']}\n")

    assert [(one.host, one.container) for one in service(found, "a").ports] == [
        (90, 80), (91, 81), (92, 82),
    ]  # fmt: skip


def test_the_file_of_the_environment_is_taken_alone_where_it_is_complete() -> None:
    files = {
        "compose.yaml": "services:\n  app: {image: x, environment: {A: dev}}\n",
        "compose.prod.yaml": "services:\n  app: {image: x, environment: {B: prod}}\n",
        "compose.dev.yaml": "services:\n  app: {image: x}\n",
    }

    found = deployment(**files)

    assert service(found, "app").variable("A") is None
    assert value(found, "B") == "prod"
    assert {one.path for one in found.left_out} == {"compose.yaml", "compose.dev.yaml"}


def test_the_file_of_the_environment_is_merged_where_it_cannot_stand_alone() -> None:
    found = compose(
        "services:\n  app: {image: x, environment: {A: base}}\n",
        **{"compose.production.yml": "services:\n  app: {environment: {B: prod}}\n"},
    )

    assert [value(found, name) for name in "AB"] == ["base", "prod"]


def test_a_command_that_somebody_wrote_decides_which_files_are_merged() -> None:
    found = compose(
        "services:\n  app: {image: x, environment: {A: base}}\n",
        **{"compose.prod.yaml": "services:\n  app: {image: y}\n",
           "Makefile": "up:\n\tdocker compose -f compose.yaml -f compose.prod.yaml up -d\n"},
    )  # fmt: skip

    assert value(found, "A") == "base"
    assert service(found, "app").image == "y"
    assert "Makefile:2" in found.assumptions[0]


def test_a_service_of_a_development_profile_is_not_of_production() -> None:
    text = "services:\n  tool: {image: x, profiles: [dev]}\n  app: {image: x}\n"

    assert [one.name for one in compose(text).services] == ["app"]
    assert len(deployment("development", **{"compose.yaml": text}).services) == 2


def test_a_file_that_is_no_yaml_is_named_and_the_rest_is_read() -> None:
    found = compose("services: [\n", **{"deploy__compose.yaml": "services:\n  app: {image: x}\n"})

    assert [one.path for one in found.unread] == ["compose.yaml"]
    assert [one.name for one in found.services] == ["app"]


@pytest.mark.parametrize(
    "text",
    ["services: 1\n", "services: [a]\n", "services:\n  app:\n", "services:\n  app: text\n",
     "services:\n  app: {image: [1], ports: x, environment: 3, env_file: {a: 1}, volumes: 1}\n",
     "services:\n  app: {build: [], command: {a: b}, deploy: 1, extends: [1], healthcheck: x}\n",
     "services:\n  app: {image: x, ports: [null, [1], 'a:b:c:d'], env_file: [null]}\n",
     "include: 3\nservices: {}\n"],
)  # fmt: skip
def test_odd_compose_files_do_not_crash(text: str) -> None:
    assert compose(text).environment == "production"


def test_given_variables_win_over_the_file_beside() -> None:
    project = Project({
        "compose.yaml": f"{APP}      V: ${{A}}\n".encode(), ".env": b"A=file\n",
    })  # fmt: skip

    found = Deployment.read(project, {"A": "given"})

    assert value(found, "V") == "given"


def test_replicas_probes_and_host_network_are_read() -> None:
    found = compose(
        "services:\n  app:\n    image: x\n    deploy: {replicas: 3}\n    network_mode: host\n"
        "    healthcheck: {test: [CMD, curl, x]}\n    depends_on: {db: {condition: x}}\n"
        "  db: {image: postgres, healthcheck: {disable: true}}\n"
    )
    app = service(found, "app")

    assert app.replicas is not None
    assert (app.replicas.least, app.replicas.most, str(app.replicas.at)) == (
        3,
        3,
        "compose.yaml:4",
    )
    assert (app.probes[0].test, app.probes[0].disabled) == ("CMD curl x", False)
    assert service(found, "db").probes[0].disabled
    assert app.host_network is not None
    assert app.depends_on == ("db",)

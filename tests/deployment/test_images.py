# ruff: noqa: E501 - a small table
import pytest

from readiness.deployment.dockerfile import image_of
from readiness.deployment.images import image_name, is_known, is_postgres
from readiness.deployment.interpolation import as_known
from readiness.deployment.naming import aliases, belongs, env_files, is_aside
from readiness.document.dockerfile import parse


@pytest.mark.parametrize(
    "image",
    ["postgres", "postgres:16", "postgres:16-alpine@sha256:ab", "library/postgres",
     "docker.io/library/postgres:16", "postgis/postgis:16-3.4", "timescale/timescaledb:2-pg16",
     "timescale/timescaledb-ha:pg16", "bitnami/postgresql:16", "bitnami/postgresql-repmgr",
     "pgvector/pgvector:pg16", "agnohq/pgvector:16", "supabase/postgres:15", "ankane/pgvector",
     "ghcr.io/cloudnative-pg/postgresql:16", "registry:5000/postgres", "imresamu/postgis",
     "citusdata/citus", "paradedb/paradedb", "ghcr.io/zalando/spilo-16", "acme/my-postgres:1"],
)  # fmt: skip
def test_servers_are_recognised_whoever_made_them(image: str) -> None:
    assert is_postgres(image)


@pytest.mark.parametrize(
    "image",
    ["redis", "prodrigestivill/postgres-backup-local:16", "kartoza/pg-backup", "dpage/pgadmin4",
     "prometheuscommunity/postgres-exporter", "quay.io/prometheuscommunity/postgres_exporter",
     "edoburu/pgbouncer", "postgrest/postgrest", "eeshugerman/postgres-backup-s3", "python:3.13",
     "bitnami/pgpool", "mysql", "acme/app", "supabase/postgres-meta"],
)  # fmt: skip
def test_what_stands_beside_a_server_is_none(image: str) -> None:
    assert not is_postgres(image)


def test_an_image_name_is_its_last_part() -> None:
    assert image_name("registry.example.com:5000/Acme/App:1.2@sha256:ff") == "app"


@pytest.mark.parametrize(
    ("image", "known"),
    [
        ("redis:7", True),
        ("acme/app", False),
        ("agent:1", False),
        ("registry.example.com/agent", False),
        ("ghcr.io/acme/agent:2", False),
        ("grafana/agent:v0.40", True),
        ("gcr.io/datadoghq/agent:7", True),
        ("public.ecr.aws/datadog/agent", True),
    ],
)
def test_well_known_products_are_nobodys_own_code(image: str, known: bool) -> None:
    assert is_known(image) is known


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("compose.prod.yaml", "this"),
        ("docker-compose.production.yml", "this"),
        ("k8s/overlays/prod/app.yaml", "this"),
        ("compose.dev.yaml", "other"),
        ("overlays/staging/app.yaml", "other"),
        ("Dockerfile.test", "other"),
        ("dev/compose.prod.yaml", "this"),
        ("prod/compose.dev.yaml", "other"),
        ("compose.yaml", "any"),
        ("products/compose.yaml", "any"),
        ("devices/latest.yaml", "any"),
        ("k8s-prod/app.yaml", "this"),
        ("infra/env_staging/app.yaml", "other"),
        ("dev-portal/compose.yaml", "any"),
        ("stage-manager/app.yaml", "any"),
        (".envs/.local/app.yaml", "other"),
    ],
)
def test_a_file_belongs_to_the_environment_that_its_name_says(path: str, expected: str) -> None:
    assert belongs(path, "production") == expected


def test_an_environment_of_its_own_name_has_no_other_names() -> None:
    assert aliases("eu-west") == {"eu-west"}
    assert belongs("compose.eu-west.yaml", "eu-west") == "this"
    assert belongs("compose.eu-central.yaml", "eu-west") == "any"
    assert aliases("live") >= {"live", "production", "prod"}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (".env.production", True), (".env.prod", True), ("envs/production.env", True),
        ("deploy/.prod.env", True), ("config/production/.env", True), (".envs/.production/.env", True),
        (".env-prod", True), ("env.prod", True), (".env", False), (".env.production.example", False),
        ("production/app.env", False), ("examples/.env.production", False), ("prod/.env.dev", False),
        ("dev/.env.prod", True), (".env.development", False), ("production", False),
    ],
)  # fmt: skip
def test_a_file_of_variables_is_known_by_its_name_or_its_folder(path: str, *, found: bool) -> None:
    assert list(env_files([path], aliases("production"))) == ([path] if found else [])


def test_folders_of_tests_and_examples_are_aside() -> None:
    assert is_aside("examples/compose.yaml")
    assert not is_aside("deploy/examples.yaml")


def values(text: str, target: str | None = None, **arguments: str) -> dict[str, str | None]:
    image = image_of(parse(text, "Dockerfile"), target, as_known(arguments))
    assert image is not None
    return {
        name: one.value.reveal() if one.value is not None else None
        for name, one in image.variables.items()
    }


def test_both_forms_of_env_and_its_references() -> None:
    text = (
        "FROM x\nENV A=1 B='two words' C=three\\ words\nENV D the rest  of it\n"
        "ENV E=\"$A-${B}\" F=${NO:-default} G=${A:+set} H='$A'\nENV A=2 I=$A\n"
    )

    assert values(text) == {
        "A": "2", "B": "two words", "C": "three words", "D": "the rest  of it",
        "E": "1-two words", "F": "default", "G": "set", "H": "$A", "I": "1",
    }  # fmt: skip


def test_only_the_stage_that_is_built_and_its_parents_count() -> None:
    text = (
        "FROM python AS base\nENV A=base\nFROM node AS web\nENV B=web\n"
        "FROM base AS dev\nENV A=dev\nFROM base\nENV C=final\n"
    )

    assert values(text) == {"A": "base", "C": "final"}
    assert values(text, "dev") == {"A": "dev"}
    assert image_of(parse(text, "Dockerfile"), "absent") is None


def test_build_arguments_have_defaults_and_can_be_given() -> None:
    text = "FROM x\nARG LEVEL=dev\nARG TOKEN\nENV LEVEL=$LEVEL TOKEN=$TOKEN\n"

    assert values(text) == {"LEVEL": "dev", "TOKEN": None}
    assert values(text, LEVEL="prod", TOKEN="t") == {"LEVEL": "prod", "TOKEN": "t"}


def test_arguments_before_the_first_stage_name_its_image_only() -> None:
    image = image_of(parse("ARG V=3\nFROM python:$V\nENV A=$V\n", "Dockerfile"))

    assert image is not None
    assert image.base == "python:3"
    assert image.variables["A"].value is not None
    assert image.variables["A"].value.reveal() == ""


def test_commands_user_ports_and_health_of_an_image() -> None:
    image = image_of(
        parse(
            'FROM x\nUSER root\nEXPOSE 80 53/udp\nENTRYPOINT ["./start.sh"]\n'
            "CMD python main.py --x 'a b'\nHEALTHCHECK CMD curl x\nUSER app\nWORKDIR /srv\n",
            "Dockerfile",
        )
    )

    assert image is not None
    assert image.entrypoint is not None
    assert image.command is not None
    assert image.entrypoint.words == ("./start.sh",)
    assert (image.command.words, image.command.shell) == (
        ("python", "main.py", "--x", "a b"), True,
    )  # fmt: skip
    assert (image.user, image.working_dir) == ("app", "/srv")
    assert [(port.container, port.protocol) for port in image.ports] == [(80, "tcp"), (53, "udp")]
    assert not image.probes[0].disabled


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"A=\$B", "$B"), ("A=x'$B'y", "x$By"), ('A="x $B"', "x known"), (r'A="a\"b"', 'a"b'),
        (r"A=d\ e", "d e"), (r'A="d\e"', r"d\e"), ("A='a b'c", "a bc"), ("A=${B}x", "knownx"),
        ("A=${C:-'d'}", "'d'"), ("A=$", "$"), ("A=${C:-${B}}", "known"), ("A ${B} and more", "known and more"),
        ("A=${C}", ""), ('A=""', ""),
    ],
)  # fmt: skip
def test_a_value_is_quoted_and_filled_in_as_the_builder_does_it(
    written: str, expected: str
) -> None:
    assert values(f"FROM x\nENV B=known\nENV {written}\n")["A"] == expected


def test_a_change_of_a_value_that_is_not_made_here_leaves_it_unknown() -> None:
    assert values("FROM x\nARG B=v1.2\nENV A=${B#v} C=${B}\n") == {"A": None, "C": "v1.2"}


def test_what_is_put_off_happens_in_the_stage_that_follows() -> None:
    text = "FROM x AS base\nONBUILD ENV A=late\nENV A=early\n{}"

    assert values(text.format("")) == {"A": "early"}
    assert values(text.format("FROM base\n")) == {"A": "late"}
    assert values(text.format("FROM base AS mid\nENV A=own\nFROM mid\n")) == {"A": "own"}


def test_another_sign_may_continue_lines() -> None:
    text = "# escape=`\nFROM x\nENV A=1 `\n    B=c:\\dir `\n    C=`$A\n"

    assert values(text) == {"A": "1", "B": "c:\\dir", "C": "$A"}


def test_a_here_document_is_no_instruction() -> None:
    text = "FROM x\nRUN <<EOF\nENV A=inside\nEOF\nENV B=2\n"

    assert values(text) == {"B": "2"}

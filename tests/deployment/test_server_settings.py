"""What the files ask of the server's settings."""

import pytest

from readiness.deployment import Deployment
from readiness.project import Project

PARAMETER_GROUP = """
variable "most" {
  default = 200
}
resource "aws_db_parameter_group" "main" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = var.most
    apply_method = "pending-reboot"
  }
  parameter {
    name  = "shared_buffers"
    value = "{DBInstanceClassMemory/32768}"
  }
  parameter {
    name  = "rds.force_ssl"
    value = 1
  }
}
resource "aws_db_parameter_group" "other" {
  family = "mysql8.0"
  parameter {
    name  = "max_connections"
    value = 7
  }
}
"""
CLOUD_SQL = """
resource "google_sql_database_instance" "main" {
  database_version = "POSTGRES_16"
  settings {
    database_flags {
      name  = "log_lock_waits"
      value = "on"
    }
  }
}
"""
AZURE = """
resource "azurerm_postgresql_flexible_server_configuration" "log" {
  name      = "log_connections"
  server_id = "x"
  value     = "on"
}
"""
CLUSTER = """
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: main}
spec:
  postgresql:
    parameters:
      max_connections: "300"
"""
COMPOSE = """
services:
  db:
    image: postgres:18
    command: postgres -c max_connections=50 --work-mem=8MB -c 'max_connections=60' -c port=${P:?}
  api:
    image: shop
    command: serve -c max_connections=9
"""
CONF = """
# max_connections = 1
max_connections = 200   # for three services
Work_Mem 16MB
search_path = 'app, ''x'''  # quoted
include 'other.conf'
max_connections = 210
"""


def declared(path: str, text: str) -> dict[str, tuple[str | None, str]]:
    found = Deployment.read(Project({path: text.encode()}))
    return {one.name: (one.text, str(one.at)) for one in found.settings}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("main.tf", PARAMETER_GROUP,
         {"max_connections": ("200", "main.tf:9"), "shared_buffers": (None, "main.tf:14")}),
        ("main.tf", CLOUD_SQL, {"log_lock_waits": ("on", "main.tf:7")}),
        ("main.tf", AZURE, {"log_connections": ("on", "main.tf:5")}),
        ("k8s/db.yaml", CLUSTER, {"max_connections": ("300", "k8s/db.yaml:8")}),
        ("compose.yaml", COMPOSE,
         {"max_connections": ("60", "compose.yaml:5"), "work_mem": ("8MB", "compose.yaml:5"),
          "port": (None, "compose.yaml:5")}),
        ("docker/postgresql.conf", CONF,
         {"max_connections": ("210", "docker/postgresql.conf:7"),
          "work_mem": ("16MB", "docker/postgresql.conf:4"),
          "search_path": ("app, 'x'", "docker/postgresql.conf:5")}),
        ("tests/postgresql.conf", CONF, {}),
        ("postgresql.dev.conf", CONF, {}),
    ],
)  # fmt: skip
def test_each_kind_of_file_says_what_it_asks_for_and_where(
    path: str, text: str, expected: dict[str, tuple[str | None, str]]
) -> None:
    assert declared(path, text) == expected


def test_the_command_of_a_server_beats_the_file() -> None:
    found = Deployment.read(
        Project({"compose.yaml": COMPOSE.encode(), "postgresql.conf": CONF.encode()})
    )

    assert [one.text for one in found.settings if one.name == "max_connections"] == ["60"]


@pytest.mark.parametrize(
    ("version", "names"), [("POSTGRES_16", ["max_connections"]), ("MYSQL_8_0", [])]
)
def test_flags_of_another_kind_of_server_are_none_of_ours(version: str, names: list[str]) -> None:
    text = (
        'resource "google_sql_database_instance" "db" {\n'
        f'  database_version = "{version}"\n  settings {{\n    database_flags {{\n'
        '      name  = "max_connections"\n      value = "90"\n    }\n  }\n}\n'
    )
    found = Deployment.read(Project({"main.tf": text.encode()}))

    assert [one.name for one in found.settings] == names


def test_what_kubernetes_puts_in_is_not_known() -> None:
    text = "services:\n  db:\n    image: postgres:17\n    command: postgres -c port=$$(PORT)\n"
    found = Deployment.read(Project({"compose.yaml": text.encode()}))

    assert [(one.name, one.text) for one in found.settings] == [("port", None)]


CHART = "dependencies:\n  - {name: postgresql, version: 15.x.x}\n"
VALUES = """
postgresql:
  primary:
    extendedConfiguration: |
      max_connections = 200
      work_mem = 8MB
"""
OTHERS = "postgresql:\n  postgresqlExtendedConf: {maxConnections: 300}\n"


@pytest.mark.parametrize(
    ("chart", "values", "later", "expected"),
    [
        (CHART, VALUES, "", {"max_connections": "200", "work_mem": "8MB"}),
        (CHART, VALUES, OTHERS, {"max_connections": "300", "work_mem": "8MB"}),
        (CHART, VALUES.replace("  primary", "  enabled: false\n  primary"), "", {}),
        (CHART.replace("postgresql", "redis"), VALUES, "", {}),
    ],
)
def test_the_values_of_a_chart_set_its_server(
    chart: str, values: str, later: str, expected: dict[str, str]
) -> None:
    files = {"chart/Chart.yaml": chart, "chart/values.yaml": values,
             "chart/values-production.yaml": later}  # fmt: skip
    found = Deployment.read(Project({path: text.encode() for path, text in files.items()}))

    assert {one.name: one.text for one in found.settings} == expected

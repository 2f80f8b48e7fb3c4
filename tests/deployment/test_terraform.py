import pytest

from readiness.deployment import Deployment
from readiness.deployment.facts import DeclaredDatabase
from readiness.project import Project


def read(text: str, **files: str) -> Deployment:
    named = {name.replace("__", "/"): one.encode() for name, one in files.items()}
    return Deployment.read(Project({"infra/main.tf": text.encode(), **named}))


def database(found: Deployment) -> DeclaredDatabase:
    assert len(found.databases) == 1
    return found.databases[0]


def rds(text: str) -> str:
    return f'resource "aws_db_instance" "main" {{\n  engine = "postgres"\n  {text}\n}}\n'


@pytest.mark.parametrize(
    ("text", "public", "kept"),
    [
        (rds(""), False, 0),
        (rds("publicly_accessible = true\n backup_retention_period = 7"), True, 7),
        (rds("publicly_accessible = var.open\n backup_retention_period = var.days"), None, None),
        (rds("backup_retention_period = local.days") + "locals {\n days = 5\n}\n", False, 5),
        (rds("backup_retention_period = var.d") + 'variable "d" {\n default = 3\n}\n', False, 3),
        ('resource "azurerm_postgresql_flexible_server" "m" {\n}\n', True, 7),
        ('resource "azurerm_postgresql_flexible_server" "m" {\n'
         " public_network_access_enabled = false\n backup_retention_days = 30\n}\n", False, 30),
        ('resource "aws_rds_cluster" "m" {\n engine = "aurora-postgresql"\n}\n', None, 1),
        ('module "db" {\n source = "terraform-aws-modules/rds/aws"\n engine = "postgres"\n}\n',
         False, 0),
    ],
)  # fmt: skip
def test_managed_databases_say_who_reaches_them_and_what_they_keep(
    text: str,
    public: bool | None,
    kept: int | None,
) -> None:
    one = database(read(text))

    assert (one.publicly_accessible, one.backup_retention) == (public, kept)


def test_the_place_is_that_of_the_attribute_and_none_for_a_default() -> None:
    said = database(read(rds("backup_retention_period = 7")))
    unsaid = database(read(rds("")))

    assert str(said.backup_retention_at) == "infra/main.tf:3"
    assert unsaid.backup_retention_at is None
    assert str(unsaid.at) == "infra/main.tf:1"


CLOUD = """\
resource "google_sql_database_instance" "main" {
  database_version = "POSTGRES_16"
  settings {
    backup_configuration {
      enabled = ENABLED
    }
    ip_configuration {
      ipv4_enabled = false
      authorized_networks {
        value = "NETWORK"
      }
    }
  }
}
"""


@pytest.mark.parametrize(("enabled", "kept"), [("true", 7), ("false", 0)])
def test_cloud_sql_keeps_nothing_where_its_backups_are_off(enabled: str, kept: int) -> None:
    one = database(read(CLOUD.replace("ENABLED", enabled)))

    assert (one.publicly_accessible, one.backup_retention) == (False, kept)


@pytest.mark.parametrize(("network", "opened"), [("0.0.0.0/0", True), ("10.0.0.0/8", False)])
def test_authorized_networks_are_ways_in(network: str, opened: bool) -> None:
    found = read(CLOUD.replace("NETWORK", network))

    assert ("firewall-rule", opened) in [(one.kind, one.open) for one in found.exposures]


def test_other_engines_and_resources_that_are_switched_off_do_not_count() -> None:
    text = rds("count = 0") + 'resource "aws_db_instance" "x" {\n engine = "mysql"\n}\n'

    assert read(text).databases == ()


def test_values_of_the_environment_win_over_those_of_all() -> None:
    text = rds("backup_retention_period = var.d") + 'variable "d" {}\n'

    found = read(text, **{"infra/terraform.tfvars": "d = 1", "infra/production.tfvars": "d = 30\n",
                          "infra/staging.tfvars": "d = 2\n"})  # fmt: skip

    assert database(found).backup_retention == 30


def group(ports: str, ranges: str) -> str:
    return (
        'resource "aws_security_group" "db" {\n  ingress {\n'
        f'    {ports}\n    protocol = "tcp"\n    cidr_blocks = {ranges}\n  }}\n}}\n'
    )


ONE_PORT = "from_port = 5432\n to_port = 5432"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (group(ONE_PORT, '["0.0.0.0/0"]'), [True]),
        (group(ONE_PORT, '["10.0.0.0/8"]'), [False]),
        (group(ONE_PORT, "[var.mine]"), [None]),
        (group("from_port = 0\n to_port = 65535", '["0.0.0.0/0"]'), [True]),
        (group("from_port = 443\n to_port = 443", '["0.0.0.0/0"]'), []),
        ('resource "google_compute_firewall" "x" {\n allow {\n protocol = "tcp"\n'
         ' ports = ["5000-6000"]\n }\n source_ranges = ["0.0.0.0/0"]\n}\n', [True]),
        ('resource "google_compute_firewall" "x" {\n allow {\n protocol = "tcp"\n'
         ' ports = ["80"]\n }\n source_ranges = ["0.0.0.0/0"]\n}\n', []),
        ('resource "azurerm_postgresql_flexible_server_firewall_rule" "x" {\n'
         ' start_ip_address = "0.0.0.0"\n end_ip_address = "255.255.255.255"\n}\n', [True]),
        ('resource "azurerm_network_security_rule" "x" {\n direction = "Inbound"\n'
         ' access = "Allow"\n destination_port_range = "5432"\n source_address_prefix = "*"\n}\n',
         [True]),
        ('resource "aws_vpc_security_group_ingress_rule" "x" {\n ip_protocol = "-1"\n'
         ' cidr_ipv4 = "0.0.0.0/0"\n}\n', [True]),
        ('resource "aws_security_group_rule" "x" {\n type = "egress"\n from_port = 0\n'
         ' to_port = 0\n protocol = "-1"\n cidr_blocks = ["0.0.0.0/0"]\n}\n', []),
    ],
)  # fmt: skip
def test_rules_say_whether_the_world_reaches_the_port(
    text: str, expected: list[bool | None]
) -> None:
    assert [one.open for one in read(text).exposures] == expected


def test_containers_that_are_not_evaluated_and_files_that_are_not_hcl_are_named() -> None:
    text = 'resource "aws_ecs_task_definition" "x" {\n container_definitions = local.x\n}\n'

    found = read(text, **{"infra/broken.tf": "resource {{{\n"})

    assert [one.path for one in found.unread] == ["infra/broken.tf", "infra/main.tf:1"]


@pytest.mark.parametrize(
    "text",
    [rds("publicly_accessible = [1]\n backup_retention_period = {a = 1}"),
     group("from_port = [1]\n to_port = {}", "3"),
     'resource "aws_security_group_rule" "x" {\n type = ["a"]\n protocol = {}\n}\n',
     'resource "google_sql_database_instance" "x" {\n settings = 3\n database_version = [1]\n}\n',
     'resource "azurerm_postgresql_firewall_rule" "x" {\n start_ip_address = [1]\n}\n',
     "resource = 3\nmodule = 4\nvariable = 5\nlocals = 6\n"],
)  # fmt: skip
def test_odd_terraform_does_not_crash(text: str) -> None:
    assert read(text).environment == "production"


MODULE = """\
variable "public" { default = DEFAULT }
resource "aws_db_instance" "main" {
  engine = "postgres"
  publicly_accessible = var.public
}
"""
CALL = (
    'module "db" {\n  source = "../../modules/db"\n  public = GIVEN\n}\nlocals { open = true }\n'
)


@pytest.mark.parametrize(
    ("default", "given", "expected"),
    [("true", "false", False), ("false", "true", True), ("false", "local.open", True),
     ("false", "aws_x.y.z", None), ("null", "false", False)],
)  # fmt: skip
def test_a_module_has_the_values_of_its_call(
    default: str, given: str, *, expected: bool | None
) -> None:
    files = {
        "infra/terraform/modules/db/main.tf": MODULE.replace("DEFAULT", default),
        "infra/terraform/envs/prod/main.tf": CALL.replace("GIVEN", given),
        "infra/terraform/envs/dev/main.tf": CALL.replace("GIVEN", "true"),
    }
    found = Deployment.read(Project({name: text.encode() for name, text in files.items()}))

    assert [one.publicly_accessible for one in found.databases] == [expected]
    assert [one.path for one in found.left_out] == ["infra/terraform/envs/dev/main.tf"]


def test_modules_that_call_each_other_do_not_hang() -> None:
    call = 'module "x" {\n  source = "../b"\n}\nmodule "y" {\n  source = "../b"\n}\n'
    files = {"a/main.tf": call, "b/main.tf": call.replace("../b", "../a") + MODULE}

    found = Deployment.read(
        Project({n: t.replace("DEFAULT", "1").encode() for n, t in files.items()})
    )

    assert found.databases

"""Terraform: the settings of a managed PostgreSQL server that it asks for."""

from collections.abc import Iterator

from readiness.deployment.facts import DeclaredSetting
from readiness.deployment.terraform_expressions import UNRESOLVED
from readiness.deployment.terraform_values import Module
from readiness.document.node import Node

_GROUPS = ("aws_db_parameter_group", "aws_rds_cluster_parameter_group")
_AZURE = ("azurerm_postgresql_flexible_server_configuration", "azurerm_postgresql_configuration")
# Settings that the platform has and the server does not, such as RDS's switch for TLS.
_FOREIGN = ("rds.", "apg_", "cloudsql.", "azure.", "aurora_", "pgbouncer.")


def parameters(module: Module) -> Iterator[DeclaredSetting]:
    """The parameters of groups, flags and configurations of PostgreSQL servers."""
    for one in _all(module):
        if not one.name.startswith(_FOREIGN):
            yield one


def _all(module: Module) -> Iterator[DeclaredSetting]:
    for kind in _GROUPS:
        for name, node in module.resources(kind):
            if "postgres" in str(module.value(node, "family")):
                for block in node.get("parameter") or ():
                    yield from _setting(module, block, f"{kind}.{name}", "value")
    for name, node in module.resources("google_sql_database_instance"):
        version = module.value(node, "database_version")
        if isinstance(version, str) and "POSTGRES" not in version.upper():
            continue
        for block in node.get("settings", 0, "database_flags") or ():
            yield from _setting(module, block, f"google_sql_database_instance.{name}", "value")
    for kind in _AZURE:
        for name, node in module.resources(kind):
            yield from _setting(module, node, f"{kind}.{name}", "value")


def _setting(module: Module, node: Node, source: str, key: str) -> Iterator[DeclaredSetting]:
    name, value = module.value(node, "name"), module.value(node, key)
    at = module.at(node, key)
    if not isinstance(name, str) or value is None or at is None:
        return
    # RDS computes what stands in braces from the size of the machine.
    computed = value is UNRESOLVED or "{" in str(value)
    applied = module.value(node, "apply_method")
    yield DeclaredSetting(name.lower(), None if computed else _text(value), at, source,
                          applied if isinstance(applied, str) else None)  # fmt: skip


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

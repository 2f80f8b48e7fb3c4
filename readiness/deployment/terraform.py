"""Terraform: the databases, firewall rules and processes that it declares."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from readiness.deployment.ecs import task_services
from readiness.deployment.facts import DeclaredDatabase, Exposure
from readiness.deployment.reading import Reading
from readiness.deployment.terraform_access import firewall_exposures
from readiness.deployment.terraform_containers import add_containers
from readiness.deployment.terraform_expressions import UNRESOLVED
from readiness.deployment.terraform_instances import tasks
from readiness.deployment.terraform_parameters import parameters
from readiness.deployment.terraform_values import Module, read_modules
from readiness.document.node import Node

Reader = Callable[[Module, str, Node], DeclaredDatabase | None]


def read_terraform(reading: Reading) -> None:
    """Add the databases and firewall rules that Terraform declares."""
    for module in read_modules(reading):
        databases = [_planned(module, one) for one in _databases(module)]
        reading.databases.extend(databases)
        ways = list(firewall_exposures(module))
        named = any(way.kind == "firewall-rule" for way in ways)
        narrow = {one.subject for one in ways if one.open is False}
        reading.exposures.extend(
            _public(one, named=named, narrow=one.resource in narrow) for one in databases
        )
        reading.exposures.extend(ways)
        reading.settings.extend(parameters(module))
        _add_tasks(reading, module)
        add_containers(reading, module)
        for name, node in module.resources("helm_release"):
            what = f"the containers of helm_release.{name}"
            reading.refuse(str(node.at), f"{what} are not evaluated")


def _add_tasks(reading: Reading, module: Module) -> None:
    for name, node in module.resources("aws_ecs_task_definition"):
        family = module.value(node, "family")
        found = task_services(module, family if isinstance(family, str) else name, node)
        if found is None:
            where = f"the containers of aws_ecs_task_definition.{name}"
            reading.refuse(str(node.at), f"{where} are computed, which is not evaluated")
        count = tasks(module, name)
        reading.services.extend(replace(one, replicas=count) for one in found or ())


def _databases(module: Module) -> Iterator[DeclaredDatabase]:
    for kind, reader in _READERS.items():
        for name, node in module.resources(kind):
            if (found := reader(module, name, node)) is not None:
                yield found
    for name, node in module.modules():
        source = str(module.value(node, "source"))
        if "rds" in source.split("/") and (found := _rds(module, name, node)) is not None:
            yield found


def _planned(module: Module, one: DeclaredDatabase) -> DeclaredDatabase:
    """A server, with the plan of AWS Backup that selects it, where one runs on a schedule."""
    plans = [node for _, node in module.resources("aws_backup_plan")]
    if not any(rule.get("schedule") for plan in plans for rule in plan.get("rule") or ()):
        return one
    for _, node in module.resources("aws_backup_selection"):
        named = [child.text for child in node.get("resources") or ()]
        if any(text == "*" or f"{one.resource}." in text for text in named):
            return replace(one, planned=node.key_at or node.at)
    return one


def _declared(
    module: Module, kind: str, name: str, node: Node, *,
    public: tuple[str | int, ...], public_unsaid: bool | None,
    retention: tuple[str | int, ...], retention_unsaid: int | None,
    encrypted: tuple[str | int, ...] | None = None,
) -> DeclaredDatabase:  # fmt: skip
    values = {"publicly_accessible": module.value(node, *public),
              "backup_retention": module.value(node, *retention)}  # fmt: skip
    safe = module.value(node, *encrypted) if encrypted else None
    return DeclaredDatabase(
        name, "managed", node.key_at or node.at, resource=f"{kind}.{name}",
        publicly_accessible=_flag(values["publicly_accessible"], public_unsaid),
        publicly_accessible_at=module.at(node, *public),
        backup_retention=_count(values["backup_retention"], retention_unsaid),
        backup_retention_at=module.at(node, *retention),
        encrypted=_flag(safe, None),
        unresolved=tuple(key for key, value in values.items() if value is UNRESOLVED),
    )  # fmt: skip


def _rds(module: Module, name: str, node: Node) -> DeclaredDatabase | None:
    engine = module.value(node, "engine")
    if engine is not UNRESOLVED and not str(engine or "").startswith("postgres"):
        return None
    return _declared(
        module, "aws_db_instance", name, node,
        public=("publicly_accessible",), public_unsaid=False,
        retention=("backup_retention_period",), retention_unsaid=0,
        encrypted=("storage_encrypted",),
    )  # fmt: skip


def _aurora(module: Module, name: str, node: Node) -> DeclaredDatabase | None:
    if "postgres" not in str(module.value(node, "engine")):
        return None
    return _declared(
        module, "aws_rds_cluster", name, node,
        public=("publicly_accessible",), public_unsaid=None,
        retention=("backup_retention_period",), retention_unsaid=1,
        encrypted=("storage_encrypted",),
    )  # fmt: skip


def _aurora_instance(module: Module, name: str, node: Node) -> DeclaredDatabase | None:
    engine = module.value(node, "engine")
    if engine is not UNRESOLVED and "postgres" not in str(engine or ""):
        return None
    return _declared(
        module, "aws_rds_cluster_instance", name, node,
        public=("publicly_accessible",), public_unsaid=False,
        retention=("backup_retention_period",), retention_unsaid=None,
    )  # fmt: skip


def _cloud_sql(module: Module, name: str, node: Node) -> DeclaredDatabase | None:
    if not str(module.value(node, "database_version")).startswith("POSTGRES"):
        return None
    backup = ("settings", 0, "backup_configuration", 0)
    found = _declared(
        module, "google_sql_database_instance", name, node,
        public=("settings", 0, "ip_configuration", 0, "ipv4_enabled"), public_unsaid=True,
        retention=(*backup, "backup_retention_settings", 0, "retained_backups"),
        retention_unsaid=7,
    )  # fmt: skip
    enabled = module.value(node, *backup, "enabled")
    if enabled is not True and enabled is not UNRESOLVED:
        at = module.at(node, *backup, "enabled")
        return replace(found, backup_retention=0, backup_retention_at=at)
    return found


def _azure(module: Module, name: str, node: Node) -> DeclaredDatabase | None:
    delegated = node.get("delegated_subnet_id") is not None
    return _declared(
        module, "azurerm_postgresql_flexible_server", name, node,
        public=("public_network_access_enabled",), public_unsaid=not delegated,
        retention=("backup_retention_days",), retention_unsaid=7,
    )  # fmt: skip


_READERS: dict[str, Reader] = {
    "aws_db_instance": _rds,
    "aws_rds_cluster": _aurora,
    "aws_rds_cluster_instance": _aurora_instance,
    "google_sql_database_instance": _cloud_sql,
    "azurerm_postgresql_flexible_server": _azure,
    "azurerm_postgresql_server": _azure,
}


def _public(one: DeclaredDatabase, *, named: bool, narrow: bool) -> Exposure:
    """Whether a server has a public address; ``named`` says that firewall rules are here.

    ``narrow`` says that one of them is of this server: it lets in whom they name.
    """
    if "azurerm" in (one.resource or "") and one.publicly_accessible_at is None:
        return _by_firewall(one, named=named)
    if one.publicly_accessible and narrow and "google" in (one.resource or ""):
        text = f"{one.resource} has a public address, and lets in whom its networks name"
        at = one.publicly_accessible_at or one.at
        return Exposure("publicly-accessible", one.name, text, at, open=False)
    said = {True: "has a public address", False: "has no public address",
            None: "may have a public address"}[one.publicly_accessible]  # fmt: skip
    at = one.publicly_accessible_at or one.at
    return Exposure("publicly-accessible", one.name, f"{one.resource} {said}", at,
                    open=one.publicly_accessible)  # fmt: skip


def _by_firewall(one: DeclaredDatabase, *, named: bool) -> Exposure:
    """Azure's servers have a public address unless somebody says no; a firewall refuses all."""
    if not one.publicly_accessible:
        return Exposure("publicly-accessible", one.name, f"{one.resource} has no public address",
                        one.at, open=False)  # fmt: skip
    text = f"{one.resource} has a public address, and its firewall refuses whom no rule names"
    if not named:
        text = f"{one.resource} has a public address, and no rule of its firewall is here"
    return Exposure("publicly-accessible", one.name, text, one.at, open=False if named else None)


def _flag(value: Any, unsaid: bool | None) -> bool | None:  # noqa: FBT001 - the default's value
    if value is None:
        return unsaid
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def _count(value: Any, unsaid: int | None) -> int | None:
    if value is None:
        return unsaid
    text = str(value)
    return int(text) if text.isdigit() else None

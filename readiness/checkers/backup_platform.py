"""Backups that something beside the services takes: cron, a cloud, an operator."""

import re
from collections.abc import Iterator

from readiness import (
    DeclaredDatabase,
    Deployment,
    Environment,
    Finding,
    Malformed,
    Node,
    Project,
    Unreadable,
    ok,
    problem,
    undecided,
)
from readiness.checkers.backup_jobs import (
    OUTSIDE,
    SCHEDULE,
    ephemeral_target,
    is_lost,
    never_happens,
    work_of,
)
from readiness.checkers.backup_retention import kept_days
from readiness.checkers.scope import deployed_lines, is_aside

_CRON = re.compile(
    r"\s*(?P<when>@(?!reboot)\w+|(?:[\d*,/A-Za-z-]+\s+){4}[\d*,/A-Za-z-]+)\s+(?P<command>\S.*)"
)


def by_cron(project: Project, environment: Environment) -> Iterator[Finding]:
    """Lines of cron's tables in the repository that back up."""
    tables = ("*crontab*", "*.cron", "**/cron.d/*", "**/cron/*")
    for _, lines in deployed_lines(project, environment, *tables):
        for line in lines:
            entry = _CRON.match(line.text.lstrip().lstrip("#"))
            work = work_of(entry["command"], project, line.at) if entry else None
            if work and line.text.lstrip().startswith("#"):
                yield problem("the backup is commented out", at=line.at,
                              hint=SCHEDULE)  # fmt: skip
            elif work and (lost := ephemeral_target(work.text)):
                yield problem(f"the backup writes to {lost}, which nothing keeps",
                              at=line.at, hint=OUTSIDE)  # fmt: skip
            elif work and entry and never_happens(entry["when"]):
                yield problem(f"the backup is to run at {entry['when']}, a day that never comes",
                              at=line.at, hint=SCHEDULE)  # fmt: skip
            elif work and is_lost(f"{line.text}\n{work.text}"):
                yield problem("the backup writes its dump to cron's mail or log",
                              at=line.at, hint=OUTSIDE)  # fmt: skip
            elif work:
                days = kept_days(work.text, {})
                kept = f" and keeps that for {days} days" if days is not None else ""
                yield ok(f"cron runs {work.tool}{kept}", at=line.at,
                         data={} if days is None else {"kept_days": days})  # fmt: skip


def by_operators(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """Backups that an operator of Kubernetes takes of the clusters that it runs."""
    if not any(database.kind == "operator" for database in deployment.databases):
        return
    for path in project.files("*.yml", "*.yaml"):
        if is_aside(path):
            continue
        try:
            documents = project.yaml_all(path)
        except (Unreadable, Malformed):
            continue
        for node in documents:
            yield from _of_operator(node, deployment)


def _of_operator(node: Node, deployment: Deployment) -> Iterator[Finding]:
    kind = node.get("kind")
    name = node.get("metadata", "name")
    said = f"{kind.text if kind else ''} {name.text if name else ''}".strip()
    if kind is not None and kind.text == "ScheduledBackup":
        suspended = node.get("spec", "suspend")
        cluster = node.get("spec", "cluster", "name")
        clusters = {one.name for one in deployment.databases if one.kind == "operator"}
        if cluster is not None and cluster.text not in clusters:
            yield problem(f"{said} backs up {cluster.text}, which is no cluster here",
                          at=cluster.at, hint="name the cluster that is deployed")  # fmt: skip
        elif suspended is not None and suspended.value is True:
            yield problem(f"{said} is suspended", at=suspended.at, hint="take `suspend` away")
        elif when := node.get("spec", "schedule"):
            days = _kept_by(cluster.text if cluster else None, deployment)
            yield ok(f"{said} backs the cluster up at {when.text}", at=when.key_at or when.at,
                     data={} if days is None else {"kept_days": days})  # fmt: skip
    logical = node.get("spec", "enableLogicalBackup")
    if logical is not None and logical.value is True:
        yield ok(
            f"{said} is dumped by its operator on a schedule", at=logical.key_at or logical.at
        )
    elif logical is not None:
        yield problem(f"{said} has no logical backups", at=logical.key_at or logical.at,
                      hint="set enableLogicalBackup to true")  # fmt: skip
    for repository in node.get("spec", "backups", "pgbackrest", "repos") or ():
        if schedules := repository.get("schedules"):
            yield ok(f"{said} runs pgBackRest on a schedule", at=schedules.key_at or schedules.at)


def _kept_by(cluster: str | None, deployment: Deployment) -> int | None:
    """The days of the policy of a cluster that an operator runs."""
    found = [one for one in deployment.databases if one.kind == "operator" and one.name == cluster]
    return found[0].backup_retention if len(found) == 1 else None


# What the platform does where a resource says nothing of backups.
_BY_DEFAULT = {"aws_db_instance": 0, "google_sql_database_instance": 0, "aws_rds_cluster": 1}
_WITHOUT_WORDS = 7


def by_clouds(deployment: Deployment) -> Iterator[Finding]:
    """The backups that a managed server keeps by itself."""
    for database in deployment.databases:
        # An instance of a cluster keeps what the cluster keeps.
        if database.kind == "managed" and not _is_of_cluster(database):
            yield _judge_managed(database)


def _is_of_cluster(database: DeclaredDatabase) -> bool:
    return (database.resource or "").startswith("aws_rds_cluster_instance")


def _judge_managed(database: DeclaredDatabase) -> Finding:
    at = database.backup_retention_at or database.at
    if (
        "backup_retention" in database.unresolved
        or "backup_retention_period" in database.unresolved
    ):
        return undecided(f"{database.name} keeps backups for a time that is not known here", at=at,
                         hint="give the Terraform variable a value in a tfvars file")  # fmt: skip
    kept = database.backup_retention
    if kept is None:
        kind = (database.resource or "").split(".")[0]
        kept = _BY_DEFAULT.get(kind, _WITHOUT_WORDS if kind.startswith("azurerm") else 0)
    if kept == 0 and database.planned:
        return ok(f"{database.name} is backed up by a plan of AWS Backup", at=database.planned,
                  data={"managed": True})  # fmt: skip
    if kept > 0:
        return ok(f"{database.name} keeps the platform's backups for {kept} days", at=at,
                  data={"managed": True, "kept_days": kept})  # fmt: skip
    return problem(f"{database.name} keeps no backups (retention 0), at least one day is expected",
                   at=at, hint="set the retention to 7 days or more")  # fmt: skip

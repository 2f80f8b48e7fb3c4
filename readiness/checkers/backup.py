"""Checkers that judge backups as the deployment configures them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import (
    Deployment,
    Environment,
    Finding,
    Malformed,
    Node,
    Place,
    Project,
    Undecidable,
    Unreadable,
    Verdict,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.backup_jobs import (
    ephemeral_target,
    goes_away,
    is_backup_image,
    is_volume_image,
    local_target,
    repeats,
    runs_once,
    work_in,
    work_of,
)
from readiness.checkers.scope import is_aside, is_for, is_pipeline

if TYPE_CHECKING:
    from readiness.deployment.facts import DeclaredDatabase, Job
    from readiness.deployment.service import Service

_SCHEDULE = "run it on a schedule: a CronJob, a cron line, a timer, or a backup service"
_OUTSIDE = "write to a volume of its own or, better, to storage on another machine"


@checker("backup.configured")
def configured(
    deployment: Deployment, project: Project, environment: Environment
) -> Iterator[Finding]:
    """A scheduled job, or the platform, really backs the database up as configured."""
    findings: list[Finding] = [
        *(one for job in deployment.schedules for one in _judge_job(job, deployment, project)),
        *_services(deployment, project),
        *_crontabs(project, environment),
        *_managed(deployment),
        *_operators(deployment, project),
    ]
    good = [one for one in findings if one.verdict is Verdict.OK]
    undecidable = [one for one in findings if one.verdict is Verdict.UNDECIDED]
    if good or undecidable:
        yield from good or undecidable
    elif findings:
        yield from findings
    else:
        yield from _nothing(deployment, project)


def _nothing(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """No job at all: a database without one, a script that nothing runs, or nothing seen."""
    scripts = [work for path in _scripts(project) if (work := work_in(project, path))]
    for work in scripts:
        yield problem(f"{work.tool} is run by nothing that is deployed", at=work.at,
                      hint=_SCHEDULE)  # fmt: skip
    if scripts:
        return
    for database in deployment.databases:
        yield problem(f"nothing backs {database.name} up", at=database.at, hint=_SCHEDULE)
    if not deployment.databases:
        raise Undecidable(
            "no file of the project deploys a database or a backup of it",
            hint="add the backup job to the repository, or waive this rule and attest a restore "
            "(rule backup-drill) where the database is looked after elsewhere",
        )


def _scripts(project: Project) -> tuple[str, ...]:
    found = project.files("*.sh", "*.bash", "*backup*", "Makefile", "justfile")
    return tuple(path for path in found if not is_aside(path) and _is_script(path))


def _is_script(path: str) -> bool:
    name = path.rpartition("/")[2]
    return is_pipeline(path) or name.endswith((".sh", ".bash")) or "." not in name


@dataclass(frozen=True, slots=True)
class _Case:
    """One backup that is looked at; ``said`` is where its command stands."""

    name: str
    at: Place
    text: str
    service: "Service | None" = None
    said: Place | None = None

    @property
    def variables(self) -> dict[str, str]:
        """The variables of its process that are known."""
        given = self.service.variables if self.service else ()
        return {one.name: one.value.reveal() for one in given if one.value is not None}


def _judge_job(job: "Job", deployment: Deployment, project: Project) -> Iterator[Finding]:
    text = job.command.text if job.command else ""
    work = work_of(text, project, job.at)
    if work is None and not is_backup_image(job.image):
        return
    case = _Case(job.name, job.at, work.text if work else text, deployment.service(job.name),
                 job.command.at if job.command else None)  # fmt: skip
    if job.schedule is None:
        yield problem(f"{job.name} backs up, and nothing says when", at=job.at, hint=_SCHEDULE)
    elif job.schedule.suspended:
        yield problem(f"{job.name} backs up, but is suspended",
                      at=job.schedule.suspended_at or job.schedule.at,
                      hint="take `suspend` away, or set it to false")  # fmt: skip
    elif job.schedule.text.strip() == "@reboot":
        yield problem(f"{job.name} backs up at a start of the machine only", at=job.schedule.at,
                      hint=_SCHEDULE)  # fmt: skip
    else:
        yield _judge_target(case, deployment, f"at {job.schedule.text}")


def _services(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """The services that back up by a clock of their own, or that only seem to."""
    scheduled = {job.name for job in deployment.schedules}
    for service in deployment.services:
        yield from _judge_labels(service, deployment, project)
        if service.name not in scheduled and service.schedule is None:
            yield from _judge_service(service, deployment, project)


def _judge_service(
    service: "Service", deployment: Deployment, project: Project
) -> Iterator[Finding]:
    line = " ".join(service.argv)
    work = work_of(line, project, service.at)
    image = service.image or ""
    case = _Case(service.name, service.at, work.text if work else line, service,
                 service.command.at if service.command else None)  # fmt: skip
    if is_volume_image(image):
        yield undecided(f"{service.name} copies files of a volume: of a server that runs, such a "
                        "copy can be useless", at=service.at,
                        hint="stop the server meanwhile, or dump with pg_dump")  # fmt: skip
    elif not work and not is_backup_image(image):
        return
    elif service.profiles:
        yield problem(f"{service.name} is only started with the profile {service.profiles[0]}",
                      at=service.at, hint="take the profile away")  # fmt: skip
    elif service.replicas and service.replicas.most == 0:
        yield problem(f"{service.name} has no instance", at=service.replicas.at, hint=_SCHEDULE)
    elif runs_once(image, frozenset(case.variables)) or (
        work and not is_backup_image(image) and not repeats(f"{line}\n{work.text}")
    ):
        yield problem(f"{service.name} takes one backup and ends", at=service.at, hint=_SCHEDULE)
    else:
        yield _judge_target(case, deployment, "by its own clock")


def _judge_labels(
    service: "Service", deployment: Deployment, project: Project
) -> Iterator[Finding]:
    """Jobs that a scheduler such as Ofelia reads from labels."""
    labels = dict(service.labels)
    for key, command in labels.items():
        if key.startswith("ofelia.job-") and key.endswith(".command"):
            when = labels.get(f"{key.removesuffix('command')}schedule")
            if when and (work := work_of(command, project, service.at)):
                case = _Case(service.name, service.at, work.text, service)
                yield _judge_target(case, deployment, f"at {when}")


def _judge_target(case: _Case, deployment: Deployment, when: str) -> Finding:
    """A backup that runs: it is of this database, and outlives the container that takes it."""
    if other := _other_database(case, deployment):
        return problem(f"{case.name} backs up {other}", at=case.at,
                       hint="point it at the database of this deployment")  # fmt: skip
    if lost := ephemeral_target(case.text):
        return problem(f"{case.name} writes to {lost}, which nothing keeps",
                       at=case.said or case.at,
                       hint=_OUTSIDE)  # fmt: skip
    service = case.service
    away = goes_away(case.text) or any(_BUCKET.search(name) for name in case.variables)
    if service and service.source == "compose" and not (service.volumes or away):
        return problem(f"{case.name} keeps its backups inside its own container", at=case.at,
                       hint=_OUTSIDE)  # fmt: skip
    target = local_target(case.text)
    shown = f"; what holds {target} is not shown here" if target and _unmounted(case) else ""
    return ok(f"{case.name} backs the database up {when}{shown}", at=case.at)


_BUCKET = re.compile(
    r"S3|BUCKET|AZURE|GCS|GS_|B2_|RCLONE|SFTP|WALG_|REMOTE|RESTIC|MINIO", re.IGNORECASE
)


def _unmounted(case: _Case) -> bool:
    return not goes_away(case.text) and not (case.service and case.service.volumes)


def _other_database(case: _Case, deployment: Deployment) -> str | None:
    """Words for what a backup reads, where that is plainly not the database deployed here."""
    if case.service is None or case.service.source != "compose" or not deployment.databases:
        return None
    names = {one.name for one in deployment.services} | {one.name for one in deployment.databases}
    given = case.variables
    host = _HOST.search(case.text)
    said = host["host"] if host else next((given[key] for key in _HOSTS if key in given), None)
    if said and re.fullmatch(r"[a-z][\w-]*", said) and said not in names:
        return f"{said}, which is no service here"
    own = next((one for one in deployment.services if one.name == said), None)
    database = own.variable("POSTGRES_DB") if own else None
    mine = given.get("POSTGRES_DB") or given.get("PGDATABASE")
    if database and database.value and mine:
        wanted = database.value.reveal()
        if wanted and wanted not in re.split(r"[\s,]+", mine):
            return "another database than the server's"
    return None


_HOST = re.compile(r"(?:\s-h\s*|--host[= ])['\"]?(?P<host>[A-Za-z][\w.-]*)")
_HOSTS = ("POSTGRES_HOST", "PGHOST", "DB_HOST", "DB01_HOST")
_CRON = re.compile(
    r"\s*(?:@(?!reboot)\w+|(?:[\d*,/A-Za-z-]+\s+){4}[\d*,/A-Za-z-]+)\s+(?P<command>\S.*)"
)


def _crontabs(project: Project, environment: Environment) -> Iterator[Finding]:
    """Lines of cron's tables in the repository that back up."""
    for path in project.files("*crontab*", "*.cron", "**/cron.d/*", "**/cron/*"):
        if is_aside(path) or not is_for(path, environment.name):
            continue
        for line in project.lines(path):
            entry = _CRON.match(line.text.lstrip().lstrip("#"))
            work = work_of(entry["command"], project, line.at) if entry else None
            if work and line.text.lstrip().startswith("#"):
                yield problem("the backup is commented out", at=line.at,
                              hint=_SCHEDULE)  # fmt: skip
            elif work and (lost := ephemeral_target(work.text)):
                yield problem(f"the backup writes to {lost}, which nothing keeps",
                              at=line.at, hint=_OUTSIDE)  # fmt: skip
            elif work:
                yield ok(f"cron runs {work.tool}", at=line.at)


def _operators(deployment: Deployment, project: Project) -> Iterator[Finding]:
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
            yield from _of_operator(node)


def _of_operator(node: Node) -> Iterator[Finding]:
    kind = node.get("kind")
    name = node.get("metadata", "name")
    said = f"{kind.text if kind else ''} {name.text if name else ''}".strip()
    if kind is not None and kind.text == "ScheduledBackup":
        suspended = node.get("spec", "suspend")
        if suspended is not None and suspended.value is True:
            yield problem(f"{said} is suspended", at=suspended.at, hint="take `suspend` away")
        elif when := node.get("spec", "schedule"):
            yield ok(f"{said} backs the cluster up at {when.text}", at=when.key_at or when.at)
    for repository in node.get("spec", "backups", "pgbackrest", "repos") or ():
        if schedules := repository.get("schedules"):
            yield ok(f"{said} runs pgBackRest on a schedule", at=schedules.key_at or schedules.at)


# What the platform does where a resource says nothing of backups.
_BY_DEFAULT = {"aws_db_instance": 0, "google_sql_database_instance": 0, "aws_rds_cluster": 1}
_WITHOUT_WORDS = 7


def _managed(deployment: Deployment) -> Iterator[Finding]:
    for database in deployment.databases:
        if database.kind == "managed":
            yield _judge_managed(database)


def _judge_managed(database: "DeclaredDatabase") -> Finding:
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
    if kept > 0:
        return ok(f"{database.name} keeps the platform's backups for {kept} days", at=at)
    return problem(f"{database.name} keeps no backups (retention 0), at least one day is expected",
                   at=at, hint="set the retention to 7 days or more")  # fmt: skip

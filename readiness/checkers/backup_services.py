"""Backups that a job or a service of the deployment takes."""

import re
from collections.abc import Iterator

from msgspec import Struct

from readiness import (
    Deployment,
    Finding,
    Job,
    Place,
    Project,
    Service,
    Unreadable,
    ok,
    problem,
    undecided,
)
from readiness.checkers.backup_jobs import (
    OUTSIDE,
    SCHEDULE,
    does_otherwise,
    ephemeral_target,
    goes_away,
    is_backup_image,
    is_lost,
    is_meant,
    is_no_cron,
    is_volume_image,
    local_target,
    never_happens,
    repeats,
    runs_once,
    work_of,
)
from readiness.checkers.backup_retention import kept_days

_BUCKET = re.compile(
    r"S3|BUCKET|AZURE|GCS|GS_|B2_|RCLONE|SFTP|WALG_|REMOTE|RESTIC|MINIO", re.IGNORECASE
)
_HOST = re.compile(r"(?:\s-h\s*|--host[= ])['\"]?(?P<host>[A-Za-z][\w.-]*)")
_SCHEDULERS = re.compile(r"ofelia|chadburn")
# A step that is not there to fetch or set up something may keep the dump.
_KEEPING = re.compile(r"uses:\s*(?!actions/(?:checkout|setup-|cache))\S")
# A scheduler of Swarm starts what has no instance otherwise.
_BY_LABEL = "swarm.cronjob.schedule"
_HOSTS = ("POSTGRES_HOST", "PGHOST", "DB_HOST", "DB01_HOST")


class _Case(Struct, frozen=True):
    """One backup that is looked at; ``said`` is where its command stands."""

    name: str
    at: Place
    text: str
    service: Service | None = None
    said: Place | None = None

    @property
    def variables(self) -> dict[str, str]:
        """The variables of its process that are known."""
        given = self.service.variables if self.service else ()
        return {one.name: one.value.reveal() for one in given if one.value is not None}


def by_jobs(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """The scheduled jobs that back up."""
    for job in deployment.schedules:
        yield from _judge_job(job, deployment, project)


def _judge_job(job: Job, deployment: Deployment, project: Project) -> Iterator[Finding]:
    text = job.command.text if job.command else ""
    work = work_of(text, project, job.at)
    if work is None and not is_backup_image(job.image):
        yield from _judge_name(job, text)
        return
    case = _Case(job.name, job.at, work.text if work else text, deployment.service(job.name),
                 job.command.at if job.command else None)  # fmt: skip
    if job.schedule is None:
        yield problem(f"{job.name} backs up, and nothing says when", at=job.at, hint=SCHEDULE)
    elif job.schedule.suspended:
        yield problem(f"{job.name} backs up, but is suspended",
                      at=job.schedule.suspended_at or job.schedule.at,
                      hint="take `suspend` away, or set it to false")  # fmt: skip
    elif idle := _idle(case):
        yield idle
    elif case.service and case.service.source == "kubernetes" and is_no_cron(job.schedule.text):
        yield problem(f"{job.name} backs up at {job.schedule.text!r}, which is no line of cron: "
                      "Kubernetes refuses the job", at=job.schedule.at, hint=SCHEDULE)  # fmt: skip
    elif never_happens(job.schedule.text):
        yield problem(f"{job.name} backs up at {job.schedule.text}, a day that never comes",
                      at=job.schedule.at, hint=SCHEDULE)  # fmt: skip
    elif job.schedule.text.strip() == "@reboot":
        yield problem(f"{job.name} backs up at a start of the machine only", at=job.schedule.at,
                      hint=SCHEDULE)  # fmt: skip
    elif _is_thrown_away(case, project):
        yield problem(f"{job.name} leaves its dump on the runner, which is thrown away",
                      at=case.said or case.at, hint=OUTSIDE)  # fmt: skip
    else:
        yield _judge_target(case, deployment, f"at {job.schedule.text}")


def _judge_name(job: Job, text: str) -> Iterator[Finding]:
    """A job that is there for backups by its name, and is not seen to take any."""
    if job.schedule is None or job.schedule.suspended or not is_meant(job.name):
        return
    if does_otherwise(text):
        yield problem(f"{job.name} takes no backup of the data, though its name says so",
                      at=job.command.at if job.command else job.at, hint=SCHEDULE)  # fmt: skip
    else:
        yield undecided(f"{job.name} is a backup by its name, and what it runs is not shown here",
                        at=job.at, hint="name the command that takes the backup in the manifest, "
                        "or attest a restore (rule backup-drill)")  # fmt: skip


def by_services(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """The services that back up by a clock of their own, or that only seem to."""
    scheduled = {job.name for job in deployment.schedules}
    for service in deployment.services:
        yield from _judge_labels(service, deployment, project)
        if service.name not in scheduled and service.schedule is None:
            yield from _judge_service(service, deployment, project)


def _judge_service(
    service: Service, deployment: Deployment, project: Project
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
    elif idle := _idle(case):
        yield idle
    elif runs_once(image, frozenset(case.variables)) or (
        work and not is_backup_image(image) and not repeats(f"{line}\n{work.text}")
    ):
        yield problem(f"{service.name} takes one backup and ends", at=service.at, hint=SCHEDULE)
    else:
        yield _judge_target(case, deployment, "by its own clock")


def _idle(case: _Case) -> Finding | None:
    """Why a service does not run at all, where that is so."""
    service = case.service
    if service is not None and service.profiles:
        return problem(f"{case.name} is only started with the profile {service.profiles[0]}",
                       at=service.at, hint="take the profile away")  # fmt: skip
    started = service is not None and _BY_LABEL in dict(service.labels)
    if service is not None and service.replicas and service.replicas.most == 0 and not started:
        return problem(f"{case.name} has no instance", at=service.replicas.at, hint=SCHEDULE)
    return None


def _judge_labels(service: Service, deployment: Deployment, project: Project) -> Iterator[Finding]:
    """Jobs that a scheduler such as Ofelia reads from labels."""
    labels = dict(service.labels)
    runs = any(_SCHEDULERS.search(one.image or "") for one in deployment.services)
    for key, command in labels.items():
        if key.startswith("ofelia.job-") and key.endswith(".command"):
            when = labels.get(f"{key.removesuffix('command')}schedule")
            if when and (work := work_of(command, project, service.at)):
                case = _Case(service.name, service.at, work.text, service)
                if runs:
                    yield _judge_target(case, deployment, f"at {when}")
                else:
                    yield problem(f"the labels of {service.name} are for Ofelia, which nothing "
                                  "here starts", at=service.at,
                                  hint="deploy mcuadros/ofelia, or another scheduler")  # fmt: skip


def _judge_target(case: _Case, deployment: Deployment, when: str) -> Finding:
    """A backup that runs: it is of this database, and outlives the container that takes it."""
    if other := _other_database(case, deployment):
        return problem(f"{case.name} backs up {other}", at=case.at,
                       hint="point it at the database of this deployment")  # fmt: skip
    if held := _held_by_nothing(case, deployment):
        return held
    return _judge_reach(case, deployment, when)


def _judge_reach(case: _Case, deployment: Deployment, when: str) -> Finding:
    if lost := ephemeral_target(case.text):
        return problem(f"{case.name} writes to {lost}, which nothing keeps",
                       at=case.said or case.at,
                       hint=OUTSIDE)  # fmt: skip
    if is_lost(f"{case.text}\n{' '.join(case.service.argv) if case.service else ''}"):
        return problem(f"{case.name} writes its dump to its own log, which is no backup",
                       at=case.said or case.at, hint=OUTSIDE)  # fmt: skip
    if (far := _far_host(case, deployment)) is not None:
        return undecided(f"{case.name} backs up {far}, which may or may not be the database of "
                         "this deployment", at=case.at,
                         hint="point it at the database that is deployed here, or waive this "
                         "finding")  # fmt: skip
    service = case.service
    away = goes_away(case.text) or any(_BUCKET.search(name) for name in case.variables)
    if service and service.source == "compose" and not (service.volumes or away):
        return problem(f"{case.name} keeps its backups inside its own container", at=case.at,
                       hint=OUTSIDE)  # fmt: skip
    target = local_target(case.text)
    shown = f"; what holds {target} is not shown here" if target and _unmounted(case) else ""
    days = kept_days(case.text, case.variables, (service.image or "") if service else "")
    kept = f" and keeps that for {days} days" if days is not None else ""
    return ok(f"{case.name} backs the database up {when}{kept}{shown}", at=case.at,
              data={} if days is None else {"kept_days": days})  # fmt: skip


def _held_by_nothing(case: _Case, deployment: Deployment) -> Finding | None:
    """Why the place that a backup is written to does not outlive what it protects."""
    target = local_target(case.text)
    if case.service is None or goes_away(case.text):
        return None
    if target is None:
        return _beside_the_data(case, deployment)
    volume = max(
        (one for one in case.service.volumes if target.startswith(one.target.rstrip("/"))),
        key=lambda one: len(one.target),
        default=None,
    )
    if volume is None:
        return None
    if volume.source is None:
        return problem(f"{case.name} writes to {volume.target}, a folder that ends with its "
                       "container", at=volume.at, hint=OUTSIDE)  # fmt: skip
    if volume.source in _data_volumes(deployment):
        return problem(f"{case.name} writes to {volume.target}, the volume of the server that it "
                       "protects", at=volume.at, hint=OUTSIDE)  # fmt: skip
    return None


def _beside_the_data(case: _Case, deployment: Deployment) -> Finding | None:
    """Why an image that writes to a folder of its own choice keeps nothing apart."""
    service = case.service
    if service is None or any(map(_BUCKET.search, case.variables)):
        return None
    held = [one for one in service.volumes if one.source in _data_volumes(deployment)]
    if not held or len(held) < len(service.volumes) or not is_backup_image(service.image):
        return None
    return problem(f"{case.name} writes to {held[0].target}, the volume of the server that it "
                   "protects", at=held[0].at, hint=OUTSIDE)  # fmt: skip


def _data_volumes(deployment: Deployment) -> set[str]:
    """The volumes that hold the files of the servers."""
    servers = {one.service for one in deployment.databases}
    return {
        volume.source
        for one in deployment.services
        if one.name in servers and one.source == "compose"
        for volume in one.volumes
        if volume.source and "postgresql" in volume.target
    }


def _is_thrown_away(case: _Case, project: Project) -> bool:
    """Tell whether a job of GitHub Actions leaves its dump on the runner."""
    service = case.service
    if service is None or service.source != "github-actions" or goes_away(case.text):
        return False
    try:
        text = project.text(case.at.path)
    except Unreadable:
        return False
    return not _KEEPING.search(text) and "self-hosted" not in text


def _unmounted(case: _Case) -> bool:
    return not goes_away(case.text) and not (case.service and case.service.volumes)


def _names(deployment: Deployment) -> set[str]:
    return {one.name for one in deployment.services} | {one.name for one in deployment.databases}


def _said_host(case: _Case) -> str | None:
    """The host that a backup says it reads."""
    given = case.variables
    host = _HOST.search(case.text)
    return host["host"] if host else next((given[key] for key in _HOSTS if key in given), None)


def _far_host(case: _Case, deployment: Deployment) -> str | None:
    """A host beyond this deployment that a backup reads, and that nothing else here uses."""
    said = _said_host(case) or ""
    if (
        "." not in said
        or said == "host.docker.internal"
        or not any(one.kind == "container" for one in deployment.databases)
    ):
        return None
    others = [one for one in deployment.services if one.name != case.name]
    used = (v.value.reveal() for one in others for v in one.variables if v.value is not None)
    if said.split(".")[0] in _names(deployment) or any(said in text for text in used):
        return None
    return said


def _other_database(case: _Case, deployment: Deployment) -> str | None:
    """Words for what a backup reads, where that is plainly not the database deployed here."""
    if case.service is None or case.service.source != "compose" or not deployment.databases:
        return None
    names = _names(deployment)
    given = case.variables
    said = _said_host(case)
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

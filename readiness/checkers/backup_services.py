"""Backups that a job or a service of the deployment takes."""

import re
from collections.abc import Iterator

from readiness import (
    Deployment,
    Finding,
    Job,
    Project,
    Service,
    problem,
    undecided,
)
from readiness.checkers.backup_case import Case
from readiness.checkers.backup_code import uncalled
from readiness.checkers.backup_jobs import (
    OUTSIDE,
    SCHEDULE,
    does_otherwise,
    is_backup_image,
    is_meant,
    is_no_cron,
    is_volume_image,
    never_happens,
    repeats,
    runs_once,
    work_of,
)
from readiness.checkers.backup_targets import is_thrown_away, judge_target

_SCHEDULERS = re.compile(r"ofelia|chadburn")
# A scheduler of Swarm starts what has no instance otherwise.
_BY_LABEL = "swarm.cronjob.schedule"


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
    case = Case(job.name, job.at, work.text if work else text, deployment.service(job.name),
                 job.command.at if job.command else None)  # fmt: skip
    if job.schedule is None:
        yield problem(f"{job.name} backs up, and nothing says when", at=job.at, hint=SCHEDULE)
    elif job.schedule.suspended:
        yield problem(f"{job.name} backs up, but is suspended",
                      at=job.schedule.suspended_at or job.schedule.at,
                      hint="take `suspend` away, or set it to false")  # fmt: skip
    elif idle := _idle(case):
        yield idle
    elif unused := work and uncalled(work, project):
        yield problem(f"{unused} takes the backup, and nothing calls it", at=work.at,
                      hint="call it where the script begins")  # fmt: skip
    elif case.service and case.service.source == "kubernetes" and is_no_cron(job.schedule.text):
        yield problem(f"{job.name} backs up at {job.schedule.text!r}, which is no line of cron: "
                      "Kubernetes refuses the job", at=job.schedule.at, hint=SCHEDULE)  # fmt: skip
    elif never_happens(job.schedule.text):
        yield problem(f"{job.name} backs up at {job.schedule.text}, a day that never comes",
                      at=job.schedule.at, hint=SCHEDULE)  # fmt: skip
    elif job.schedule.text.strip() == "@reboot":
        yield problem(f"{job.name} backs up at a start of the machine only", at=job.schedule.at,
                      hint=SCHEDULE)  # fmt: skip
    elif is_thrown_away(case, project):
        yield problem(f"{job.name} leaves its dump on the runner, which is thrown away",
                      at=case.said or case.at, hint=OUTSIDE)  # fmt: skip
    else:
        yield judge_target(case, deployment, f"at {job.schedule.text}")


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
    case = Case(service.name, service.at, work.text if work else line, service,
                 service.command.at if service.command else None)  # fmt: skip
    if is_volume_image(image):
        yield undecided(f"{service.name} copies files of a volume: of a server that runs, such a "
                        "copy can be useless", at=service.at,
                        hint="stop the server meanwhile, or dump with pg_dump")  # fmt: skip
    elif not work and not is_backup_image(image):
        return
    elif idle := _idle(case):
        yield idle
    elif unused := work and uncalled(work, project):
        yield problem(f"{unused} takes the backup, and nothing calls it", at=work.at,
                      hint=SCHEDULE)  # fmt: skip
    elif runs_once(image, frozenset(case.variables)) or (
        work and not is_backup_image(image) and not repeats(f"{line}\n{work.text}")
    ):
        yield problem(f"{service.name} takes one backup and ends", at=service.at, hint=SCHEDULE)
    else:
        yield judge_target(case, deployment, "by its own clock")


def _idle(case: Case) -> Finding | None:
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
                case = Case(service.name, service.at, work.text, service)
                if runs:
                    yield judge_target(case, deployment, f"at {when}")
                else:
                    yield problem(f"the labels of {service.name} are for Ofelia, which nothing "
                                  "here starts", at=service.at,
                                  hint="deploy mcuadros/ofelia, or another scheduler")  # fmt: skip

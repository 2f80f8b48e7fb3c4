"""Where a backup goes: whether that outlives the container, the runner or the server."""

import re

from readiness import Deployment, Finding, Project, Unreadable, ok, problem, undecided
from readiness.checkers.backup_case import Case
from readiness.checkers.backup_jobs import (
    OUTSIDE,
    ephemeral_target,
    goes_away,
    is_backup_image,
    is_lost,
    local_target,
)
from readiness.checkers.backup_retention import kept_days
from readiness.checkers.backup_sources import far_host, other_database

_BUCKET = re.compile(
    r"S3|BUCKET|AZURE|GCS|GS_|B2_|RCLONE|SFTP|WALG_|REMOTE|RESTIC|MINIO", re.IGNORECASE
)
# A step that is not there to fetch or set up something may keep the dump.
_KEEPING = re.compile(r"uses:\s*(?!actions/(?:checkout|setup-|cache))\S")


def judge_target(case: Case, deployment: Deployment, when: str) -> Finding:
    """A backup that runs: it is of this database, and outlives the container that takes it."""
    if other := other_database(case, deployment):
        return problem(f"{case.name} backs up {other}", at=case.at,
                       hint="point it at the database of this deployment")  # fmt: skip
    if held := _held_by_nothing(case, deployment):
        return held
    return _judge_reach(case, deployment, when)


def _judge_reach(case: Case, deployment: Deployment, when: str) -> Finding:
    if lost := ephemeral_target(case.text):
        return problem(f"{case.name} writes to {lost}, which nothing keeps",
                       at=case.said or case.at,
                       hint=OUTSIDE)  # fmt: skip
    if is_lost(f"{case.text}\n{' '.join(case.service.argv) if case.service else ''}"):
        return problem(f"{case.name} writes its dump to its own log, which is no backup",
                       at=case.said or case.at, hint=OUTSIDE)  # fmt: skip
    if (far := far_host(case, deployment)) is not None:
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


def _held_by_nothing(case: Case, deployment: Deployment) -> Finding | None:
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


def _beside_the_data(case: Case, deployment: Deployment) -> Finding | None:
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


def is_thrown_away(case: Case, project: Project) -> bool:
    """Tell whether a job of GitHub Actions leaves its dump on the runner."""
    service = case.service
    if service is None or service.source != "github-actions" or goes_away(case.text):
        return False
    try:
        text = project.text(case.at.path)
    except Unreadable:
        return False
    return not _KEEPING.search(text) and "self-hosted" not in text


def _unmounted(case: Case) -> bool:
    return not goes_away(case.text) and not (case.service and case.service.volumes)

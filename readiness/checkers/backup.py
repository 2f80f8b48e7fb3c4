"""Checkers that judge backups as the deployment configures them."""

from collections.abc import Iterator

from readiness import (
    Deployment,
    Environment,
    Finding,
    Project,
    Undecidable,
    Verdict,
    checker,
    problem,
)
from readiness.checkers.backup_charts import by_charts
from readiness.checkers.backup_code import by_code, taken_in_code
from readiness.checkers.backup_jobs import SCHEDULE, work_in
from readiness.checkers.backup_pipelines import by_pipelines
from readiness.checkers.backup_platform import by_clouds, by_cron, by_operators
from readiness.checkers.backup_retention import long_enough
from readiness.checkers.backup_services import by_jobs, by_services
from readiness.checkers.scope import is_aside, is_pipeline

_SHOWN = 3


@checker("backup.configured")
def configured(
    deployment: Deployment,
    project: Project,
    environment: Environment,
    *,
    min_days: int | None = None,
) -> Iterator[Finding]:
    """A scheduled job, or the platform, really backs the database up as configured.

    With ``min_days`` what it takes is kept for so many days, or nobody can tell.
    """
    jobs: list[Finding] = [
        *by_jobs(deployment, project),
        *by_services(deployment, project),
        *by_cron(project, environment),
        *by_operators(deployment, project),
        *by_charts(project, environment),
        *by_code(deployment, project),
        *by_pipelines(project),
    ]
    clouds = [*by_clouds(deployment)]
    findings = [*jobs, *clouds]
    good = [one for one in findings if one.verdict is Verdict.OK]
    undecidable = [one for one in findings if one.verdict is Verdict.UNDECIDED]
    if good or undecidable:
        yield from _kept(good, min_days) if good else undecidable
        if all(one.verdict is Verdict.PROBLEM for one in jobs):
            # Nobody backs up but the platform: each server has to keep its own.
            yield from (one for one in clouds if one.verdict is Verdict.PROBLEM)
    elif findings:
        yield from findings
    else:
        yield from _nothing(deployment, project)


def _kept(good: list[Finding], min_days: int | None) -> Iterator[Finding]:
    """Backups as they are kept: where several jobs take some, one that keeps them is enough."""
    if min_days is None:
        yield from good
        return
    found = [*long_enough(good, min_days)]
    jobs = [one for one in found if not one.data.get("managed")]
    enough = [one for one in jobs if one.verdict is Verdict.OK]
    yield from enough or found


def _nothing(deployment: Deployment, project: Project) -> Iterator[Finding]:
    """No job at all: a database without one, a script that nothing runs, or nothing seen."""
    scripts = [work for path in _scripts(project) if (work := work_in(project, path))]
    scripts += [work for work, _ in taken_in_code(project)] if not scripts else []
    shown = scripts[:_SHOWN]
    for work in shown:
        more = f" (nor are {len(scripts) - _SHOWN} more)" if work is shown[-1] else ""
        more *= len(scripts) > _SHOWN
        yield problem(f"{work.tool} is run by nothing that is deployed{more}", at=work.at,
                      hint=SCHEDULE)  # fmt: skip
    if scripts:
        return
    for database in deployment.databases:
        yield problem(f"nothing backs {database.name} up", at=database.at, hint=SCHEDULE)
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

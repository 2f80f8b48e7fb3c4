"""One reading of everything that describes a deployment."""

from collections.abc import Iterable

from readiness.deployment.ansible.read import read_ansible
from readiness.deployment.app_engine import read_app_engine, read_heroku
from readiness.deployment.app_platforms import read_container_apps, read_digital_ocean
from readiness.deployment.app_runner import read_app_runner, read_databricks
from readiness.deployment.argocd import read_installations
from readiness.deployment.arm import read_arm
from readiness.deployment.beanstalk import read_beanstalk
from readiness.deployment.bicep import read_bicep
from readiness.deployment.circus import read_circus
from readiness.deployment.cloudformation import read_cloudformation
from readiness.deployment.code import settle_code
from readiness.deployment.compose import read_compose
from readiness.deployment.copilot import read_copilot
from readiness.deployment.databases import add_databases, jobs
from readiness.deployment.deployment import Deployment, once
from readiness.deployment.ecs import read_ecs
from readiness.deployment.fly import read_fly
from readiness.deployment.hba_file import add_hba_files
from readiness.deployment.helm import read_charts
from readiness.deployment.heroku import read_heroku_containers
from readiness.deployment.images import is_known
from readiness.deployment.kamal import read_kamal
from readiness.deployment.kubernetes import read_kubernetes
from readiness.deployment.laying import lay_variables
from readiness.deployment.lightsail import read_lightsail
from readiness.deployment.nomad import read_nomad
from readiness.deployment.pm2 import read_pm2
from readiness.deployment.processes import add_processes
from readiness.deployment.procfile import read_procfile
from readiness.deployment.quadlet import read_quadlets
from readiness.deployment.railway import read_railway
from readiness.deployment.reading import Reading
from readiness.deployment.render import read_render
from readiness.deployment.server_settings import add_server_settings
from readiness.deployment.serverless import read_serverless
from readiness.deployment.starts import entry_points
from readiness.deployment.steps.read import read_steps
from readiness.deployment.supervisor import read_supervisor
from readiness.deployment.systemd import read_systemd
from readiness.deployment.terraform import read_terraform
from readiness.deployment.unused_images import leave_unused_images
from readiness.deployment.workflows import read_workflows
from readiness.model.variable import Variable
from readiness.project import Project

_READERS = (read_compose, read_kubernetes, read_procfile, read_heroku_containers,
            read_heroku, read_systemd, read_fly, read_railway, read_render, read_app_engine,
            read_ecs, read_nomad, read_cloudformation, read_serverless, read_digital_ocean,
            read_container_apps, read_supervisor, read_terraform, read_workflows,
            read_charts, read_kamal, read_quadlets, read_beanstalk, read_app_runner,
            read_databricks, read_copilot, read_lightsail, read_circus, read_bicep,
            read_arm, read_pm2)  # fmt: skip


def read(
    project: Project,
    given: dict[str, Variable],
    environment: str,
    only: Iterable[str] | None = None,
) -> Deployment:
    """Read every file of the deployment and put together what follows from them."""
    reading = Reading(project, environment, given)
    if only is not None:
        _name(reading, only)
    read_steps(reading, read_ansible(reading))
    read_installations(reading)
    for reader in _READERS:
        reader(reading)
    _leave_local_stacks(reading)
    settle_code(reading)
    lay_variables(reading)
    add_processes(reading)
    leave_unused_images(reading)
    add_databases(reading)
    add_hba_files(reading)
    add_server_settings(reading)
    services = tuple(reading.services)
    return Deployment(
        environment,
        services,
        tuple(sorted(reading.databases, key=lambda one: one.at)),
        tuple(sorted(reading.exposures, key=lambda one: (one.at, one.subject, one.kind))),
        tuple(jobs(reading.services)),
        tuple(once(reading.unread)),
        tuple(once(reading.left_out)),
        tuple(dict.fromkeys(reading.assumptions)),
        tuple(sorted(reading.settings, key=lambda one: (one.name, one.at))),
        tuple(entry_points(project, services)),
        tuple(reading.mounted),
        project,
    )


def _name(reading: Reading, globs: Iterable[str]) -> None:
    """Keep to the files that the user names, and say which of them are not there."""
    found: set[str] = set()
    for glob in globs:
        plain = glob.strip("/")
        matching = reading.project.files(plain if "/" in plain else f"/{plain}", f"{plain}/**")
        if not matching:
            reading.refuse(glob, "the settings name it as the deployment, and it is not there")
        found.update(matching)
    reading.only = frozenset(found)


def _leave_local_stacks(reading: Reading) -> None:
    """Leave out compose files that start what manifests of this environment start by name."""
    for files, services in reading.stacks:
        if any(reading.belongs(path) == "this" for path in files):
            continue
        own = [one.name for one in services if one.build or not is_known(one.image or "")]
        path = next((reading.workloads[name] for name in own if name in reading.workloads), None)
        if path is None:
            continue
        reading.services = [one for one in reading.services if one not in services]
        reading.mounted = [one for one in reading.mounted if one.at.path not in files]
        reading.assumptions.append(f"{path} is deployed, not {', '.join(files)}")
        for file in files:
            reading.skip(file, f"{path} is of this environment and starts the same")

"""PostgreSQL servers that the services run, and the ways to them."""

from collections.abc import Iterator

from readiness.deployment.facts import DeclaredDatabase, Exposure, Job
from readiness.deployment.images import is_pooler, is_postgres
from readiness.deployment.reading import Reading
from readiness.deployment.service import UNKNOWN_IP, Port, Schedule, Service

POSTGRES_PORT = 5432
_POOLERS = frozenset({POSTGRES_PORT, 6432, 6543, 9999, None})
# Images and variables that carry a schedule of their own.
_SCHEDULES = ("SCHEDULE", "BACKUP_SCHEDULE", "CRON", "CRON_SCHEDULE", "BACKUP_CRON",
              "CRON_TIME", "BACKUP_FREQUENCY", "DB_DUMP_FREQ", "CRON_EXPRESSION",
              "BACKUP_CRON_EXPRESSION", "DB01_BACKUP_INTERVAL", "DB_DUMP_CRON")  # fmt: skip
_LABELS = ("ofelia.job-exec.", "ofelia.job-run.", "swarm.cronjob.schedule", "chadburn.job-exec.")


def is_database(service: Service) -> bool:
    """Tell whether a service is a PostgreSQL server."""
    if service.schedule is not None:
        return False
    images = [one for one in (service.image, service.base) if one]
    if not any(map(is_postgres, images)):
        return False
    # The image of the server also serves for its tools: a dump, a client, a migration.
    program = " ".join(service.argv).replace("docker-entrypoint.sh", "").split()
    first = program[0].rpartition("/")[2] if program else "postgres"
    return first.startswith(("postgres", "-")) or first in {"patroni", "repmgrd"}


def add_databases(reading: Reading) -> None:
    """Add the servers that services run, and what is open about them."""
    for service in reading.services:
        if is_database(service):
            reading.databases.append(
                DeclaredDatabase(
                    service.name,
                    "container",
                    service.image_at or service.at,
                    image=service.image or service.base,
                    service=service.name,
                )
            )
            if service.source == "compose":
                reading.exposures.extend(_published(service))
            reading.exposures.extend(_trusting(service))
        elif service.source == "compose" and service.image and is_pooler(service.image):
            reading.exposures.extend(_pooled(service))


def jobs(services: list[Service]) -> Iterator[Job]:
    """What runs on a schedule: the platform's own jobs, and services that carry one."""
    for service in services:
        command = service.command or service.entrypoint
        if service.schedule is not None:
            yield Job(service.name, service.source, service.schedule, service.at, service.image,
                      command)  # fmt: skip
            continue
        for schedule in _schedules(service):
            yield Job(service.name, service.source, schedule, service.at, service.image, command)


def _schedules(service: Service) -> Iterator[Schedule]:
    for name in _SCHEDULES:
        variable = service.variable(name)
        if variable is not None and variable.at is not None and variable.state != "unset":
            text = variable.value.reveal() if variable.value else ""
            yield Schedule(text, variable.at)
            return
    for name, value in service.labels:
        if name.startswith(_LABELS) and name.endswith("schedule"):
            yield Schedule(value, service.at)
            return


def _published(service: Service) -> Iterator[Exposure]:
    ports = [port for port in service.ports if port.published and _is_server(port)]
    for port in ports:
        where = f"{port.host_ip or 'every address'} of the host"
        if port.host_ip == UNKNOWN_IP:
            where = "an address that a variable decides"
        elif port.public is None:
            where = f"{port.host_ip}, in a private network that others may be in"
        text = f"the database port of {service.name} is published on {where}"
        yield Exposure("published-port", service.name, text, port.at, open=port.public)
    if service.host_network is not None:
        text = f"{service.name} uses the network of the host"
        yield Exposure("host-network", service.name, text, service.host_network)
    elif not ports:
        text = f"the database port of {service.name} is not published"
        yield Exposure("published-port", service.name, text, service.at, open=False)


def _pooled(service: Service) -> Iterator[Exposure]:
    """The published ports of a pooler: to whoever reaches it, it is the database."""
    for port in service.ports:
        if port.published and port.protocol == "tcp" and port.container in _POOLERS:
            text = f"the pooler {service.name}, which is the way to the database, is published"
            yield Exposure("published-port", service.name, text, port.at, open=port.public)


def _is_server(port: Port) -> bool:
    return port.container in {POSTGRES_PORT, None} and port.protocol == "tcp"


def _trusting(service: Service) -> Iterator[Exposure]:
    variable = service.variable("POSTGRES_HOST_AUTH_METHOD")
    if variable is None or variable.at is None:
        return
    method = variable.value.reveal() if variable.value else ""
    trusts = None if variable.state == "injected" else method == "trust"
    said = {True: "lets everybody in without a password", False: f"asks for {method}",
            None: "asks for what a variable decides"}[trusts]  # fmt: skip
    text = f"{service.name} {said} (POSTGRES_HOST_AUTH_METHOD)"
    yield Exposure("trust-authentication", service.name, text, variable.at, open=trusts)

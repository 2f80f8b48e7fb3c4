"""Checkers of what watches the database, as it is deployed."""

import re
from collections.abc import Iterator

from readiness import (
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Place,
    Project,
    Service,
    Unreadable,
    Verdict,
    checker,
    ok,
    problem,
    undecided,
)
from readiness.checkers.scope import deployed_files, deployed_lines

_EXPORTERS = re.compile(
    r"(?:postgres(?:ql)?|pgbouncer)[-_]exporter|pganalyze/collector|pgwatch|pmm-client|pg_exporter"
)
_SCRAPES = re.compile(r"kind:\s*(?:Service|Pod)Monitor\b|prometheus\.io/scrape\W+true")
_CONFIGURES = re.compile(r"\bscrape_configs:")
_ALERTS = re.compile(r"\balert:\s*\S")
_OURS = re.compile(r"\bpg_\w+|\bcnpg_\w+|postgres", re.IGNORECASE)
_OPERATED = re.compile(r"^\s*enablePodMonitor:\s*true\b|^\s*pgmonitor:\s*$")
_CLOUDS = re.compile(
    r"^\s*(?:performance_insights_enabled\s*=\s*true|monitoring_interval\s*=\s*[1-9]"
    r"|query_insights_enabled\s*=\s*true"
    r'|namespace\s*=\s*"AWS/RDS"|metric_namespace\s*=\s*"Microsoft.DBforPostgreSQL)'
)
_MEND = (
    "deploy postgres_exporter beside the server, name it in Prometheus' scrape_configs, and alert "
    "on pg_up and on connections"
)


@checker("monitoring.database")
def database(
    deployment: Deployment, project: Project, environment: Environment
) -> Iterator[Finding]:
    """The database that is deployed is watched: its metrics are read, and something alerts."""
    if not deployment.databases:
        raise NotApplicable("no file here deploys a database; the live rules judge the server")
    texts = dict(_texts(project, environment))
    found = [*_exported(deployment, texts), *_built_in(project, environment)]
    good = [one for one in found if one.verdict is Verdict.OK]
    yield from good or found
    if not found:
        first = deployment.databases[0]
        yield problem(f"nothing reads the metrics of {first.name}", at=first.at, hint=_MEND)
    elif good and any(map(_CONFIGURES.search, texts.values())):
        yield from _alerted(good[0], texts)


def _texts(project: Project, environment: Environment) -> Iterator[tuple[str, str]]:
    for path in deployed_files(project, environment, "*.yml", "*.yaml"):
        try:
            yield path, project.text(path)
        except Unreadable:
            continue


def _exported(deployment: Deployment, texts: dict[str, str]) -> Iterator[Finding]:
    """The exporters that run, each with who reads it."""
    configured = [path for path, text in texts.items() if _CONFIGURES.search(text)]
    for service in deployment.services:
        if not _EXPORTERS.search(service.image or ""):
            continue
        if service.profiles or (service.replicas and service.replicas.most == 0):
            yield problem(f"{service.name} is not started", at=service.at, hint=_MEND)
        elif "pganalyze" in (service.image or "") or _is_read(service, texts):
            yield ok(f"{service.name} gives the server's metrics to who reads them", at=service.at)
        elif configured:
            yield problem(f"no scrape_configs of {configured[0]} name {service.name}",
                          at=service.at, hint=f"name {service.name}:9187 there")  # fmt: skip
        else:
            yield undecided(f"{service.name} offers the server's metrics, and no file here reads "
                            "them", at=service.at,
                            hint="add Prometheus' configuration to the repository")  # fmt: skip


def _is_read(service: Service, texts: dict[str, str]) -> bool:
    """Tell whether Prometheus is told to read an exporter."""
    name = re.escape(service.name.partition("/")[0])
    target = re.compile(rf"\b{name}[\w.-]*:\d+|:9187\b")
    for path, text in texts.items():
        if _CONFIGURES.search(text) and target.search(text):
            return True
        if _SCRAPES.search(text) and (path == service.at.path or service.name in text):
            return True
    return False


def _built_in(project: Project, environment: Environment) -> Iterator[Finding]:
    """What an operator or a cloud watches by itself, where it is asked to."""
    for pattern, globs in ((_OPERATED, ("*.yml", "*.yaml")), (_CLOUDS, ("*.tf",))):
        for _, lines in deployed_lines(project, environment, *globs):
            for line in lines:
                if pattern.match(line.text):
                    yield ok("the platform watches the server", at=line.at)


def _alerted(good: Finding, texts: dict[str, str]) -> Iterator[Finding]:
    """Whether a rule of Prometheus looks at the server's metrics."""
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if _ALERTS.search(line) and _OURS.search(text):
                yield ok("a rule alerts on the server's metrics", at=Place(path, number))
                return
    yield problem("the server's metrics are read, and no rule alerts on them", at=good.at,
                  hint="add alerting rules, such as `pg_up == 0`")  # fmt: skip

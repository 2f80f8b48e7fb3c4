"""Which database a backup reads, where that is not plainly the one that is deployed."""

import re

from readiness import Deployment
from readiness.checkers.backup_case import Case

_HOST = re.compile(r"(?:\s-h\s*|--host[= ])['\"]?(?P<host>[A-Za-z][\w.-]*)")
_HOSTS = ("POSTGRES_HOST", "PGHOST", "DB_HOST", "DB01_HOST")


def _names(deployment: Deployment) -> set[str]:
    return {one.name for one in deployment.services} | {one.name for one in deployment.databases}


def _said_host(case: Case) -> str | None:
    """The host that a backup says it reads."""
    given = case.variables
    host = _HOST.search(case.text)
    return host["host"] if host else next((given[key] for key in _HOSTS if key in given), None)


def far_host(case: Case, deployment: Deployment) -> str | None:
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


def other_database(case: Case, deployment: Deployment) -> str | None:
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

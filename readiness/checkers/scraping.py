"""What Prometheus is told to read of the application, by annotation or by configuration."""

import re
from collections.abc import Iterable, Iterator, Sequence

from readiness import Deployment, Environment, Finding, Project, ok
from readiness.checkers.scope import deployed_lines

_OTHERS = re.compile(r"exporter|localhost|127\.0\.0\.1|prometheus|alertmanager|pushgateway")
_ASKS = re.compile(
    r"""kind:\s*(?:Service|Pod)Monitor\b|\s*["']?prometheus\.io/scrape["']?\s*:\s*["']?true"""
)
# What says whose object a document is: its name, and the labels that it chooses by.
_WHOSE = re.compile(
    r"""(?:\A|[\s{,-])["']?(?:name|app|k8s-app|component|app\.kubernetes\.io/name)["']?:\s*
        ["']?(?P<name>[\w.-]+)""", re.VERBOSE
)  # fmt: skip
_Line = tuple[int, str]


def scraped(
    deployment: Deployment, project: Project, environment: Environment
) -> Iterator[Finding]:
    """The application's own figures that Prometheus reads; those of a database are not."""
    for path, lines in deployed_lines(project, environment, "*.yml", "*.yaml"):
        for document in _documents(line.text for line in lines):
            for number, text in document:
                at = lines[number].at
                if _ASKS.match(text) and not _is_of_others(document, deployment):
                    yield ok(f"Prometheus reads the metrics of what {path} deploys", at=at)
                elif target := _target(text, deployment):
                    yield ok(f"Prometheus reads the metrics of {target}", at=at)


def _documents(lines: Iterable[str]) -> Iterator[list[_Line]]:
    """The lines of each document of a file, with their numbers."""
    document: list[_Line] = []
    for number, text in enumerate(lines):
        if text.startswith("---"):
            yield document
            document = []
        document.append((number, text))
    yield document


def _is_of_others(document: Sequence[_Line], deployment: Deployment) -> bool:
    """Tell whether a document speaks of products that others made, and of nothing else."""
    names = [found["name"] for _, text in document for found in _WHOSE.finditer(text)]
    code = {one.name: one.runs_code for one in deployment.services}
    own = any(code.get(name) in {True, None} for name in names if name in code)
    if own:
        return False
    return any(code.get(name) is False or _OTHERS.search(name) for name in names)


def _target(text: str, deployment: Deployment) -> str | None:
    """The service of this code that a line of `scrape_configs` names as a target."""
    if not re.match(r"\s*-?\s*(?:targets:|['\"]?[\w.-]+:\d+)", text):
        return None
    hosts = re.findall(r"([A-Za-z][\w.-]*):\d+", text)
    own = {one.name for one in deployment.services if one.runs_code is not False}
    return next((one for one in hosts if one in own and not _OTHERS.search(one)), None)

"""Dockerfiles that nothing deploys, beside a description of how the same code is started."""

import re
from collections.abc import Iterable

from readiness.deployment.facts import EntryPoint
from readiness.deployment.reading import Reading
from readiness.deployment.service import Service
from readiness.deployment.starts import entry_points
from readiness.project import Unreadable

# Whoever sends an image away deploys it somewhere, even where no file says as what.
_SENT = re.compile(
    rb"docker(?:\s+image)?\s+push|podman\s+push|build-push-action|--push\b|kaniko|"
    rb"gcloud\s+builds\s+submit|az\s+acr\s+build|docker\s+save"
)
_SENDERS = ("*.sh", "Makefile", "makefile", "justfile", "Taskfile.{yml,yaml}", "Jenkinsfile",
            ".github/workflows/*.{yml,yaml}", ".gitlab-ci.yml", "cloudbuild*.{yml,yaml}",
            "azure-pipelines*.{yml,yaml}", "bitbucket-pipelines.yml", "bin/*")  # fmt: skip

Start = tuple[str | None, str | None, str | None]


def leave_unused_images(reading: Reading) -> None:
    """Leave out each Dockerfile whose programs a described deployment starts without it.

    One that starts something else, names the environment, or whose image is sent away stays.
    """
    alone = [one for one in reading.services if one.source == "dockerfile" and one.runs_code]
    others = [one for one in reading.services if one.source not in {"dockerfile", "github-actions"}
              and one.runs_code and one.build is None]  # fmt: skip
    if not alone or not others or _is_sent(reading):
        return
    described = _starts(reading, others)
    for one in alone:
        starts = _starts(reading, [one])
        if (
            reading.belongs(one.name) == "this"
            or not starts
            or not starts.keys() <= described.keys()
        ):
            continue
        by = described[next(iter(starts))].service
        reading.services.remove(one)
        reading.skip(one.name, f"{by} starts the same, and nothing here deploys this image")


def _starts(reading: Reading, services: Iterable[Service]) -> dict[Start, EntryPoint]:
    """What services start of this project, as far as their commands tell."""
    names = {one.name for one in services}
    found = entry_points(reading.project, tuple(services))
    return {(one.path, one.module, one.attribute): one for one in found if one.service in names}


def _is_sent(reading: Reading) -> bool:
    for path in reading.project.files(*_SENDERS):
        try:
            if _SENT.search(reading.project.read(path)):
                return True
        except Unreadable:
            continue
    return False

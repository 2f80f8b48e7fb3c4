"""Dockerfiles that nothing deploys, beside a description of how the same code is started."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

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

# Platforms that build an image out of the code, and start what its Procfile says.
_BUILDERS = frozenset({"cloud-run", "railway", "digitalocean", "fly", "render"})

Start = tuple[str | None, str | None, str | None]


def leave_unused_images(reading: Reading) -> None:
    """Leave out each Dockerfile whose programs a described deployment starts without it.

    One that starts something else, names the environment, or whose image is sent away stays.
    A Procfile is left out so, too, where a platform other than Heroku's takes its line.
    """
    _take_lines(reading)
    alone = [one for one in reading.services if _is_alone(reading, one)]
    aside = {"dockerfile", "github-actions"}
    others = [one for one in reading.services
              if one.runs_code and one not in alone and one.source not in aside]  # fmt: skip
    if not alone or not others:
        return
    described, is_sent = _starts(reading, others), _is_sent(reading)
    for one in alone:
        path, starts = one.at.path, _starts(reading, [one])
        same = starts and starts.keys() <= described.keys()
        kept = one.source == "dockerfile" and (is_sent or reading.belongs(one.name) == "this")
        if same and not kept:
            by = described[next(iter(starts))].service
            reading.services.remove(one)
            what = "deploys this image" if one.source == "dockerfile" else "gives it variables"
            reading.skip(path, f"{by} starts the same, and nothing here {what}")


def _is_alone(reading: Reading, one: Service) -> bool:
    """Whether a Dockerfile or a Procfile is all that describes a process."""
    if not one.runs_code or one.source not in {"dockerfile", "procfile"}:
        return False
    given = any("procfile" in laid.kinds[:1] for laid in reading.laid)
    heroku = given or reading.project.files("app.json", "heroku.yml")
    return one.source == "dockerfile" or not heroku


def _take_lines(reading: Reading) -> None:
    """Give what a platform builds from the code alone the line of the Procfile, as it does."""
    lines = [one for one in reading.services if one.source == "procfile" and one.name == "web"]
    for n, one in enumerate(reading.services):
        bare = one.command is None and one.entrypoint is None and one.build is None
        if len(lines) == 1 and bare and one.runs_code and one.source in _BUILDERS:
            line = lines[0]
            reading.services[n] = replace(one, command=line.command, processes=line.processes)


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

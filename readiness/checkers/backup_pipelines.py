"""Backups that a pipeline of continuous integration takes, beside GitHub's."""

import re
from collections.abc import Iterator

from readiness import Finding, Project, Unreadable, ok, undecided
from readiness.checkers.backup_jobs import SCHEDULE, work_in

_FILES = (".gitlab-ci*.yml", "Jenkinsfile*", ".circleci/config.yml", "azure-pipelines*.yml",
          "bitbucket-pipelines.yml")  # fmt: skip
_WHEN = re.compile(r"\bcron(?:\(|:\s*)\s*[\"']?[\dH*@]")
_SOMEWHERE = re.compile(r"\bschedules?\b|custom:")


def by_pipelines(project: Project) -> Iterator[Finding]:
    """The pipelines that take a backup, at a time that they or their server say."""
    for path in project.files(*_FILES):
        work = work_in(project, path)
        if work is None:
            continue
        try:
            text = project.text(path)
        except Unreadable:
            continue
        if _WHEN.search(text):
            yield ok(f"the pipeline runs {work.tool} on a schedule", at=work.at)
        elif _SOMEWHERE.search(text):
            yield undecided(f"the pipeline runs {work.tool} when the schedule of its server says, "
                            "which no file here shows", at=work.at, hint=SCHEDULE)  # fmt: skip

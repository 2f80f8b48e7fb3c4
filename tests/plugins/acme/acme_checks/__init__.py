"""A third party's checker: the smallest that there is."""

from collections.abc import Iterator

from readiness import Finding, Project, checker, ok, problem


@checker("acme.motto")
def motto(project: Project, *, word: str) -> Iterator[Finding]:
    """Every MOTTO file holds a word."""
    for path in project.files("MOTTO"):
        said = ok if word in project.text(path) else problem
        yield said(f"{path} was searched for {word}")

"""Whether a file with values stays out of the repository."""

from readiness import Project, Unreadable


def is_env_file(path: str) -> bool:
    """Tell whether a file is one that holds variables for a process."""
    name = path.rpartition("/")[2]
    return name.startswith(".env") or name.endswith(".env")


class Ignored:
    """What the project's `.gitignore` keeps out; the last pattern that matches decides."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known = project.has(".gitignore")
        self._kept: set[str] = set()
        for pattern in self._patterns(project):
            found = set(_matching(project, pattern.removeprefix("!")))
            self._kept = self._kept - found if pattern.startswith("!") else self._kept | found

    def keeps_out(self, path: str) -> bool | None:
        """Tell whether git leaves the file out; None where nothing says what git does.

        What git tracks is in every clone, whatever `.gitignore` says.
        """
        if self._project.tracked(path):
            return False
        return path in self._kept if self._known else None

    @staticmethod
    def _patterns(project: Project) -> tuple[str, ...]:
        try:
            lines = project.lines(".gitignore") if project.has(".gitignore") else ()
        except Unreadable:
            return ()
        texts = (line.text.strip() for line in lines)
        return tuple(text for text in texts if text and not text.startswith("#"))


def _matching(project: Project, pattern: str) -> tuple[str, ...]:
    if pattern.endswith("/"):
        return project.files(f"{pattern}**" if "/" in pattern[:-1] else f"**/{pattern}**")
    return project.files(pattern, f"{pattern}/**" if "/" in pattern else f"**/{pattern}/**")

"""Which code counts as what a deployment runs."""

from functools import lru_cache

from msgspec import Struct

from readiness.project.globs import matches

FOLDERS = ("tests", "test", "testing", "examples", "example", "cookbook", "docs", "notebooks",
           ".venv", "node_modules", "test_fixtures", "pytest_fixtures", "test_utils",
           "test_helpers")  # fmt: skip
FILES = ("test_*.py", "*_test.py", "conftest.py", "tests.py")


class Scope(Struct, frozen=True):
    """The folders and files that are left out, unless code that counts imports them.

    ``include`` and ``exclude`` are the project's own globs: what they name counts after
    all, or does not; ``exclude`` is the stronger one.
    """

    folders: tuple[str, ...] = FOLDERS
    files: tuple[str, ...] = FILES
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def leaves_out(self, path: str) -> str | None:
        """The folder, file pattern or glob that leaves a path out; None where it counts."""
        if (own := _first(path, self.exclude)) is not None:
            return own
        if _first(path, self.include) is not None:
            return None
        above, _, name = path.rpartition("/")
        return _aside(above, self.folders) or _first(name, self.files)


@lru_cache(4096)
def _aside(path: str, folders: tuple[str, ...]) -> str | None:
    """The first folder on a path that is left out."""
    return next((f"{one}/" for one in path.split("/") if one in folders), None)


@lru_cache(16384)
def _first(path: str, globs: tuple[str, ...]) -> str | None:
    return next((glob for glob in globs if matches(path, glob)), None)

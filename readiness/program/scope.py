"""Which code counts as what a deployment runs."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

FOLDERS = ("tests", "test", "testing", "examples", "example", "cookbook", "docs", "notebooks",
           ".venv", "node_modules")  # fmt: skip
FILES = ("test_*.py", "*_test.py", "conftest.py")


@dataclass(frozen=True, slots=True)
class Scope:
    """The folders and files that are left out, unless code that counts imports them."""

    folders: tuple[str, ...] = FOLDERS
    files: tuple[str, ...] = FILES

    def leaves_out(self, path: str) -> str | None:
        """The folder or file pattern that leaves a path out; None where it counts."""
        *above, name = path.split("/")
        for folder in above:
            if folder in self.folders:
                return f"{folder}/"
        return next((glob for glob in self.files if fnmatchcase(name, glob)), None)

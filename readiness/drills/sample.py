"""The sample application, as a tree of its own that can be mended."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from readiness.drills.patch import apply_patch
from readiness.evidence.record import Record, path_for
from readiness.model.age import Age

_MENDS = "ready"
_NOT_COPIED = shutil.ignore_patterns(_MENDS, "README.md", "__pycache__")
_ATTESTED = (
    ("staging-first", "Demo: the release ran in staging for a week."),
    (
        "sessions-persist",
        "Demo: two users kept their sessions across a restart.",
    ),
    (
        "backup-drill",
        "Demo: last night's dump was restored and counted.",
    ),
)
_REVIEW_BY = re.compile(r"(?m)^(\s*review_by: )\S+$")
_VARIABLE = re.compile(r"(?m)^(\w+)=(.*)$")
_SETTING = re.compile(r"(?m)^(\w+)\s*=\s*'?(.*?)'?\s*$")


@dataclass(frozen=True, slots=True)
class Sample:
    """A private copy of the sample application: not ready, until it is mended."""

    folder: Path
    source: Path

    @classmethod
    def copy(cls, source: Path, folder: Path) -> "Sample":
        """Copy the application, without what is written about it and what mends it."""
        shutil.copytree(source, folder, ignore=_NOT_COPIED)
        return cls(folder, source)

    def mend(self) -> Iterator[str]:
        """Apply the mends one by one, each with the sentence that it opens with."""
        for path in sorted((self.source / _MENDS).glob("*.patch")):
            text = path.read_text("utf-8")
            apply_patch(self.folder, text)
            yield text.partition("\n")[0]

    def attest(self, today: date) -> None:
        """Write down what people did, and review the checklist, both on this day."""
        taken: list[str] = []
        for rule, note in _ATTESTED:
            record = Record(rule, "The demo's operator", today, Age.parse("90d"), note)
            taken.append(path_for(record, taken))
            path = self.folder / taken[-1]
            path.parent.mkdir(exist_ok=True)
            path.write_text(record.render(), "utf-8")
        self._review(today + timedelta(days=180))

    def _review(self, by: date) -> None:
        path = self.folder / "readiness.yaml"
        text = path.read_text("utf-8")
        path.write_text(_REVIEW_BY.sub(rf"\g<1>{by.isoformat()}", text), "utf-8")

    def variables(self) -> dict[str, str]:
        """What .env.production says, line by line."""
        return dict(_VARIABLE.findall((self.folder / ".env.production").read_text("utf-8")))

    def script(self, name: str) -> str:
        """The SQL of one file of the application."""
        return self._read(f"{name}.sql")

    def settings(self) -> dict[str, str]:
        """The server's settings that the application brings along, if it does."""
        return dict(_SETTING.findall(self._read("postgresql.conf")))

    def access(self) -> list[str]:
        """The lines of pg_hba.conf that the application brings along, if it does."""
        lines = self._read("pg_hba.conf").splitlines()
        return [line for line in lines if line.strip() and not line.startswith("#")]

    def _read(self, name: str) -> str:
        path = self.folder / "database" / name
        return path.read_text("utf-8") if path.is_file() else ""

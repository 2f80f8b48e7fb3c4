"""The sample application, as a tree of its own that can be mended."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from readiness.drills import repository
from readiness.drills.patch import apply_patch
from readiness.evidence.record import FOLDER, Record, path_for
from readiness.model.age import Age

_MENDS = "ready"
_NOT_COPIED = shutil.ignore_patterns(_MENDS, "README.md", "__pycache__")
_ATTESTED = (
    ("staging-first", "30d", "Demo: the release ran in staging for a week."),
    ("sessions-persist", "90d", "Demo: two users kept their sessions across a restart."),
    ("backup-drill", "180d", "Demo: last night's dump was restored and counted."),
)
_REVIEWED = timedelta(days=180)
_REVIEW_BY = re.compile(r"(?m)^(\s*review_by: )\S+$")
_VARIABLE = re.compile(r"(?m)^(\w+)=(.*)$")
_SETTING = re.compile(r"(?m)^(\w+)\s*=\s*'?(.*?)'?\s*$")


class Sample(Struct, frozen=True):
    """A private copy of the sample application: not ready, until it is mended."""

    folder: Path
    source: Path

    @classmethod
    def copy(cls, source: Path, folder: Path) -> "Sample":
        """Copy the application, without what is written about it and what mends it."""
        shutil.copytree(source, folder, ignore=_NOT_COPIED)
        sample = cls(folder, source)
        sample.commit("As it was left")
        return sample

    def commit(self, message: str) -> str | None:
        """Commit what has changed; None where there is no git."""
        return repository.commit(self.folder, message) if repository.is_possible() else None

    def mend(self, today: date) -> Iterator[str]:
        """Apply the mends one by one, each with the sentence that it opens with.

        What people do comes last: they review the checklist, and attest the rest.
        """
        for path in sorted((self.source / _MENDS).glob("*.patch")):
            text = path.read_text("utf-8")
            apply_patch(self.folder, text)
            sentence = text.partition("\n")[0]
            self.commit(sentence)
            yield sentence
        self._review(today + _REVIEWED)
        self._attest(today, self.commit("Review the checklist"))
        yield "Testing: what people did is written down, as `readiness attest` does."

    def _review(self, by: date) -> None:
        path = self.folder / "readiness.yaml"
        text = path.read_text("utf-8")
        path.write_text(_REVIEW_BY.sub(rf"\g<1>{by.isoformat()}", text), "utf-8")

    def _attest(self, today: date, commit: str | None) -> None:
        (self.folder / FOLDER).mkdir()
        for rule, valid, note in _ATTESTED:
            record = Record(rule, "The demo's operator", today, Age.parse(valid), note, commit)
            (self.folder / path_for(record, ())).write_text(record.render(), "utf-8")

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

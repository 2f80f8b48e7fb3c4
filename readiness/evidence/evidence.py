"""The dated records of a project, as a fact."""

from collections.abc import Mapping

from msgspec import Struct

from readiness.evidence.record import FOLDER, Record
from readiness.evidence.text import parse_records
from readiness.model.errors import Fault
from readiness.model.place import Place

GLOBS = (f"{FOLDER}/**/*.yaml", f"{FOLDER}/**/*.yml")
"""The files of a project that hold records; any other file there backs a record up."""


class Flaw(Struct, frozen=True):
    """Something wrong in a file of records; ``rule`` where it can be told which one."""

    rule: str | None
    fault: Fault


class Evidence(Struct, frozen=True):
    """What was attested, and what could not be read of it."""

    records: tuple[Record, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @classmethod
    def parse(
        cls, texts: Mapping[str, str], unreadable: Mapping[str, str] | None = None
    ) -> "Evidence":
        """Read the files of `GLOBS`, text by path; ``unreadable`` has a reason by path.

        A file that a record names among its ``files`` is no record and is not read.
        """
        records: list[Record] = []
        flaws = [
            Flaw(None, Fault(Place(path), reason, "a readable record is expected"))
            for path, reason in sorted((unreadable or {}).items())
        ]
        for path in sorted(texts):
            for rule, record, faults in parse_records(texts[path], path):
                records += [record] if record else []
                flaws += [Flaw(rule, fault) for fault in faults]
        backing = {path for record in records for path in record.files}
        return cls(
            tuple(records), tuple(flaw for flaw in flaws if flaw.fault.at.path not in backing)
        )

    def of(self, rule: str) -> tuple[Record, ...]:
        """The records of a rule, newest first."""
        found = [record for record in self.records if record.rule == rule]
        return tuple(sorted(found, key=lambda record: (record.on, record.until), reverse=True))

    def flaws_of(self, rule: str) -> tuple[Flaw, ...]:
        """What is wrong in records of a rule, or in records that may be of it."""
        return tuple(flaw for flaw in self.flaws if flaw.rule in {rule, None})

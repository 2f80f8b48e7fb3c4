"""For how many days a job keeps its backups, where its command or its variables say so."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from readiness import Finding, Verdict

_NUMBER = r"""["']?(?P<days>\d+|\$\{?\w+(?::?-\d+)?\}?)["']?"""
_DELETES = tuple(
    re.compile(one)
    for one in (
        rf"\bfind\b(?![^\n;|]*\.log\b)(?=\s+(?P<folder>\S+))[^\n;|]*-mtime\s+['\"]?\+{_NUMBER}[^\n]*(?:-delete\b|\brm\b)",
        rf"\bwal-g\b[^\n]*\bdelete\s+before\b[^\n]*?{_NUMBER}\s+days?\b",
        rf"--repo\d-retention-full=(?=[^\n]*-full-type=time){_NUMBER}",
        rf"-full-type=time\b[^\n]*--repo\d-retention-full={_NUMBER}",
        rf"(?i)\bRECOVERY\s+WINDOW\s+OF\s+{_NUMBER}\s+DAYS\b",
    )
)
_BACKUPS = re.compile(r"(?i)backup|dump|\.sql|\.bak|archive")
_ASSIGNED = re.compile(r"(?m)^\s*(?:export\s+)?(?P<name>\w+)=(?P<value>\S*)")
_REFERENCE = re.compile(r"\$\{?(?P<name>\w+)(?::?-(?P<default>\d+))?\}?\Z")
_STEPS = re.compile(r"postgres-backup-local")
# What it keeps if nothing is said: 7 days, 4 weeks and 6 months, as its own page has it.
_LAYERS = {"BACKUP_KEEP_DAYS": (1, "7"), "BACKUP_KEEP_WEEKS": (7, "4"),
           "BACKUP_KEEP_MONTHS": (30, "6")}  # fmt: skip


def kept_days(text: str, variables: Mapping[str, str], image: str = "") -> int | None:
    """The days after which a job deletes a backup; None where that is not said, or not once."""
    if _STEPS.search(image):
        found = [_of_layer(variables.get(name, usual), days)
                 for name, (days, usual) in _LAYERS.items()]  # fmt: skip
        return None if None in found else max(one for one in found if one is not None)
    if "BACKUP_KEEP_DAYS" in variables:
        return _number(variables["BACKUP_KEEP_DAYS"], {})
    if variables.get("PGBACKREST_REPO1_RETENTION_FULL_TYPE") == "time":
        return _number(variables.get("PGBACKREST_REPO1_RETENTION_FULL", ""), {})
    said = {*_said(text.replace("\\\n", " "), variables)}
    return said.pop() if len(said) == 1 else None


def _of_layer(text: str, days: int) -> int | None:
    count = _number(text, {})
    return None if count is None else count * days


def _said(text: str, variables: Mapping[str, str]) -> Iterator[int | None]:
    lines = "\n".join(one for one in text.split("\n") if not one.lstrip().startswith("#"))
    written = {one["name"]: one["value"].strip("\"'") for one in _ASSIGNED.finditer(lines)}
    for pattern in _DELETES:
        for one in pattern.finditer(lines):
            if _is_of_backups(one, lines):
                yield _resolved(one["days"], written, variables)


def _is_of_backups(found: re.Match[str], text: str) -> bool:
    """Tell whether files that are deleted may be backups: by their folder, or by their names."""
    folder = found.groupdict().get("folder")
    if folder is None or _BACKUPS.search(found[0]) or re.match(r"[\"']?\$", folder):
        return True
    plain = folder.strip("\"'").rstrip("/")
    return plain == "." or len(re.findall(rf"{re.escape(plain)}(?![\w-])", text)) > 1


def _resolved(text: str, written: Mapping[str, str], given: Mapping[str, str]) -> int | None:
    """A number, or what a variable holds: as the script assigns it, else as it is given."""
    found = _REFERENCE.match(text)
    if found is None or found["name"] not in written:
        return _number(text, given)
    return _number(written[found["name"]], given)


def _number(text: str, given: Mapping[str, str]) -> int | None:
    found = _REFERENCE.match(text)
    value = given.get(found["name"], found["default"] or "") if found else text
    return int(value) if value.isascii() and value.isdigit() else None


def long_enough(good: Iterable[Finding], least: int) -> Iterator[Finding]:
    """The findings of backups that are taken, with those that are not kept for so many days."""
    for one in good:
        days = one.data.get("kept_days")
        if not isinstance(days, int):
            yield replace(
                one, verdict=Verdict.UNDECIDED,
                message=f"{one.message}; for how long is not known, "
                f"at least {least} days are required",
                hint="say it in the job that deletes old backups, or attest it",
            )  # fmt: skip
        elif days < least:
            yield replace(
                one, verdict=Verdict.PROBLEM,
                message=f"{one.message}; kept for {days} days, at least {least} are required",
                hint=f"delete backups after {least} days or later",
            )  # fmt: skip
        else:
            yield one

"""The output of ``barman -f json list-backups SERVER``."""

from typing import Any

from readiness.backups.backup import Backup, Repository, Unlike, moment, whole
from readiness.model.place import Place

_ERRORS = "_ERROR"


def read_barman(data: Any, path: str) -> tuple[Repository, ...] | None:
    """Read every server; None where the text is not of this tool."""
    if not isinstance(data, dict) or not data:
        return None
    if isinstance(data.get(_ERRORS), list):
        raise Unlike(f"Barman says: {'; '.join(map(str, data[_ERRORS]))}")
    if not all(isinstance(backups, list) for backups in data.values()):
        return None
    return tuple(
        Repository("Barman", name, tuple(_backup(one) for one in backups), at=Place(path))
        for name, backups in data.items()
    )


def _backup(data: Any) -> Backup:
    if not isinstance(data, dict) or not isinstance(data.get("backup_id"), str):
        raise Unlike("Barman lists a backup without a backup_id")
    status = str(data.get("status") or "unknown")
    return Backup(
        label=data["backup_id"],
        finished=moment(data.get("end_time_timestamp")),
        size=whole(data.get("size_bytes")),
        failed=None if status == "DONE" else f"its status is {status}",
    )

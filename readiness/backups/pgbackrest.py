"""The output of ``pgbackrest info --output=json``."""

from typing import Any

from readiness.backups.backup import Backup, Repository, Unlike, moment, whole
from readiness.model.place import Place


def read_pgbackrest(data: Any, path: str) -> tuple[Repository, ...] | None:
    """Read every stanza; None where the text is not of this tool."""
    if not isinstance(data, list) or not all(_is_stanza(one) for one in data):
        return None
    if not data:
        raise Unlike("pgBackRest lists no stanza")
    return tuple(_stanza(one, path) for one in data)


def _is_stanza(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and isinstance(data.get("name"), str)
        and isinstance(data.get("backup"), list)
        and isinstance(data.get("status"), dict)
    )


def _stanza(data: dict[str, Any], path: str) -> Repository:
    status = data["status"]
    trouble = None if status.get("code") == 0 else str(status.get("message") or "no status")
    backups = tuple(_backup(one) for one in data["backup"])
    return Repository("pgBackRest", data["name"], backups, trouble, Place(path))


def _backup(data: Any) -> Backup:
    if not isinstance(data, dict) or not isinstance(data.get("label"), str):
        raise Unlike("pgBackRest lists a backup without a label")
    times, info = data.get("timestamp"), data.get("info")
    return Backup(
        label=data["label"],
        kind=data.get("type") if isinstance(data.get("type"), str) else None,
        finished=moment(times.get("stop")) if isinstance(times, dict) else None,
        size=whole(info.get("size")) if isinstance(info, dict) else None,
        failed="pages with wrong checksums were backed up" if data.get("error") else None,
    )

"""The backups that there are, as a fact."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from readiness.backups.backup import Repository, Unlike
from readiness.backups.barman import read_barman
from readiness.backups.pgbackrest import read_pgbackrest
from readiness.model.errors import Fault
from readiness.model.place import Place

EXPECTED = (
    "the output of `pgbackrest info --output=json` or `barman -f json list-backups` is expected"
)


class Backups(Struct, frozen=True):
    """What the outputs of backup tools say, and those that say nothing to be used."""

    repositories: tuple[Repository, ...] = ()
    flaws: tuple[Fault, ...] = ()

    @classmethod
    def parse(
        cls, texts: Mapping[str, str], unreadable: Mapping[str, str] | None = None
    ) -> "Backups":
        """Read the outputs of backup tools, text by path; ``unreadable`` has reasons by path.

        Which tool a text is of follows from its shape; a text of none of them is a flaw.
        """
        repositories: list[Repository] = []
        reasons = dict(unreadable or {})
        for path, text in sorted(texts.items()):
            try:
                repositories += _read(text, path)
            except Unlike as error:
                reasons[path] = str(error)
        flaws = (Fault(Place(path), reason, EXPECTED) for path, reason in sorted(reasons.items()))
        return cls(tuple(repositories), tuple(flaws))


def _read(text: str, path: str) -> tuple[Repository, ...]:
    data = _json(text)
    found = read_pgbackrest(data, path) if isinstance(data, list) else read_barman(data, path)
    if found is None:
        raise Unlike("it is JSON of another shape")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unlike("it is not JSON") from None

"""Facts of a server that were read elsewhere, for a host that cannot reach it."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from readiness.database import Database
from readiness.database import Missing as NotRead
from readiness.database.facts import COMPARISON
from readiness.engine.facts import Missing
from readiness.model.clock import Clock
from readiness.model.errors import ReadinessError

OLDEST = timedelta(hours=24)
"""How old a snapshot may be: a server changes, and its certificate ends, day by day."""


def write_snapshot(database: Database) -> str:
    """Give the text of a snapshot; there is no secret in it."""
    return json.dumps(database.to_facts(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def read_snapshot(path: Path, clock: Clock) -> Database | Missing:
    """Read a snapshot; one without a date, from the future or too old is no answer.

    Raises `ReadinessError` where the file is none.
    """
    try:
        database = Database.from_facts(_mapping(json.loads(path.read_text("utf-8"))))
    except OSError as error:
        raise ReadinessError(f"{path}: the snapshot cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        reason = "it is not JSON" if isinstance(error, json.JSONDecodeError) else str(error)
        raise ReadinessError(
            f"{path} is no snapshot of a database: {reason}",
            hint="`readiness database snapshot --database env:NAME` writes one",
        ) from None
    return _in_date(database, path, clock)


def compared_as_here(database: Database | Missing, words: int) -> Database | Missing:
    """Take back the verdicts on passwords where fewer words of a repository were tried there.

    The comparison needs the verifiers, which no snapshot holds, so that it is made where the
    snapshot is taken, with the words of the project that stands there; only their number is kept.
    """
    if isinstance(database, Missing) or not database.has("password"):
        return database
    tried = database.password.repository
    if tried is None or tried >= words:
        return database
    lacking = NotRead(
        f"the snapshot's passwords were compared with {tried} words of a repository, and this one "
        f"shows {words}",
        "take the snapshot for this project: `readiness database snapshot PROJECT`",
    )
    return replace(
        database,
        facts={**database.facts, **dict(_unsure(database))},
        missing={**database.missing, COMPARISON: lacking},
    )


def _unsure(database: Database) -> Iterator[tuple[str, Any]]:
    """What no word opened may be opened by one that was not tried."""
    yield "password", replace(database.password, weak=database.password.weak or None)
    if database.has("verifiers"):
        found = database.verifiers
        judged = (replace(one, weak=one.weak or None) for one in found.all)
        yield "verifiers", replace(found, all=tuple(judged))


def _mapping(facts: Any) -> Mapping[str, Any]:
    if not isinstance(facts, dict):
        raise ValueError("a mapping of facts is expected")
    return facts


def _in_date(database: Database, path: Path, clock: Clock) -> Database | Missing:
    hint = "take a new one: `readiness database snapshot --database env:NAME`"
    try:
        made = datetime.fromisoformat(database.read_at or "")
        age = clock.now() - made
    except (ValueError, TypeError):
        return Missing(f"the snapshot {path.name} does not say when it was taken", hint)
    if age > OLDEST:
        hours = OLDEST // timedelta(hours=1)
        taken = made.isoformat(timespec="minutes")
        return Missing(f"the snapshot is of {taken}, at most {hours} h are accepted", hint)
    if age < timedelta(minutes=-5):
        return Missing(f"the snapshot is from the future ({made.isoformat()})", hint)
    return database

"""Checkers of the checklists themselves."""

from collections.abc import Iterator

from readiness import (
    Checklist,
    Checklists,
    Clock,
    Finding,
    NotApplicable,
    checker,
    ok,
    problem,
    undecided,
)


@checker("checklist.reviewed")
def reviewed(checklists: Checklists, clock: Clock) -> Iterator[Finding]:
    """Every checklist names its owner, and its next review is not overdue."""
    if not checklists.all:
        raise NotApplicable("there is no checklist")
    for checklist in checklists.all:
        yield _owner(checklist)
        yield _review(checklist, clock)


def _owner(checklist: Checklist) -> Finding:
    data = {"checklist": checklist.name, "owner": checklist.owner}
    if checklist.owner and checklist.owner.strip():
        message = f"the checklist {checklist.name} is owned by {checklist.owner}"
        return ok(message, at=checklist.at, data=data)
    return undecided(
        f"the checklist {checklist.name} names no owner",
        at=checklist.at,
        hint=f"give it `owner: …`; a shipped one is extended first: `extends: [{checklist.name}]`",
        data=data,
    )


def _review(checklist: Checklist, clock: Clock) -> Finding:
    name, day = checklist.name, checklist.review_by
    data = {"checklist": name, "review_by": day.isoformat() if day else None}
    if day is None:
        return undecided(
            f"the checklist {name} has no day for its next review",
            at=checklist.at,
            hint="give it `review_by: YYYY-MM-DD`",
            data=data,
        )
    if day < clock.today():
        return problem(
            f"the review of the checklist {name} was due on {day}",
            at=checklist.at,
            hint="review it with its owner, then set the next `review_by`",
            data=data,
        )
    return ok(f"the checklist {name} is to be reviewed by {day}", at=checklist.at, data=data)

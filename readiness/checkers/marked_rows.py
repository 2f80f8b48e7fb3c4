"""Rows that development or tests left behind, told by a mark that the rule names."""

from readiness import Answer, Answers, Finding, Query, Undecidable, counted, ok, problem, undecided

_MOST = 1000
_DENIED = "42501"


def marked_rows(table: str, condition: str) -> Query:
    """Count the rows that have the mark, as far as it is worth counting."""
    return Query(
        f"SELECT count(*) AS number FROM (SELECT 1 FROM {table} WHERE ({condition}) "  # noqa: S608 - the rule's own words, behind the fence
        f"LIMIT {_MOST}) AS marked"
    )


def judge_rows(answers: Answers, table: str, condition: str) -> Finding:
    """Say whether a table holds rows with the mark."""
    data = {"table": table, "condition": condition}
    try:
        answer = answers.of(marked_rows(table, condition), Answer)
    except Undecidable as why:
        return undecided(f"the rows of {table} were not looked at: {why.reason}", hint=why.hint)
    if answer.error is not None:
        hint = f"GRANT SELECT ON {table} TO the checker's role" if answer.code == _DENIED else None
        return undecided(f"the rows of {table} were not looked at: {answer.error}", hint=hint)
    number = int(answer.rows[0]["number"]) if answer.rows else 0
    if not number:
        return ok(f"no row of {table} is marked ({condition})", source="database", data=data)
    count = counted(number, "row")
    least = "at least " if number >= _MOST else ""
    return problem(
        f"{least}{count} of {table} are marked as those of development or tests ({condition}); "
        "production is to hold none",
        hint="delete them, with what refers to them",
        source="database",
        data={**data, "rows": number},
    )

"""`check` where nothing changed: the report of the run before, again."""

import os
import sys
import time
from collections.abc import Sequence

from readiness.cache.reports import Inputs, Kept, find, keep, may_be_kept

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes time
if TYPE_CHECKING:
    from readiness.cache.sights import Sight
    from readiness.cli.outputs import Output
    from readiness.model.report import Report


_asked: list[str] = []


def again(arguments: Sequence[str]) -> int | None:
    """Give the report of an earlier `check` again; None where it is to be judged anew."""
    _asked[:] = arguments
    kept = find(arguments, _stands)
    if kept is None:
        return None
    text = _dated_now(kept)
    if kept.outputs == (("json", None),):
        from readiness.cli.printing import put  # noqa: PLC0415 - the quickest way

        put(text)
    else:
        _render(text, kept)
    _say(kept)
    return kept.exit_code


def remember(
    report: "Report", inputs: Inputs, chosen: Sequence["Output"], began: tuple[str, str], *,
    quiet: bool,
) -> None:  # fmt: skip
    """Keep a report for the next run with the same arguments; one as every reader sees it."""
    from readiness.reports.json import render  # noqa: PLC0415 - not for what is given again

    arguments = tuple(_asked)
    if not arguments or not may_be_kept(arguments):
        return
    outputs = tuple((one.name, os.fspath(one.path) if one.path else None) for one in chosen)
    made = Kept(
        render(report),
        report.generated_at,
        outputs,
        quiet=quiet,
        gate=str(report.gate),
        exit_code=report.exit_code,
    )
    keep(arguments, inputs, made, began)


def _stands(sight: "Sight", folder: str, changed: Sequence[str]) -> bool:
    from readiness.project.unaffected import are_unaffected  # noqa: PLC0415 - seldom needed

    return are_unaffected(sight, folder, changed)


def _dated_now(kept: Kept) -> str:
    now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    return kept.text.replace(
        f'"generated_at": "{kept.generated_at}"', f'"generated_at": "{now}"', 1
    )


def _render(text: str, kept: Kept) -> None:
    from readiness.cli.outputs import deliver, outputs  # noqa: PLC0415 - as above
    from readiness.reports.own import rebuild  # noqa: PLC0415 - as above

    chosen = outputs([f"{name}={path}" if path else name for name, path in kept.outputs])
    deliver(rebuild(text), chosen, quiet=kept.quiet)


def _say(kept: Kept) -> None:
    if kept.quiet or sys.stderr is None:
        return
    try:
        sys.stderr.write("readiness: nothing that counts changed since the last run, whose report "
                         "this is; --no-cache judges anew\n")  # fmt: skip
        if all(path for _, path in kept.outputs):
            sys.stderr.write(f"readiness: {kept.gate} (exit {kept.exit_code})\n")
    except OSError:  # nobody may be there to read it
        return

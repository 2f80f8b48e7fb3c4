"""The one edge: every error becomes a sentence, a hint and an exit code."""

import os
import sys
from collections.abc import Sequence

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes time
if TYPE_CHECKING:
    from typing import Any

    from readiness.model.errors import ReadinessError
    from readiness.project.early import Early


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give the exit code; nothing is raised but with --debug."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        from readiness.model.outcome import Exit  # noqa: PLC0415 - not for what is given again

        _say("interrupted; nothing was written")
        return Exit.INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _failed(error)


def _failed(error: Exception) -> int:
    import errno  # noqa: PLC0415 - as above

    from readiness.model.errors import ReadinessError  # noqa: PLC0415 - as above
    from readiness.model.outcome import Exit  # noqa: PLC0415 - as above

    if isinstance(error, ReadinessError):
        return _explain(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        _say("the output cannot be written: no space is left")
        return Exit.WRONG_USE
    _say(f"internal error: {type(error).__name__}; this is a fault of readiness")
    _say("hint: --debug shows where it happened")
    return Exit.UNVERIFIED


def _run(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["check"]:
        from readiness.cli.again import again  # noqa: PLC0415 - before anything else is loaded

        code = again(arguments)
        if code is not None:
            return code
        _collect_seldom()
        from readiness.cli.plain import options_of  # noqa: PLC0415 - as above

        options = options_of(arguments[1:])
        if options is not None:
            from readiness.cli.ahead import begin  # noqa: PLC0415 - as above

            return _check(options, begin(arguments, options))
    _collect_seldom()
    from typer import Abort, TyperException  # noqa: PLC0415 - loaded after --version
    from typer.main import get_command  # noqa: PLC0415 - as above

    from readiness.cli.app import app  # noqa: PLC0415 - as above
    from readiness.model.outcome import Exit  # noqa: PLC0415 - as above

    try:
        code = get_command(app).main(list(arguments), prog_name="readiness", standalone_mode=False)
    except Abort:
        return Exit.INTERRUPTED
    except SystemExit:
        # typer ends so where a reader closes the pipe; nothing was judged to the end then.
        return Exit.WRONG_USE
    except TyperException as error:
        from readiness.cli.refusals import sentence  # noqa: PLC0415 - as above

        _say(sentence(error))
        _say("hint: `readiness --help` and `readiness COMMAND --help` show what can be asked")
        return Exit.WRONG_USE
    if code == Exit.INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else Exit.READY


def _check(options: "dict[str, Any]", early: "Early | None" = None) -> int:
    """Check at once; where a reader closes the pipe, end as typer does."""
    import errno  # noqa: PLC0415 - as above

    from readiness.cli.checking import judge_project  # noqa: PLC0415 - as above
    from readiness.model.frames import with_room  # noqa: PLC0415 - as above
    from readiness.model.outcome import Exit  # noqa: PLC0415 - as above

    try:
        return with_room(lambda: judge_project(**options, early=early))
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - to the end
        return Exit.WRONG_USE
    finally:
        if early is not None:
            early.end()


def _collect_seldom() -> None:
    """Nearly all that is loaded or made lives to the end: looking for garbage finds none."""
    import gc  # noqa: PLC0415 - as above

    gc.set_threshold(1_000_000, 20, 20)


def _explain(error: "ReadinessError") -> int:
    prefix = f"{error.at}: " if error.at else ""
    _say(f"{prefix}{error.message}")
    if error.hint:
        _say(f"hint: {error.hint}")
    return error.exit


def _say(text: str) -> None:
    try:
        sys.stderr.write(f"readiness: {text}\n")
    except (OSError, AttributeError):  # nobody may be there to read it
        return

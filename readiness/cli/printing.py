"""Standard output: a text that is whole, or an error that is a sentence."""

import os
import sys


def put(text: str) -> None:
    """Print a text; a reader that closes the pipe early has read enough.

    Raises `ReadinessError` where standard output is closed or full.
    """
    if sys.stdout is None:
        _fail("standard output is closed")
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"the report cannot be written: {error.strerror}")


def _fail(sentence: str) -> None:
    from readiness.model.errors import ReadinessError  # noqa: PLC0415 - seldom needed

    raise ReadinessError(sentence, hint="--report json=FILE") from None

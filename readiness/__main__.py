"""`python -m readiness` and the command `readiness`."""

import os
import sys

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes time
if TYPE_CHECKING:
    from typing import NoReturn

_WRONG_USE = 2
_INTERRUPTED = 130


def main() -> None:
    """Run the command line; the version is answered before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        from readiness.version import VERSION  # noqa: PLC0415 - start-up is part of the product

        _say_version(f"readiness {VERSION}\n")
        return
    try:
        from readiness.cli.edge import run  # noqa: PLC0415 - as above

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    try:
        _leave(code)
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


def _say_version(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, AttributeError):  # AttributeError: it is closed
        if sys.stderr is not None:
            sys.stderr.write("readiness: the output cannot be written\n")
            sys.stderr.flush()
        os._exit(_WRONG_USE)


def _leave(code: int) -> "NoReturn":
    """Leave with this code, at once: to give back all that was made may take seconds.

    Where an interrupt meets the making of a dataclass, CPython remembers it and would end the
    process by the signal, although it was caught (`_Py_UnhandledKeyboardInterrupt`).
    """
    import atexit  # noqa: PLC0415 - not for the version
    import contextlib  # noqa: PLC0415 - as above

    atexit._run_exitfuncs()  # noqa: SLF001 - what the interpreter would do
    is_written = code == _INTERRUPTED
    with contextlib.suppress(OSError, ValueError, AttributeError):
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        is_written = True
    if not is_written:
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    # `python -m` looks into the working folder first, which may be the project that is
    # judged: none of its modules may be taken for one of ours.
    sys.path[:] = [path for path in sys.path if path not in {"", os.getcwd()}]  # noqa: PTH109
    main()

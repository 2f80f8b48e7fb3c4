"""`python -m readiness` and the command `readiness`."""

import os
import sys


def main() -> None:
    """Run the command line; the version is answered before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        from readiness.version import VERSION  # noqa: PLC0415 - start-up is part of the product

        sys.stdout.write(f"readiness {VERSION}\n")
        return
    try:
        from readiness.cli.edge import run  # noqa: PLC0415 - as above

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    # `python -m` looks into the working folder first, which may be the project that is
    # judged: none of its modules may be taken for one of ours.
    sys.path[:] = [path for path in sys.path if path not in {"", os.getcwd()}]  # noqa: PTH109
    main()

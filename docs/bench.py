"""Where the time goes: start-up and a whole check, as ratios to an empty Python."""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
READINESS = [sys.executable, "-m", "readiness"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "readiness --version": [*READINESS, "--version"],
    "readiness --help": [*READINESS, "--help"],
    "readiness check examples, no database": [
        *READINESS, "check", f"{ROOT}/examples", "--database", "none", "--report", "json", "-q",
    ],
    "readiness check this repository, no database": [
        *READINESS, "check", str(ROOT), "--database", "none", "--report", "json", "-q",
    ],
}  # fmt: skip


def seconds(command: list[str]) -> float:
    """The median wall time of a command, after one run that is not counted."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - as written above
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def main() -> None:
    """Print a line for each command: its median and its ratio to an empty Python."""
    floor = 0.0
    for name, command in COMMANDS.items():
        median = seconds(command)
        floor = floor or median
        sys.stdout.write(f"{median * 1000:8.0f} ms  {median / floor:6.1f} x  {name}\n")
        sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(f"{peak:8.0f} MiB at the most in one process\n")


if __name__ == "__main__":
    main()

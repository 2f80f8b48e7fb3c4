"""How long a check takes, beside tools that read the same files: ripgrep, and Semgrep if given.

What is read of a server is measured beside the same statements one after the other.

`rg -l -tpy InMemoryDb` reads every byte and answers nothing: the practical limit. Each figure
is a median, in seconds of the clock and of the processor, with the ratio of each to the floor:
the aims are of the clock, the processor's mean more on a machine that has other work. Nothing is
written to the folders given.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import flights
import recipes

ROOT = Path(__file__).resolve().parent.parent
READINESS = (sys.executable, "-m", "readiness")
CHECK = (*READINESS, "check", "--database", "none", "--report", "json", "-q")
RIPGREP = ("rg", "-l", "-tpy", "InMemoryDb")
SETTLING = 0.1
"""Seconds after which a change can be told by its time."""

QUESTIONS = """rules:
- {id: volatile, languages: [python], severity: ERROR, message: m, pattern: InMemoryDb(...)}
- id: given
  languages: [python]
  severity: ERROR
  message: m
  patterns:
  - pattern-either: [{pattern: "$C(..., db=$X, ...)"}, {pattern: "$X = InMemoryDb(...)"}]
- id: password
  languages: [python]
  severity: ERROR
  message: m
  patterns:
  - pattern: '"$TEXT"'
  - metavariable-regex: {metavariable: $TEXT, regex: '.*://[^:/]+:[^@]+@.*'}
- {id: pool, languages: [python], severity: ERROR, message: m,
   pattern: "create_engine(..., pool_size=$N, ...)"}
"""
"""The questions that Semgrep can be asked too: constructions, holders, passwords, pool sizes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: seconds of the clock and the processor, and its largest memory."""

    clock: float
    processor: float
    peak: int

    def __str__(self) -> str:
        return f"{self.clock:8.3f} s {self.processor:8.3f} s {self.peak:5.0f} MiB"


def run(command: Sequence[str], cache: str) -> Taken:
    """Run a command once."""
    own = {**os.environ, "READINESS_CACHE_DIR": cache, "PYTHONPATH": str(ROOT)}
    # What is installed is compiled; a checkout is so after its first run.
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - as written here
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=own
    )
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    clock = time.perf_counter() - start
    return Taken(clock, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def median(commands: Sequence[Callable[[], Taken]], runs: int) -> list[Taken]:
    """The median of each command; they are run in turn, so that all meet the same machine."""
    rounds = [[command() for command in commands] for _ in range(runs)]
    return [
        Taken(
            statistics.median(one.clock for one in own),
            statistics.median(one.processor for one in own),
            max(one.peak for one in own),
        )
        for own in zip(*rounds, strict=True)
    ]


def line(name: str, taken: Taken, floor: Taken, target: str = "") -> None:
    """Print one line: the name, what was taken, the ratio to the floor and the aim."""
    clock = taken.clock / max(floor.clock, 0.001)
    processor = taken.processor / max(floor.processor, 0.001)
    sys.stdout.write(f"  {name:34}{taken} {clock:7.1f} x {processor:7.1f} x  {target}\n")
    sys.stdout.flush()


def start_up(cache: str, runs: int) -> None:
    """The commands that read no project, as ratios to an empty Python."""
    names = ("python -c pass", "readiness --version", "readiness --help")
    commands = ((sys.executable, "-c", "pass"), (*READINESS, "--version"), (*READINESS, "--help"))
    small = (*CHECK, str(ROOT / "examples"))
    run(small, cache)
    every = [lambda c=command: run(c, cache) for command in (*commands, small)]
    found = median(every, runs)
    sys.stdout.write("start-up, ratios to python -c pass\n")
    aims = ("", "at most 2 x", "at most 7 x", "at most 15 x")
    for name, taken, aim in zip((*names, "readiness check examples, warm"), found, aims,
                                strict=True):  # fmt: skip
        line(name, taken, found[0], aim)


def project(folder: Path, title: str, runs: int, semgrep: str | None, aims: Sequence[str]) -> None:
    """A check of a project: cold, warm, and after a change of one file."""
    with tempfile.TemporaryDirectory() as cache, tempfile.NamedTemporaryFile("w") as questions:
        files = sorted(folder.rglob("*.py"))
        size = sum(file.stat().st_size for file in files) / 1e6
        sys.stdout.write(f"{title}: {len(files)} Python files, {size:.0f} MB, ratios to rg -l\n")
        time.sleep(SETTLING)
        check = (*CHECK, str(folder))
        search = (*RIPGREP, str(folder)) if shutil.which("rg") else ()
        floor = median([lambda: run(search, cache)], runs * 3)[0] if search else Taken(0, 0, 0)
        line("rg -l -tpy InMemoryDb", floor, floor, "" if search else "ripgrep is not installed")
        line("cold", median([lambda: run((*check, "--no-cache"), cache)], runs)[0], floor, aims[0])
        run(check, cache)
        line("nothing changed", median([lambda: run(check, cache)], runs * 3)[0], floor, aims[1])
        changed = median([lambda: changed_run(files[0], check, cache)], runs)[0]
        line("one file changed", changed, floor, aims[2])
        if semgrep:
            questions.write(QUESTIONS)
            questions.flush()
            asked = (semgrep, "scan", "--quiet", "--metrics=off", "--disable-version-check",
                     "--no-git-ignore", "--config", questions.name, str(folder))  # fmt: skip
            line("semgrep, the same questions", run(asked, cache), floor)


def changed_run(file: Path, command: Sequence[str], cache: str) -> Taken:
    """Change one file and run."""
    file.write_bytes(file.read_bytes() + b"\n# changed\n")
    time.sleep(SETTLING)
    return run(command, cache)


def main() -> None:
    """Print the figures of start-up and of each project."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agno", type=Path, help="a checkout of agno, or its sources")
    parser.add_argument("--large", type=Path, help="a large folder, such as a site-packages")
    parser.add_argument("--semgrep", help="the command of an installed Semgrep")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        start_up(f"{place}/cache", given.runs * 3)
        flights.flights(given.runs * 3)
        for title, folder, aims in _projects(given, Path(place)):
            project(folder, title, given.runs, given.semgrep, aims)


def _projects(
    given: argparse.Namespace, place: Path
) -> Iterator[tuple[str, Path, tuple[str, str, str]]]:
    """The projects, each a copy that may be changed."""
    warm = ("at most 3 x", "at most 4 x")
    recipes.write(place / "recipes")
    yield "recipes", place / "recipes", ("at most 25 x", *warm)
    for title, folder, aim in (("agno", given.agno, 25), ("large", given.large, 10)):
        if folder is not None:
            shutil.copytree(folder, place / title, symlinks=True)
            yield title, place / title, (f"at most {aim} x, at most 100 MiB", *warm)


if __name__ == "__main__":
    main()

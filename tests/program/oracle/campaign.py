# ruff: noqa: T201 - it prints what it saw
"""Run many programs against the real interpreter: ``python -m tests.program.oracle.campaign``.

Prints each disagreement, shrunk, and how often each construct and piece is left unknown.
"""

import argparse
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from tests.program.oracle.judging import Verdict, judge, judge_open
from tests.program.oracle.productions import NAMES
from tests.program.oracle.shrinking import Files, shrink
from tests.program.oracle.writing import Writer, Written

LONGEST = 20


class Campaign:
    """Counts what was seen."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.programs = 0
        self.sites = 0
        self.unknown = 0
        self.disagreed: list[int] = []
        self.seen: Counter[str] = Counter()
        self.left_open: Counter[str] = Counter()
        self.began = time.monotonic()

    def run(self) -> int:
        """Run seeds until there are enough, or the time is over."""
        first = self.options.first
        for seed in range(first, first + self.options.seeds):
            if time.monotonic() - self.began > self.options.seconds:
                break
            self.one(seed)
        self.report()
        return 1 if self.disagreed else 0

    def one(self, seed: int) -> None:
        """Judge the program of one seed."""
        written = Writer(seed, asks=self.options.open, only=tuple(self.options.only)).program()
        injected = tuple(Random(seed).sample(NAMES, 2)) if self.options.open else ()
        verdict = self.judged(written, injected, seed)
        self.programs += 1
        self.sites += len(verdict.sites)
        self.unknown += len(verdict.unknown)
        pieces = {piece for pieces in written.pieces.values() for piece in pieces}
        self.seen.update(pieces)
        if verdict.unknown:
            self.left_open.update(pieces)
        if verdict.wrong:
            self.disagreed.append(seed)
            self.tell(seed, written, verdict, injected)

    def judged(self, written: Written, injected: tuple[str, ...], seed: int) -> Verdict:
        """What is wrong with the evaluation of a program."""
        try:
            with _within(LONGEST):
                return self.verdict(written.files, written, injected, seed)
        except _TooLong:
            return Verdict([f"it takes more than {LONGEST} seconds"])
        except Exception as fault:  # noqa: BLE001 - a crash is a disagreement
            return Verdict([f"{type(fault).__name__}: {fault}"])

    def verdict(
        self, files: Files, written: Written, injected: tuple[str, ...], seed: int
    ) -> Verdict:
        """Judge the files, with the variables of the program that was written."""
        if not self.options.open:
            return judge(files, written.variables)
        held = {name: value for name, value in written.variables.items() if name not in injected}
        return judge_open(files, held, injected, seed)

    def tell(
        self, seed: int, written: Written, verdict: Verdict, injected: tuple[str, ...]
    ) -> None:
        """Print a disagreement, shrunk if that is asked for."""
        print(f"seed {seed} {written.constructs}: {verdict.wrong[0][:600]}")
        if not self.options.shrink:
            return

        def fails(files: Files) -> bool:
            smaller = Written(files, written.variables)
            found = self.judged(smaller, injected, seed).wrong
            return any(_kind(one) == _kind(verdict.wrong[0]) for one in found)

        small = shrink(written.files, fails)
        print(f"  variables {written.variables} injected {injected}")
        for path, text in small.items():
            print(f"  --- {path}\n{text}")
        smaller = self.judged(Written(small, written.variables), injected, seed)
        print(f"  {smaller.wrong[:1]}\n")

    def report(self) -> None:
        """Print the figures."""
        taken = time.monotonic() - self.began
        rate = self.unknown / max(self.sites, 1)
        print(f"{self.programs} programs in {taken:.0f} s ({self.programs / taken * 3600:.0f} an "
              f"hour), {len(self.disagreed)} disagree; {self.sites} sites, {self.unknown} "
              f"unknown ({rate:.1%})")  # fmt: skip
        worst = sorted(self.left_open, key=lambda one: -self.left_open[one] / self.seen[one])
        for piece in [one for one in worst if self.seen[one] > 2][: self.options.worst]:
            print(f"  {self.left_open[piece]}/{self.seen[piece]} unknown with {piece}")


def _kind(words: str) -> str:
    if "gap" in words:
        return "gap"
    return " ".join(words.split()[: 4 if words.startswith("it ends") else 1])


class _TooLong(BaseException):
    """A program takes too long."""


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def stop(_: int, __: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    """Read the options and run."""
    warnings.simplefilter("ignore")  # what is left of a program may look odd
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--open", action="store_true", help="leave variables and flags open")
    parser.add_argument("--only", nargs="*", default=[], help="constructs to choose from")
    parser.add_argument("--shrink", action="store_true")
    parser.add_argument("--worst", type=int, default=20)
    return Campaign(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())

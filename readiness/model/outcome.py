"""What becomes of a rule, and of the whole."""

from enum import IntEnum, StrEnum


class Outcome(StrEnum):
    """The result of one rule, in the words of XCCDF where it has them."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    WAIVED = "waived"
    NOT_APPLICABLE = "not-applicable"
    SKIPPED = "skipped"
    ERROR = "error"

    @property
    def meaning(self) -> str:
        """What it says of the rule, in a sentence."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.PASS: "what was looked at meets the rule",
    Outcome.FAIL: "something does not meet the rule; closes the gate",
    Outcome.UNKNOWN: "nobody can tell from what was seen; the gate is not green",
    Outcome.WAIVED: "somebody accepts the problem, until a day",
    Outcome.NOT_APPLICABLE: "there is nothing here that the rule is about",
    Outcome.SKIPPED: "left out on purpose; counted under what was not looked at",
    Outcome.ERROR: "its checker crashed or did not load; the gate is not green",
}


class Severity(StrEnum):
    """How much it matters; ``low`` is advice."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def meaning(self) -> str:
        """What it says of the harm, in a sentence."""
        return _SEVERITIES[self]

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)

    def reaches(self, threshold: "Severity") -> bool:
        """Tell whether this is at least as severe as the threshold."""
        return self.rank <= threshold.rank


_SEVERITIES = {
    Severity.CRITICAL: "data are lost or open to others",
    Severity.HIGH: "an outage or a breach waits for its occasion",
    Severity.MEDIUM: "operation is blind or brittle; the default threshold of the gate",
    Severity.LOW: "advice",
}


class Gate(StrEnum):
    """The answer to the one question."""

    READY = "ready"
    NOT_READY = "not-ready"
    UNVERIFIED = "unverified"


class Exit(IntEnum):
    """The exit codes, a contract with scripts."""

    READY = 0
    NOT_READY = 1
    WRONG_USE = 2
    UNVERIFIED = 3
    INTERRUPTED = 130

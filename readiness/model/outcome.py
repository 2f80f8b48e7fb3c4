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


class Severity(StrEnum):
    """How much it matters; ``low`` is advice."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)

    def reaches(self, threshold: "Severity") -> bool:
        """Tell whether this is at least as severe as the threshold."""
        return self.rank <= threshold.rank


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

"""What would settle that a value is not known."""

_UNCALLED = "which nothing calls"
_CALLER = (
    "let readiness see who calls it: check the project, or the file (`readiness check FILE`), "
    "that does"
)


def settle(reason: str, otherwise: str) -> str:
    """How to settle a reason: a variable helps little where the caller is not to be seen."""
    return f"{_CALLER}; else {otherwise}" if _UNCALLED in reason else otherwise

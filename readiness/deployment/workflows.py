"""GitHub Actions."""

from readiness.deployment.reading import Reading


def read_workflows(reading: Reading) -> None:
    """Add the jobs of workflows that run on a schedule or deploy to the environment."""

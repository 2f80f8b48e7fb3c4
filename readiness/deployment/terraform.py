"""Terraform."""

from readiness.deployment.reading import Reading


def read_terraform(reading: Reading) -> None:
    """Add the databases and firewall rules that Terraform declares."""

"""Kubernetes manifests."""

from readiness.deployment.reading import Reading


def read_kubernetes(reading: Reading) -> None:
    """Add the workloads of the manifests of the environment."""

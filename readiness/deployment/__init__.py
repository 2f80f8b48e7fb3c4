"""The deployment: services, databases and ways in, as its files describe them."""

from readiness.deployment.deployment import Deployment

__all__ = ["Deployment"]

"""HTTP endpoints: questions of rules, and their answers."""

from readiness.endpoints.fetching import fetch
from readiness.endpoints.question import Request, Response

__all__ = ["Request", "Response", "fetch"]

"""Settings of a project: readiness.yaml or [tool.readiness]."""

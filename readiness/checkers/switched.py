"""Switches of the server that have to be on."""

from readiness import Database, Finding, ok, problem


def on_is_required(database: Database, name: str, *, hint: str) -> Finding:
    """A setting of the server is on; ``hint`` says how it is set."""
    found = database.setting(name)
    data = {name: found.text}
    if found.on:
        return ok(f"{name} is on", data=data)
    return problem(f"{name} is off, on is required", hint=hint, data=data)

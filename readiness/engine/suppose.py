"""What the command line supposes of variables, said in the report."""

from collections.abc import Iterator

from readiness.engine.gather import Gathering
from readiness.environment.sensitive import is_sensitive, shown


def supposed(gathering: Gathering) -> Iterator[str]:
    """One sentence for each variable that an option sets, unsets or leaves to the platform."""
    request = gathering.request
    for name, secret in request.variables.items():
        value = secret.reveal()
        is_so = "is set" if is_sensitive(name, value) else f"is {shown(name, value)!r}"
        yield f"{name} {is_so}, as --set says{_unread(name, gathering)}"
    for name in request.unset:
        yield f"{name} is not set, as --unset says{_unread(name, gathering)}"
    for name in request.injected:
        yield f"{name} is set by the platform, as --injected says{_unread(name, gathering)}"


def _unread(name: str, gathering: Gathering) -> str:
    """Tell of a name that was perhaps misspelt: nothing that was evaluated reads it."""
    programs = gathering.made("programs") or ()
    if not programs or any(program.reads_any_name for program in programs):
        return ""
    read = {one.name for program in programs for one in program.reads()}
    if name in read or name.startswith("PG") or not read:
        return ""
    return "; no code that was evaluated reads it by this name"

"""Variables of the environment in the URL of an endpoint."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from readiness.endpoints import Request
from readiness.environment import Environment
from readiness.environment.sensitive import is_sensitive
from readiness.model.finding import Undecidable
from readiness.model.secret import Secret

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def expand(request: Request, environments: Sequence[Environment]) -> Request:
    """Put the values of variables into a URL, which is a secret from then on.

    Raises `Undecidable` for a variable that is not known, that is not the same for every
    service that runs the code, or that is a secret: a repository's checklist must not
    send it anywhere.
    """
    if isinstance(request.url, Secret) or not _NAME.search(request.url):
        return request
    url = _NAME.sub(lambda found: _value(found[1], environments).reveal(), request.url)
    return replace(request, url=Secret(url))


def _value(name: str, environments: Sequence[Environment]) -> Secret:
    variables = [one.get(name) for one in environments]
    found = {variable.value if variable else None for variable in variables}
    value = found.pop() if len(found) == 1 else None
    if value is None:
        state = "differs between the services" if found else "is not known"
        raise Undecidable(
            f"{name}, which the URL of the endpoint holds, {state}",
            f"give it with --set {name}=…",
        )
    if is_sensitive(name, value.reveal()):
        raise Undecidable(
            f"{name}, which the URL of the endpoint holds, is a secret",
            "secrets are not sent to an address that a checklist names; write the URL without it",
        )
    return value

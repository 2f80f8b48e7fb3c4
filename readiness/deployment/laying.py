"""What is given beside the description of processes, laid over the processes."""

from collections.abc import Iterable

from msgspec.structs import replace

from readiness.deployment.laid import Laid
from readiness.deployment.platforms import laid, listed
from readiness.deployment.reading import Reading
from readiness.deployment.service import Service


def lay_variables(reading: Reading) -> None:
    """Lay what is given beside over the services, in the order in which it is given."""
    for one in reading.laid:
        chosen = _chosen(reading.services, one)
        if not chosen and one.otherwise is not None:
            reading.services.append(one.otherwise)
            chosen = [one.otherwise]
        for service in chosen:
            place = reading.services.index(service)
            own = {variable.name: variable for variable in service.variables}
            reading.services[place] = replace(
                service, variables=listed(laid(own, one.variables)),
                unread_sources=(*service.unread_sources, *one.unread),
            )  # fmt: skip


def _chosen(services: Iterable[Service], given: Laid) -> list[Service]:
    """The services that run this code and are meant."""
    able = [one for one in services if one.runs_code]
    for kind in given.kinds:
        mine = [one for one in able if one.source == kind]
        named = [one for one in mine if given.name in {one.name, one.name.partition("/")[0]}]
        if mine:
            return named or mine
    return []

"""How many workers a service has, by its command or by the code that its server reads."""

from readiness import Deployment, Number, Program, Service, Workers
from readiness.checkers.celery_workers import configured
from readiness.checkers.demand import Factor
from readiness.checkers.span import Span

_NOBODY_KNOWS = Span(1, None)


def workers_factor(deployment: Deployment, program: Program, service: Service) -> Factor:
    """The workers of one service, with the place that says how many."""
    environment = program.environment
    own = service.name in environment.services
    said = deployment.workers(service, environment.variables if own else None)
    if said is None:
        return _one_process(program, service, own=own)
    return _said(said, program, service, own=own)


def _said(said: Workers, program: Program, service: Service, *, own: bool) -> Factor:
    name = f"workers of {service.name}"
    if said.setting is not None:
        return _of_code(said, program.number(said.setting), program, service, own=own)
    if said.text == "celery decides" and own:
        found = configured(program, program.project)
        if found is not None and found[0] is not None:
            return Factor(Span.exactly(found[0]), f"{name} (celery's configuration)", found[1])
    known = _NOBODY_KNOWS if said.count is None else Span.exactly(said.count)
    by_variable = program.environment.get(said.text) or service.variable(said.text)
    return Factor(known, f"{name} ({said.text})", said.at, "variable" if by_variable else "call")


def _of_code(
    said: Workers, number: Number, program: Program, service: Service, *, own: bool
) -> Factor:
    """What a file of Python says; what holds without it where it may not say anything."""
    name = f"workers of {service.name}"
    if None in number.values and said.otherwise is not None:
        weaker = _said(said.otherwise, program, service, own=own)
        if number.values == (None,):
            return weaker
        other = _span(tuple(one for one in number.values if one is not None))
        high = None if weaker.span.high is None else max(weaker.span.high, other.high or 0)
        low = min(weaker.span.low, other.low)
        return Factor(Span(low, high), f"{name} ({said.text})", number.at)
    reason = number.reason
    if not own and number.variables:
        reason = f"it depends on {number.variables[0]} of another service"
    if reason or not number.values:
        return Factor(_NOBODY_KNOWS, f"{name} ({said.text}: {reason})", number.at or said.at)
    return Factor(_span(number.values), f"{name} ({said.text})", number.at)


def _one_process(program: Program, service: Service, *, own: bool) -> Factor:
    """A command that is no server: one process, unless the code that it runs starts a server."""
    name = f"workers of {service.name}"
    if not service.processes:
        return Factor(_NOBODY_KNOWS, f"{name}, said nowhere", service.at, "default")
    started = program.server_workers() if own else ()
    if not started:
        return Factor(Span.exactly(1), f"{name} (one process)", service.at, "default")
    if unknown := next((one for one in started if not one.values), None):
        return Factor(_NOBODY_KNOWS, f"{name} ({unknown.reason})", unknown.at)
    values = tuple(value for one in started for value in one.values)
    return Factor(_span(values), f"{name} (the code starts a server)", started[0].at)


def _span(values: tuple[int | None, ...]) -> Span:
    numbers = [value for value in values if value is not None]
    return Span(min(numbers), max(numbers))

"""Checkers of one variable of the environment."""

from collections.abc import Iterator

from readiness import (
    Environment,
    Finding,
    Matcher,
    Step,
    Variable,
    checker,
    ok,
    problem,
    shown,
    undecided,
)


@checker("variable.value")
def value(
    environment: Environment, *, name: str, expect: Matcher | None = None, optional: bool = False
) -> Iterator[Finding]:
    """The variable ``name`` is set, and its value is as ``expect`` says.

    Without ``expect`` it only must not be empty. With ``optional`` it may be missing. A
    variable that the platform supplies is set, but nobody here can know to what.
    """
    variable = environment.get(name)
    if variable is None or variable.state == "unset":
        yield _missing(environment, name, optional=optional)
    elif variable.value is None:
        yield _supplied(variable, expect)
    else:
        yield _known(variable, variable.value.reveal(), expect)


def _missing(environment: Environment, name: str, *, optional: bool) -> Finding:
    known_unset = environment.get(name) is not None
    data = {"name": name, "state": "unset"}
    if not environment.described and not known_unset:
        return undecided(
            f"nothing describes the variables of {environment.name}, so {name} cannot be judged",
            hint="name their source with --env-file, or give --set, --unset or --injected",
            data=data,
        )
    if optional:
        return ok(f"{name} is not set, and need not be", data=data)
    return problem(
        f"{name} is not set for {environment.name}, and must be",
        hint=f"set {name} where the environment is described, or say --injected {name} "
        "if the platform supplies it",
        data=data,
    )


def _supplied(variable: Variable, expect: Matcher | None) -> Finding:
    data = {"name": variable.name, "state": variable.state}
    if expect is None:
        return ok(
            f"{variable.name} is set by the platform",
            at=variable.at, trace=_trace(variable), data=data,
        )  # fmt: skip
    return undecided(
        f"{variable.name} is set by the platform to a value that is not known here; "
        f"{expect} is expected",
        at=variable.at,
        hint=f"give the value with --set {variable.name}=…",
        trace=_trace(variable),
        data=data,
    )


def _known(variable: Variable, text: str, expect: Matcher | None) -> Finding:
    seen = shown(variable.name, variable.value)
    data = {"name": variable.name, "state": variable.state, "value": seen}
    if expect is None:
        met, wanted = bool(text.strip()), "a value"
    else:
        met, wanted = expect.accepts(text), str(expect)
    if met:
        return ok(
            f"{variable.name} is {seen}, as expected",
            at=variable.at, trace=_trace(variable), data=data,
        )  # fmt: skip
    return problem(
        f"{variable.name} is {seen or 'empty'}, {wanted} is expected",
        at=variable.at,
        hint=f"change {variable.name} where it is set",
        trace=_trace(variable),
        data=data,
    )


def _trace(variable: Variable) -> tuple[Step, ...]:
    return tuple(
        Step("variable", f"{variable.name} from {origin.text}", origin.at)
        for origin in variable.chain
    )

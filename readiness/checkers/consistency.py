"""Checkers that judge whether what is said about the environment agrees."""

from collections.abc import Iterator

from readiness import (
    Deployment,
    Environment,
    Finding,
    NotApplicable,
    Program,
    Project,
    Secret,
    Variable,
    checker,
    is_harmless,
    ok,
    problem,
    shown,
)
from readiness.checkers.credentials import Nature, nature
from readiness.checkers.loaded import loaded
from readiness.checkers.names import environment_of, is_switch, is_url, words
from readiness.checkers.understood import was_cut_short

_ADDRESS = frozenset({"host", "hostname", "server", "port", "database", "dbname", "sslmode", "db"})


@checker("environment.consistent")
def consistent(
    environment: Environment, program: Program, deployment: Deployment, project: Project
) -> Iterator[Finding]:
    """The sources of a variable agree, and the switch names the environment that is judged."""
    judged = False
    for name, variable in sorted(environment.variables.items()):
        if _is_judged(name, variable):
            judged = True
            yield from _judge(name, variable, environment)
    for finding in (
        *_switches_by_default(program, environment),
        *_switches_of_deploying(deployment, environment),
        *_switches_loaded(program, environment, project),
    ):
        judged = True
        yield finding
    if not judged:
        raise NotApplicable("no variable has two sources, and none names the environment")


def _is_judged(name: str, variable: Variable) -> bool:
    return len(_values(variable)) > 0 and (len(variable.chain) > 1 or is_switch(name))


def _values(variable: Variable) -> list[str]:
    """What the sources say, strongest first; what the user tries out is no source."""
    said = [one for one in variable.chain if not one.text.startswith("--set")]
    texts = [one.value.reveal() for one in said if one.value is not None]
    return [text for text in texts if nature(text) is not Nature.REFERENCE]


def _judge(name: str, variable: Variable, environment: Environment) -> Iterator[Finding]:
    values = _values(variable)
    chain = _chain(name, variable)
    counts = variable.value.reveal() if variable.value is not None else ""
    if _switches_to_other(name, counts, environment):
        yield problem(f"{name} says {shown(name, counts)}, in the environment "
                      f"{environment.name}: {chain}", at=variable.at,
                      hint=f"set {name} to {environment.name}")  # fmt: skip
    elif len(set(values)) > 1 and _matters(name, values):
        other = Secret(next(text for text in values if text != values[0]))
        weaker = next(one for one in variable.chain if one.value == other)
        yield problem(f"the sources of {name} contradict each other: {chain}",
                      at=weaker.at or variable.at,
                      hint="say it in one place, or make them agree: the weaker one counts "
                      "as soon as the stronger is missing",
                      data={"sources": _sources(variable)})  # fmt: skip
    else:
        yield ok(f"{name}: {chain}", at=variable.at)


def _sources(variable: Variable) -> list[str]:
    return [str(one.at or one.text) for one in variable.chain]


def _chain(name: str, variable: Variable) -> str:
    """The whole chain in words, strongest first."""
    said = []
    for one in variable.chain:
        where = str(one.at) if one.at else one.text
        says = _open(name, one.value) if one.value is not None else "a value from outside"
        said.append(f"{where} says {says}")
    several = len({one.value.reveal() for one in variable.chain if one.value is not None}) > 1
    return ", ".join(dict.fromkeys(said)) + (f"; {_winner(name, variable)}" if several else "")


def _open(name: str, value: Secret) -> str:
    """A value as it may be shown: of a name that no rule needs, only what is known to be open."""
    text = value.reveal()
    needed = is_switch(name) or is_url(name) or bool(set(words(name)) & _ADDRESS)
    return shown(name, text) if needed or not text or is_harmless(name, text) else str(value)


def _winner(name: str, variable: Variable) -> str:
    """Which source counts, and what the process gets."""
    first = variable.chain[0]
    where = str(first.at) if first.at else first.text
    if variable.state == "known" and variable.value is not None:
        return f"{where} counts, so {_open(name, variable.value) or 'it is empty'}"
    return f"{where} counts, whose value only the platform knows"


def _switches_to_other(name: str, text: str, environment: Environment) -> bool:
    """Tell whether a switch of this name says another environment.

    A mode that is local is a way to work, as one on a server is.
    """
    is_mode = words(name)[-1:] in {("mode",), ("profile",)} and text.strip().lower() == "local"
    return is_switch(name) and not is_mode and _is_other(text, environment)


def _is_other(text: str, environment: Environment) -> bool:
    """Tell whether a text means an environment, and another one than is judged."""
    meant = environment_of(text)
    own = environment_of(environment.name)
    if not meant:
        return False
    return environment.name.lower() not in meant if not own else meant != own


def _matters(name: str, values: list[str]) -> bool:
    """Tell a contradiction from a default that is meant to be overridden (a log level)."""
    if is_switch(name) or all(environment_of(value) for value in values):
        return True
    return is_url(name) or bool(set(words(name)) & _ADDRESS)


def _switches_by_default(program: Program, environment: Environment) -> Iterator[Finding]:
    """Switches that nothing sets, whose default in the code means another environment."""
    seen: set[str] = set()
    for read in program.reads():
        given = environment.get(read.name)
        if read.name in seen or read.default is None or (given and given.state != "unset"):
            continue
        if _switches_to_other(read.name, read.default.reveal(), environment):
            seen.add(read.name)
            word = _own_word(program, read.name, environment)
            yield problem(f"nothing sets {read.name}, so {read.at} reads its default "
                          f"{shown(read.name, read.default.reveal())} in the environment "
                          f"{environment.name}", at=read.default_at or read.at,
                          hint=f"set {read.name} to {word}")  # fmt: skip


def _own_word(program: Program, name: str, environment: Environment) -> str:
    """How the code calls the environment where it compares a variable with names of several."""
    own = environment_of(environment.name)
    if was_cut_short(program):
        return environment.name
    known = program.compared_words([name]).get(name, ())
    return next((one for one in known if own and environment_of(one) == own), environment.name)


def _switches_of_deploying(deployment: Deployment, environment: Environment) -> Iterator[Finding]:
    """Switches of the workflow's jobs that deploy here and say another environment."""
    for service in deployment.services:
        for variable in service.variables if service.workload == "deploys" else ():
            text = variable.value.reveal() if variable.value is not None else ""
            known = environment.get(variable.name) is not None
            if known and _switches_to_other(variable.name, text, environment):
                yield problem(f"the job {service.name}, which deploys to {environment.name}, "
                              f"says {variable.name} is {shown(variable.name, text)}",
                              at=variable.at,
                              hint=f"set {variable.name} to {environment.name}")  # fmt: skip


def _switches_loaded(
    program: Program, environment: Environment, project: Project
) -> Iterator[Finding]:
    """Switches in a file that the code loads over what the environment gives."""
    for one in loaded(program, environment, project):
        if _switches_to_other(one.name, one.text, environment):
            how = "over what is set" if one.overrides else "where nothing else sets it"
            yield problem(f"{one.name} says {shown(one.name, one.text)}, in the environment "
                          f"{environment.name}: the code loads {one.at} {how}", at=one.at,
                          hint=f"set {one.name} to {environment.name}, or load the file without "
                          "override")  # fmt: skip

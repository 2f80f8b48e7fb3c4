"""Passwords that the code itself brings, as one environment would use them."""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from readiness import Engine, Environment, Place, Program, Project, Step
from readiness.checkers.assignments import passwords_in_sql
from readiness.checkers.credentials import (
    GUESSABLE,
    LITERAL,
    Nature,
    is_innocent,
    is_mask,
    nature,
)
from readiness.checkers.literal import Literal
from readiness.checkers.literals import literals
from readiness.checkers.logins import logins
from readiness.checkers.names import environment_of, is_password, is_prose, is_reference, words
from readiness.checkers.scope import is_for

_UNSET = "None"
"""What an address says in which code puts a variable that is not set: no server has it."""

# What a function makes whose name ends so: a text for people.
_TO_READERS = frozenset({"instructions", "instruction", "help", "usage", "hint", "description"})


class Found(Struct, frozen=True):
    """A password that would be deployed: in what, of which nature, and where it stands.

    ``condition`` names what decides whether it is used, where nothing here decides it;
    ``like`` is a place where the same password is shown to every reader.
    """

    what: str
    nature: Nature
    at: Place | None
    condition: str = ""
    like: Place | None = None
    trace: tuple[Step, ...] = ()


def in_code(program: Program, environment: Environment, project: Project) -> Iterator[Found]:
    """The passwords of engines, of defaults and of plain literals, each place once."""
    engines = program.engines()
    for engine in engines:
        yield from _of_engine(engine, environment)
    evaluated = {read.at for read in program.reads()} | {
        read.default_at for read in program.reads() if read.default_at
    }
    for read in program.reads():
        if read.default is not None and not _is_idle(read.name, read.at, program, environment):
            found = _nature_of(read.name, read.default.reveal())
            if found in LITERAL:
                at = read.default_at or read.at
                way = (Step("variable", f"{read.name} is not set", read.at),
                       Step("default", f"the default of {read.name} counts", at))  # fmt: skip
                yield Found(f"the password in the default of {read.name}", found, at, trace=way)
    idle = _idle(program, environment)
    for literal in literals(project):
        at = literal.at
        waits = literal.how != "assignment" and (at.path, at.line, literal.text) in idle
        if waits or is_elsewhere(literal, environment):
            continue
        condition: str | None = ""
        if literal.guarded and not _was_evaluated(literal, evaluated):
            condition = _condition_of(literal, program)
            if condition is None:
                continue
            literal = replace(literal, guarded=False)  # noqa: PLW2901 - the condition is known now
        several = [*_of_literal(literal, environment, has_engines=bool(engines))]
        if several and not _is_unused(literal, program):
            yield from (replace(one, condition=condition or "") for one in several)


def _is_unused(literal: Literal, program: Program) -> bool:
    """Tell whether a text stands in for what is there in this environment."""
    at = literal.at
    return literal.how == "argument" and (at.line, at.column) in program.unused(at.path)


def _idle(program: Program, environment: Environment) -> set[tuple[str, int | None, str]]:
    """Texts that stand in for variables which are given, whatever makes the variable's name.

    One that has a name of its own is none of them: other code may take it by that.
    """
    found: dict[bool, set[tuple[str, int | None, str]]] = {True: set(), False: set()}
    for read in program.reads():
        if read.default is not None and (at := read.default_at) is not None:
            text = read.default.reveal()
            found[_is_idle(read.name, read.at, program, environment)].add((at.path, at.line, text))
    return found[True] - found[False]


def _of_engine(engine: Engine, environment: Environment) -> Iterator[Found]:
    password = engine.url.password
    if password.value is None:
        return
    near = (engine.url.user.text or "", engine.url.database.text or "")
    found = nature(password.value.reveal(), near=near)
    given = next(
        (one for name in password.variables if (one := environment.get(name)) is not None), None
    )
    if not password.literal and password.value.reveal() == _UNSET:
        return
    if given is not None and given.state == "known" and given.at is not None:
        at: Place | None = given.at
        bad = found in GUESSABLE
    else:
        at = password.places[0] if password.places else engine.at
        bad = found in (LITERAL if password.literal or not password.variables else GUESSABLE)
    if bad:
        condition = " and ".join(engine.under)
        what = f"the password of the {engine.library} connection"
        yield Found(what, found, at, condition, trace=engine.login)


def is_given(environment: Environment, name: str) -> bool:
    """Tell whether the environment gives a variable, so that no default counts."""
    variable = environment.get(name) or environment.get(name.upper())
    return variable is not None and variable.state != "unset"


def _is_idle(name: str, at: Place, program: Program, environment: Environment) -> bool:
    """Tell whether a read's default is not in use: it is given, or the code refuses that."""
    return is_given(environment, name) or (name, at) in program.refused


def _nature_of(name: str, text: str) -> Nature:
    """The nature of the password in a text: of an address in it, or of the whole."""
    for login in () if is_prose(name) else logins(text):
        if login.password is not None and login.is_real:
            return nature(login.password, near=login.near)
    if is_password(name) and not is_reference(name):
        return nature(text)
    return Nature.EMPTY


def is_elsewhere(literal: Literal, environment: Environment) -> bool:
    """Tell whether a literal belongs to another environment, by the names around it."""
    if not is_for(literal.at.path, environment.name):
        return True
    own = environment_of(environment.name) or {environment.name.lower()}
    groups = [group for name in (*literal.within, literal.name) for group in _meant(name)]
    return bool(groups) and not any(group & own for group in groups)


@lru_cache(8192)
def _meant(name: str) -> tuple[frozenset[str], ...]:
    """The environments that the words of a name mean."""
    return tuple(group for word in words(name) if (group := environment_of(word)))


def condition_of(literal: Literal, program: Program) -> str | None:
    """What decides whether a literal is used: nothing ("") or words; None where it is not used.

    Only a name of a module or of a class can be asked for; what an engine gets of a
    literal elsewhere, the engine says.
    """
    value = held(literal, program)
    if hasattr(value, "known"):
        return "" if value.known == literal.text else None
    if value is None or hasattr(value, "value") or not is_password(literal.name):
        return None
    return "a condition that was not evaluated holds"


def held(literal: Literal, program: Program) -> object:
    """What the name of a module or a class holds that a literal is assigned to."""
    if literal.how != "assignment" or len(literal.within) > 1 or not literal.name:
        return None
    module = literal.at.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return program.value(f"{module}:{'.'.join([*literal.within, literal.name])}")


def _condition_of(literal: Literal, program: Program) -> str | None:
    """As `condition_of`, where a password is also handed to a call in any environment."""
    found = condition_of(literal, program)
    if found is not None or literal.how != "argument" or not is_password(literal.name):
        return found
    if literal.switched:
        at = (literal.at.line, literal.at.column)
        return "" if at in program.taken(literal.at.path) else None
    return "a condition that was not evaluated holds"


def _of_literal(
    literal: Literal, environment: Environment, *, has_engines: bool
) -> Iterator[Found]:
    if literal.how == "compared" or (literal.how != "default" and is_mask(literal.text)):
        return
    yield from _in_statement(literal)
    name = literal.variable or literal.name
    if not is_password(name) and is_password(literal.name):
        name = literal.name
    if literal.how == "default" and is_given(environment, literal.variable or literal.name):
        return
    shown = () if is_prose(literal.name) else logins(literal.text)
    address = next((one for one in shown if one.password is not None), None)
    if address is not None and is_mask(address.password or ""):
        return
    if address is None:
        found = _nature_of(name, literal.text)
        innocent = literal.how != "default" and is_innocent(literal.name, literal.text)
        innocent = innocent or (found is Nature.PLACEHOLDER and _is_shown(literal))
        if found in LITERAL and not innocent:
            yield Found(_called(literal), found, literal.at)
    elif literal.how == "default" or not (has_engines and address.is_postgres):
        # Which PostgreSQL address an engine gets, the engine itself says better.
        found = nature(address.password or "", near=address.near)
        if found in LITERAL and not any(c.isspace() for c in literal.text.strip().split("=")[0]):
            yield Found(
                f"the password in the address {f'in {name}' if name else 'here'}",
                found,
                literal.at,
            )


def _is_shown(literal: Literal) -> bool:
    """Tell whether a text in a function that writes instructions is a part of them."""
    writes = literal.within and words(literal.within[-1])[-1:]
    return literal.how == "assignment" and bool(writes) and writes[0] in _TO_READERS


def _in_statement(literal: Literal) -> Iterator[Found]:
    """The password of a role that an SQL statement in a text makes."""
    for text in passwords_in_sql(literal.text):
        if (found := nature(text)) in LITERAL:
            yield Found("the password in an SQL statement", found, literal.at)


def _was_evaluated(literal: Literal, evaluated: set[Place]) -> bool:
    """Tell whether a default belongs to a read that the evaluation reached."""
    at = literal.at
    return literal.how == "default" and any(
        one.path == at.path and one.line == at.line for one in evaluated
    )


def _called(literal: Literal) -> str:
    if literal.how == "default" and literal.variable:
        return f"the default of {literal.variable}"
    return literal.name

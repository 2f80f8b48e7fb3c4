"""What comparisons teach of variables: the environment's own switch, and words that matter.

Where nothing describes the variables of an environment, the one that the code compares with
the environment's own name is taken to have it, and the evaluation begins anew.
"""

from readiness.program.interpreter.variables import Restart, Variables
from readiness.program.provenance import variables_of
from readiness.program.values import Choice, Constant, Instance, List, Text, Tuple, Value

SAME = {"production": ("production", "prod", "live"), "prod": ("prod", "production", "live"),
        "staging": ("staging", "stage"), "live": ("live", "production", "prod")}  # fmt: skip
MOST_WORDS = 12


def note_comparison(variables: Variables, left: Value, right: Value) -> None:
    """Learn the switch from a comparison with the environment's own name."""
    if variables.compared is not None:
        _remember(variables.compared, left, right)
        _remember(variables.compared, right, left)
    if variables.environment.described:
        return
    for subject, constant in ((left, right), (right, left)):
        note_keys(variables, subject, [constant])
        if members := _members(constant):
            note_keys(variables, subject, list(members))


def note_keys(variables: Variables, subject: Value, constants: list[Value]) -> None:
    """Learn the switch from a choice among names, one of them the environment's own."""
    if variables.compared is not None:
        _remember(variables.compared, subject, *constants)
    if variables.environment.described or isinstance(subject, Choice):
        return
    names = [name for name in variables_of(subject.trace) if name not in variables.inferred]
    if len(names) != 1 or not isinstance(subject, (Text, Constant)):
        return
    known = {word for c in constants if (word := getattr(c, "known", None)) is not None}
    wanted = SAME.get(variables.environment.name, (variables.environment.name,))
    match = next((name for name in wanted for word in known if word.lower() == name), None)
    if match is None or not variables.learning or _is_told(variables, names[0]):
        return
    variables.inferred[names[0]] = next(word for word in known if word.lower() == match)
    raise Restart


def _members(value: Value) -> tuple[Value, ...]:
    """What stands in a tuple, a list or a set; nothing of any other value."""
    held = value.slots.values.get("items") if isinstance(value, List) else value
    return held.items if isinstance(held, Tuple) else ()


def _is_told(variables: Variables, name: str) -> bool:
    """Whether a variable has a value that was not only proved to be there."""
    return name in variables.slots.values and name not in variables.proved


def _remember(compared: dict[str, dict[str, None]], subject: Value, *others: Value) -> None:
    """Keep the words that variables are compared with."""
    for name in variables_of(subject.trace):
        words = compared.setdefault(name, {})
        for other in others:
            for one in _members(other) or (other,):
                word = None if name in variables_of(one.trace) else _word_of(one)
                if word and len(words) < MOST_WORDS:
                    words.setdefault(word)


def _word_of(value: Value) -> str | None:
    """What a variable would have to be, to be equal to a value."""
    if isinstance(value, Text):
        return value.known
    if isinstance(value, Instance) and isinstance(value.data, (Text, Constant)):
        return _word_of(value.data)
    if isinstance(value, Constant) and isinstance(value.value, (bool, int)):
        return str(value.value).lower()
    return None

"""What the words of a command line give an option, and what it has where they give none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.variables import held_in
from readiness.program.models.libraries.command_line import Option
from readiness.program.models.libraries.typed_variables import by_words, typed
from readiness.program.values import (
    FALSE,
    MISSING,
    NONE,
    Bound,
    Class,
    Condition,
    Constant,
    External,
    Function,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    Wrapped,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_NUMBERS = {"builtins.int": "builtins.int", "builtins.float": "builtins.float",
            "click.INT": "builtins.int", "click.FLOAT": "builtins.float"}  # fmt: skip
_WORDS = by_words(frozenset({"1", "true", "t", "yes", "y", "on"}),
                  frozenset({"0", "false", "f", "no", "n", "off"}))  # fmt: skip
_TEXTS = frozenset({"builtins.str", "click.STRING", "click.Path", "pathlib.Path",
                    "pathlib.PurePath"})  # fmt: skip
CHOICE = "click.Choice"
_OPAQUE = ("flag_value", "parser", "click_type")
"""What lets an option have something else than what the words behind it say."""


def _truth(word: str) -> bool:
    found: bool = _WORDS(word.strip().lower())
    return found


def of_words(machine: "Machine", option: Option, given: Sequence[Sequence[str]]) -> Value:
    """What an option has that the command line gives, once or several times."""
    if any(map(option.has, _OPAQUE)):
        return Unknown(f"the option {option.name}, as it is given", option.said.at)
    if option.has("count"):
        return Constant(len(given))
    made = [_of_once(machine, option, words) for words in given]
    return Tuple(tuple(made)) if option.has("multiple") else made[-1]


def _of_once(machine: "Machine", option: Option, words: Sequence[str]) -> Value:
    several = [converted(machine, text(word), option) for word in words]
    return several[0] if option.takes in {0, 1} else Tuple(tuple(several))


def otherwise(machine: "Machine", option: Option, prefix: str = "") -> tuple[Value, bool]:
    """What it has that the command line does not give, and whether a variable gives it.

    Under a ``prefix`` each option, but no argument, has a variable of its own.
    """
    default = _default(machine, option)
    if option.has("prompt"):
        default = Unknown(f"the answer to a question for {option.name}", option.said.at)
    own = text(f"{prefix}_{option.name}".upper()) if prefix and option.is_option else None
    return _of_variables(machine, option, default, own)


def perhaps(machine: "Machine", option: Option) -> Value:
    """What it has where nobody knows the words of the command line."""
    default, is_set = otherwise(machine, option)
    if is_set and machine.words is None:
        return default
    told = next(iter(option.names), "it")
    at = option.said.at
    given = Unknown("an argument of the command line", at)
    condition = Condition(("given", told, at), f"{told} is given on the command line", at, given)
    return choose(condition, given, default)


def _default(machine: "Machine", option: Option) -> Value:
    """Its default, as the type makes it; of one that has none, what it then has."""
    default = option.default
    if isinstance(default, Function | Bound | Wrapped):
        default = machine.invoke(default, option.said.at)
    if default is None:
        return _nothing(option)
    if option.has("flag_value"):
        return Unknown(f"the default of the option {option.name}", option.said.at)
    return machine.each(default, lambda one: converted(machine, one, option))


def _nothing(option: Option) -> Value:
    """What an option has that has no default and that nobody gives."""
    if option.has("multiple") or option.takes == -1:
        return Tuple(())
    if option.has("count"):
        return Constant(0)
    return FALSE if option.is_switch else NONE


def _of_variables(
    machine: "Machine", option: Option, default: Value, own: Text | None
) -> tuple[Value, bool]:
    """What the first variable says that is set, else the default; and whether one is for sure."""
    said, at = option.said.keywords.get("envvar", own), option.said.at
    several = machine.iterate(said, at) if isinstance(said, List | Tuple) else [said]
    is_set = False
    for variable in reversed(several if isinstance(several, list) else []):
        held = held_in(machine.variables.slots.values, getattr(variable, "known", None) or "")
        # An empty variable counts as none; one of its own counts where it is known to be set.
        if not isinstance(variable, Text) or getattr(held, "known", None) == "":
            continue
        if variable is own and held is MISSING:
            continue
        is_set |= isinstance(held, Text)
        found = machine.invoke(External("os.getenv"), at, variable, default)
        default = machine.each(found, lambda one: _of_variable(machine, one, option))
    return default, is_set


def _of_variable(machine: "Machine", value: Value, option: Option) -> Value:
    """The text of a variable, which gives several values where an option has several."""
    if isinstance(value, Text) and (option.has("multiple") or option.takes not in {0, 1}):
        return Unknown(f"the option {option.name}, which a variable gives", option.said.at)
    return converted(machine, value, option)


def converted(machine: "Machine", value: Value, option: Option) -> Value:
    """A word as what the option's ``type`` makes of it, or that of its default."""
    said, at = option.said, option.said.at
    kind = said.keywords.get("type") or type_of(option.default)
    if not isinstance(value, Text):
        return value
    if option.is_switch or kind == External("builtins.bool"):
        return typed(machine, value, _truth, "click.exceptions.BadParameter", at)
    return _typed(machine, value, kind, at)


def _typed(machine: "Machine", value: Text, kind: Value | None, at: Place) -> Value:
    name = getattr(kind.cls if isinstance(kind, Instance) else kind, "name", "")
    if isinstance(kind, Class) or name in _NUMBERS:
        return machine.invoke(
            kind if isinstance(kind, Class) else External(_NUMBERS[name]), at, value
        )
    if isinstance(kind, Instance) and name == CHOICE:
        return _chosen(machine, value, kind)
    if kind is None or name in _TEXTS:
        return value
    return Unknown("an option of the command line, of a type that is not known", at)


def type_of(default: Value | None) -> Value | None:
    """The type of an option that is told none: that of its default."""
    if isinstance(default, Constant) and default.value is not None:
        return External(f"builtins.{type(default.value).__name__}")
    return None


def _chosen(machine: "Machine", value: Text, choice: Instance) -> Value:
    """One of several words, which may be spelt in other cases: then it is the word of the list."""
    sensitive = choice.slots.values.get("case_sensitive")
    if getattr(sensitive, "value", True) or value.known is None or choice.at is None:
        return value
    words = machine.iterate(choice.slots.values.get("choices", NONE), choice.at)
    for one in words if isinstance(words, list) else ():
        if isinstance(one, Text) and (one.known or "").lower() == value.known.lower():
            return one
    return Unknown("an option of the command line", choice.at)

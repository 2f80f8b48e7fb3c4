"""What the words of a command line give an option, and what it has where they give none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.choices import choose
from readiness.program.interpreter.variables import held_in
from readiness.program.models.libraries.typed_variables import by_words, typed
from readiness.program.values import (
    MISSING,
    NONE,
    Arguments,
    Class,
    Condition,
    Constant,
    External,
    Instance,
    List,
    Text,
    Tuple,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_NOT_GIVEN = "\0"
_SHORT = 2
_NUMBERS = {"builtins.int": "builtins.int", "builtins.float": "builtins.float",
            "click.INT": "builtins.int", "click.FLOAT": "builtins.float"}  # fmt: skip
_WORDS = by_words(frozenset({"1", "true", "t", "yes", "y", "on"}),
                  frozenset({"0", "false", "f", "no", "n", "off"}))  # fmt: skip
_TEXTS = frozenset({"builtins.str", "click.STRING", "click.Path", "pathlib.Path",
                    "pathlib.PurePath"})  # fmt: skip
CHOICE = "click.Choice"
_OPAQUE = frozenset({"flag_value", "multiple", "count", "nargs", "callback", "parser",
                     "click_type", "is_eager"})  # fmt: skip
"""What lets an option have something else than the one word that follows it."""


def _truth(word: str) -> bool:
    found: bool = _WORDS(word.strip().lower())
    return found


def plain_words(options: Sequence[Arguments], words: Sequence[str]) -> tuple[str, ...] | None:
    """The words that belong to no option; None where one is not understood."""
    found: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return (*found, *rest)
        if not word.startswith("-") or word == "-":
            found.append(word)
            continue
        option = next((one for one in options if _is_option(word, one)), None)
        if option is None or _OPAQUE & option.keywords.keys():
            return None
        if not is_switch(option) and "=" not in word:
            next(rest, None)
    return tuple(found)


def value_of(machine: "Machine", arguments: Arguments, default: Value) -> Value:
    """What an option has: what the command line gives, else its variable, else its default.

    ``arguments`` are those of ``click.option``: its names, and what it says by keywords.
    """
    default, is_set = _of_variables(machine, arguments, default)
    word = _word(machine, arguments)
    if word is _NOT_GIVEN or (word is None and is_set and not machine.words):
        return default
    if word is not None:
        return converted(machine, text(word), arguments)
    told = next(iter(_names(arguments)[0]), "it")
    given = Unknown("an argument of the command line", arguments.at)
    condition = Condition(("given", told, arguments.at),
                          f"{told} is given on the command line", arguments.at, given)  # fmt: skip
    return choose(condition, given, default)


def is_switch(arguments: Arguments) -> bool:
    """Whether an option is given by its name alone: ``--debug/--no-debug``."""
    said = getattr(arguments.keywords.get("is_flag"), "value", None)
    return bool(said) or (said is None and any("/" in one for one in _told(arguments)))


def _told(arguments: Arguments) -> list[str]:
    return [getattr(one, "known", None) or "" for one in arguments.positional]


def _names(arguments: Arguments) -> tuple[list[str], list[str]]:
    """The names that an option has, and those that say no to a switch."""
    on: list[str] = []
    off: list[str] = []
    for name in _told(arguments):
        first, _, second = (one.strip() for one in name.partition("/"))
        on += [first] if first.startswith("-") else []
        off += [second] if second.startswith("-") else []
    return on, off


def _word(machine: "Machine", arguments: Arguments) -> str | None:
    """What the deployment's command line gives an option; None where that is not known."""
    words = machine.words
    if not words:
        return None if words is None else _NOT_GIVEN
    on, off = _names(arguments)
    if not on:
        return None
    words = words[: words.index("--")] if "--" in words else words
    found: str | None = _NOT_GIVEN
    for position, word in enumerate(words):
        if _is_said(word, on) or _is_said(word, off):
            said = "no" if _is_said(word, off) else "yes"
            found = said if is_switch(arguments) else _following(word, words[position + 1 :])
            found = None if _OPAQUE & arguments.keywords.keys() else found
        elif _may_hold(word, (*on, *off)):
            return None
    return found


def _is_option(word: str, option: Arguments) -> bool:
    on, off = _names(option)
    return _is_said(word, (*on, *off))


def _is_said(word: str, names: Sequence[str]) -> bool:
    return word in names or (word.startswith("--") and word.partition("=")[0] in names)


def _following(word: str, rest: Sequence[str]) -> str | None:
    """The value of an option: behind its name, or the next word whatever it is."""
    _, equals, value = word.partition("=")
    return value if equals else next(iter(rest), None)


def _may_hold(word: str, names: Sequence[str]) -> bool:
    """Whether several letters behind one dash may be this option, with or without its value."""
    letters = [name[1] for name in names if len(name) == _SHORT]
    return word[:1] == "-" and word[1:2] != "-" and any(one in word[1:] for one in letters)


def _of_variables(machine: "Machine", arguments: Arguments, default: Value) -> tuple[Value, bool]:
    """What the first variable says that is set, else the default; and whether one is for sure."""
    said = arguments.keywords.get("envvar")
    several = machine.iterate(said, arguments.at) if isinstance(said, List | Tuple) else [said]
    is_set = False
    for variable in reversed(several if isinstance(several, list) else []):
        held = held_in(machine.variables.slots.values, getattr(variable, "known", None) or "")
        # An empty variable counts as none.
        if isinstance(variable, Text) and getattr(held, "known", None) != "":
            is_set |= isinstance(held, Text)
            asked = Arguments((variable, default), {}, arguments.at)
            found = machine.call(External("os.getenv"), asked)
            default = machine.each(found, lambda one: converted(machine, one, arguments))
    return default, is_set


def converted(machine: "Machine", value: Value, arguments: Arguments) -> Value:
    """A word as what the option's ``type`` makes of it, or that of its default."""
    kind = arguments.keywords.get("type") or type_of(arguments.keywords.get("default"))
    if not isinstance(value, Text):
        return value
    if is_switch(arguments) or kind == External("builtins.bool"):
        return typed(machine, value, _truth, "click.exceptions.BadParameter", arguments.at)
    return _typed(machine, value, kind, arguments.at)


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


def variable_of(machine: "Machine", arguments: Arguments, name: str) -> Value | None:
    """What an option may have by its own variable: ``cli(auto_envvar_prefix="APP")``.

    None where that variable is not set.
    """
    prefix = arguments.keywords.get("auto_envvar_prefix")
    if prefix is None or (isinstance(prefix, Constant) and prefix.value is None):
        return None
    known = getattr(prefix, "known", None) or ""
    held = held_in(machine.variables.slots.values, f"{known}_{name}".upper())
    if known and (held is MISSING or getattr(held, "known", None) == ""):
        return None
    return Unknown(f"the option {name}, which a variable may give", arguments.at)

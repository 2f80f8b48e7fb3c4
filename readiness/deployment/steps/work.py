"""A piece of work that deploys: lines for a shell, with the variables that they find."""

import re

from msgspec import Struct, field

from readiness.deployment.naming import aliases, is_for_work
from readiness.deployment.reading import Reading
from readiness.deployment.steps.step import is_open
from readiness.document.node import Node
from readiness.model.place import Place

# In what deploys, these words say that it is tested before, not that it is for tests.
_TESTED = re.compile(r"(?:\A|(?<=[^a-z]))(?:tests?|testing|ci|e2e)(?=[^a-z]|\Z)", re.IGNORECASE)
_BRANCH = re.compile(r"==\s*[\"']?(?:refs/heads/)?(?P<name>[\w-]+)[\"']?")
_DEPLOYS = re.compile(r"deploy|release|rollout|publish", re.IGNORECASE)


class Piece(Struct, frozen=True):
    """Lines that one shell reads, or the words of one call where there is no shell."""

    text: str
    at: Place
    texts: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


class Work(Struct, frozen=True):
    """What a job, a target or a script does: pieces in order; ``texts`` all of them find.

    ``where`` are its names; ``shared`` tells that one shell reads all of its pieces.
    """

    pieces: tuple[Piece, ...]
    where: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    shared: bool = False
    exports: bool = True


def piece(node: Node, texts: dict[str, str] | None = None, text: str | None = None) -> Piece:
    """The lines that a value of YAML holds; a block begins on the line below its mark."""
    said = node.text if text is None else text
    below = int("\n" in said)
    return Piece(said, Place(node.at.path, (node.at.line or 1) + below), texts or {})


def is_for(reading: Reading, target: str | None, *labels: str) -> bool:
    """Tell whether a job is of the environment: by the one that it names, else by its names."""
    if target and not is_open(target):
        word = target.lower().partition("/")[0]
        return word in aliases(reading.environment) or reading.belongs(word) != "other"
    return not any(
        reading.belongs(_without_tests(one)) == "other" or is_for_work(one, reading.environment)
        for one in labels
        if one
    )


def is_of_another(reading: Reading, condition: str) -> bool:
    """Tell whether a condition keeps what follows to the branch of another environment."""
    named = [one["name"] for one in _BRANCH.finditer(condition)]
    if not named or "||" in condition:
        return False
    return any(reading.belongs(name) == "other" for name in named)


def is_file_of(reading: Reading, path: str) -> bool:
    """Tell whether a file of a pipeline may deploy the environment, by its name."""
    if reading.only is not None:
        return path in reading.only
    return reading.belongs(_TESTED.sub("x", path.rpartition("/")[2])) != "other"


def _without_tests(label: str) -> str:
    return _TESTED.sub("x", label) if _DEPLOYS.search(label) else label


def texts_of(*nodes: Node | None) -> dict[str, str]:
    """The variables of mappings, the later over the earlier; also of Azure's lists."""
    found: dict[str, str] = {}
    for node in nodes:
        for name, one in node.items() if node else ():
            value = one.get("value") if one.is_mapping else one
            if value is not None and value.children is None:
                found[name] = value.text
        for one in node or ():
            name_node, value = one.get("name"), one.get("value")
            if name_node is not None and value is not None:
                found[name_node.text] = value.text
    return found

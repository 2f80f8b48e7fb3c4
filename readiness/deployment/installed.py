"""How charts are installed: the values that calls of Helm, Argo CD and helmfile give them."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from readiness.deployment.interpolation import COMPUTED
from readiness.document.node import Node
from readiness.model.place import Place

_PART = re.compile(r"(?:\\.|[^.\\])+")
_PAIR = re.compile(r"(?P<path>(?:\\.|[^=,\\])+)=(?P<value>\{[^}]*\}|(?:\\.|[^,\\])*)(?:,|\Z)")
_WORDS = {"true": True, "false": False, "null": None}


class Installed(Struct, frozen=True):
    """One installation of the chart in a folder: files of values, and values that are given."""

    name: str
    folder: str
    files: tuple[str, ...] = ()
    values: tuple[Node, ...] = field(default=())


def nested(path: str, value: Node) -> Node | None:
    """Values with one at a path with dots; None of a path into a list."""
    parts = [re.sub(r"\\(.)", r"\1", one) for one in _PART.findall(path)]
    if not parts or any("[" in one for one in parts):
        return None
    made = value
    for one in reversed(parts):
        made = Node.mapping({one: made}, value.at, value.at)
    return made


def pairs_of(text: str, at: Place, *, plain: bool = False) -> Iterator[Node]:
    """The values of one ``--set``: ``a.b=1,c=x``; ``plain`` ones are texts in any case."""
    for found in _PAIR.finditer(text):
        value = re.sub(r"\\(.)", r"\1", found["value"])
        made = nested(found["path"], written(value, at, plain=plain))
        if made is not None:
            yield made


def written(text: str, at: Place, *, plain: bool = False) -> Node:
    """One value as Helm takes it from a text."""
    if "${" in text or text[:1] == "{":
        return Node(COMPUTED, at, raw=COMPUTED)
    if not plain and text in _WORDS:
        return Node(_WORDS[text], at, raw=text)
    return Node(int(text) if not plain and text.isdigit() else text, at, raw=text)


def only(found: Iterable[Installed], folder: str) -> Installed | None:
    """The one installation of a chart; None where it is installed more than once, or never."""
    mine = [one for one in found if one.folder == folder]
    return mine[0] if len({one.name for one in mine}) == 1 else None

"""Values with references in them, of which only the platform knows what they stand for."""

import re
from collections.abc import Iterable, Mapping

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.platforms import Keys, supplied
from readiness.document.node import Node
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable

_REFERENCE = re.compile(r"\$\{(?P<name>[^{}]*)\}|\{\{resolve:[^{}]*\}\}")
_DEEPEST = 5
_HOLE = "\0"


def filled(name: str, node: Node, source: str, known: Mapping[str, str] | None = None) -> Variable:
    """A variable by a text, where ``${…}`` is what ``known`` says, or what nobody here knows."""
    if node.children is not None:
        return supplied(name, node, source)
    have, text = known or {}, node.text
    for _ in range(_DEEPEST):  # references may stand in others
        text = _REFERENCE.sub(lambda one: have.get((one["name"] or "").strip(), _HOLE), text)
    if text.strip(_HOLE) == "" != text:
        return supplied(name, node, source)
    if _HOLE in text:
        return supplied(name, node, source, text.replace(_HOLE, COMPUTED))
    value = Secret(text)
    return Variable(name, "known", value, (Origin(source, node.key_at or node.at, value),))


def named_values(nodes: Iterable[Node], key: str, source: str) -> Keys:
    """Variables as a list of names and values; one without a value is a secret's."""
    found: Keys = {}
    for one in nodes:
        name, value = one.get(key), one.get("value")
        if name is None:
            continue
        hidden = one.get("type")
        is_secret = value is None or (hidden is not None and hidden.text == "SECRET")
        found[name.text] = (
            supplied(name.text, one, source)
            if is_secret or value is None
            else filled(name.text, value, source)
        )
    return found

"""Values with references in them, of which only the platform knows what they stand for."""

import re
from collections.abc import Mapping

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.platforms import supplied
from readiness.document.node import Node
from readiness.model.secret import Secret
from readiness.model.variable import Origin, Variable

_REFERENCE = re.compile(r"\$\{(?P<name>[^{}]*)\}|\{\{resolve:[^{}]*\}\}")
_NESTED = re.compile(r"\$\{[^{}]*\$\{")


def filled(name: str, node: Node, source: str, known: Mapping[str, str] | None = None) -> Variable:
    """A variable by a text, where ``${…}`` is what ``known`` says, or what nobody here knows."""
    if node.children is not None:
        return supplied(name, node, source)
    if _NESTED.search(node.text):
        return supplied(name, node, source)
    have = known or {}
    text = _REFERENCE.sub(
        lambda found: have.get((found["name"] or "").strip(), COMPUTED), node.text
    )
    if text == COMPUTED:
        return supplied(name, node, source)
    if COMPUTED in text:
        return supplied(name, node, source, text)
    value = Secret(text)
    return Variable(name, "known", value, (Origin(source, node.key_at or node.at, value),))

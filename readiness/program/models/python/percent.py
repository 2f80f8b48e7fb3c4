"""``"%s of %s" % values``: piece by piece, so that a secret in it stays a part of its own."""

import re
from typing import TYPE_CHECKING

from readiness.model.place import Place
from readiness.program.interpreter.formatting import concatenated
from readiness.program.values import Dict, External, Part, Text, Tuple, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

_FIELD = re.compile(r"%(?:\((?P<key>[^)]*)\))?(?P<kind>[sr%])")


def percent(machine: "Machine", template: Text, right: Value, at: Place) -> Value | None:
    """The text, where its fields are simple ones; None where they are not."""
    known = template.known
    if known is None or re.sub(_FIELD, "", known).count("%"):
        return None
    fields = [field for field in _FIELD.finditer(known) if field.group("kind") != "%"]
    values = _values(machine, fields, right, at)
    if values is None:
        return None
    pieces: list[Value] = []
    start = 0
    for field in _FIELD.finditer(known):
        pieces.append(_literal(template, known[start : field.start()]))
        kind = field.group("kind")
        if kind == "%":
            pieces.append(_literal(template, "%"))
        else:
            name = "builtins.repr" if kind == "r" else "builtins.str"
            pieces.append(machine.invoke(External(name), at, values.pop(0)))
        start = field.end()
    pieces.append(_literal(template, known[start:]))
    return concatenated(machine, pieces, at)


def _literal(template: Text, content: str) -> Text:
    part = template.parts[0]
    return Text((Part(content, part.at, part.variable, part.literal),), template.trace)


def _values(
    machine: "Machine", fields: list[re.Match[str]], right: Value, at: Place
) -> list[Value] | None:
    keys = [field.group("key") for field in fields]
    if keys and all(key is not None for key in keys):
        if not isinstance(right, Dict):
            return None
        return [machine.item(right, Text((Part(key),)), at) for key in keys]
    if any(key is not None for key in keys):
        return None
    given = list(right.items) if isinstance(right, Tuple) else [right]
    return given if len(given) == len(fields) else None

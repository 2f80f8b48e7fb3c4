"""YAML 1.1, as applications in Python read it: words of its own for truths, numbers, dates."""

from typing import Any

import yaml

from readiness.document.node import Malformed
from readiness.model.place import Place

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def loaded(text: str) -> Any:
    """What PyYAML's safe loader makes of a text; raises `Malformed` where it makes nothing."""
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - it is a safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Malformed(type(error).__name__, Place("", 1, 1)) from None

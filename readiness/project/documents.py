"""The files of a project parsed as data, once each."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from readiness.document.node import Malformed, Node

if TYPE_CHECKING:
    from readiness.document.dockerfile import Dockerfile
    from readiness.document.dotenv import DotEnv

T = TypeVar("T")


class Documents(ABC):
    """Ways from a path to its parsed text.

    Each raises `Unreadable` where the file cannot be read as text, and `Malformed` where
    it is not what was asked for; both are noted for the coverage. The parsers are loaded
    when the first file of their kind is asked for.
    """

    _parsed: dict[tuple[str, str], Any]

    @abstractmethod
    def text(self, path: str) -> str:
        """The text of a file."""

    @abstractmethod
    def note_unread(self, path: str, reason: str) -> None:
        """Remember for the coverage that a file could not be understood."""

    def yaml(self, path: str) -> Node:
        """The first document of a YAML file."""
        from readiness.document import yaml  # noqa: PLC0415 - loaded on demand

        return self._document("yaml", path, yaml.parse)

    def yaml_all(self, path: str) -> tuple[Node, ...]:
        """Every document of a YAML file."""
        from readiness.document import yaml  # noqa: PLC0415 - loaded on demand

        return self._document(
            "yaml_all", path, lambda text, path: tuple(yaml.parse_all(text, path))
        )

    def toml(self, path: str) -> Node:
        """A TOML file."""
        from readiness.document import toml  # noqa: PLC0415 - loaded on demand

        return self._document("toml", path, toml.parse)

    def json(self, path: str) -> Node:
        """A JSON file."""
        from readiness.document import json  # noqa: PLC0415 - loaded on demand

        return self._document("json", path, json.parse)

    def ini(self, path: str) -> Node:
        """An INI file: sections of options."""
        from readiness.document import ini  # noqa: PLC0415 - loaded on demand

        return self._document("ini", path, ini.parse)

    def dotenv(self, path: str) -> "DotEnv":
        """A file of variables."""
        from readiness.document import dotenv  # noqa: PLC0415 - loaded on demand

        return self._document("dotenv", path, dotenv.parse)

    def hcl(self, path: str) -> Node:
        """A file of Terraform."""
        from readiness.document import hcl  # noqa: PLC0415 - loaded on demand

        return self._document("hcl", path, hcl.parse)

    def dockerfile(self, path: str) -> "Dockerfile":
        """A Dockerfile."""
        from readiness.document import dockerfile  # noqa: PLC0415 - loaded on demand

        return self._document("dockerfile", path, dockerfile.parse)

    def _document(self, kind: str, path: str, parse: Callable[[str, str], T]) -> T:
        key = (kind, path)
        if key not in self._parsed:
            try:
                self._parsed[key] = parse(self.text(path), path)
            except Malformed as answer:
                where = f" (line {answer.at.line})" if answer.at.line else ""
                self.note_unread(path, f"{answer.reason}{where}")
                self._parsed[key] = answer
        found = self._parsed[key]
        if isinstance(found, Malformed):
            raise Malformed(found.reason, found.at)
        return cast("T", found)

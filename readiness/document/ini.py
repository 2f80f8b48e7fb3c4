"""INI with places: sections of options."""

import configparser
from collections.abc import Iterator

from readiness.document.node import Malformed, Node
from readiness.model.place import Place

# configparser wants a section whose options all others inherit; no file has this one.
_NO_SECTION = "\0"


def parse(text: str, path: str) -> Node:
    """Parse a text of sections; raises `Malformed` where it is none.

    Every section is a mapping of options. An option that stands more than once keeps its
    last value, as configparser takes it.
    """
    reader = _Reader()
    try:
        reader.read_file(reader.watched(text), path)
    except configparser.Error as error:
        line = getattr(error, "lineno", None)
        reason = str(error).splitlines()[0].partition(": ")[0]
        raise Malformed(f"not INI: {reason}", Place(path, line)) from None
    except (AttributeError, ValueError, TypeError) as error:
        raise Malformed(f"not INI: {type(error).__name__}", Place(path)) from None
    return Node.mapping(
        {name: _section(reader, name, path) for name in reader.sections()}, Place(path, 1, 1)
    )


def _section(reader: "_Reader", name: str, path: str) -> Node:
    at = Place(path, reader.section_lines.get(name), 1)
    options: dict[str, Node] = {}
    for key, value in reader.items(name):
        here = Place(path, reader.option_lines.get((name, key)), 1)
        options[key] = Node(value, here, raw=value, key_at=here)
    return Node.mapping(options, at, at)


class _Reader(configparser.RawConfigParser):
    """The standard reader, which notes on which line it met each section and option."""

    def __init__(self) -> None:
        super().__init__(
            strict=False, allow_no_value=True, default_section=_NO_SECTION, interpolation=None
        )
        self.line = 0
        self.section = ""
        self.section_lines: dict[str, int] = {}
        self.option_lines: dict[tuple[str, str], int] = {}
        self.reading = False

    def watched(self, text: str) -> Iterator[str]:
        """The lines of a text, counted as they are taken."""
        self.reading = True
        for self.line, line in enumerate(text.splitlines(), 1):
            if found := self.SECTCRE.match(line):
                self.section = found["header"]
                self.section_lines.setdefault(self.section, self.line)
            yield f"{line}\n"
        self.reading = False

    def optionxform(self, optionstr: str) -> str:
        """Keep the case of an option, and note its line while the text is being read."""
        if self.reading:
            self.option_lines[self.section, optionstr] = self.line
        return optionstr

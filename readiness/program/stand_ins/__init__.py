"""Libraries written again in a few lines: Python that the interpreter runs as it runs a project.

A file here stands in for the library of its name. It holds only what decides which object is
handed to whom; ``models/written.py`` says which names it has. Nothing imports these files: they
are read as texts. A thing that is made in one counts as made where the project called it.
"""

from pathlib import Path

HEAD = "<library>/"
"""What the paths of stand-ins begin with, as no path of a project does."""


def content(path: str) -> bytes:
    """The Python of a stand-in."""
    return (Path(__file__).parent / path.removeprefix(HEAD)).read_bytes()

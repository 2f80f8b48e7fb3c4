"""The checklists that come with the program, in the wheel and in a checkout alike."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def data_folder(name: str) -> Path:
    """The folder ``checklists`` or ``examples`` of this installation."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def shipped() -> dict[str, Path]:
    """The shipped checklists by name."""
    return {path.stem: path for path in sorted(data_folder("checklists").glob("*.yaml"))}

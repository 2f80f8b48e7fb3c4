"""The files that checklists are read from, and what is wrong in them."""

from pathlib import Path

from msgspec import Struct, field

from readiness.checklist.shipped import shipped
from readiness.document.faults import nearest
from readiness.document.node import Malformed, Node
from readiness.document.yaml import parse_strictly
from readiness.model.errors import ChecklistError, Fault
from readiness.model.place import Place

LARGEST = 1024 * 1024


class Loading(Struct):
    """One load: the folder that paths are shown relative to, and every fault so far."""

    base: Path
    faults: list[Fault] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    disabled: list[str] = field(default_factory=list)

    def shown(self, path: Path) -> str:
        """The name of a file in messages: as short as it is clear."""
        if path.is_relative_to(self.base):
            return path.relative_to(self.base).as_posix()
        return f"checklists/{path.name}" if path in shipped().values() else path.as_posix()

    def error(self) -> ChecklistError:
        """Everything that is wrong, in the order of the files."""
        return ChecklistError(
            sorted(self.faults, key=lambda fault: fault.at),
            hint="`readiness schema checklist` prints the JSON Schema that editors use",
        )


def find(asked: str, folder: Path) -> Path | None:
    """The file of a checklist by shipped name or by path; None where there is none."""
    if asked in shipped():
        return shipped()[asked]
    path = folder / asked
    return path.resolve() if path.is_file() else None


def not_found(asked: str, at: Place) -> Fault:
    """The fault of a checklist that is not there."""
    names = list(shipped())
    expected = f"a file, or one of the shipped checklists {', '.join(names)}, is expected"
    return Fault(at, f"there is no checklist {asked}", expected, nearest(asked, names))


def read(path: Path, loading: Loading) -> Node | None:
    """Read and parse a file; None, with the fault noted, where that cannot be done."""
    name = loading.shown(path)
    loading.sources.append(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        loading.faults.append(Fault(Place(name), reason, "a readable file is expected"))
        return None
    if len(content) > LARGEST:
        expected = f"at most {LARGEST} bytes are expected"
        loading.faults.append(Fault(Place(name), f"{len(content)} bytes", expected))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {error.start} is no UTF-8"
        loading.faults.append(Fault(Place(name), found, "a text in UTF-8 is expected"))
        return None
    return parse(text, name, loading)


def parse(text: str, name: str, loading: Loading) -> Node | None:
    """Parse the text of a checklist; None, with the fault noted, where it is no YAML."""
    try:
        node, faults = parse_strictly(text, name)
    except Malformed as error:
        loading.faults.append(Fault(error.at, error.reason, "a YAML mapping is expected"))
        return None
    loading.faults.extend(faults)
    return node

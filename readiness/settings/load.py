"""From readiness.yaml or pyproject.toml to settings: everything that is wrong at once."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.document.faults import locate, wrongs
from readiness.document.node import Malformed, Node
from readiness.document.yaml import parse_strictly
from readiness.model.errors import Fault, SettingsError
from readiness.model.place import Place
from readiness.model.secret import Secret
from readiness.model.waiver import Waiver
from readiness.settings.settings import Code, Declared, Settings

if TYPE_CHECKING:
    from readiness.settings.text import DeclaredText, SettingsText, WaiverText

NAMES = ("readiness.yaml", "readiness.yml")
_PYPROJECT = "pyproject.toml"


def find(folder: Path) -> Path | None:
    """The file of a project that has settings; readiness.yaml before pyproject.toml."""
    for name in NAMES:
        if (folder / name).is_file():
            return folder / name
    pyproject = folder / _PYPROJECT
    return pyproject if pyproject.is_file() and _table(pyproject) is not None else None


def load(folder: Path, path: Path | None = None) -> Settings:
    """Load the settings of a project, or of the file that is named.

    Raises `SettingsError` with every fault. A project without settings has defaults.
    """
    chosen = path or find(folder)
    if chosen is None:
        return Settings(folder)
    node = _toml(chosen) if chosen.name == _PYPROJECT else _yaml(chosen)
    if node.value is None:
        return Settings(folder, source=chosen.name)
    return _settings(_validate(node), node, folder, chosen)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        fault = Fault(Place(path.name), reason, "a readable file is expected")
        raise SettingsError([fault]) from None


def _yaml(path: Path) -> Node:
    try:
        node, faults = parse_strictly(_read(path), path.name)
    except Malformed as error:
        fault = Fault(error.at, error.reason, "a YAML mapping is expected")
        raise SettingsError([fault]) from None
    if faults:
        raise SettingsError(faults)
    if not node.is_mapping and node.value is not None:
        found = "no mapping at the top"
        raise SettingsError([Fault(node.at, found, "a mapping of settings is expected")])
    return node


def _table(path: Path) -> Any:
    try:
        return tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("readiness")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError):
        return None


def _toml(path: Path) -> Node:
    from readiness.document.toml import parse  # noqa: PLC0415 - few projects keep them there

    table = parse(_read(path), path.name).get("tool", "readiness")
    return table if table is not None else Node(None, Place(path.name))


def _validate(node: Node) -> "SettingsText":
    from pydantic import ValidationError  # noqa: PLC0415 - only where texts are validated

    from readiness.settings.text import SettingsText  # noqa: PLC0415 - as above

    try:
        return SettingsText.model_validate(node.value)
    except ValidationError as error:
        keys = list(SettingsText.model_fields)
        faults = [locate(wrong, node) for wrong in wrongs(error, keys)]
        hint = "`readiness schema settings` prints the JSON Schema that editors use"
        raise SettingsError(sorted(faults, key=lambda fault: fault.at), hint=hint) from None


def _outside(text: "SettingsText", node: Node, folder: Path) -> list[Fault]:
    """The paths in the settings that lead out of the project: those are for the user to name."""
    named: list[tuple[tuple[str | int, ...], str]]
    named = [(("files", n), path) for n, path in enumerate(text.files)]
    named += [(("backups", n), path) for n, path in enumerate(text.backups)]
    for name, declared in text.environments.items():
        files = declared.env_files if declared else []
        named += [(("environments", name, "env_files", n), p) for n, p in enumerate(files)]
    root = folder.resolve()
    return [
        Fault(
            (node.get(*where) or node).at,
            f"{path} lies outside of the project",
            "a path in the project is expected; --env-file takes any",
        )
        for where, path in named
        if not (folder / path).resolve().is_relative_to(root)
    ]


def _settings(text: "SettingsText", node: Node, folder: Path, path: Path) -> Settings:
    if outside := _outside(text, node, folder):
        raise SettingsError(outside)
    inline = isinstance(text.checklist, dict)
    names = [text.checklist] if isinstance(text.checklist, str) else text.checklist
    return Settings(
        base=path.parent if path.parent != folder else folder,
        source=path.name,
        environment=text.environment,
        environments={
            name: _declared(declared or _nothing(), node.get("environments", name))
            for name, declared in text.environments.items()
        },
        checklists=() if inline else tuple(names),
        inline=node.get("checklist") if inline else None,
        database=text.database,
        pooler=text.pooler,
        fail_on=text.fail_on,
        code=Code(
            tuple(text.code.include),
            tuple(text.code.exclude),
            tuple(text.code.entry_points),
            text.code.seconds,
        ),
        largest_file=text.largest_file,
        files=tuple(text.files),
        backups=tuple(text.backups),
        waivers=tuple(
            _waiver(waiver, node.get("waivers", index))
            for index, waiver in enumerate(text.waivers)
        ),
    )


def _nothing() -> "DeclaredText":
    """What an environment declares that is named and says no more."""
    from readiness.settings.text import DeclaredText  # noqa: PLC0415 - as in _validate

    return DeclaredText()


def _declared(text: "DeclaredText", node: Node | None) -> Declared:
    nodes = dict((node.get("variables") or node).items()) if node else {}
    return Declared(
        variables={
            name: (Secret(_plain(nodes.get(name), value)), _at(nodes.get(name), node))
            for name, value in text.variables.items()
        },
        unset=tuple(text.unset),
        injected=tuple(text.injected),
        env_files=tuple(text.env_files),
        deployment=None if text.deployment is None else tuple(text.deployment),
        traits=text.traits,
        database=text.database,
        pooler=text.pooler,
    )


def _plain(node: Node | None, value: Any) -> str:
    return node.text if node is not None else str(value)


def _at(node: Node | None, parent: Node | None) -> Place:
    found = node or parent
    if found is None:
        return Place(NAMES[0])
    return found.key_at or found.at


def _waiver(text: "WaiverText", node: Node | None) -> Waiver:
    return Waiver(
        rule=text.rule,
        reason=text.reason,
        owner=text.owner,
        expires=text.expires,
        paths=tuple(text.paths),
        fingerprint=text.fingerprint,
        at=node.at if node else None,
    )

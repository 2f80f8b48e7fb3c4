"""Kustomize: what a kustomization would build, by reading what it names.

The suffix of hashes in the names of generated objects is left out: they and what refers to
them change together.
"""

from msgspec import Struct, field
from msgspec.structs import replace

from readiness.deployment.kustomize_changes import (
    add_generated,
    targets_of,
    text_of,
    transform,
    with_patch,
)
from readiness.deployment.kustomize_generated import generated
from readiness.deployment.kustomize_patches import NotApplied
from readiness.deployment.manifest import Manifest, objects_of
from readiness.deployment.reading import Reading, joined
from readiness.document.node import Malformed, Node
from readiness.document.yaml import parse_all
from readiness.project import Unreadable

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_DEEPEST = 20
_MOST = 1000
_NOT_READ = ("replacements", "vars", "helmCharts", "helmChartInflationGenerator", "transformers",
             "generators")  # fmt: skip


class Build(Struct):
    """One kustomization with all that it draws in; ``consumed`` are the files that it read."""

    reading: Reading
    quiet: bool = False
    consumed: set[str] = field(default_factory=set)
    entered: list[str] = field(default_factory=list)
    left: int = _MOST

    def build(self, path: str) -> list[Manifest]:
        """The objects that a kustomization makes."""
        found: list[Manifest] = []
        self._read(path, found, 0)
        return found

    def _read(self, path: str, found: list[Manifest], depth: int) -> None:
        self.consumed.add(path)
        root = self._documents(path)
        self.left -= 1
        if not root:
            return
        if depth > _DEEPEST or self.left < 0 or path in self.entered:
            self._refuse(path, "the bases of this kustomization lead too far, or back to itself")
            return
        self.entered.append(path)
        self._build(root[0], path, found, depth)
        self.entered.remove(path)

    def _build(self, node: Node, path: str, found: list[Manifest], depth: int) -> None:
        folder = path.rpartition("/")[0]
        for key in ("resources", "bases", "components"):
            for one in node.get(key) or ():
                self._add(found, folder, one, depth)
        for made in generated(self.reading, node, folder, self.consumed):
            add_generated(found, made)
        self._patch(found, node, folder)
        transform(found, node)
        for key in _NOT_READ:
            if (unread := node.get(key)) is not None:
                at = unread.key_at or unread.at
                self._refuse(str(at), f"the {key} of kustomize are not evaluated")

    def _add(self, found: list[Manifest], folder: str, node: Node, depth: int) -> None:
        path = joined(folder, node.text)
        project = self.reading.project
        inner = next((whole for name in NAMES if project.has(whole := joined(path, name))), None)
        if inner is not None:
            # A component changes what is there already; anything else is built by itself.
            own = found if self._is_component(inner) else []
            self._read(inner, own, depth + 1)
            found.extend(own if own is not found else ())
        elif project.has(path):
            self.consumed.add(path)
            found.extend(one for root in self._documents(path) for one in objects_of(root))
        else:
            named = node.text if "://" in node.text else path
            self._refuse(named, f"{node.at} draws it in, and it is not in the project")

    def _is_component(self, path: str) -> bool:
        roots = self._documents(path)
        return bool(roots) and text_of(roots[0].get("kind")) == "Component"

    def _refuse(self, path: str, answer: Malformed | Unreadable | str) -> None:
        if not self.quiet:
            self.reading.refuse(path, answer)

    def _documents(self, path: str) -> tuple[Node, ...]:
        try:
            return self.reading.project.yaml_all(path)
        except (Malformed, Unreadable) as answer:
            self._refuse(path, answer)
            return ()

    def _patch(self, found: list[Manifest], node: Node, folder: str) -> None:
        for one in node.get("patchesStrategicMerge") or ():
            self._apply(found, None, self._texts(folder, one, one))
        for key in ("patches", "patchesJson6902"):
            for one in node.get(key) or ():
                texts = self._texts(folder, one.get("path"), one.get("patch"))
                self._apply(found, one.get("target"), texts)

    def _texts(self, folder: str, path: Node | None, inline: Node | None) -> tuple[Node, ...]:
        """The documents of a patch, which stands in a file or in the kustomization itself."""
        if path is not None and self.reading.project.has(whole := joined(folder, path.text)):
            self.consumed.add(whole)
            return self._documents(whole)
        if inline is None or (path is inline and "\n" not in inline.text):
            if path is not None:
                self._refuse(joined(folder, path.text), f"{path.at} names it as a patch, and it "
                             "is not in the project")  # fmt: skip
            return ()
        try:
            roots = tuple(parse_all(inline.text, inline.at.path))
        except Malformed as answer:
            self._refuse(str(inline.at), answer)
            return ()
        # The text of a block begins on the line below its mark.
        above = (inline.at.line or 1) - (0 if "\n" in inline.text else 1)
        return tuple(root.lowered(above) for root in roots)

    def _apply(
        self, found: list[Manifest], target: Node | None, patches: tuple[Node, ...]
    ) -> None:
        for patch in patches:
            chosen = targets_of(found, target, patch)
            if not chosen:
                self._refuse(str(patch.at), "the patch matches no object that is read")
            for n in reversed(chosen):
                try:
                    made = with_patch(found[n].node, patch)
                except NotApplied as answer:
                    self._refuse(str(patch.at), f"the patch is not applied: {answer.reason}")
                    continue
                if made is None:
                    found.pop(n)
                else:
                    found[n] = replace(found[n], node=made)

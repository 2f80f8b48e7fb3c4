"""Overlays written at random build what `kubectl kustomize` builds of them.

Many are built in one call, each in a namespace of its own: the program takes a third of a second
to start.
"""

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.deployment.kustomize import Build
from readiness.deployment.manifest import Manifest
from readiness.deployment.reading import Reading
from readiness.project import Project

World = dict[str, Any]
Objects = dict[tuple[str, str], Any]

NAMES = st.sampled_from(["A", "B", "C", "D"])
VALUES = st.sampled_from(["x", "two words", "", "1.5", "yes", "$(A)", "a#b"])
LITERALS = st.lists(
    st.builds("{}={}".format, NAMES, st.sampled_from(["x", "'q'", '"q q"', "a=b", "", "'odd"])),
    max_size=3, unique_by=lambda one: one[0],
)  # fmt: skip
REFERENCES = st.sampled_from(
    [
        {"configMapKeyRef": {"name": "settings", "key": "A"}},
        {"secretKeyRef": {"name": "keys", "key": "A"}},
        {"fieldRef": {"fieldPath": "metadata.name"}},
    ]
)
ENVS = st.lists(
    st.one_of(
        st.builds(lambda n, v: {"name": n, "value": v}, NAMES, VALUES),
        st.builds(lambda n, r: {"name": n, "valueFrom": r}, NAMES, REFERENCES),
    ),
    min_size=1, max_size=3, unique_by=lambda one: one["name"],
)  # fmt: skip
# A value in the place of a reference, or a reference in that of a value, is no valid object.
PLAIN = st.lists(
    st.builds(lambda n, v: {"name": n, "value": v, "valueFrom": None}, NAMES, VALUES),
    min_size=1, max_size=3, unique_by=lambda one: one["name"],
)  # fmt: skip
FROM = st.lists(
    st.sampled_from([
        {"configMapRef": {"name": "settings"}}, {"secretRef": {"name": "keys"}},
        {"prefix": "P_", "configMapRef": {"name": "settings"}},
    ]),
    max_size=2, unique_by=str,
)  # fmt: skip


def deployment(spec: World) -> World:
    return {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app"}, "spec": spec,
    }  # fmt: skip


def pod(**container: Any) -> World:
    return {"template": {"spec": {"containers": [{"name": "app", **container}]}}}


@st.composite
def strategic(draw: st.DrawFn) -> World:
    container: World = draw(st.fixed_dictionaries({}, optional={"env": PLAIN, "envFrom": FROM,
                            "image": st.just("repo/app:9"), "args": st.just(["x"])}))  # fmt: skip
    if "env" in container and draw(st.booleans()):
        container["env"] = [*container["env"], {"name": "E", "$patch": "delete"}]
    spec = pod(**container)
    if draw(st.booleans()):
        spec["replicas"] = draw(st.sampled_from([2, 3]))
    return deployment(spec)


OPERATIONS = st.lists(
    st.sampled_from([
        {"op": "add", "path": "/spec/template/spec/containers/0/env/-",
         "value": {"name": "Z", "value": "last"}},
        {"op": "add", "path": "/spec/template/spec/containers/0/env/0",
         "value": {"name": "W", "value": "first"}},
        {"op": "replace", "path": "/spec/replicas", "value": 7},
        {"op": "remove", "path": "/spec/template/spec/containers/0/args"},
        {"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "other:1"},
        {"op": "add", "path": "/metadata/labels", "value": {"a~b/c": "1"}},
        {"op": "add", "path": "/metadata/labels/x~1y", "value": "2"},
        {"op": "copy", "from": "/spec/replicas", "path": "/spec/minReadySeconds"},
    ]),
    min_size=1, max_size=2, unique_by=str,
)  # fmt: skip
GENERATORS = st.fixed_dictionaries(
    {"name": st.just("settings"), "behavior": st.sampled_from(["merge", "replace"])},
    optional={"literals": LITERALS, "envs": st.just(["over.env"])},
)
ENV_FILE = st.sampled_from(['F=1\n# c\nG="two"\n', "  F=x \nG=a # b\n", ""])


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, str]:
    base = deployment({"replicas": 1, **pod(
        image=draw(st.sampled_from(["repo/app:1", "repo/app", "reg:5/app:1"])),
        env=[*draw(ENVS), {"name": "E", "value": "e"}], envFrom=draw(FROM), args=["a", "b"],
    )})  # fmt: skip
    base["metadata"]["labels"] = {"old": "1"}
    first = {
        "resources": ["app.yaml"],
        "configMapGenerator": [{"name": "settings", "literals": ["A=base"],
                                "envs": ["base.env"]}],
        "secretGenerator": [{"name": "keys", "literals": draw(LITERALS)}],
    }  # fmt: skip
    over: World = {"resources": ["../base"]}
    for key, texts in (("namePrefix", "prod-"), ("nameSuffix", "-v2")):
        if draw(st.booleans()):
            over[key] = texts
    if draw(st.booleans()):
        over["configMapGenerator"] = [draw(GENERATORS)]
    if draw(st.booleans()):
        over["images"] = [draw(st.sampled_from([
            {"name": "repo/app", "newTag": "5"}, {"name": "repo/app", "newName": "new/app"},
            {"name": "reg:5/app", "digest": "sha256:" + "a" * 64},
        ]))]  # fmt: skip
    if draw(st.booleans()):
        over["replicas"] = [{"name": "app", "count": 4}]
    files = {"over/patch.yaml": yaml.safe_dump(draw(strategic()))}
    patch = yaml.safe_dump(draw(strategic()))
    operations = yaml.safe_dump(draw(OPERATIONS))
    over["patches"] = draw(st.sampled_from([
        [], [{"path": "patch.yaml"}], [{"patch": patch}],
        [{"path": "patch.yaml"}, {"target": {"kind": "Deployment"}, "patch": operations}],
        [{"target": {"name": "a.*"}, "patch": patch}],
    ]))  # fmt: skip
    return {
        **files,
        "base/app.yaml": yaml.safe_dump(base),
        "base/base.env": draw(ENV_FILE),
        "base/kustomization.yaml": yaml.safe_dump(first),
        "over/over.env": draw(ENV_FILE),
        "over/kustomization.yaml": yaml.safe_dump(over),
    }


def _theirs(folder: Path, many: list[dict[str, str]]) -> list[Objects]:
    """What kubectl builds of many overlays, each with its objects in their order."""
    shutil.rmtree(folder, ignore_errors=True)
    for n, files in enumerate(many):
        for name, text in files.items():
            path = folder / f"n{n}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            more = f"namespace: n{n}\n" if name == "over/kustomization.yaml" else ""
            path.write_text(text + more)
    whole = {"resources": [f"n{n}/over" for n in range(len(many))]}
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(whole))
    done = subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[Objects] = [{} for _ in many]
    for one in yaml.safe_load_all(done.stdout):
        name = re.sub(r"-[a-z0-9]{10}\Z", "", one["metadata"]["name"])
        found[int(one["metadata"]["namespace"][1:])][one["kind"], name] = _plain(one)
    return found


def _plain(one: World) -> Any:
    if one["kind"] == "ConfigMap":
        return one.get("data") or {}
    if one["kind"] == "Secret":
        data = one.get("data") or {}
        return {key: base64.b64decode(text).decode() for key, text in data.items()}
    labels = one["metadata"].get("labels")
    text = re.sub(r"(settings|keys)(-v2)?-[a-z0-9]{10}\b", r"\1\2", yaml.safe_dump(one["spec"]))
    return yaml.safe_load(text), labels


def _ours(one: Manifest) -> Any:
    if one.kind == "ConfigMap":
        return (one.node.get("data") or one.node).value
    if one.kind == "Secret":
        found = one.node.get("stringData")
        return found.value if found else {}
    labels = one.node.get("metadata", "labels")
    spec = one.node.get("spec")
    return spec and spec.value, labels and labels.value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("kubectl") is None:
        pytest.skip("not possible on this build: kubectl is not here")
    return tmp_path_factory.mktemp("kustomize") / "all"


@settings(deadline=None, max_examples=4, suppress_health_check=list(HealthCheck), database=None)
@given(many=st.lists(worlds(), min_size=10, max_size=10))
def test_an_overlay_builds_what_kubectl_builds(folder: Path, many: list[dict[str, str]]) -> None:
    theirs = _theirs(folder, many)

    for files, told in zip(many, theirs, strict=True):
        project = Project({name: text.encode() for name, text in files.items()})
        reading = Reading(project, "production")
        ours = Build(reading).build("over/kustomization.yaml")

        assert reading.unread == []
        assert {(one.kind, one.name): _ours(one) for one in ours} == told

"""GitLab, Azure, Cloud Build, Bitbucket and CircleCI: what their jobs that deploy call."""

import re
from collections.abc import Callable, Iterator

from readiness.deployment.compose_merge import merge
from readiness.deployment.reading import Reading
from readiness.deployment.steps.work import (
    Piece,
    Work,
    is_file_of,
    is_for,
    is_of_another,
    piece,
    texts_of,
)
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_GITLAB_WORDS = frozenset({
    "default", "include", "stages", "variables", "workflow", "image", "services", "cache",
    "before_script", "after_script", "pages",
})  # fmt: skip
_MACRO = re.compile(r"\$\((?P<name>[A-Za-z_][\w.]*)\)|\$\{\{(?P<expression>[^{}]*)\}\}")
_DEEPEST = 12


def pipeline_work(reading: Reading) -> Iterator[Work]:
    """Each job of the pipelines that may deploy the environment."""
    for globs, reader in _READERS.items():
        for path in reading.project.files(*globs):
            if not is_file_of(reading, path):
                continue
            try:
                root = reading.project.yaml(path)
            except (Malformed, Unreadable) as answer:
                reading.refuse(path, answer)
                continue
            yield from reader(reading, root)


def _gitlab(reading: Reading, root: Node) -> Iterator[Work]:
    for name, own in root.items():
        if name in _GITLAB_WORDS or name.startswith(".") or not own.is_mapping:
            continue
        node = _extended(root, own, 0)
        target = node.get("environment", "name") or node.get("environment")
        stage = node.get("stage")
        named = target.text if target is not None and target.children is None else None
        if not is_for(reading, _first(named), name, stage.text if stage else ""):
            continue
        if _is_of_another_branch(reading, node):
            continue
        before = node.get("before_script") or root.get("default", "before_script") or (
            root.get("before_script"))  # fmt: skip
        lines = [piece(one) for part in (before, node.get("script"), node.get("after_script"))
                 for one in _lines(part)]  # fmt: skip
        texts = texts_of(root.get("variables"), node.get("variables"))
        texts["CI_ENVIRONMENT_NAME"] = named or reading.environment
        yield Work(tuple(lines), (name, named or ""), texts, shared=True)


def _extended(root: Node, node: Node, depth: int) -> Node:
    """A job laid over those that it extends."""
    said = node.get("extends")
    names = [one.text for one in said] or [said.text] if said is not None else []
    whole: Node | None = None
    for name in names if depth < _DEEPEST else ():
        if (other := root.get(name)) is not None and other.is_mapping:
            made = _extended(root, other, depth + 1)
            whole = merge(whole, made) if whole else made
    if whole is None:
        return node
    kept = {key: one for key, one in whole.items() if not (one.is_list and node.get(key))}
    return merge(Node.mapping(kept, whole.at), node)


def _is_of_another_branch(reading: Reading, node: Node) -> bool:
    """Whether a job of GitLab runs for the branches of other environments alone."""
    conditions = [one.get("if") for one in node.get("rules") or ()]
    texts = [one.text for one in conditions if one is not None]
    only = node.get("only", "refs") or node.get("only")
    branches = [f"== {one.text}" for one in only or ()] or texts
    whole = len(conditions) == len(texts)
    return bool(branches) and whole and all(is_of_another(reading, one) for one in branches)


def _first(target: str | None) -> str | None:
    """The name of an environment before what a branch adds to it: ``review/$CI_COMMIT_REF``."""
    return target.partition("/")[0] if target else None


def _lines(node: Node | None) -> Iterator[Node]:
    """The lines of a script; lists may stand in lists."""
    if node is None:
        return
    if node.is_list:
        for one in node:
            yield from _lines(one)
    elif node.children is None:
        yield node


def _azure(reading: Reading, root: Node) -> Iterator[Work]:
    yield from _azure_part(reading, root, texts_of(root.get("variables")), (), 0)


def _azure_part(
    reading: Reading, node: Node, texts: dict[str, str], where: tuple[str, ...], depth: int
) -> Iterator[Work]:
    """A stage, a job or a strategy: its own steps, and what stands in it."""
    if depth > _DEEPEST:
        return
    target = node.get("environment", "name") or node.get("environment")
    named = target.text if target is not None and target.children is None else None
    labels = [one.text for key in ("stage", "job", "deployment", "displayName")
              if (one := node.get(key)) is not None]  # fmt: skip
    if not is_for(reading, named.partition(".")[0] if named else None, *labels):
        return
    inner = {
        **texts,
        **{key: _macros(one) for key, one in texts_of(node.get("variables")).items()},
    }
    where = (*where, *labels, *([named] if named else []))
    steps = [found for one in node.get("steps") or () if (found := _azure_step(one)) is not None]
    if steps:
        yield Work(tuple(steps), where, inner)
    for key in ("stages", "jobs"):
        for one in node.get(key) or ():
            yield from _azure_part(reading, one, inner, where, depth + 1)
    for phase in _phases(node.get("strategy")):
        yield from _azure_part(reading, phase, inner, where, depth + 1)


def _phases(strategy: Node | None) -> list[Node]:
    """The parts of a deployment: before, itself, after."""
    kinds = [one for _, one in strategy.items()] if strategy is not None else []
    return [phase for one in kinds for _, phase in one.items()]


def _azure_step(node: Node) -> Piece | None:
    text = node.get("script") or node.get("bash") or node.get("inputs", "inlineScript") or (
        node.get("inputs", "script"))  # fmt: skip
    if text is None:
        return None
    env = {key: _macros(one) for key, one in texts_of(node.get("env")).items()}
    return piece(text, env, _macros(text.text))


def _macros(text: str) -> str:
    """A text with Azure's ``$(Name)`` as a shell's ``${Name}``."""
    return _MACRO.sub(lambda one: f"${{{(one['name'] or 'EXPRESSION').replace('.', '_')}}}", text)


def _cloud_build(_: Reading, root: Node) -> Iterator[Work]:
    texts = texts_of(root.get("substitutions"))
    pieces: list[Piece] = []
    for step in root.get("steps") or ():
        entry, script, image = step.get("entrypoint"), step.get("script"), step.get("name")
        words = [one.text.replace("$$", "$") for one in step.get("args") or ()]
        program = entry.text if entry else (image.text if image else "").rpartition("/")[2]
        given = {key: value for one in step.get("env") or ()
                 for key, equals, value in [one.text.partition("=")] if equals}  # fmt: skip
        if script is not None:
            pieces.append(piece(script, given))
        elif words:
            name = "gcloud" if program.partition(":")[0] in {"cloud-sdk", "gcloud"} else program
            pieces.append(Piece("", step.at, given, (name, *words)))
    yield Work(tuple(pieces), (), texts, exports=False)


def _bitbucket(reading: Reading, root: Node) -> Iterator[Work]:
    pipelines = root.get("pipelines")
    for kind, node in pipelines.items() if pipelines else ():
        if kind == "pull-requests":
            continue
        mine = [one for key, one in node.items() if reading.belongs(key) != "other"]
        steps = [step for one in mine or [node] for step in _bitbucket_steps(one, 0)]
        for step in steps if mine or node.is_list else ():
            target, name = step.get("deployment"), step.get("name")
            if is_for(reading, target.text if target else None, name.text if name else ""):
                lines = tuple(piece(one) for one in _lines(step.get("script")))
                yield Work(lines, (target.text if target else "",), shared=True)


def _bitbucket_steps(node: Node, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    for key, one in node.items():
        if key == "step":
            yield one
        else:
            yield from _bitbucket_steps(one, depth + 1)
    for one in node:
        yield from _bitbucket_steps(one, depth + 1)


def _circle(reading: Reading, root: Node) -> Iterator[Work]:
    jobs = root.get("jobs")
    for name, node in jobs.items() if jobs else ():
        if not is_for(reading, None, name):
            continue
        pieces = [
            piece(text, texts_of(run.get("environment")))
            for step in node.get("steps") or ()
            if (run := step.get("run")) is not None
            and (text := run.get("command") if run.is_mapping else run) is not None
        ]
        yield Work(tuple(pieces), (name,), texts_of(node.get("environment")))


_READERS: dict[tuple[str, ...], Callable[[Reading, Node], Iterator[Work]]] = {
    (".gitlab-ci.yml", ".gitlab/**/*.yml"): _gitlab,
    ("azure-pipelines*.{yml,yaml}", ".azure-pipelines/*.{yml,yaml}",
     ".azuredevops/*.{yml,yaml}", "pipelines/*azure*.yml"): _azure,
    ("cloudbuild*.{yml,yaml}",): _cloud_build,
    ("bitbucket-pipelines.yml",): _bitbucket,
    (".circleci/config.yml",): _circle,
}  # fmt: skip

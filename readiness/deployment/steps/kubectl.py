"""Calls of ``kubectl`` that give variables, and that make ConfigMaps and Secrets."""

from readiness.deployment.platforms import Keys
from readiness.deployment.steps.deploying import Deploying, pairs, supplied_at
from readiness.deployment.steps.options import Options, options_of
from readiness.deployment.steps.step import Step
from readiness.model.variable import Origin, Variable

_FLAGS = frozenset({"--all", "--overwrite", "--local", "--list", "--resolve", "--append-hash"})
_HOLDERS = {"secret": "Secret", "configmap": "ConfigMap", "cm": "ConfigMap"}


def read_kubectl(deploying: Deploying, step: Step) -> None:
    """Take variables that are set, and objects that are created."""
    words = step.words[1:]
    told = options_of(words, _FLAGS)
    if not deploying.is_mine(told.last("-n", "--namespace"), told.last("--context")):
        return
    match told.plain:
        case ["set", "env", *rest]:
            _set(deploying, step, told, rest)
        case ["create", "secret", "generic", name, *_]:
            _create(deploying, step, told, ("Secret", name))
        case ["create", "configmap" | "cm", name, *_]:
            _create(deploying, step, told, ("ConfigMap", name))


def _set(deploying: Deploying, step: Step, told: Options, rest: list[str]) -> None:
    """``kubectl set env deployment/x A=b C-``, also with all keys of a secret."""
    targets = [one for one in rest if "=" not in one and not one.endswith("-")]
    name = targets[-1].rpartition("/")[2] if targets else None
    found = pairs([one for one in rest if "=" in one], step.at, "kubectl set env")
    for word in rest:
        if word.endswith("-") and "=" not in word:
            origin = Origin("kubectl set env", step.at)
            found[word[:-1]] = Variable(word[:-1], "unset", None, (origin,))
    unread: list[str] = []
    if source := told.last("--from"):
        found |= _from(deploying, step, told, source, unread)
    deploying.give(step, ("kubernetes",), found, name=name, unread=tuple(unread))


def _from(deploying: Deploying, step: Step, told: Options, source: str, unread: list[str]) -> Keys:
    kind, _, name = source.partition("/")
    keys = told.last("--keys")
    known = deploying.reading.created.get((_HOLDERS.get(kind, kind), name), {})
    prefix = told.last("--prefix") or ""
    if keys is None and not known:
        unread.append(f"{_HOLDERS.get(kind, kind)} {name}")
    found: Keys = {}
    for key in keys.split(",") if keys else known:
        whole = f"{prefix}{key}".upper().replace("-", "_").replace(".", "_")
        one = known.get(key)
        found[whole] = supplied_at(whole, step.at, f"the {kind} {name}") if one is None else (
            Variable(whole, one.state, one.value, one.chain))  # fmt: skip
    return found


def _create(deploying: Deploying, step: Step, told: Options, key: tuple[str, str]) -> None:
    found = pairs(told.all("--from-literal"), step.at, f"kubectl create {key[0].lower()}")
    for path in told.all("--from-env-file"):
        found |= deploying.file(step, path, "--from-env-file") or {}
    for text in told.all("--from-file"):
        name = text.partition("=")[0].rpartition("/")[2]
        found[name] = supplied_at(name, step.at, f"a file of the {key[0]} {key[1]}")
    deploying.reading.created.setdefault(key, {}).update(found)

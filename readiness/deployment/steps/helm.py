"""Calls of Helm that install a chart of the project."""

from readiness.deployment.installed import Installed, pairs_of
from readiness.deployment.reading import joined
from readiness.deployment.steps.deploying import Deploying
from readiness.deployment.steps.options import options_of
from readiness.deployment.steps.step import Step, is_open

_FLAGS = frozenset({
    "--install", "-i", "--atomic", "--wait", "--create-namespace", "--debug", "--dry-run",
    "--force", "--reuse-values", "--reset-values", "--cleanup-on-fail", "--dependency-update",
    "--wait-for-jobs", "--rollback-on-failure",
})  # fmt: skip


def read_helm(deploying: Deploying, step: Step) -> None:
    """``helm upgrade --install name ./chart -f values.yaml --set a.b=c``."""
    told = options_of(step.words[1:], _FLAGS)
    if told.plain[:1] not in (["upgrade"], ["install"], ["template"]) or len(told.plain) <= 1:
        return
    folder = told.plain[-1]
    name = told.plain[1] if told.plain[1] != folder else ""
    spaces = (told.last("--namespace", "-n"), told.last("--kube-context"))
    files = [one for text in told.all("--values", "-f") for one in text.split(",")]
    if is_open(folder) or not deploying.is_mine(name, *spaces, *files):
        return
    values = [node for text in told.all("--set") for node in pairs_of(text, step.at)]
    values += [node for text in told.all("--set-string")
               for node in pairs_of(text, step.at, plain=True)]  # fmt: skip
    paths = tuple(joined("", one) for one in files if not is_open(one))
    deploying.reading.installed.append(Installed(name, joined("", folder), paths, tuple(values)))

"""Calls of Terraform and OpenTofu that give variables a value."""

from readiness.deployment.interpolation import COMPUTED
from readiness.deployment.steps.deploying import Deploying
from readiness.deployment.steps.step import Step, is_open
from readiness.document.node import Node

_PREFIX = "TF_VAR_"


def read_terraform_calls(deploying: Deploying, step: Step) -> None:
    """``terraform apply -var name=value``, and ``TF_VAR_name`` in its environment."""
    words = [one for one in step.words[1:] if not one.startswith("-chdir")]
    if words[:1] not in (["apply"], ["plan"]):
        return
    pairs = [f"{name.removeprefix(_PREFIX)}={text}" for name, text in step.exported.items()
             if name.startswith(_PREFIX)]  # fmt: skip
    for n, word in enumerate(words):
        if word in {"-var", "--var"} and n + 1 < len(words):
            pairs.append(words[n + 1])
        elif word.startswith(("-var=", "--var=")):
            pairs.append(word.partition("=")[2])
    for pair in pairs:
        name, _, value = pair.partition("=")
        text = COMPUTED if is_open(value) else value
        deploying.reading.parameters[name] = Node(text, step.at, raw=text)

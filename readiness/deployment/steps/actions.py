"""Actions of GitHub that deploy, as the calls that they make."""

import json
import shlex
from collections.abc import Callable, Iterator

from readiness.deployment.steps.work import Piece, piece
from readiness.document.node import Node
from readiness.model.place import Place

Given = dict[str, str]
Texts = Callable[[str], str]


def called_by(uses: str, step: Node, env: Given, text: Texts) -> Iterator[Piece]:
    """The calls of an action: as words, or as lines for a shell."""
    action = uses.partition("@")[0].lower()
    inputs = step.get("with")
    given = {name: text(node.text) for name, node in (inputs.items() if inputs else ())}
    at = (inputs or step).at
    if action in _SCRIPTS:
        for key in _SCRIPTS[action]:
            if inputs is not None and (node := inputs.get(key)) is not None:
                yield piece(node, env, text(node.text))
    elif action in _CALLS:
        yield from (Piece("", at, env, words) for words in _CALLS[action](given, env))
    elif action.startswith("superfly/flyctl-actions") and "args" in given:
        yield Piece(f"flyctl {given['args']}", Place(at.path, at.line), env)


def _cloud_run(given: Given, _: Given) -> Iterator[tuple[str, ...]]:
    name = given.get("service") or given.get("job") or "service"
    words = ["gcloud", "run", "deploy", name]
    words += [f"--{key}={given[key]}" for key in ("image", "source") if key in given]
    words += [f"--set-env-vars={_list(given['env_vars'])}"] if "env_vars" in given else []
    words += [f"--set-secrets={_list(given['secrets'])}"] if "secrets" in given else []
    yield (*words, *_split(given.get("flags", "")))


def _functions(given: Given, _: Given) -> Iterator[tuple[str, ...]]:
    words = ["gcloud", "functions", "deploy", given.get("name", "function")]
    words += [f"--runtime={given['runtime']}"] if "runtime" in given else []
    variables = given.get("environment_variables") or given.get("env_vars")
    secrets = given.get("secret_environment_variables") or given.get("secrets")
    words += [f"--set-env-vars={_list(variables)}"] if variables else []
    words += [f"--set-secrets={_list(secrets)}"] if secrets else []
    yield tuple(words)


def _container_app(given: Given, _: Given) -> Iterator[tuple[str, ...]]:
    words = ["az", "containerapp", "update", "--name", given.get("containerAppName", "app")]
    words += ["--resource-group", given["resourceGroup"]] if "resourceGroup" in given else []
    words += ["--image", given["imageToDeploy"]] if "imageToDeploy" in given else []
    variables = _split(given.get("environmentVariables", ""))
    yield (*words, *(("--set-env-vars", *variables) if variables else ()))


def _settings(given: Given, _: Given) -> Iterator[tuple[str, ...]]:
    try:
        listed = json.loads(given.get("app-settings-json", "[]"))
    except ValueError:
        return
    pairs = [f"{one.get('name')}={one.get('value')}" for one in listed if isinstance(one, dict)]
    yield ("az", "webapp", "config", "appsettings", "set", "--name",
           given.get("app-name", "app"), "--settings", *pairs)  # fmt: skip


def _heroku(given: Given, env: Given) -> Iterator[tuple[str, ...]]:
    pairs = [f"{name[3:]}={value}" for name, value in env.items() if name.startswith("HD_")]
    app = given.get("heroku_app_name", "app")
    yield ("heroku", "config:set", *pairs, "--app", app)


def _task(given: Given, _: Given) -> Iterator[tuple[str, ...]]:
    variables = [one.strip() for one in given.get("environment-variables", "").splitlines()]
    secrets = [one.strip() for one in given.get("secrets", "").splitlines()]
    yield ("render-task-definition", "--container", given.get("container-name", ""), "--env",
           *filter(None, variables), "--secrets", *filter(None, secrets))  # fmt: skip


def _list(text: str) -> str:
    """Pairs in lines or with commas, as one word of ``gcloud`` with a sign between them."""
    lines = [one.strip() for one in text.splitlines() if one.strip() and one.strip()[0] != "#"]
    return f"^\n^{chr(10).join(lines)}" if len(lines) > 1 else "".join(lines)


def _split(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return tuple(text.split())


_SCRIPTS = {
    "appleboy/ssh-action": ("script",), "azure/cli": ("inlineScript", "inlinescript"),
    "garygrossgarten/github-action-ssh": ("command",), "nick-fields/retry": ("command",),
    "digitalocean/action-doctl": (), "google-github-actions/setup-gcloud": (),
}  # fmt: skip
_CALLS: dict[str, Callable[[Given, Given], Iterator[tuple[str, ...]]]] = {
    "google-github-actions/deploy-cloudrun": _cloud_run,
    "google-github-actions/deploy-cloud-functions": _functions,
    "azure/container-apps-deploy-action": _container_app,
    "azure/appservice-settings": _settings,
    "akhileshns/heroku-deploy": _heroku,
    "aws-actions/amazon-ecs-render-task-definition": _task,
}

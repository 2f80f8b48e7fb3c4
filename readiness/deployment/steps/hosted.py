"""Calls of the programs of platforms that give variables to what they run."""

import re

from readiness.deployment.platforms import Keys
from readiness.deployment.service import Kind, Service
from readiness.deployment.steps.deploying import Deploying, pairs, supplied_at
from readiness.deployment.steps.options import options_of
from readiness.deployment.steps.step import Step

Kinds = tuple[Kind, ...]
_FLY: Kinds = ("fly", "dockerfile")
_PROCESSES: Kinds = ("procfile", "dockerfile")
_RAILWAY: Kinds = ("railway", "procfile", "dockerfile")
_BEANSTALK: Kinds = ("procfile", "elastic-beanstalk", "dockerfile", "compose")
_ADDED = {"heroku-postgresql": "DATABASE_URL", "heroku-redis": "REDIS_URL",
          "postgres": "DATABASE_URL", "redis": "REDIS_URL"}  # fmt: skip


def read_fly(deploying: Deploying, step: Step) -> None:
    """``fly secrets set``, ``fly secrets import`` and ``fly deploy --env``."""
    flags = frozenset({"--stage", "--detach", "--remote-only", "--local-only", "--now", "--ha"})
    told = options_of(step.words[1:], flags)
    app, file = told.last("--app", "-a"), told.last("--config", "-c")
    if not deploying.is_mine(app, file):
        return
    match told.plain:
        case ["secrets", "set", *rest]:
            deploying.give(step, _FLY, pairs(rest, step.at, "fly secrets"), name=app)
        case ["secrets", "import", *_]:
            known = step.given is not None
            found = pairs((step.given or "").splitlines(), step.at, "fly secrets")
            unread = () if known else ("fly secrets import",)
            deploying.give(step, _FLY, found, name=app, unread=unread)
        case ["deploy" | "launch", *_]:
            found = pairs(told.all("--env", "-e"), step.at, "fly deploy")
            if found:
                deploying.give(step, _FLY, found, name=app)


def read_heroku(deploying: Deploying, step: Step) -> None:
    """``heroku config:set`` and ``heroku addons:create``."""
    told = options_of(step.words[1:])
    if not deploying.is_mine(told.last("--app", "-a"), told.last("--remote", "-r")):
        return
    match told.plain:
        case ["config:set" | "config:add", *rest]:
            deploying.give(step, _PROCESSES, pairs(rest, step.at, "heroku config"))
        case ["addons:create" | "addons:attach", plan, *_]:
            _add(deploying, step, plan, told.last("--as"))


def _add(deploying: Deploying, step: Step, plan: str, name: str | None) -> None:
    kind = plan.partition(":")[0]
    variable = f"{name}_URL" if name else _ADDED.get(kind)
    if kind in _ADDED and variable:
        found = {variable: supplied_at(variable, step.at, f"the add-on {kind}")}
        deploying.give(step, _PROCESSES, found)


def read_dokku(deploying: Deploying, step: Step) -> None:
    """``config:set`` and ``postgres:link`` of Dokku, also through ssh."""
    words = step.words[1:]
    if step.words[0] == "ssh":
        words = tuple(" ".join(step.words[2:]).split())
    told = options_of(words, frozenset({"--no-restart", "--encoded"}))
    match told.plain:
        case ["config:set", app, *rest] if deploying.is_mine(app):
            deploying.give(step, _PROCESSES, pairs(rest, step.at, "dokku config"))
        case [linked, _, app, *_] if linked.endswith(":link") and deploying.is_mine(app):
            _add(deploying, step, linked.removesuffix(":link"), None)


def read_railway(deploying: Deploying, step: Step) -> None:
    """``railway variables --set``, and the older ``railway variables set``."""
    told = options_of(step.words[1:], frozenset({"--skip-deploys", "--json", "--kv"}))
    if not deploying.is_mine(told.last("--environment", "-e"), told.last("--service", "-s")):
        return
    if told.plain[:1] in (["variables"], ["variable"], ["vars"]):
        more = told.plain[2:] if told.plain[1:2] == ["set"] else []
        found = pairs([*told.all("--set"), *more], step.at, "railway variables")
        deploying.give(step, _RAILWAY, found, name=told.last("--service", "-s"))


def read_koyeb(deploying: Deploying, step: Step) -> None:
    """``koyeb service update`` and its like; ``@name`` and ``{{secret.name}}`` are secrets."""
    told = options_of(step.words[1:])
    image = told.last("--docker")
    name = (told.plain[-1] if told.plain else "service").rpartition("/")[2]
    if not deploying.is_mine(*told.plain, told.last("--app")):
        return
    given = pairs(told.all("--env"), step.at, "koyeb", hidden=("@", "{{"))
    if image is not None:
        deploying.serve(step, Service(name, "docker", step.at, image=image, image_at=step.at,
                                      variables=tuple(given.values())))  # fmt: skip
    elif given:
        deploying.give(step, _PROCESSES, given)


def read_eb(deploying: Deploying, step: Step) -> None:
    """``eb setenv``, and the variables with which ``eb create`` begins."""
    told = options_of(step.words[1:])
    if not deploying.is_mine(told.last("--environment", "-e"), *told.plain[1:2]):
        return
    more = [one for text in told.all("--envvars", "--env-vars") for one in text.split(",")]
    words = [*(told.plain[1:] if told.plain[:1] == ["setenv"] else ()), *more]
    if found := pairs(words, step.at, "eb setenv"):
        deploying.give(step, _BEANSTALK, found)


def read_aws(deploying: Deploying, step: Step) -> None:
    """``aws lambda``, with the variables of a function in its short form or in JSON."""
    if step.words[1:2] != ("lambda",):
        return
    told = options_of(step.words[2:], frozenset({"--publish", "--no-cli-pager"}))
    name, text = told.last("--function-name"), told.last("--environment")
    if text is None or not deploying.is_mine(name):
        return
    function = Service(name or "function", "serverless", step.at, runs_code=True)
    deploying.give(step, ("cloudformation", "terraform", "serverless"), _of_function(step, text),
                   name=name, otherwise=function)  # fmt: skip


def _of_function(step: Step, text: str) -> Keys:
    said = "aws lambda"
    inner = text.strip().removeprefix("Variables=").strip()
    if inner[:1] == "{" and '"' not in inner:
        return pairs(inner.strip("{}").split(","), step.at, said)
    found = re.findall(r'"(\w+)"\s*:\s*"((?:\\.|[^"\\])*)"', inner)
    return pairs([f"{name}={value}" for name, value in found], step.at, said)

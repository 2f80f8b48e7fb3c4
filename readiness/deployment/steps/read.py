"""The calls of scripts and pipelines that deploy the environment, each handed to its reader."""

import posixpath
from collections.abc import Callable, Iterable, Iterator

from readiness.deployment.compose_variables import written_variables
from readiness.deployment.platforms import Keys
from readiness.deployment.reading import Reading, joined
from readiness.deployment.steps.azure import read_az
from readiness.deployment.steps.containers import read_container
from readiness.deployment.steps.deploying import Deploying, pairs, supplied_at
from readiness.deployment.steps.github import github_work
from readiness.deployment.steps.google import read_gcloud
from readiness.deployment.steps.helm import read_helm
from readiness.deployment.steps.hosted import (
    read_aws,
    read_dokku,
    read_eb,
    read_fly,
    read_heroku,
    read_koyeb,
    read_railway,
)
from readiness.deployment.steps.kubectl import read_kubectl
from readiness.deployment.steps.options import options_of
from readiness.deployment.steps.pipelines import pipeline_work
from readiness.deployment.steps.scripts import is_script, script_work
from readiness.deployment.steps.shell import Runner
from readiness.deployment.steps.step import Step
from readiness.deployment.steps.terraform import read_terraform_calls
from readiness.deployment.steps.words import Shell
from readiness.deployment.steps.work import Piece, Work
from readiness.project import Unreadable

_READERS: dict[str, Callable[[Deploying, Step], None]] = {
    "gcloud": read_gcloud, "az": read_az, "docker": read_container, "podman": read_container,
    "nerdctl": read_container, "kubectl": read_kubectl, "oc": read_kubectl, "fly": read_fly,
    "flyctl": read_fly, "heroku": read_heroku, "dokku": read_dokku, "railway": read_railway,
    "koyeb": read_koyeb, "eb": read_eb, "aws": read_aws, "terraform": read_terraform_calls,
    "tofu": read_terraform_calls, "helm": read_helm,
}  # fmt: skip


def read_steps(reading: Reading, more: Iterable[Work] = ()) -> None:
    """Take what jobs, targets and scripts do; a script that a job calls is not taken twice."""
    deploying = Deploying(reading)
    called: set[str] = set()
    for work in (*more, *github_work(reading), *pipeline_work(reading)):
        _take(deploying, work, called)
    rest = list(script_work(reading))
    for work in rest:
        if not work.pieces or work.where != (work.pieces[0].at.path,):
            _take(deploying, work, called)
    for work in rest:
        path = work.pieces[0].at.path if work.pieces else ""
        if work.where == (path,) and path not in called:
            _take(deploying, work, called)
    reading.services.extend(deploying.services.values())
    reading.laid.extend(deploying.laid)


def _take(deploying: Deploying, work: Work, called: set[str]) -> None:
    for step in _steps(deploying.reading, work, called):
        program = posixpath.basename(step.words[0])
        if program == "ssh" and any(one.startswith("dokku@") for one in step.words):
            read_dokku(deploying, step)
        elif program == "render-task-definition":
            _render(deploying, step)
        elif program in {"docker-compose", "podman-compose"} or _is_compose(step.words):
            _compose(deploying, step)
        elif program in _READERS:
            _READERS[program](deploying, step)


def _steps(reading: Reading, work: Work, called: set[str]) -> Iterator[Step]:
    """The calls of a piece of work, each shell with what it finds."""

    def script(word: str) -> tuple[str, str] | None:
        path = joined("", word)
        try:
            text = reading.project.text(path) if reading.project.has(path) else None
        except Unreadable:
            return None
        return (path, text) if text is not None and is_script(path, text) else None

    runner = Runner(_shell(reading, work, {}), work.where, script)
    for one in work.pieces:
        if not work.shared:
            runner.shell = _shell(reading, work, one.texts)
        yield from _piece(runner, one, work)
        for path in [path for path in runner.written if path.endswith("GITHUB_ENV}")]:
            lines = runner.written.pop(path).splitlines()
            work.texts.update(dict(line.split("=", 1) for line in lines if "=" in line))
    called |= runner.called


def _shell(reading: Reading, work: Work, own: dict[str, str]) -> Shell:
    texts = {**work.texts, **own}
    for _ in range(5):  # variables may refer to others
        shell = Shell(reading.environment, texts=dict(texts))
        texts = {name: shell.filled(text) for name, text in texts.items()}
    exported = set(texts) if work.exports else set(own)
    return Shell(reading.environment, texts=texts, exported=exported)


def _piece(runner: Runner, one: Piece, work: Work) -> Iterator[Step]:
    if not one.words:
        yield from runner.run(one.text, one.at)
        return
    words = tuple(runner.shell.filled(word) for word in one.words)
    if posixpath.basename(words[0]) in {"bash", "sh"} and "-c" in words[:-1]:
        yield from runner.run(words[-1], one.at)
    else:
        yield Step(words, one.at, exported=one.texts, where=work.where)


def _is_compose(words: tuple[str, ...]) -> bool:
    return words[1:2] == ("compose",) or words[1:3] == ("stack", "deploy")


def _compose(deploying: Deploying, step: Step) -> None:
    """What fills the references of Compose: the variables of the process that starts it."""
    starts = {"up", "deploy", "create", "start"} & set(step.words)
    if not starts or not deploying.is_deploying(step):
        return
    reading = deploying.reading
    for path, text in step.written.items():
        if (name := posixpath.basename(path)).startswith(".env") or name.endswith(".env"):
            reading.written[name] = (text, step.at)
    if not reading.project.has(".env"):
        for name, one in (written_variables(reading, ".env", {}) or {}).items():
            reading.given.setdefault(name, one)
    for name, text in step.exported.items():
        found = pairs([f"{name}={text}"], step.at, "the job that starts Compose")
        for one in found.values():
            if one.state == "known":
                reading.given.setdefault(name, one)


def _render(deploying: Deploying, step: Step) -> None:
    """What an action puts into a task definition of ECS."""
    told = options_of(step.words[1:], many=True)
    found: Keys = pairs(told.all("--env"), step.at, "amazon-ecs-render-task-definition")
    for word in told.all("--secrets"):
        name = word.partition("=")[0]
        found[name] = supplied_at(name, step.at, "secrets of the task definition")
    if found:
        deploying.give(step, ("ecs", "terraform", "cloudformation"), found)

"""Variables that a command line or a script sets before it starts the program."""

import pytest

from readiness.deployment import Deployment
from readiness.environment import Environment, Overrides, build_environments
from readiness.model.variable import Variable
from readiness.project import Project


def started(command: str, script: str = "", **given: str) -> Environment:
    texts = {
        "main.py": "",
        "given.env": "A=file # a note\nC=file\n",
        "start.sh": f"#!/bin/sh\n{script}\nexec python main.py\n",
        "Dockerfile": f"FROM python:3\nENV A=image\nCMD {command}\n",
    }
    project = Project({path: text.encode() for path, text in texts.items()})
    deployment = Deployment.read(project)
    [found] = build_environments(
        project, deployment, name="production", overrides=Overrides(set=given)
    )
    return found


def shown(one: Variable | None) -> str | None:
    """The value, or of an injected one what is known of it."""
    assert one is not None
    value = one.value or one.chain[0].value
    return f"{one.state} {value.reveal() if value else None}"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", "known image"),
        ("export A=script", "known script"),
        ("A=script", "known script"),
        ("export A=$A-more", "known image-more"),
        ("export A=${A:-script}", "known image"),
        ("export A=x-$OTHER-y", "injected x-${OTHER}-y"),
        ('export A="x-$(cat /run/a)-y"', "injected x-${COMMAND}-y"),
        ("export A=$(cat /run/a)", "injected ${COMMAND}"),
        ("if [ -z $B ]; then\n  export A=script\nfi", "injected None"),
        ("if [ -z $B ]; then\n  true\nfi\nexport A=script", "known script"),
        ("if [ -z $B ]; then\n  export A=${A:-script}\nfi", "known image"),
        ("[ -z $B ] && export A=script", "injected None"),
        ("cd /app && export A=script", "known script"),
        ("true || export A=script", "injected None"),
        ("set() {\n  export A=script\n}", "injected None"),
        ("if [ -z $A ]; then\n  export A=script\nfi", "known image"),
        ("if [ -z $N ]; then\n  export N=script\nfi\nexport A=$N", "known script"),
        ("if [ -z $N ]; then\n  true\nelse\n  export N=a\nfi\nexport A=$N", "injected ${N}"),
        ("[ -n $N ] || export N=script\nexport A=$N", "known script"),
        (": ${N:=script}\nexport A=$N", "known script"),
        ("set -a\n. ./given.env\nset +a", "known file"),
        (". ./given.env", "known file"),
        ("export $(grep -v '^#' given.env | xargs)", "known file"),
        ('case "$B" in\n  x) true ;;\nesac\nexport A=script', "known script"),
    ],
)
def test_a_script_sets_what_it_surely_comes_to(script: str, expected: str) -> None:
    assert shown(started('["./start.sh"]', script).get("A")) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("C=script", None),
        ("C=script\nexport C", "known script"),
        ("export C", None),
        ("set -a\nC=script\nset +a", "known script"),
        ("set -a\nset +a\nC=script", None),
        ("set -o allexport\nsource given.env", "known file"),
        ("source given.env", None),
        ("export $(cat given.env | xargs)\n", "known file"),
        ("declare -x C=script", "known script"),
        ("declare C=script", None),
    ],
)
def test_programs_find_what_a_shell_exports(script: str, expected: str | None) -> None:
    found = started('["./start.sh"]', script).get("C")

    assert (shown(found) if found else None) == expected


@pytest.mark.parametrize(
    ("command", "given", "expected"),
    [
        ("python main.py", {}, "known image"),
        ("A=line python main.py", {}, "known line"),
        ("A=line python other.py && python main.py", {}, "known image"),
        ("env A=line python main.py", {}, "known line"),
        ("A=$A?more python main.py", {}, "known image?more"),
        ("A=$A?more python main.py", {"A": "given"}, "known given?more"),
        ("A=line python main.py", {"A": "given"}, "known line"),
    ],
)
def test_what_stands_before_the_program_is_the_last_word(
    command: str, given: dict[str, str], expected: str
) -> None:
    assert shown(started(command, **given).get("A")) == expected

# ruff: noqa: E501 - a small file stands in one line
"""Ansible: what playbooks and roles start on the machines of an environment, and with what."""

import pytest

from readiness.deployment import Deployment
from readiness.deployment.service import Service
from readiness.project import Project
from readiness.testing import check

Files = dict[str, str]

CODE = {"main.py": "import os\n\nprint(os.environ['APP_ENV'])\n"}
IMAGE = {"Dockerfile": "FROM python:3.13\nCMD python main.py\n"}
PLAY = "- hosts: app\n  vars: {stage: '@ENV@'}\n  tasks:\n"
RUN = "    - community.docker.docker_container:\n        name: shop\n        image: 'acme/shop:{{ v }}'\n        env:\n          APP_ENV: %s\n          SECRET: '{{ vault_secret }}'\n"  # fmt: skip
UNIT = "[Service]\n%sExecStart=/srv/venv/bin/python main.py\n"
TASKS = "- template: {src: shop.env.j2, dest: '/etc/{{ app }}.env'}\n- template: {src: shop.service.j2, dest: /etc/systemd/system/shop.service}\n"
PLAYBOOKS: dict[str, Files] = {
    "a container": {**IMAGE, "deploy.yml": PLAY + RUN % "'{{ stage }}'"},
    "a default": {**IMAGE, "deploy.yml": PLAY + RUN % "\"{{ other | default('@ENV@') | lower }}\""},
    "groups": {**IMAGE, "deploy.yml": "- hosts: app\n  tasks:\n" + RUN % "'{{ stage }}'", "group_vars/all.yml": "stage: other\n", "group_vars/production.yml": "stage: '{{ inner }}'\ninner: '@ENV@'\n", "group_vars/staging.yml": "stage: staging\n"},
    "an inventory of the environment": {**IMAGE, "deploy.yml": "- hosts: app\n  tasks:\n" + RUN % "'{{ stage }}'", "inventories/prod/group_vars/all.yml": "stage: '@ENV@'\n", "inventories/dev/group_vars/all.yml": "stage: dev\n"},
    "a list of variables": {**IMAGE, "deploy.yml": PLAY + "    - docker_swarm_service:\n        name: shop\n        image: acme/shop\n        env: ['APP_ENV={{ stage }}', 'SECRET={{ s }}']\n"},
    "a file of variables": {**IMAGE, "deploy.yml": PLAY + "    - copy:\n        dest: /etc/shop.env\n        content: |\n          APP_ENV={{ stage }}\n          SECRET={{ s }}\n    - podman_container: {name: shop, image: acme/shop, env_file: /etc/shop.env}\n"},
    "a unit with a file": {"site.yml": "- hosts: app\n  roles: [{role: shop, vars: {app: shop}}]\n", "roles/shop/tasks/main.yml": TASKS, "roles/shop/defaults/main.yml": "stage: '@ENV@'\n",
                           "roles/shop/templates/shop.env.j2": "# {{ ansible_managed }}\nAPP_ENV={{ stage }}\nSECRET={{ s }}\n", "roles/shop/templates/shop.service.j2": UNIT % "EnvironmentFile=/etc/shop.env\n"},
    "a loop of a template": {"site.yml": "- hosts: app\n  vars: {all: {APP_ENV: '@ENV@', SECRET: '{{ s }}'}, app: shop}\n  roles: [shop]\n", "roles/shop/tasks/main.yml": TASKS,
                             "roles/shop/templates/shop.env.j2": "{% for k, v in all.items() %}\n{{ k }}={{ v }}\n{% endfor %}\n", "roles/shop/templates/shop.service.j2": UNIT % "EnvironmentFile=-/etc/shop.env\n"},
    "a unit of its own": {"site.yml": PLAY + "    - copy:\n        dest: /etc/systemd/system/shop.service\n        content: |\n          [Service]\n          Environment=APP_ENV={{ stage }}\n          Environment=SECRET={{ lookup('env', 'S') }}\n          ExecStart=/srv/venv/bin/python main.py\n"},
    "a call": {**IMAGE, "site.yml": PLAY + "    - name: start\n      shell: docker run -d -e APP_ENV={{ stage }} -e SECRET={{ s }} acme/shop\n"},
    "an included file": {**IMAGE, "site.yml": PLAY + "    - block:\n        - include_tasks: run.yml\n", "run.yml": RUN.replace("    - c", "- c") % "'{{ stage }}'"},
    "a loop": {**IMAGE, "site.yml": PLAY + RUN % "'{{ item }}'" + "      loop: ['@ENV@']\n"},
    "a condition": {**IMAGE, "site.yml": PLAY + RUN % "'{{ stage }}'" + "      when: stage != ''\n" + RUN % "bad" + "      when: [stage == 'x', false]\n"},
}  # fmt: skip


def read(files: Files) -> Deployment:
    whole = {**CODE, **files}
    return Deployment.read(Project({name: text.encode() for name, text in whole.items()}))


def said(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value else None for v in one.variables}


def value(written: str, **more: str) -> str | None:
    """What a container gets for APP_ENV, by a text of a playbook."""
    found = read({**IMAGE, **more, "site.yml": PLAY + RUN % written}).services
    return said(found[0])["APP_ENV"]


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_a_playbook_gives_the_process_what_it_says(playbook: str) -> None:
    files = {path: text.replace("@ENV@", "production") for path, text in PLAYBOOKS[playbook].items()}  # fmt: skip

    found = read(files).services

    assert [said(one) for one in found] == [{"APP_ENV": "production", "SECRET": None}]
    assert found[0].variable("APP_ENV").state == "known"  # type: ignore[union-attr]
    assert found[0].variable("SECRET").state == "injected"  # type: ignore[union-attr]
    assert found[0].runs_code
    assert not found[0].unread_sources


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_the_switch_of_a_playbook_decides(playbook: str) -> None:
    def judged(env: str) -> str:
        files = {path: text.replace("@ENV@", env) for path, text in PLAYBOOKS[playbook].items()}
        return check("environment.consistent", {"files": {**CODE, **files}}).outcome

    assert judged("production") == "pass"
    assert judged("staging") == "fail"


@pytest.mark.parametrize(
    "written",
    ["'{{ unknown }}'", "'{{ unknown.x[0].y }}'", "\"{{ lookup('x') }}\"", "'{{ stage | no_such_filter }}'",
     "'{{ 1 / 0 }}'", "\"{{ 'a' * 9 }}\"", "\"{{ 'a'.rjust(1000000000) }}\"", "\"{{ 'a'.rjust(('99999' ~ '9999') | int) }}\"",  "'{% if unknown %}a{% else %}b{% endif %}'", "\"{{ 'a' if unknown == 'x' else 'b' }}\"", "'{{ locked }}'"],
)  # fmt: skip
def test_what_only_the_machines_tell_is_supplied(written: str) -> None:
    assert value(written, **{"group_vars/all/vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n61\n", "group_vars/app.yml": "locked: !vault |\n  $ANSIBLE_VAULT\n"}) is None  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [("'{{ stage }}-x'", "@ENV@-x"), ("\"{{ 'a' if stage else 'b' }}\"", "a"), ("plain", "plain"), ("5", "5"),
     ('"{{ 5 | int + 1 }}"', "6"), ("'{{ stage | upper }}'", "@ENV@"), ("\"{{ ['a', 'b'] | join(',') }}\"", "a,b")],
)  # fmt: skip
def test_templates_are_filled_in(written: str, expected: str) -> None:
    assert value(written) == expected


@pytest.mark.parametrize(
    ("path", "task"),
    [("site.yml", "docker_container: {name: shop, image: acme/shop, state: absent}"),
     ("site.yml", "docker_container: {name: shop, state: started}"),
     ("molecule/default/converge.yml", "docker_container: {name: shop, image: acme/shop}")],
)  # fmt: skip
def test_what_is_taken_away_or_tests_the_playbooks_starts_nothing(path: str, task: str) -> None:
    found = read({path: f"- hosts: app\n  tasks:\n    - {task}\n"})

    assert found.services == ()


def test_a_play_of_another_environment_starts_nothing() -> None:
    playbook = (PLAY + RUN % "x").replace("hosts: app", "hosts: staging")

    assert [one.source for one in read({**IMAGE, "site.yml": playbook}).services] == ["dockerfile"]


@pytest.mark.parametrize(
    "text",
    ["- hosts: a\n  tasks: 1\n", "- hosts: [a]\n  tasks: [1, {}, {shell: 1}, {copy: x}, {template: {dest: 1}}]\n",
     "- hosts: a\n  roles: [1, x, {role: [y]}]\n  vars: 3\n  vars_files: [x, 1]\n", "- hosts: a\n  tasks:\n    - docker_container: 1\n    - docker_container: {env: [1], env_file: [x], ports: [x], command: [1]}\n",
     "- hosts: a\n  vars: {x: '{{ x }}'}\n  tasks:\n    - shell: '{{ x }}'\n", "- hosts: a\n  tasks:\n    - include_tasks: site.yml\n    - shell: x\n      when: '{{'\n      loop: [1, {a: '{{ b'}]\n",
     "- hosts: a\n  tasks:\n    - copy: {dest: a.service, content: 'ExecStart='}\n    - shell: '{% for i in range(999999999) %}x{% endfor %}'\n"],
)  # fmt: skip
def test_odd_playbooks_do_not_crash(text: str) -> None:
    assert read({"site.yml": text}).environment == "production"

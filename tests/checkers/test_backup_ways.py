# ruff: noqa: E501 - a small file stands in one line
"""Who takes a backup, and where it is kept, beyond one command in one file."""

import pytest

from readiness.testing import check

Files = dict[str, str]

DB = """
services:
  db:
    image: postgres:17
    volumes: ["pgdata:/var/lib/postgresql/data", "./b:/backups"]
""".lstrip()
OFELIA = "  clock:\n    image: mcuadros/ofelia\n"
LABELS = "    labels:\n      ofelia.job-exec.dump.schedule: '@daily'\n      ofelia.job-exec.dump.command: sh -c 'pg_dump app > /backups/app.sql'\n"
JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: dump}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: dump
              image: postgres:17
              command: [sh, -c, "COMMAND"]
              volumeMounts: [{name: b, mountPath: /backup}]
          volumes: [{name: b, KIND: {}}]
""".lstrip()
MAP = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: scripts}\ndata:\n  dump.sh: |\n    set -e\n    LINE | aws s3 cp - s3://b/app.sql\n"
UNIT = "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'pg_dump app > /mnt/nas/app.sql'\n"
WORKFLOW = "on: {schedule: [{cron: 0 3 * * *}]}\njobs:\n  dump:\n    runs-on: RUNNER\n    steps:\n      - uses: actions/checkout@v4\n      - run: pg_dump $URL > app.sql\n"
KEEP = "      - uses: actions/upload-artifact@v4\n"
PLAN = 'resource "aws_db_instance" "db" {\n  engine = "postgres"\n}\nresource "aws_backup_plan" "p" {\n  rule {\n    schedule = "cron(0 5 * * ? *)"\n  }\n}\nresource "aws_backup_selection" "s" {\n  resources = [OTHER.arn]\n}\n'
CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\ndependencies: [{name: postgresql, version: 1.0.0}]\n"
}
TASKS = """
import subprocess


@app.task
def dump():
    subprocess.run(["pg_dump", "-f", "/mnt/nas/app.sql", "app"], check=True)


@app.task
def clean():
    pass


app.conf.beat_schedule = {"nightly": {"task": "tasks.NAME", "schedule": 86400}}
""".lstrip()
CLOCK = "import os\n\n\nDECORATOR\ndef dump():\n    os.system('pg_dump app | rclone rcat store:app.sql')\n"


def service(line: str, volume: str) -> Files:
    loop = f"while true; do pg_dump -h db app > {line}; sleep 86400; done"
    return {
        "compose.yaml": f"{DB}  backup:\n    image: postgres:17\n    command: [sh, -c, '{loop}']\n    volumes: ['{volume}']\n"
    }


def rds(kept: str) -> Files:
    return {
        "main.tf": f'variable "stage" {{\n  default = "production"\n}}\nresource "aws_db_instance" "db" {{\n  engine = "postgres"\n  backup_retention_period = {kept}\n}}\n'
    }


def zalando(flag: str) -> Files:
    return {
        "k.yaml": f"apiVersion: acid.zalan.do/v1\nkind: postgresql\nmetadata: {{name: db}}\nspec:\n  enableLogicalBackup: {flag}\n"
    }


def celery(command: str) -> Files:
    return {
        "tasks.py": TASKS.replace("NAME", "dump"),
        "compose.yaml": f"{DB}  clock:\n    build: .\n    command: celery -A tasks {command}\n",
        "Dockerfile": "FROM python:3.13\n",
    }


TWINS = [
    pytest.param({"k.yaml": JOB.replace("COMMAND", "pg_dump $U > /backup/a").replace("KIND", "persistentVolumeClaim")},
                 {"k.yaml": JOB.replace("COMMAND", "pg_dump $U > /backup/a").replace("KIND", "emptyDir")}, "k.yaml:14",
                 id="a folder that ends with the pod"),
    pytest.param(service("/mnt/app.sql", "nas:/mnt"), service("/data/app.sql", "pgdata:/data"), "compose.yaml:8",
                 id="the volume of the server"),
    pytest.param({"k.yaml": JOB.replace("COMMAND", "/s/dump.sh") + MAP.replace("LINE", "pg_dump $U"), "compose.yaml": DB},
                 {"k.yaml": JOB.replace("COMMAND", "/s/dump.sh") + MAP.replace("LINE", "date"), "compose.yaml": DB},
                 "compose.yaml:3", id="a script in a ConfigMap"),
    pytest.param({"d.service": UNIT, "d.timer": "[Timer]\nOnBootSec=5m\nOnUnitActiveSec=1d\n"},
                 {"d.service": UNIT, "d.timer": "[Timer]\nOnBootSec=5m\n"}, "d.timer:2", id="once after each boot"),
    pytest.param({".github/workflows/b.yml": WORKFLOW.replace("RUNNER", "ubuntu") + KEEP},
                 {".github/workflows/b.yml": WORKFLOW.replace("RUNNER", "ubuntu")}, ".github/workflows/b.yml:7",
                 id="a runner that is thrown away"),
    pytest.param({"main.tf": PLAN.replace("OTHER", "aws_db_instance.db")}, {"main.tf": PLAN.replace("OTHER", "aws_efs_file_system.x")},
                 "main.tf:1", id="a plan of AWS Backup"),
    pytest.param(rds('var.stage == "production" ? 14 : 0'), rds('var.stage != "production" ? 14 : 0'), "main.tf:6",
                 id="a choice by a variable"),
    pytest.param(zalando("true"), zalando("false"), "k.yaml:5", id="an operator that dumps"),
    pytest.param({**CHART, "chart/values.yaml": "postgresql:\n  backup: {enabled: true}\n"},
                 {**CHART, "chart/values.yaml": "postgresql:\n  backup: {enabled: false}\n"}, "chart/values.yaml:2",
                 id="the values of a chart"),
    pytest.param({"compose.yaml": DB + LABELS + OFELIA}, {"compose.yaml": DB + LABELS}, "compose.yaml:2",
                 id="labels that nothing reads"),
    pytest.param({"tasks.py": TASKS.replace("NAME", "dump")}, {"tasks.py": TASKS.replace("NAME", "clean"), "compose.yaml": DB},
                 "tasks.py:5", id="the schedule of Celery"),
    pytest.param(celery("beat"), celery("worker"), "tasks.py:5", id="Celery's beat"),
    pytest.param({"jobs.py": CLOCK.replace("DECORATOR", '@scheduler.scheduled_job("cron", hour=3)')},
                 {"jobs.py": CLOCK.replace("DECORATOR", "@traced"), "compose.yaml": DB}, "jobs.py:5", id="a decorator's clock"),
    pytest.param({"deploy/crontab": "0 3 * * * app python manage.py dbbackup\n"},
                 {"deploy/crontab": "# 0 3 * * * app python manage.py dbbackup\n"}, "deploy/crontab:1", id="Django's dbbackup"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("backup.configured", {"files": good})
    wrong = check("backup.configured", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_the_schedule_of_a_pipeline_may_stand_on_its_server() -> None:
    dump = "pg_dump $U | aws s3 cp - s3://b/app.sql"
    files = {"compose.yaml": DB}
    hidden = {".gitlab-ci.yml": f"dump:\n  only: [schedules]\n  script: [{dump!r}]\n", **files}
    shown = {"Jenkinsfile": f"triggers {{ cron('H 3 * * *') }}\nsh '{dump}'\n", **files}
    never = {".gitlab-ci.yml": f"dump:\n  when: manual\n  script: [{dump!r}]\n", **files}

    found = [check("backup.configured", {"files": one}).outcome for one in (hidden, shown, never)]

    assert found == ["unknown", "pass", "fail"]

# ruff: noqa: E501 - a small file stands in one line
"""Charts that Terraform installs, and what a job's name promises."""

import pytest

from readiness.testing import check

Files = dict[str, str]
RELEASE = 'resource "helm_release" "db" {{\n  name  = "db"\n  chart = "{}"\n  {}\n}}\n'
SET = 'set {{\n    name  = "backup.enabled"\n    value = {}\n  }}'
SETS = 'set = [{{ name = "backup.enabled", value = "{}" }}]'
ENCODED = "values = [yamlencode({{ backup = {{ enabled = {} }} }})]"
HERE = "values = [<<-EOT\n    backup:\n      cronjob: {{}}\n      enabled: {}\n  EOT\n  ]"
FILE = 'values = [file("${path.module}/values.yaml")]'
CHART = "apiVersion: v2\nname: shop\ndependencies: [{name: postgresql, version: 1.0.0}]\n"
DB = "services:\n  db:\n    image: postgres:17\n    volumes: ['data:/var/lib/postgresql/data']\n  backup:\n    image: prodrigestivill/postgres-backup-local:17\n    environment: {SCHEDULE: '@daily', POSTGRES_HOST: db}\n    volumes: ['VOLUME:/backups']\n"
JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: NAME}
spec:
  schedule: "WHEN"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: job
              image: IMAGE
              args: [sh, -c, "COMMAND"]
""".lstrip()


def release(inside: str, chart: str = "postgresql") -> Files:
    return {"main.tf": RELEASE.format(chart, inside)}


def valued(text: str) -> Files:
    return {"infra/main.tf": RELEASE.format("postgresql", FILE), "infra/values.yaml": text}


@pytest.mark.parametrize(
    ("files", "outcome", "line"),
    [
        (release(SET.format('"true"')), "pass", None), (release(SET.format('"false"')), "fail", "main.tf:6"),
        (release(SET.format("var.backups")), "unknown", "main.tf:6"),
        (release(ENCODED.format("true")), "pass", None), (release(ENCODED.format("false")), "fail", "main.tf:4"),
        (release(HERE.format("true")), "pass", None), (release(HERE.format("false")), "fail", "main.tf:4"),
        (release(f"{ENCODED.format('true')}\n  {SETS.format('false')}"), "fail", "main.tf:5"),
        (release(f"{ENCODED.format('false')}\n  {SETS.format('true')}"), "pass", None),
        (valued("backup: {enabled: true}\n"), "pass", None), (valued("backup: {enabled: false}\n"), "fail", "infra/values.yaml:1"),
        (release(FILE), "unknown", "main.tf:4"),
        (release(""), "fail", "main.tf:1"), (release("", "redis"), "unknown", "None"),
        ({"Chart.yaml": CHART, "values.yaml": "postgresql: {backup: {enabled: true}}\n"}, "pass", None),
        ({"Chart.yaml": CHART, "values.yaml": "postgresql: {}\n"}, "fail", "Chart.yaml:3"),
        ({"Chart.yaml": CHART, "values.yaml": "postgresql: {enabled: false}\n"}, "unknown", "None"),
    ],
)  # fmt: skip
def test_the_values_of_a_release_decide(files: Files, outcome: str, line: str | None) -> None:
    found = check("backup.configured", {"files": files})

    assert found.outcome == outcome
    assert [str(one.at) for one in found.findings if one.verdict != "ok"] == (
        [line] if line else []
    )


def job(name: str, command: str, when: str = "0 3 * * *", image: str = "postgres:17") -> str:
    text = JOB.replace("NAME", name).replace("COMMAND", command).replace("IMAGE", image)
    return check("backup.configured", {"files": {"k.yaml": text.replace("WHEN", when)}}).outcome


DUMP = "pg_dump $U | rclone rcat store:a"


@pytest.mark.parametrize(
    ("name", "command", "outcome"),
    [
        ("pg-backup", DUMP, "pass"), ("pg-backup", "pg_dump -s $U | rclone rcat store:a", "fail"),
        ("pg-backup", "psql -c VACUUM", "fail"), ("pg-backup", "nightly", "unknown"),
        ("db-dump-cron", "python -m shop.nightly", "unknown"), ("vacuum", "psql -c VACUUM", "unknown"),
    ],
)  # fmt: skip
def test_a_job_may_promise_a_backup_that_it_does_not_take(
    name: str, command: str, outcome: str
) -> None:
    assert job(name, command) == outcome


def test_what_a_job_does_out_of_sight_may_be_the_backup_of_the_server() -> None:
    server = "---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  template:\n    spec:\n      containers: [{name: db, image: 'postgres:17'}]\n"
    text = (
        JOB.replace("COMMAND", "nightly")
        .replace("IMAGE", "shop/ops:1")
        .replace("WHEN", "0 3 * * *")
    )

    found = [check("backup.configured", {"files": {"k.yaml": text.replace("NAME", name) + server}}).outcome
             for name in ("db-backup", "media-backup")]  # fmt: skip

    assert found == ["unknown", "fail"]


@pytest.mark.parametrize(
    ("when", "outcome"),
    [
        ("every day", "fail"), ("0 3 * *", "fail"), ("@nightly", "fail"), ("0 3 * * * *", "fail"),
        ("@daily", "pass"), ("*/15 1-5 * JAN MON-FRI", "pass"), ("TZ=Europe/Zurich 0 3 * * *", "pass"),
        ("@every 12h", "pass"),
    ],
)  # fmt: skip
def test_kubernetes_refuses_what_is_no_line_of_cron(when: str, outcome: str) -> None:
    assert job("dump", DUMP, when) == outcome


@pytest.mark.parametrize(("volume", "outcome"), [("kept", "pass"), ("data", "fail")])
def test_a_backup_beside_the_data_is_lost_with_them(volume: str, outcome: str) -> None:
    found = check("backup.configured", {"files": {"compose.yaml": DB.replace("VOLUME", volume)}})

    assert found.outcome == outcome


CLEAN = "0 3 * * * app pg_dump shop > /srv/store/a.dmp; find {} -mtime +{} -delete\n"


@pytest.mark.parametrize(
    ("folder", "days", "outcome"),
    [
        ("/srv/store", 40, "pass"), ("/srv/store/", 4, "fail"), ("/var/cache/shop", 40, "unknown"),
        ("/var/cache/shop", 4, "unknown"), ("/mnt/backups", 4, "fail"), ('"$FOLDER"', 40, "pass"),
    ],
)  # fmt: skip
def test_what_is_deleted_has_to_be_backups(folder: str, days: int, outcome: str) -> None:
    files = {"crontab": CLEAN.format(folder, days)}

    assert check("backup.configured", {"files": files}, min_days=30).outcome == outcome


@pytest.mark.parametrize(
    ("plan", "outcome"), [("free", "fail"), ("basic-1gb", "pass"), ("", "pass")]
)
def test_the_plan_of_render_decides(plan: str, outcome: str) -> None:
    line = f"    plan: {plan}\n" if plan else ""

    found = check(
        "backup.configured", {"files": {"render.yaml": f"databases:\n  - name: shop\n{line}"}}
    )

    assert found.outcome == outcome


SWARM = "services:\n  db: {{image: 'postgres:17'}}\n  dump:\n    image: postgres:17\n    command: sh -c 'pg_dump -h db shop > /b/shop.sql'\n    volumes: ['/srv/b:/b']\n    deploy:\n      replicas: 0\n      labels: {}\n"


@pytest.mark.parametrize(
    ("labels", "outcome"),
    [
        ("['swarm.cronjob.enable=true', 'swarm.cronjob.schedule=0 3 * * *']", "pass"),
        ("[]", "fail"),
    ],
)
def test_a_scheduler_of_swarm_starts_what_has_no_instance(labels: str, outcome: str) -> None:
    found = check("backup.configured", {"files": {"compose.yaml": SWARM.format(labels)}})

    assert found.outcome == outcome

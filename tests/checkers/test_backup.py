# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.testing import check

Files = dict[str, str]


def compose(service: str = "") -> Files:
    text = f"""
services:
  db:
    image: postgres:17
    environment: {{POSTGRES_DB: shop}}
    volumes: ["pgdata:/var/lib/postgresql/data"]
{service}
volumes: {{pgdata: {{}}}}
"""
    return {"compose.yaml": text.lstrip()}


def sidecar(image: str, variables: str = "", rest: str = "") -> Files:
    variables = f"POSTGRES_HOST: db{variables}"
    return compose(f"  backup:\n    image: {image}\n    environment: {{{variables}}}\n{rest}")


def dump(command: str, rest: str = "") -> Files:
    return compose(
        f"  backup:\n    image: postgres:17\n    command: [sh, -c, '{command}']\n{rest}"
    )


def cron_job(command: str, extra: str = "") -> Files:
    text = f"""
apiVersion: batch/v1
kind: CronJob
metadata: {{name: pg-dump}}
spec:
  schedule: "15 2 * * *"
{extra}  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: dump
              image: postgres:17
              command: [sh, -c, "{command}"]
"""
    return {"k8s/backup.yaml": text.lstrip()}


def rds(extra: str) -> Files:
    return {"main.tf": f'resource "aws_db_instance" "db" {{\n  engine = "postgres"\n{extra}\n}}\n'}


LOCAL = "prodrigestivill/postgres-backup-local:17"
S3 = "eeshugerman/postgres-backup-s3:17"
KEPT = "    volumes: ['/srv/backups:/backups']\n"
LOOP = "while true; do pg_dump -h db shop > /backups/shop.sql; sleep 86400; done"
AWAY = "pg_dump $DATABASE_URL | aws s3 cp - s3://backups/shop.sql"
CLUSTER = "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec: {instances: 3}\n"
SCHEDULED = "---\napiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: {name: daily}\nspec: {schedule: 0 0 0 * * *}\n"
WORKFLOW = "on: {trigger}\njobs:\n  backup:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {command}\n"

GUARDED = "on: {{schedule: [{{cron: 0 3 * * *}}]}}\njobs:\n  backup:\n    if: {}\n    steps:\n      - run: {}\n"


def crontab(line: str) -> Files:
    return {"deploy/crontab": f"{line}\n", **compose()}


def two(kept: int) -> Files:
    second = f'resource "aws_db_instance" "b" {{\n  engine = "postgres"\n  backup_retention_period = {kept}\n}}\n'
    return {**rds("  backup_retention_period = 7"), "b.tf": second}


TWINS = [
    pytest.param(sidecar(LOCAL, ", SCHEDULE: '@daily'", KEPT), sidecar(LOCAL, ", SCHEDULE: '@daily'", f"{KEPT}    profiles: [tools]\n"), "compose.yaml:6", id="a clock with a profile"),
    pytest.param(sidecar(LOCAL, ", SCHEDULE: '@daily'", KEPT), sidecar(LOCAL, ", SCHEDULE: '@daily'", f"{KEPT}    deploy: {{replicas: 0}}\n"), "compose.yaml:10", id="no instance"),
    pytest.param(sidecar(LOCAL, ", SCHEDULE: '0 0 29 2 *'", KEPT), sidecar(LOCAL, ", SCHEDULE: '0 0 30 2 *'", KEPT), "compose.yaml:8", id="a day that never comes"),
    pytest.param(crontab("0 3 * * * pg_dump -h db shop > /mnt/b.sql"), crontab("0 3 31 6 * pg_dump -h db shop > /mnt/b.sql"), "deploy/crontab:1", id="a line of cron that never runs"),
    pytest.param(crontab("0 3 * * * pg_dump -h db shop > /mnt/b.sql"), crontab("0 3 * * * pg_dump --schema-only shop > /mnt/b.sql"), "compose.yaml:3", id="no rows"),
    pytest.param(crontab("0 3 * * * echo start; pg_dump shop > /mnt/b.sql"), crontab("0 3 * * * echo pg_dump is not installed"), "compose.yaml:3", id="words about a tool"),
    pytest.param({"bin/dump.sh": "pg_dump shop\n", **cron_job("bin/dump.sh > /mnt/b.sql")}, {"bin/dump.sh": "pg_dump shop\n", **cron_job("bin/dump.sh")}, "k8s/backup.yaml:13", id="a script into the log"),
    pytest.param(cron_job(AWAY), cron_job("pg_dump $DATABASE_URL"), "k8s/backup.yaml:13", id="into the log"),
    pytest.param({"k.yml": "x: 1\n", ".github/workflows/b.yml": GUARDED.format("always()", AWAY), **compose()}, {".github/workflows/b.yml": GUARDED.format("false", AWAY), **compose()}, "compose.yaml:3", id="a job that is switched off"),
    pytest.param(two(1), two(0), "b.tf:3", id="each server of the platform"),
    pytest.param(sidecar(LOCAL, rest=KEPT), compose(), "compose.yaml:3", id="a sidecar, or nothing"),
    pytest.param(sidecar(LOCAL, rest=KEPT), sidecar(LOCAL), "compose.yaml:6", id="where it is kept"),
    pytest.param(sidecar(LOCAL, rest=KEPT), sidecar(LOCAL, rest=f"{KEPT}    profiles: [tools]\n"), "compose.yaml:6", id="a profile"),
    pytest.param(sidecar(LOCAL, ", POSTGRES_DB: shop", KEPT), sidecar(LOCAL, ", POSTGRES_DB: wiki", KEPT), "compose.yaml:6", id="of which database"),
    pytest.param(sidecar(S3, ", SCHEDULE: '@daily', S3_BUCKET: b"), sidecar(S3, ", S3_BUCKET: b"), "compose.yaml:6", id="a clock"),
    pytest.param(dump(LOOP, KEPT), dump("pg_dump -h db shop > /backups/shop.sql", KEPT), "compose.yaml:6", id="a loop, or once"),
    pytest.param(dump(LOOP, KEPT), dump(LOOP.replace("-h db", "-h olddb"), KEPT), "compose.yaml:6", id="of which server"),
    pytest.param(cron_job(AWAY), cron_job(AWAY, "  suspend: true\n"), "k8s/backup.yaml:6", id="suspended"),
    pytest.param(cron_job(AWAY), cron_job("pg_dump $DATABASE_URL > /tmp/shop.sql"), "k8s/backup.yaml:13", id="lost with the pod"),
    pytest.param(cron_job("pgbackrest --stanza=main backup"), {**compose(), **cron_job("pgbackrest info")}, "k8s/backup.yaml:13", id="a tool that only looks"),
    pytest.param(rds("  backup_retention_period = 7"), rds("  backup_retention_period = 0"), "main.tf:3", id="the platform's retention"),
    pytest.param(rds("  backup_retention_period = 7"), rds(""), "main.tf:1", id="the platform's default"),
    pytest.param({"deploy/crontab": "0 3 * * * pg_dump shop > /mnt/backup/shop.sql\n"}, {"deploy/crontab": "# 0 3 * * * pg_dump shop > /mnt/backup/shop.sql\n"}, "deploy/crontab:1", id="cron"),
    pytest.param({"bin/backup.sh": f"{AWAY}\n", **cron_job("/bin/backup.sh")}, {"bin/backup.sh": f"{AWAY}\n"}, "bin/backup.sh:1", id="a script that something runs"),
    pytest.param({".github/workflows/backup.yml": WORKFLOW.format(trigger="{schedule: [{cron: 0 3 * * *}]}", command=AWAY)}, {".github/workflows/backup.yml": WORKFLOW.format(trigger="workflow_dispatch", command=AWAY)}, ".github/workflows/backup.yml:6", id="a workflow"),
    pytest.param({"k8s/pg.yaml": CLUSTER + SCHEDULED.replace("{schedule", "{cluster: {name: pg}, schedule")}, {"k8s/pg.yaml": CLUSTER + SCHEDULED.replace("{schedule", "{cluster: {name: old}, schedule")}, "k8s/pg.yaml:9", id="another cluster"),
    pytest.param({"k8s/pg.yaml": CLUSTER + SCHEDULED}, {"k8s/pg.yaml": CLUSTER}, "k8s/pg.yaml:3", id="an operator"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("backup.configured", {"files": good})
    wrong = check("backup.configured", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_a_project_that_shows_no_database_is_unknown() -> None:
    result = check("backup.configured", {"files": {"app.py": "x = 1\n"}})

    assert result.outcome == "unknown"
    assert "no file of the project deploys a database" in (result.reason or "")


def test_a_copy_of_the_files_of_a_running_server_is_not_trusted() -> None:
    files = compose(
        "  backup:\n    image: offen/docker-volume-backup:v2\n    volumes: [pgdata:/backup/pgdata:ro]"
    )

    assert check("backup.configured", {"files": files}).outcome == "unknown"


def test_a_server_beyond_the_deployment_may_be_another_one() -> None:
    near = sidecar(LOCAL, rest=KEPT)
    far = {
        "compose.yaml": near["compose.yaml"].replace(
            "POSTGRES_HOST: db", "POSTGRES_HOST: db.elsewhere"
        )
    }
    other = {
        "compose.yaml": near["compose.yaml"].replace(
            "POSTGRES_HOST: db", "POSTGRES_HOST: pg.elsewhere"
        )
    }

    assert check("backup.configured", {"files": far}).outcome == "pass"
    assert check("backup.configured", {"files": other}).outcome == "unknown"

# ruff: noqa: E501 - a small file stands in one line
import pytest

from readiness.checkers.backup_retention import kept_days
from readiness.testing import check

IMAGE = "services:\n  db: {{image: 'postgres:17', volumes: ['data:/var/lib/postgresql/data']}}\n  backup:\n    image: {}\n    environment: {{SCHEDULE: '@daily', POSTGRES_HOST: db{}}}\n    volumes: ['/srv/backups:/backups']\nvolumes: {{data: {{}}}}\n"
JOB = """\
apiVersion: batch/v1
kind: CronJob
metadata: {{name: dump}}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: dump
              image: registry.example/tools:1
              command: [/bin/sh, /srv/dump.sh]
              env: [{{name: KEEP, value: "{}"}}]
              volumeMounts: [{{name: kept, mountPath: /backups}}]
          volumes: [{{name: kept, persistentVolumeClaim: {{claimName: kept}}}}]
"""
DUMP = "#!/bin/sh\npg_dump -h db shop > /backups/$(date +%F).sql\n{}\n"
STEPS = "prodrigestivill/postgres-backup-local:17"
OTHER = "siemens/postgres-backup-s3:17"
CLUSTER = "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {{name: shop}}\nspec:\n  instances: 3\n  backup: {{retentionPolicy: {}}}\n---\napiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: {{name: nightly}}\nspec:\n  schedule: '0 0 3 * * *'\n  cluster: {{name: shop}}\n"


def kept(files: dict[str, str], least: int | None = 30) -> str:
    return check(
        "backup.configured", {"files": files}, **({"min_days": least} if least else {})
    ).outcome


def script(line: str, variable: str = "40", least: int | None = 30) -> str:
    return kept(
        {"k8s/production/dump.yaml": JOB.format(variable), "dump.sh": DUMP.format(line)}, least
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("find /backups -mtime +30 -delete", "pass"),
        ("find /backups -mtime +29 -delete", "fail"),
        ("find /backups -type f -mtime +7 -exec rm {} \\;", "fail"),
        ("find /backups \\\n  -mtime +45 \\\n  -delete", "pass"),
        ("find /backups -mtime +$KEEP -delete", "pass"),
        ("KEEP=5\nfind /backups -mtime +$KEEP -delete", "fail"),
        ("KEEP=${KEEP:-5}\nfind /backups -mtime +${KEEP} -delete", "pass"),
        ("find /backups -mtime +${DAYS:-5} -delete", "fail"),
        ("find /backups -mtime +${DAYS} -delete", "unknown"),
        ("find /backups -mtime +45 -print", "unknown"),
        ("# find /backups -mtime +45 -delete", "unknown"),
        ("find /backups -name '*.log' -mtime +45 -delete", "unknown"),
        ("find /backups/a -mtime +45 -delete\nfind /backups/b -mtime +3 -delete", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_script_keeps_what_it_does_not_delete(line: str, expected: str) -> None:
    assert script(line) == expected
    assert script(line, least=None) == "pass"


def test_the_variable_of_the_job_decides() -> None:
    line = "find /backups -mtime +$KEEP -delete"

    assert (script(line, "30"), script(line, "3")) == ("pass", "fail")


@pytest.mark.parametrize(
    ("image", "variables", "expected"),
    [
        (STEPS, "", "pass"),
        (STEPS, ", BACKUP_KEEP_MONTHS: '0'", "fail"),
        (STEPS, ", BACKUP_KEEP_MONTHS: '0', BACKUP_KEEP_DAYS: '60'", "pass"),
        (OTHER, ", BACKUP_KEEP_DAYS: '30'", "pass"),
        (OTHER, ", BACKUP_KEEP_DAYS: '7'", "fail"),
        (OTHER, "", "unknown"),
    ],
)
def test_the_usual_images_are_told_by_variables(image: str, variables: str, expected: str) -> None:
    assert kept({"compose.yaml": IMAGE.format(image, variables)}) == expected


@pytest.mark.parametrize(
    ("policy", "expected"), [("30d", "pass"), ("2w", "fail"), ("odd", "unknown")]
)
def test_the_policy_of_an_operator_counts(policy: str, expected: str) -> None:
    assert kept({"k8s/production/db.yaml": CLUSTER.format(policy)}) == expected


def test_a_managed_server_keeps_what_it_says() -> None:
    text = 'resource "aws_db_instance" "shop" {\n  engine = "postgres"\n  backup_retention_period = %d\n}\n'

    assert kept({"main.tf": text % 30}) == "pass"
    assert kept({"main.tf": text % 7}) == "fail"


def test_a_layer_that_cannot_be_read_leaves_the_days_unknown() -> None:
    assert kept_days("", {"BACKUP_KEEP_DAYS": "3"}, STEPS) == 180
    assert kept_days("", {"BACKUP_KEEP_DAYS": "${DAYS}"}, STEPS) is None

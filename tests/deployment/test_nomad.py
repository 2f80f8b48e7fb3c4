"""The tasks of Nomad's jobs."""

import pytest

from readiness.deployment import Deployment
from readiness.project import Project
from readiness.testing import check

JOB = """
job "shop" {
  type = "KIND"
  PERIODIC
  group "app" {
    count = 3
    task "app" {
      driver = "docker"
      config {
        image   = "shop/app:1"
        command = "COMMAND"
        args    = ["-c", "pg_dump $URL | rclone rcat store:a"]
      }
      env {
        APP_ENV  = "production"
        DB_HOST  = "${attr.unique.network.ip-address}"
      }
      template {
        data        = "PASSWORD={{ key \\"pw\\" }}"
        destination = "secrets/file.env"
        env         = true
      }
    }
    OTHER
  }
}
""".lstrip()
OTHER = 'task "side" {\n      driver = "exec"\n      config { command = "/bin/sleep" }\n    }'


def text(kind: str = "service", periodic: str = "", command: str = "sh", other: str = "") -> str:
    found = JOB.replace("KIND", kind).replace("PERIODIC", periodic)
    return found.replace("COMMAND", command).replace("OTHER", other)


def read(content: str) -> Deployment:
    files = {"deploy/shop.nomad.hcl": content, "app.py": ""}
    return Deployment.read(Project({name: one.encode() for name, one in files.items()}))


def test_a_task_is_a_service() -> None:
    one = read(text()).service("shop")

    assert one is not None
    assert (one.image, one.argv[0], one.workload, one.runs_code) == (
        "shop/app:1",
        "sh",
        "service",
        True,
    )
    assert one.replicas is not None
    assert one.replicas.most == 3
    assert [(v.name, v.state) for v in one.variables] == [
        ("APP_ENV", "known"),
        ("DB_HOST", "injected"),
        ("PASSWORD", "injected"),
    ]
    assert one.unread_sources == ()


@pytest.mark.parametrize(
    "data", ['{{ range ls \\"x\\" }}{{ .Key }}={{ .Value }}{{ end }}', "{{ .Key }}A=1", ""]
)
def test_a_template_whose_names_are_not_written_is_named(data: str) -> None:
    written = text().replace('"PASSWORD={{ key \\"pw\\" }}"', f'"{data}"')
    written = written if data else written.replace('data        = ""', 'source = "x.tpl"')

    one = read(written).service("shop")

    assert one is not None
    assert one.unread_sources == ("secrets/file.env",)


def test_tasks_of_one_job_have_names_of_their_own() -> None:
    found = [one.name for one in read(text(other=OTHER)).services]

    assert found == ["shop/app/app", "shop/app/side"]


@pytest.mark.parametrize(
    ("kind", "periodic", "outcome"),
    [
        ("batch", 'periodic {\n    crons = ["0 3 * * *"]\n  }', "pass"),
        ("batch", 'periodic {\n    cron = "@daily"\n  }', "pass"),
        ("batch", 'periodic {\n    cron = "@daily"\n    enabled = false\n  }', "fail"),
        ("batch", "", "fail"),
    ],
)
def test_the_clock_of_a_job_decides_whether_it_backs_up(
    kind: str, periodic: str, outcome: str
) -> None:
    files = {"shop.nomad": text(kind, periodic)}

    assert check("backup.configured", {"files": files}).outcome == outcome

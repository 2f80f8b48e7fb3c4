import pytest

from readiness.testing import check

Files = dict[str, str]


def compose(extra: str) -> Files:
    return {"compose.yaml": f"services:\n  db:\n    image: postgres:17\n    {extra}\n"}


def rds(extra: str) -> Files:
    return {"main.tf": f'resource "aws_db_instance" "db" {{\n  engine = "postgres"\n{extra}\n}}\n'}


def service(kind: str) -> Files:
    text = f"""
apiVersion: v1
kind: Service
metadata: {{name: postgres}}
spec:
  type: {kind}
  selector: {{app: postgres}}
  ports: [{{port: 5432}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: postgres}}
spec:
  podSelector: {{matchLabels: {{app: postgres}}}}
  ingress: [{{from: [{{podSelector: {{matchLabels: {{app: api}}}}}}]}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: postgres}}
spec:
  template:
    metadata: {{labels: {{app: postgres}}}}
    spec:
      containers: [{{name: postgres, image: "postgres:17"}}]
"""
    return {"k8s/postgres.yaml": text.lstrip()}


CLUSTER = """
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {{name: db}}
spec:
  managed: {{services: {{additional: [{{serviceTemplate: {{spec: {{type: {}}}}}}}]}}}}
"""


def cluster(kind: str) -> Files:
    return {"k8s/db.yaml": CLUSTER.format(kind).lstrip()}


def pooler(port: str) -> Files:
    front = f"  b:\n    image: edoburu/pgbouncer\n    ports: ['{port}']\n"
    return {"compose.yaml": f"services:\n  db:\n    image: postgres:17\n{front}"}


TWINS = [
    pytest.param(cluster("ClusterIP"), cluster("LoadBalancer"), "k8s/db.yaml:5",
                 id="an operator's service"),
    pytest.param(pooler("127.0.0.1:6432:5432"), pooler("6432:5432"), "compose.yaml:6",
                 id="a pooler"),
    pytest.param(compose('ports: ["127.0.0.1:5432:5432"]'), compose('ports: ["5432:5432"]'),
                 "compose.yaml:4", id="a published port"),
    pytest.param(compose('expose: ["5432"]'), compose('ports: ["0.0.0.0:15432:5432"]'),
                 "compose.yaml:4", id="another port of the host"),
    pytest.param(compose("restart: always"), compose("network_mode: host"), "compose.yaml:4",
                 id="the network of the host"),
    pytest.param(compose("environment: {POSTGRES_HOST_AUTH_METHOD: scram-sha-256}"),
                 compose("environment: {POSTGRES_HOST_AUTH_METHOD: trust}"), "compose.yaml:4",
                 id="trust"),
    pytest.param(service("ClusterIP"), service("LoadBalancer"), "k8s/postgres.yaml:5",
                 id="a load balancer"),
    pytest.param(rds("  publicly_accessible = false"), rds("  publicly_accessible = true"),
                 "main.tf:3", id="a public server"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("access.database", {"files": good})
    wrong = check("access.database", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_without_a_database_among_the_files_there_is_nothing_to_judge() -> None:
    result = check("access.database", {"files": {"app.py": "x = 1\n"}})

    assert result.outcome == "not-applicable"


def test_a_policy_that_admits_the_world_limits_nobody() -> None:
    limited = service("ClusterIP")
    own = "podSelector: {matchLabels: {app: api}}"
    text = limited["k8s/postgres.yaml"].replace(own, "ipBlock: {cidr: 0.0.0.0/0}")

    assert check("access.database", {"files": limited}).outcome == "pass"
    assert check("access.database", {"files": {"k8s/postgres.yaml": text}}).outcome == "fail"

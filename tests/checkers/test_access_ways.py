# ruff: noqa: E501 - a small file stands in one line
"""Ways to the database that lead past its own port."""

import pytest

from readiness.testing import check

Files = dict[str, str]

DB = "services:\n  db:\n    image: postgres:17\n"
CLUSTER = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: postgres}
spec:
  template:
    metadata: {labels: {app: postgres}}
    spec:
      containers: [{name: postgres, image: "postgres:17"}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: postgres}
spec:
  podSelector: {matchLabels: {app: postgres}}
  ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
---
""".lstrip()
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: postgres}\nspec:\n  selector: {app: postgres}\n"
ADMIN = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: pgadmin}
spec:
  template:
    metadata: {labels: {app: pgadmin}}
    spec:
      containers: [{name: pgadmin, image: dpage/pgadmin4}]
---
apiVersion: v1
kind: Service
metadata: {name: pages}
spec: {selector: {app: pgadmin}, ports: [{port: 80}]}
---
""".lstrip()
INGRESS = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  rules:\n    - http: {paths: [{backend: {service: {name: NAME}}}]}\n"
ROUTES = [
    (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  defaultBackend: {service: {name: NAME}}\n",
        "k.yaml:19",
    ),
    (
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: i}\nspec:\n  rules:\n    - backendRefs: [{name: NAME}]\n",
        "k.yaml:20",
    ),
    (
        "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: i}\nspec:\n  routes: [{services: [{name: NAME}]}]\n",
        "k.yaml:19",
    ),
    (
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: i}\nspec:\n  http: [{route: [{destination: {host: NAME.web.svc.cluster.local}}]}]\n",
        "k.yaml:19",
    ),
]
AZURE = 'resource "azurerm_postgresql_flexible_server" "db" {\n  name = "app"\n}\n'
RULE = 'resource "azurerm_postgresql_flexible_server_firewall_rule" "r" {\n  start_ip_address = "FIRST"\n  end_ip_address = "LAST"\n}\n'
GROUP = 'resource "aws_db_instance" "db" {\n  engine = "postgres"\n}\nresource "aws_security_group" "db" {\n  ingress {\n    from_port = 5432\n    to_port = 5432\n    cidr_blocks = ["RANGE"]\n  }\n}\n'


def compose(extra: str) -> Files:
    return {"compose.yaml": DB + extra}


def page(extra: str) -> Files:
    return compose(f"  pages:\n    image: adminer:4\n{extra}")


def azure(first: str, last: str) -> Files:
    return {"main.tf": AZURE + RULE.replace("FIRST", first).replace("LAST", last)}


def hba(line: str) -> Files:
    return {"pg_hba.conf": f"local all postgres peer\n{line}\n"}


TWINS = [
    pytest.param(page("    ports: ['127.0.0.1:8080:8080']\n"), page("    ports: ['8080:8080']\n"), "compose.yaml:6",
                 id="a page for administration"),
    pytest.param(page("    profiles: [debug]\n    ports: ['8080:8080']\n"), page("    ports: ['8080:8080']\n"),
                 "compose.yaml:6", id="a page that is not started"),
    pytest.param(page("    labels: {traefik.enable: 'false'}\n"),
                 page("    labels: {traefik.http.routers.a.rule: Host(`db.example.org`)}\n"), "compose.yaml:4",
                 id="a page behind a reverse proxy"),
    pytest.param({"k.yaml": ADMIN + INGRESS.replace("NAME", "shop")}, {"k.yaml": ADMIN + INGRESS.replace("NAME", "pages")},
                 "k.yaml:20", id="a page behind an ingress"),
    pytest.param({"k.yaml": CLUSTER + SERVICE}, {"k.yaml": CLUSTER + SERVICE + "  externalIPs: [203.0.113.7]\n"},
                 "k.yaml:22", id="an address outside"),
    pytest.param({"k.yaml": f"{CLUSTER}apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: tcp-services}}\ndata:\n  '6379': a/redis:6379\n"},
                 {"k.yaml": f"{CLUSTER}apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: tcp-services}}\ndata:\n  '5432': a/postgres:5432\n"},
                 "k.yaml:21", id="a port that the ingress controller forwards"),
    pytest.param({"main.tf": GROUP.replace("RANGE", "10.0.0.0/8")}, {"main.tf": GROUP.replace("RANGE", "0.0.0.0/1")},
                 "main.tf:8", id="half of the world"),
    pytest.param(azure("203.0.113.7", "203.0.113.9"), azure("0.0.0.0", "0.0.0.0"), "main.tf:6",
                 id="every customer of Azure"),
    pytest.param(azure("203.0.113.7", "203.0.113.9"), azure("1.0.0.0", "223.0.0.1"), "main.tf:6",
                 id="a range as wide as the world"),
    pytest.param(hba("hostssl app app 10.0.0.0/16 scram-sha-256"), hba("host all all 0.0.0.0/0 md5"), "pg_hba.conf:2",
                 id="everybody may try"),
    pytest.param(hba("host all all 127.0.0.1/32 trust"), hba("host all all 10.0.0.0/8 trust"), "pg_hba.conf:2",
                 id="no password"),
    pytest.param(hba("host all all 10.0.0.0 255.0.0.0 md5"), hba("host all all 0.0.0.0 0.0.0.0 md5"), "pg_hba.conf:2",
                 id="a network with a mask"),
    pytest.param(hba("host all all all reject\nhost all all all md5"), hba("host all all all md5"), "pg_hba.conf:2",
                 id="a line behind a refusal"),
    pytest.param(hba("host all all ::/0 reject\nhost all all ::/0 md5"), hba("host all all 0.0.0.0/0 reject\nhost all all ::/0 md5"),
                 "pg_hba.conf:3", id="a refusal of the other kind of addresses"),
    *(pytest.param({"k.yaml": ADMIN + text.replace("NAME", "shop")}, {"k.yaml": ADMIN + text.replace("NAME", "pages")}, line,
                   id=f"a page behind a route {n}") for n, (text, line) in enumerate(ROUTES)),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "line"), TWINS)
def test_one_change_decides(good: Files, bad: Files, line: str) -> None:
    fine = check("access.database", {"files": good})
    wrong = check("access.database", {"files": bad})

    assert (fine.outcome, fine.problems) == ("pass", ())
    assert wrong.outcome == "fail"
    assert [str(one.at) for one in wrong.problems] == [line]


def test_a_container_is_reached_by_whom_its_ports_let_through() -> None:
    files = {**compose(""), **hba("host all all all scram-sha-256")}

    assert check("access.database", {"files": files}).outcome == "pass"


def test_who_is_in_a_private_network_no_file_says() -> None:
    files = compose("    ports: ['10.0.0.5:5432:5432']\n")

    assert check("access.database", {"files": files}).outcome == "unknown"


def test_whom_a_firewall_lets_in_that_is_not_here_nobody_knows() -> None:
    assert check("access.database", {"files": {"main.tf": AZURE}}).outcome == "unknown"

import base64
import json

import pytest
import yaml

from readiness.deployment import Deployment
from readiness.deployment.facts import Exposure
from readiness.deployment.service import Service
from readiness.project import Project


def read(environment: str = "production", **files: str) -> Deployment:
    named = {name.replace("__", "/"): text.encode() for name, text in files.items()}
    return Deployment.read(Project({"app.py": b"", **named}), environment=environment)


def manifests(*texts: str) -> Deployment:
    return read(**{"k8s/all.yaml": "\n---\n".join(texts)})


def service(found: Deployment, name: str = "api") -> Service:
    one = found.service(name)
    assert one is not None
    return one


def values(one: Service) -> dict[str, str | None]:
    return {v.name: v.value.reveal() if v.value is not None else None for v in one.variables}


def exposures(found: Deployment) -> list[tuple[str, bool | None]]:
    return [(one.kind, one.open) for one in found.exposures]


def workload(env: str = "[]", kind: str = "Deployment", extra: str = "", more: str = "") -> str:
    return f"""\
apiVersion: apps/v1
kind: {kind}
metadata: {{name: api}}
spec:
  {extra or "replicas: 2"}
  template:
    metadata: {{labels: {{app: api}}}}
    spec:
      containers:
        - name: api
          image: registry.example.com/acme/api:1
          env: {env}
          {more}
"""


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cfg}\ndata:\n  LEVEL: prod\n  A: '1'\n"
SECRET = (
    "apiVersion: v1\nkind: Secret\nmetadata: {name: sec}\ndata:\n"
    f"  PW: {base64.b64encode(b'hunter2').decode()}\n  BAD: '!!'\nstringData: {{PLAIN: x}}\n"
)
DATABASE = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    metadata: {labels: {app: db, tier: data}}
    spec:
      containers: [{name: pg, image: 'postgres:16'}]
"""


POD = "containers: [{name: api, image: 'a/api:1', env: [{name: LEVEL, value: prod}]}]"


@pytest.mark.parametrize(
    ("version", "kind", "spec", "replicas"),
    [
        ("serving.knative.dev/v1", "Service", f"template: {{spec: {{{POD}}}}}", None),
        ("serving.knative.dev/v1", "Service",
         "template: {metadata: {annotations: {autoscaling.knative.dev/maxScale: '9'}}, "
         f"spec: {{{POD}}}}}", 9),
        ("serving.knative.dev/v1", "Service",
         "template: {metadata: {annotations: {autoscaling.knative.dev/max-scale: '7'}}, "
         f"spec: {{{POD}}}}}", 7),
        ("run.googleapis.com/v1", "Job",
         f"template: {{spec: {{template: {{spec: {{{POD}}}}}}}}}", None),
        ("argoproj.io/v1alpha1", "Rollout", f"replicas: 4\n  template: {{spec: {{{POD}}}}}", 4),
        ("apps.openshift.io/v1", "DeploymentConfig", f"template: {{spec: {{{POD}}}}}", 1),
        ("batch/v1", "Job", f"template: {{spec: {{{POD}}}}}", None),
    ],
)  # fmt: skip
def test_what_others_call_their_workloads_starts_containers(
    version: str, kind: str, spec: str, replicas: int | None
) -> None:
    found = manifests(
        f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: api}}\nspec:\n  {spec}\n"
    )

    one = service(found)
    assert (one.image, values(one)) == ("a/api:1", {"LEVEL": "prod"})
    assert (one.replicas.most if one.replicas else None) == replicas


def test_a_service_of_kubernetes_itself_starts_nothing() -> None:
    spec = f"template: {{spec: {{{POD}}}}}"
    found = manifests(
        f"apiVersion: v1\nkind: Service\nmetadata: {{name: api}}\nspec: {{{spec}}}\n"
    )

    assert found.service("api") is None


@pytest.mark.parametrize("kind", ["secret", "configMap"])
def test_an_optional_source_that_is_not_there_is_said_and_not_missed(kind: str) -> None:
    def found(optional: str) -> Deployment:
        more = f"envFrom: [{{{kind}Ref: {{name: gone, optional: {optional}}}}}]"
        return manifests(workload(more=more))

    name = f"{kind[0].upper()}{kind[1:]} gone"

    assert service(found("false")).unread_sources == (name,)
    assert service(found("true")).unread_sources == ()
    assert any(name in text for text in found("true").assumptions)
    assert not any(name in text for text in found("false").assumptions)


def test_an_optional_key_that_its_map_lacks_leaves_what_was_there() -> None:
    def found(optional: str, key: str) -> dict[str, str | None]:
        reference = f"{{configMapKeyRef: {{name: cfg, key: {key}, optional: {optional}}}}}"
        more = "envFrom: [{configMapRef: {name: cfg}}]"
        return values(service(manifests(
            workload(f"[{{name: LEVEL, valueFrom: {reference}}}]", more=more), CONFIG
        )))  # fmt: skip

    assert found("true", "NONE")["LEVEL"] == "prod"
    assert found("false", "NONE")["LEVEL"] is None
    assert found("true", "A")["LEVEL"] == "1"


def test_variables_come_from_values_maps_and_secrets_of_the_project() -> None:
    env = (
        "[{name: A, value: x}, {name: B, value: 'y$(A)$$(A)$(NO)'},"
        " {name: PW, valueFrom: {secretKeyRef: {name: sec, key: PW}}},"
        " {name: L, valueFrom: {configMapKeyRef: {name: cfg, key: LEVEL}}}]"
    )

    one = service(manifests(workload(env), CONFIG, SECRET))

    assert values(one) == {"A": "x", "B": "yx$(A)$(NO)", "PW": "hunter2", "L": "prod"}
    found = one.variable("PW")
    assert found is not None
    assert "base64" in found.chain[0].text


def test_what_is_not_in_the_project_is_supplied_and_its_source_named() -> None:
    env = (
        "[{name: PW, valueFrom: {secretKeyRef: {name: elsewhere, key: PW}}},"
        " {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}},"
        " {name: URL, value: 'postgres://a:$(PW)@db'}]"
    )
    more = "envFrom: [{secretRef: {name: remote}}, {configMapRef: {name: cfg}, prefix: P_}]"

    one = service(manifests(workload(env, more=more), CONFIG))

    assert {v.name: v.state for v in one.variables} == {
        "PW": "injected", "IP": "injected", "URL": "injected",
        "P_LEVEL": "known", "P_A": "known",
    }  # fmt: skip
    assert one.unread_sources == ("Secret remote",)


def test_a_manifest_may_be_written_in_json() -> None:
    text = json.dumps(yaml.safe_load(workload("[{name: STAGE, value: test}]")))

    assert values(service(read(**{"k8s/api.json": text}))) == {"STAGE": "test"}
    assert not read(**{"k8s/api.json": json.dumps({"title": text})}).services


def test_env_beats_env_from_and_both_stay_in_the_chain() -> None:
    one = service(manifests(
        workload("[{name: LEVEL, value: dev}]", more="envFrom: [{configMapRef: {name: cfg}}]"),
        CONFIG,
    ))  # fmt: skip

    found = one.variable("LEVEL")

    assert found is not None
    assert [origin.value.reveal() for origin in found.chain if origin.value] == ["dev", "prod"]


def test_a_sealed_secret_has_keys_and_no_values() -> None:
    sealed = (
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: sec}\n"
        "spec: {encryptedData: {PW: AgBy}}\n"
    )

    one = service(manifests(workload(more="envFrom: [{secretRef: {name: sec}}]"), sealed))

    assert [(v.name, v.state) for v in one.variables] == [("PW", "injected")]


def test_data_that_is_no_base64_is_unknown_and_not_a_crash() -> None:
    one = service(manifests(workload(more="envFrom: [{secretRef: {name: sec}}]"), SECRET))

    assert values(one) == {"BAD": None, "PLAIN": "x", "PW": "hunter2"}


def test_replicas_come_from_the_object_or_its_autoscaler() -> None:
    scaler = (
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: x}\nspec:\n"
        "  scaleTargetRef: {kind: Deployment, name: api}\n  minReplicas: 2\n  maxReplicas: 9\n"
    )

    plain = service(manifests(workload())).replicas
    scaled = service(manifests(workload(), scaler)).replicas

    assert plain is not None
    assert scaled is not None
    assert (plain.least, plain.most) == (2, 2)
    assert (scaled.least, scaled.most) == (2, 9)


CRON = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: dump}
spec:
  schedule: "15 2 * * *"
  suspend: SUSPEND
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - {name: dump, image: 'postgres:16', command: [sh, -c, 'pg_dump $URL']}
"""


@pytest.mark.parametrize(("text", "line"), [("true", 6), ("false", None)])
def test_a_cron_job_says_whether_it_is_suspended_and_is_no_server(
    text: str, line: int | None
) -> None:
    found = manifests(CRON.replace("SUSPEND", text))

    schedule = found.schedules[0].schedule
    assert schedule is not None
    assert (schedule.text, schedule.suspended) == ("15 2 * * *", text == "true")
    assert (schedule.suspended_at.line if schedule.suspended_at else None) == line
    assert found.databases == ()


def test_an_overlay_of_the_environment_is_laid_over_its_base() -> None:
    patch = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  replicas: 5\n"
        "  template:\n    spec:\n      containers:\n"
        "        - {name: api, env: [{name: A, value: over}, {name: B, value: new}]}\n"
    )
    files = {
        "k8s/base/app.yaml": workload("[{name: A, value: base}, {name: C, value: base}]"),
        "k8s/overlays/production/patch.yaml": patch,
        "k8s/overlays/dev/patch.yaml": patch.replace("5", "1"),
    }

    one = service(read(**files))

    assert values(one) == {"A": "over", "B": "new", "C": "base"}
    assert one.replicas is not None
    assert one.replicas.most == 5
    assert one.image == "registry.example.com/acme/api:1"


def test_a_kustomization_makes_its_maps() -> None:
    found = read(**{
        "k8s/app.yaml": workload(more="envFrom: [{configMapRef: {name: gen}}]"),
        "k8s/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\n"
        "kind: Kustomization\nconfigMapGenerator:\n"
        "  - {name: gen, literals: [A=1], envs: [x.env]}\n",
        "k8s/x.env": "B=2\n",
    })  # fmt: skip

    assert values(service(found)) == {"A": "1", "B": "2"}


def test_a_template_of_helm_that_is_not_followed_is_named() -> None:
    found = read(**{
        "chart/Chart.yaml": "name: x\n",
        "chart/templates/app.yaml": "apiVersion: v1\nkind: Deployment\n{{ if lookup }}{{ end }}\n",
    })  # fmt: skip

    assert [(one.path, "Helm" in one.reason) for one in found.unread] == [
        ("chart/templates/app.yaml", True)
    ]


def test_braces_that_are_no_template_do_not_hide_a_manifest() -> None:
    annotated = workload().replace("{name: api}", "{name: api, annotations: {a: '{{ $x }}'}}", 1)

    assert service(manifests(annotated)).name == "api"


def database_service(kind: str, extra: str = "") -> str:
    return (
        "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec:\n"
        f"  type: {kind}\n  selector: {{app: db}}\n  ports: [{{port: 5432}}]\n{extra}"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (database_service("LoadBalancer"), ("service-load-balancer", True)),
        (database_service("NodePort"), ("service-node-port", True)),
        (database_service("ClusterIP"), ("service-load-balancer", False)),
        (database_service("LoadBalancer", "  loadBalancerSourceRanges: [10.0.0.0/8]\n"),
         ("service-load-balancer", False)),
        (database_service("LoadBalancer", "  loadBalancerSourceRanges: [0.0.0.0/0]\n"),
         ("service-load-balancer", True)),
        (database_service("LoadBalancer").replace(
            "{name: db}",
            "{name: db, annotations: {networking.gke.io/load-balancer-type: Internal}}",
        ), ("service-load-balancer", False)),
    ],
)  # fmt: skip
def test_a_service_says_whether_it_opens_the_database(
    text: str, expected: tuple[str, bool]
) -> None:
    assert expected in exposures(manifests(DATABASE, text))


POLICY = (
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n"
    "  podSelector: {matchLabels: LABELS}\n  policyTypes: [TYPE]\n  ingress: RULES\n"
)


@pytest.mark.parametrize(
    ("labels", "kind", "rules", "opened"),
    [
        ("{app: db}", "Ingress", "[{from: [{podSelector: {}}]}]", False),
        ("{}", "Ingress", "[]", False),
        ("{app: other}", "Ingress", "[]", True),
        ("{app: db}", "Egress", "[]", True),
        ("{app: db}", "Ingress", "[{}]", True),
    ],
)
def test_a_network_policy_must_select_the_database_and_limit_who_comes(
    labels: str,
    kind: str,
    rules: str,
    opened: bool,
) -> None:
    policy = POLICY.replace("LABELS", labels).replace("TYPE", kind).replace("RULES", rules)

    assert ("no-network-policy", opened) in exposures(manifests(DATABASE, policy))


def test_a_database_of_an_operator_says_what_it_keeps() -> None:
    found = manifests(
        "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\n"
        "spec: {backup: {retentionPolicy: 2w}}\n",
        "apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: {name: daily}\n"
        "spec: {schedule: '0 0 0 * * *'}\n",
    )

    assert [(one.kind, one.backup_retention) for one in found.databases] == [("operator", 14)]
    assert [one.name for one in found.schedules] == ["daily"]


def test_the_dockerfile_of_the_project_stands_behind_its_pushed_image() -> None:
    found = read(**{"k8s/a.yaml": workload("[{name: A, value: k8s}]"),
                    "Dockerfile": "FROM python:3\nENV A=image B=image\n"})  # fmt: skip
    one = service(found)

    assert one.runs_code
    assert values(one) == {"A": "k8s", "B": "image"}
    assert [s.source for s in found.services] == ["kubernetes"]


@pytest.mark.parametrize(
    "text",
    ["apiVersion: v1\nkind: Deployment\n", "apiVersion: v1\nkind: List\nitems: 3\n",
     workload("{a: b}"), workload("[null, 3, {name: [1]}]"), workload(extra="replicas: many"),
     "apiVersion: [1]\nkind: {a: 1}\nmetadata: x\n", "apiVersion: v1\nkind: Secret\ndata: [1]\n",
     "apiVersion: v1\nkind: Service\nspec: {ports: x, selector: [1], type: [2]}\n"],
)  # fmt: skip
def test_odd_manifests_do_not_crash(text: str) -> None:
    assert manifests(text, DATABASE).databases


def test_an_exposure_is_sorted_by_its_place() -> None:
    found = manifests(DATABASE, database_service("NodePort")).exposures

    assert list(found) == sorted(found, key=lambda one: one.at)
    assert isinstance(found[0], Exposure)

"""Templates of charts, written out with the values that the chart itself gives."""

import random

import pytest

from readiness.deployment import Deployment
from readiness.deployment.helm_functions import call
from readiness.deployment.helm_language import Unsupported, parse
from readiness.deployment.helm_running import Runner
from readiness.document import yaml
from readiness.project import Project

VALUES = """replicas: 2
image: {repository: shop/api, tag: ""}
nameOverride: ""
labels: {team: shop, tier: web}
probes:
  readinessProbe: {httpGet: {path: /ready, port: 80}}
env:
  LEVEL: prod
  POOL: 10
list: [a, b]
empty: ""
on: true
off: false
"""
HELPERS = """{{/* a comment with {{ in it */}}
{{- define "shop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "shop.labels" -}}
app: {{ include "shop.name" . }}
managed-by: {{ .Release.Service }}
{{- end }}
"""
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    metadata:
      labels:
        {{- include "library.labels" . | nindent 8 }}
    spec:
      containers:
        - name: api
          image: "shop/api:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- toYaml .Values.probes | nindent 10 }}
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
"""
CHART = "apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: '1.2'\n"
TEMPLATE = "chart/templates/deployment.yaml"
FILES = {
    "chart/Chart.yaml": CHART,
    "chart/values.yaml": VALUES,
    "chart/templates/_helpers.tpl": HELPERS,
    TEMPLATE: DEPLOYMENT,
    "app.py": "",
}


def read(more: dict[str, str] | None = None) -> Deployment:
    texts = {**FILES, **(more or {})}
    return Deployment.read(Project({name: text.encode() for name, text in texts.items()}))


def written(template: str) -> str:
    root = {"Values": yaml.parse(VALUES, "values.yaml"), "Chart": {"Name": "shop"}}
    defined = {one.text: one.body for one in parse(HELPERS) if one.kind == "define"}
    return Runner(root, defined).write(parse(template), "t.yaml").text


def test_a_chart_of_the_project_starts_what_its_templates_say() -> None:
    found = read()

    one = found.service("shop")
    assert one is not None
    assert (one.image, one.replicas and one.replicas.most) == ("shop/api:1.2", 2)
    assert [(v.name, v.value and v.value.reveal(), str(v.at)) for v in one.variables] == [
        ("LEVEL", "prod", "chart/values.yaml:8"), ("POOL", "10", "chart/values.yaml:9"),
    ]  # fmt: skip
    assert [probe.kind for probe in one.probes] == ["readiness"]
    assert found.unread == ()
    assert "the chart in chart is installed with its own values" in found.assumptions


def test_values_of_the_environment_are_laid_over_those_of_the_chart() -> None:
    found = read(
        {
            "chart/values-production.yaml": "env: {POOL: 2}\n",
            "chart/values-dev.yaml": "env: {POOL: 3}\n",
        }
    )

    one = found.service("shop")
    assert one is not None
    pool = one.variable("POOL")
    assert pool is not None
    assert (pool.value and pool.value.reveal(), str(pool.at)) == (
        "2", "chart/values-production.yaml:1",
    )  # fmt: skip


def test_what_a_chart_leaves_empty_is_given_when_it_is_installed() -> None:
    found = read({"chart/values.yaml": VALUES.replace("LEVEL: prod", 'LEVEL: ""')})

    one = found.service("shop")
    assert one is not None
    assert [(v.name, v.state) for v in one.variables] == [("LEVEL", "injected"), ("POOL", "known")]


def test_what_a_chart_leaves_empty_in_a_map_is_given_when_it_is_installed() -> None:
    env = "          envFrom: [{configMapRef: {name: cfg}}]\n"
    template = DEPLOYMENT.partition("          env:\n")[0] + env
    data = "data: {A: '{{ .Values.empty }}', B: x}\n"
    map_of_it = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: cfg}}\n{data}"

    one = read({TEMPLATE: template, "chart/templates/map.yaml": map_of_it}).service("shop")

    assert one is not None
    assert [(v.name, v.state) for v in one.variables] == [("A", "injected"), ("B", "known")]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a: {{ .Values.replicas }}", "a: 2"),
        ("a: {{ .Values.empty }}", "a: ${COMPUTED}"),
        ("a: {{ .Values.empty | quote }}", "a: ${COMPUTED}"),
        ("a: {{ .Values.gone.more }}", "a: ${COMPUTED}"),
        ('a: {{ .Values.empty | default "" | quote }}', "a: ${COMPUTED}"),
        ("a: {{ .Values.empty | b64enc | quote }}", "a: ${COMPUTED}"),
        ('a: {{ "" | quote }}', 'a: ""'),
        ('a: {{ .Values.empty | default "x" }}', "a: x"),
        ('a: {{ default "x" .Values.env.LEVEL | upper | quote }}', 'a: "PROD"'),
        ("a: {{ randAlphaNum 5 }}", "a: ${COMPUTED}"),
        ('a: {{ printf "%s-%d" .Chart.Name 3 }}', "a: shop-3"),
        ("{{ if .Values.on }}a{{ else }}b{{ end }}", "a"),
        ("{{ if not .Values.on }}a{{ else if .Values.off }}b{{ else }}c{{ end }}", "c"),
        ('{{ if and .Values.on (eq .Values.env.LEVEL "prod") }}a{{ end }}', "a"),
        ("{{ with .Values.labels }}{{ .team }}{{ $.Values.replicas }}{{ end }}", "shop2"),
        ("{{ range .Values.list }}[{{ . }}]{{ end }}", "[a][b]"),
        ("{{ range .Values.gone }}a{{ else }}b{{ end }}", "b"),
        ("{{ $x := .Values.replicas }}{{ $x }}", "2"),
        ("{{- $x := 1 }}{{ if .Values.on }}{{ $x = 5 }}{{ end }}{{ $x }}", "5"),
        ("a: {{- .Values.replicas -}}  \n b", "a:2b"),
        ("{{ toYaml .Values.labels | indent 2 }}", '  team: "shop"\n  tier: "web"'),
        ("{{ toYaml .Values.list }}", '- "a"\n- "b"'),
        ('{{ include "shop.name" . }}', "shop"),
        ("{{/* none */}}a", "a"),
    ],
)
def test_a_template_is_written_as_helm_writes_it(template: str, expected: str) -> None:
    assert written(template) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ if lookup 1 }}a{{ end }}",
        "{{ if .Values.on }}a",
        "{{ end }}",
        "{{ .Values.a",
        "{{ range .Values.replicas }}a{{ end }}",
        "{{ block 1 }}{{ end }}",
        "{{ 1 § 2 }}",
        f"{{{{ {'(' * 2000}1{')' * 2000} }}}}",
    ],
)
def test_what_is_not_followed_is_said(template: str) -> None:
    with pytest.raises(Unsupported):
        written(template)


def test_a_template_that_is_not_followed_is_named_and_starts_nothing() -> None:
    found = read({TEMPLATE: f"{{{{ if lookup 1 }}}}\n{DEPLOYMENT}{{{{ end }}}}\n"})

    assert [one.path for one in found.unread] == [TEMPLATE]
    assert found.service("shop") is None


def test_a_template_of_no_chart_is_not_followed() -> None:
    files = {name: text.encode() for name, text in FILES.items() if "Chart.yaml" not in name}

    found = Deployment.read(Project(files))

    assert [one.path for one in found.unread] == [TEMPLATE]


def test_no_template_ends_the_reading() -> None:
    chance = random.Random(7)
    for _ in range(300):
        start, end = sorted(chance.sample(range(len(DEPLOYMENT)), 2))
        read({TEMPLATE: DEPLOYMENT[:start] + DEPLOYMENT[end:]})


def test_templates_that_call_each_other_without_end_are_left() -> None:
    endless = '{{ define "a" }}{{ include "a" . }}{{ include "a" . }}{{ end }}'
    defined = {one.text: one.body for one in parse(endless)}

    with pytest.raises(Unsupported):
        Runner({}, defined).write(parse('{{ include "a" . }}'), "t.yaml")


def test_a_function_that_cannot_work_gives_what_nobody_knows() -> None:
    assert call("upper", [3]) is call("gone", [])

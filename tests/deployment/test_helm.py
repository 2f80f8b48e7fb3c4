import pytest

from readiness.deployment import Deployment
from readiness.project import Project

CHART = "name: app\ndependencies:\n  - {name: postgresql, version: 16.x}\n"


def ways(chart: str, values: str) -> list[tuple[str, str, bool | None]]:
    files = {"chart/Chart.yaml": chart.encode(), "chart/values.yaml": values.encode()}
    found = Deployment.read(Project(files)).exposures
    return [(one.kind, str(one.at.line), one.open) for one in found]


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("LoadBalancer", ("service-load-balancer", "1", True)),
        ("NodePort", ("service-node-port", "1", True)),
        ("ClusterIP", ("service-load-balancer", "1", False)),
    ],
)
def test_the_values_of_a_chart_open_the_server_it_brings(
    kind: str, way: tuple[str, str, bool | None]
) -> None:
    values = f"postgresql: {{primary: {{service: {{type: {kind}}}}}}}\n"

    assert ways(CHART, values) == [way]


def test_a_server_that_is_switched_off_or_not_brought_along_is_not_opened() -> None:
    values = "postgresql: {enabled: false, primary: {service: {type: LoadBalancer}}}\n"

    assert ways(CHART, values) == []
    assert ways("name: app\n", values.replace("false", "true")) == []

import pytest

from readiness.endpoints import Request
from readiness.engine.expand import expand
from readiness.environment import Environment
from readiness.model.finding import Undecidable
from readiness.model.secret import Secret
from readiness.model.variable import Variable


def environment(**values: str | None) -> Environment:
    return Environment("production", {
        name: Variable(name, "known" if value is not None else "injected",
                       None if value is None else Secret(value))
        for name, value in values.items()
    })  # fmt: skip


def test_a_url_gets_the_values_of_the_environment_and_becomes_a_secret() -> None:
    request = expand(Request("https://${HOST}:${PORT}/up"), [environment(HOST="x.test", PORT="8")])

    assert isinstance(request.url, Secret)
    assert request.url.reveal() == "https://x.test:8/up"


def test_a_url_without_variables_stays_as_it_is() -> None:
    request = Request("https://x.test/$up")

    assert expand(request, []) is request


@pytest.mark.parametrize(
    "environments",
    [[], [environment()], [environment(HOST=None)], [environment(HOST="a"), environment()],
     [environment(HOST="a"), environment(HOST="b")]],
)  # fmt: skip
def test_what_is_not_known_for_certain_is_not_asked(environments: list[Environment]) -> None:
    with pytest.raises(Undecidable, match="HOST"):
        expand(Request("https://${HOST}/up"), environments)

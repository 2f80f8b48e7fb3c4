"""The last fence before an output."""

from readiness.engine.redact import Redactor
from readiness.model.finding import problem
from readiness.model.outcome import Outcome, Severity
from readiness.model.report import Result
from readiness.model.secret import Secret
from readiness.model.trace import Step

CANARY = "canary-4711"


def test_a_known_secret_is_masked_wherever_it_turns_up() -> None:
    finding = problem(
        f"password {CANARY}",
        hint=f"not {CANARY}",
        trace=(Step("variable", f"X={CANARY}"),),
        data={"url": f"postgresql://a:{CANARY}@b", "list": [CANARY, 5]},
    )
    result = Result(
        "r", "R", Severity.HIGH, "static", Outcome.FAIL, f"because {CANARY}", "a.b", 0, (finding,)
    )

    masked = Redactor([Secret(CANARY)]).result(result)

    assert CANARY not in repr(masked)
    assert masked.findings[0].data["list"][1] == 5


def test_short_secrets_do_not_tear_innocent_texts_apart() -> None:
    result = Result(
        "r", "R", Severity.HIGH, "static", Outcome.PASS, "an app at postgresql://h", "a.b", 0, ()
    )

    assert Redactor([Secret("app"), Secret(""), Secret("postgres")]).result(result) == result

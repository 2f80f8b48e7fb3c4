import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from readiness import Finding, Project
from readiness.checker.checker import Checker
from readiness.checker.registry import GROUP, Registry, load
from readiness.model.errors import PluginError


def one(project: Project) -> Iterator[Finding]:
    yield from ()


def other(project: Project) -> Iterator[Finding]:
    yield from ()


def test_every_checker_that_comes_with_the_program_loads_and_says_what_it_demands() -> None:
    registry = load()

    assert registry.broken == {}
    for name, checker in registry.checkers.items():
        assert checker.demand.endswith("."), name
        assert checker.needs, name
        assert "." in name


def test_the_generic_checkers_are_there() -> None:
    assert {
        "variable.value", "file.value", "file.present", "text.search", "sql.query",
        "http.endpoint", "result.file", "command.run", "evidence.record", "checklist.reviewed",
    } <= set(load().checkers)  # fmt: skip


def test_a_name_that_another_distribution_has_is_refused_and_nobodys() -> None:
    registry = Registry()
    registry.add(
        [Checker("a.b", one, distribution="acme"), Checker("a.c", one, distribution="acme")]
    )

    with pytest.raises(PluginError, match=r"a\.b of rocket .* acme has taken"):
        registry.add([Checker("a.b", other, distribution="rocket"), Checker("a.d", other)])

    assert set(registry.checkers) == {"a.c"}


def test_nobody_takes_the_name_of_a_checker_of_ours() -> None:
    registry = Registry()
    registry.add([Checker("text.search", one)])

    with pytest.raises(PluginError, match="rocket"):
        registry.add([Checker("text.search", other, distribution="rocket")])

    assert registry.checkers["text.search"].judge is one


def test_the_same_checker_twice_is_one() -> None:
    registry = Registry()
    registry.add([Checker("a.b", one)])
    registry.add([Checker("a.b", one)])

    assert set(registry.checkers) == {"a.b"}


def test_a_plug_in_that_does_not_load_never_raises() -> None:
    point = EntryPoint("acme", "nothing_of_this_name.at_all", GROUP)

    registry = load([point])

    fault = registry.fault_of("acme.anything")
    assert fault is not None
    assert "nothing_of_this_name" in fault.message
    assert fault.hint
    assert registry.fault_of("other.anything") is None


@pytest.mark.parametrize(
    "first", ["readiness.checker.checker", "readiness.checkers", "readiness.engine.bind"]
)
def test_the_decorator_is_callable_whatever_was_imported_before(first: str) -> None:
    code = f"import {first}; from readiness import checker; checker('a.b')(lambda: ())"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30,
                          cwd=Path(__file__).parent, check=False)  # fmt: skip

    assert done.returncode == 0, done.stderr

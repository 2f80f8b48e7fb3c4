"""Files of variables mean to us what systemd's own reader makes of them.

Its generator of `environment.d` reads them with the same function, and needs no systemd that runs.
"""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from readiness.deployment.systemd_files import assignments

GENERATOR = Path("/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator")
SIGNS = st.text(alphabet=st.sampled_from("ab \t'\"\\\n#;=xn"), max_size=12)
LINES = st.one_of(
    st.builds("{}={}".format, st.sampled_from(["A", "B ", " C", "D1", "1X", "export E"]), SIGNS),
    st.sampled_from(["# comment", "; comment", "", "  ", "alone", "=x"]),
)
FILES = st.lists(LINES, max_size=5).map("\n".join)
GOES_ON = re.compile(r"(?m)^[ \t]*[#;].*\\$")
"""A comment that ends with a backslash: up to systemd 253 the next line belongs to it."""


def _theirs(folder: Path, text: str) -> dict[str, str]:
    path = folder / "environment.d" / "a.conf"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    done = subprocess.run([GENERATOR], env={"XDG_CONFIG_HOME": str(folder), "HOME": "/nowhere"},
                          capture_output=True, text=True, check=False)  # fmt: skip
    found = {}
    for line in done.stdout.splitlines():
        name, _, value = line.partition("=")
        found[name] = ast.literal_eval(value) if value.startswith('"') else value
    return found


@pytest.mark.skipif(not GENERATOR.exists(), reason="not possible on this build: no systemd here")
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(text=FILES)
def test_a_file_of_variables_is_read_as_systemd_reads_it(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    assume(not GOES_ON.search(text))
    folder = tmp_path_factory.getbasetemp()
    outside = _theirs(folder, "")

    theirs = {name: value for name, value in _theirs(folder, text).items() if name not in outside}
    # The generator itself passes over what is empty; a unit gets it.
    ours = {name: value for name, value, _ in assignments(text, "a.conf") if value}

    assert ours == theirs


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A=", {"A": ""}), ("A=db # main", {"A": "db # main"}), ("export A=1", {}),
     ("A='a'\"b\"", {"A": "ab"}),
     ("# a comment \\\nA=1", {"A": "1"}),
     ("A=1\nA=2", {"A": "2"}), ('A="two\nlines"', {"A": "two\nlines"}), ("A=a\\\nb", {"A": "ab"})],
)  # fmt: skip
def test_what_other_readers_take_otherwise(text: str, expected: dict[str, str]) -> None:
    assert {name: value for name, value, _ in assignments(text, "a.conf")} == expected

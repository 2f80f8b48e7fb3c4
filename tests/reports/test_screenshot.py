"""The picture in the README is drawn from the program's own output."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_picture_shows_the_report_and_names_no_host(tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    report = ROOT / "tests" / "reports" / "golden" / "not_ready.json"
    script = ROOT / "docs" / "screenshot.py"

    subprocess.run([sys.executable, script, report, "--to", picture, "--quiet"], check=True)

    drawn = picture.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\"\s]+", drawn)) == {"http://www.w3.org/2000/svg"}
    assert "agents-durable-db" in drawn
    assert "exit&#160;code&#160;1" in drawn

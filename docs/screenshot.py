"""Draw docs/screenshot.svg from a JSON report: what the program itself would print."""

import argparse
import re
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from readiness.reports import terminal
from readiness.reports.json import read

FOLDER = Path(__file__).parent
# Rich names the hosts of its font and its maker; a picture needs neither.
_REMOTE = re.compile(r"@font-face\s*\{\{.*?\}\}|<!--.*?-->", re.DOTALL)
_TEMPLATE = _REMOTE.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code, ", "")


def picture(printed: str, *, width: int, title: str) -> str:
    """Draw what a terminal would show; no font is fetched, so that no host is named."""
    console = Console(
        record=True, width=width, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    for line in printed.splitlines():
        console.print(Text.from_ansi(line), soft_wrap=True)
    drawn = console.export_svg(
        title=title,
        theme=DIMMED_MONOKAI,
        code_format=_TEMPLATE,
        unique_id="readiness",
    )
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


def main() -> None:
    """Read the report that is named and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path, help="what `--report json=FILE` wrote")
    parser.add_argument("--to", type=Path, default=FOLDER / "screenshot.svg")
    parser.add_argument("--title", default="readiness check")
    parser.add_argument("--width", type=int, default=100)
    parser.add_argument("--quiet", action="store_true", help="only the failures and the verdict")
    asked = parser.parse_args()
    report = read(asked.report.read_text(encoding="utf-8"))
    printed = terminal.render(report, width=asked.width, colour=True, quiet=asked.quiet)
    asked.to.write_text(picture(printed, width=asked.width, title=asked.title), encoding="utf-8")


if __name__ == "__main__":
    main()

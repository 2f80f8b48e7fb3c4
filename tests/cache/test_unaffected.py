"""A report that is given again after a change is the one that a run without a cache makes."""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from readiness.cli import edge

_FILES = {
    "main.py": "import os\nfrom agno.agent import Agent\nfrom app.store import make\n"
               "from app import tools\nagent = Agent(db=make(os.environ['DB_URL']))\n",
    "app/__init__.py": "",
    "app/store.py": "from agno.db.postgres import PostgresDb\nfrom app.names import MODE\n\n\n"
                    "def make(url):\n    return PostgresDb(url if MODE else 'sqlite://')\n",
    "app/names.py": "MODE = 'real'\n",
    "app/tools.py": "import sentry_sdk\n\n\ndef begin_all():\n    sentry_sdk.init('https://a@b/1')\n",
    "app/words.py": "def shout(text):\n    return text.upper()\n",
    "app/shapes.py": "class Shape:\n    sides = 4\n",
    "app/colours.py": "RED = 1\nBLUE = 2\n",
    "jobs/night.py": "def run():\n    return 3\n",
    "jobs/day.py": "from app.words import shout\n\n\ndef run():\n    return shout('x')\n",
    "cookbook/recipe.py": "def cook():\n    return 'stew'\n",
    "tests/test_words.py": "from app.words import shout\n\n\ndef test_it():\n    shout('a')\n",
    "compose.yaml": "services:\n  api: {build: ., command: python main.py}\n",
}  # fmt: skip
_LINES = (
    "# a remark\n", "x = 1\n", "\n\n", "def other():\n    return 2\n", "names = ['a', 'b']\n",
    "from agno.agent import Agent\n", "agent = Agent()\n", "db_password = 'Tr0ub4dor-3'\n",
    "# the key is AKIAQWERTYUIOPASDFGH\n", "import sentry_sdk\nsentry_sdk.init('https://c@d/2')\n",
    "from app import tools\ntools.begin_all()\n", "MODE = ''\n", "import app.colours\n",
    "from fastapi import FastAPI\nserver = FastAPI(debug=True)\n", "def begin_all():\n    pass\n",
    "import logging\n", "raise SystemExit\n", "def broken(:\n", "value = 'postgresql://u:p@h/d'\n",
    "from dotenv import load_dotenv\nload_dotenv()\n", "text = '\u00e9\uff41gno'\n", "\0",
    "from sqlalchemy import create_engine\nengine = create_engine('sqlite://')\n",
    "def shout(text):\n    return text\n", "import subprocess\nsubprocess.run(['pg_dump', 'x'])\n",
)  # fmt: skip
_AGAIN = "nothing that counts changed"


def _change(folder: Path, draw: random.Random) -> None:
    """Change a Python file: a line more or less, wherever it stands."""
    path = folder / draw.choice([one for one in _FILES if one.endswith(".py")])
    lines = path.read_text().splitlines(keepends=True)
    if lines and draw.random() < 0.3:
        del lines[draw.randrange(len(lines))]
    else:
        usual = draw.random() < 0.5
        lines.insert(draw.randint(0, len(lines)), draw.choice(_LINES[:5] if usual else _LINES))
    path.write_text("".join(lines))
    time.sleep(0.05)


def _report(captured: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, Any], bool]:
    captured.readouterr()
    edge.run(["check", *arguments])
    done = captured.readouterr()
    report = json.loads(done.out)
    for one in report["results"]:
        del one["duration_ms"]
    return {**report, "generated_at": None}, _AGAIN in done.err


@pytest.mark.parametrize("seed", range(3))
def test_changes_at_random(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("READINESS_CACHE_DIR", str(tmp_path / "cache"))
    folder, draw = tmp_path / "project", random.Random(seed)
    for name, text in _FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    time.sleep(0.05)
    arguments = [str(folder), "--report", "json", "--database", "none"]
    _report(capsys, *arguments)
    given_again = []

    for _ in range(14):
        _change(folder, draw)
        report, again = _report(capsys, *arguments)
        given_again.append(again)

        assert report == _report(capsys, *arguments, "--no-cache")[0]

    assert {*given_again} == {True, False}

"""A build backend that needs nothing, so that the test installs without a network."""

import tomllib
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def build_wheel(
    wheel_directory: str, config_settings: Any = None, metadata_directory: Any = None
) -> str:
    data = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    stem = f"{data['name'].replace('-', '_')}-{data['version']}"
    texts = {path.relative_to(HERE).as_posix(): path.read_text() for path in HERE.glob("*/*.py")}
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in members.items())
        for group, members in data["entry-points"].items()
    )
    texts |= {
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {data['name']}\n"
        f"Version: {data['version']}\n",
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: building\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
        f"{stem}.dist-info/entry_points.txt": points,
    }
    texts[f"{stem}.dist-info/RECORD"] = "".join(f"{path},,\n" for path in texts)
    name = f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        for path, text in texts.items():
            wheel.writestr(path, text)
    return name

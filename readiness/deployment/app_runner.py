"""App Runner and Databricks Apps: what their file beside the code starts, with its variables."""

from readiness.deployment.platforms import Keys, laid, line, listed, supplied, words
from readiness.deployment.reading import Reading
from readiness.deployment.referring import named_values
from readiness.deployment.service import Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable


def read_app_runner(reading: Reading) -> None:
    """Add the service of each ``apprunner.yaml`` of the environment."""
    for path in reading.mine("apprunner.yaml"):
        root = _root(reading, path)
        run = root.get("run") if root else None
        if root is None or run is None:
            continue
        runtime = root.get("runtime")
        secrets: Keys = {}
        for one in run.get("secrets") or ():
            if (name := one.get("name")) is not None:
                secrets[name.text] = supplied(name.text, one, "secrets of apprunner.yaml")
        given = named_values(run.get("env") or (), "name", "env of apprunner.yaml")
        python = runtime is None or runtime.text.startswith("python")
        reading.services.append(
            Service(_label(path, "app-runner"), "app-runner", run.key_at or run.at,
                    command=line(run.get("command")), variables=listed(laid(given, secrets)),
                    runs_code=python)
        )  # fmt: skip


def read_databricks(reading: Reading) -> None:
    """Add the application of each ``app.yaml`` that is one of Databricks."""
    for path in reading.mine("app.yaml", "app.yml"):
        root = _root(reading, path)
        command, given = (root.get("command"), root.get("env")) if root else (None, None)
        if root is None or not {key for key, _ in root.items()} <= {"command", "env"}:
            continue
        if command is None or not command.is_list or not (given is None or given.is_list):
            continue
        variables = named_values(given or (), "name", "env of app.yaml")
        reading.services.append(
            Service(_label(path, "databricks"), "databricks", command.key_at or command.at,
                    command=words(command), variables=listed(variables), runs_code=True)
        )  # fmt: skip


def _label(path: str, otherwise: str) -> str:
    return path.rpartition("/")[0] or otherwise


def _root(reading: Reading, path: str) -> Node | None:
    try:
        return reading.project.yaml(path)
    except (Malformed, Unreadable) as answer:
        reading.refuse(path, answer)
        return None

"""Elastic Beanstalk: the variables that ``.ebextensions`` give to the application."""

from collections.abc import Iterator

from readiness.deployment.laid import Laid
from readiness.deployment.platforms import Keys, supplied
from readiness.deployment.reading import Reading
from readiness.deployment.referring import filled
from readiness.deployment.service import Command, Kind, Service
from readiness.document.node import Malformed, Node
from readiness.project import Unreadable

_VARIABLES = "aws:elasticbeanstalk:application:environment"
_SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
_PYTHON = "aws:elasticbeanstalk:container:python"
_KINDS: tuple[Kind, ...] = ("procfile", "elastic-beanstalk", "dockerfile", "compose")

Option = tuple[str, str, Node]


def read_beanstalk(reading: Reading) -> None:
    """Give the processes of the application what the files of options say, in their order."""
    files = [path for path in reading.mine("*.config", "env.yaml")
             if "/.ebextensions/" in f"/{path}" or path == "env.yaml"]  # fmt: skip
    found: Keys = {}
    served: Node | None = None
    roots: list[Node] = []
    for path in sorted(files, key=lambda one: one.rpartition("/")[2]):
        try:
            root = reading.project.yaml(path)
        except (Malformed, Unreadable) as answer:
            reading.refuse(path, answer)
            continue
        options = root.get("option_settings") or root.get("OptionSettings")
        roots += [root] if options is not None else []
        for space, name, node in _options(options):
            if space == _SECRETS:
                found[name] = supplied(name, node, "secrets of .ebextensions")
            elif space == _VARIABLES:
                found[name] = filled(name, node, "option_settings of .ebextensions")
            elif space == _PYTHON and name == "WSGIPath":
                served = node
    if found or served is not None:
        reading.laid.append(Laid(_KINDS, found, _application(served, roots[0])))


def _options(node: Node | None) -> Iterator[Option]:
    """The options, as a mapping of namespaces or as a list; a list may leave out the usual one."""
    if node is None:
        return
    for space, inner in node.items():
        if inner.is_mapping:
            yield from ((space, name, one) for name, one in inner.items())
        else:
            yield _VARIABLES, space, inner
    for one in node:
        key, value, named = one.get("option_name"), one.get("value"), one.get("namespace")
        if key is not None and value is not None:
            yield named.text if named else _VARIABLES, key.text, value


def _application(served: Node | None, root: Node) -> Service:
    """What the platform for Python starts by itself: gunicorn, with the path that is set."""
    at = served.at if served else root.at
    path = served.text if served else "application"
    target = path if ":" in path else path.removesuffix(".py").replace("/", ".")
    command = Command(("gunicorn", "--workers=1", "--threads=15", target), at)
    return Service("application", "elastic-beanstalk", at, runs_code=True, command=command)

"""What stands before a program in a command: assignments, and programs that start the rest."""

import posixpath
import re

from readiness.deployment.env_options import behind
from readiness.deployment.wrapper_options import inner

# Programs that start the rest of their words, after their own options.
WRAPPERS = frozenset({
    "exec", "nice", "ionice", "chrt", "taskset", "nohup", "setsid", "time", "sudo", "env", "tini",
    "tini-static", "dumb-init", "catatonit", "gosu", "su-exec", "s6-setuidgid", "setuidgid",
    "chpst", "setpriv", "stdbuf", "timeout", "opentelemetry-instrument", "ddtrace-run", "chamber",
    "wait-for-it", "wait-for-it.sh", "wait-for", "wait-for.sh", "dockerize", "command", "xvfb-run",
})  # fmt: skip
_RUNNERS = {"poetry": ("run",), "uv": ("run",), "pipenv": ("run",), "pdm": ("run",),
            "rye": ("run",), "hatch": ("run",), "newrelic-admin": ("run-program",),
            "doppler": ("run",), "infisical": ("run",), "conda": ("run",), "micromamba": ("run",),
            "op": ("run",), "aws-vault": ("exec",)}  # fmt: skip
# Programs that load variables, and start what stands behind their word ``run``.
_LOADERS = frozenset({"dotenv", "honcho"})
# Words of a shell before an assignment that holds from there on.
_SETTERS = frozenset({"export", "readonly", "local", "declare"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


def bare(words: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What is assigned before a program, and the words from it on, without wrappers."""
    assigned: list[tuple[str, str]] = []
    while words:
        program = posixpath.basename(words[0])
        if _ASSIGNMENT.match(words[0]):
            name, _, value = words[0].partition("=")
            assigned.append((name, value))
            words = words[1:]
        elif program in _SETTERS:
            words = words[1:]
        elif program in _LOADERS and "run" in words:
            words = behind(program, words[words.index("run") + 1 :])
        elif program == "uv" and words[1:2] == ("run",):
            words = behind(program, words[2:])
        elif program in _RUNNERS and words[1:2] == _RUNNERS[program]:
            words = inner(program, words[2:])
        elif program in WRAPPERS and len(words) > 1:
            words = inner(program, words[1:])
        else:
            break
    return tuple(assigned), words

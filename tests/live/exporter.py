"""Debian's exporter of our own, in front of a server of our own."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from readiness.drills.ports import free_port
from readiness.drills.template import Template
from readiness.endpoints import Request, Response, fetch

PROGRAM = "prometheus-postgres-exporter"


@contextmanager
def exporter(source: str, template: Template) -> Iterator[str]:
    """Run the exporter for a server, and give the address of its metrics."""
    program = shutil.which(PROGRAM)
    if not program:
        pytest.skip(f"not possible here: {PROGRAM} is not installed")
    port = free_port()
    options = {}
    if os.geteuid() == 0:
        options = {"user": template.owner.uid, "group": template.owner.gid, "extra_groups": []}
    process = subprocess.Popen(
        [program, f"--web.listen-address=127.0.0.1:{port}"],
        env={"PATH": "/usr/bin:/bin", "DATA_SOURCE_NAME": source},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,  # type: ignore[call-overload]
    )
    try:
        yield f"http://127.0.0.1:{port}/metrics"
    finally:
        process.terminate()
        process.wait(10)


def metrics(url: str) -> Response:
    """What the exporter answers, as soon as it listens."""
    end = time.monotonic() + 20
    while (found := fetch(Request(url))).error and time.monotonic() < end:
        time.sleep(0.05)
    assert found.error is None, found.error
    return found

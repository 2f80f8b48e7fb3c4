"""Answers what docker-compose 1.29 makes of compose files, one JSON line for each question.

It is run by the Python that docker-compose itself runs on, since it asks its own functions: the
command `docker-compose config` takes half a second to start.
"""

import json
import logging
import os
import sys

import yaml
from compose.cli.command import get_config_from_options  # type: ignore[import-not-found]
from compose.config.serialize import serialize_config  # type: ignore[import-not-found]

logging.disable(logging.CRITICAL)

for line in sys.stdin:
    question = json.loads(line)
    os.environ.clear()
    os.environ.update(question["shell"])
    os.chdir(question["folder"])
    try:
        config = get_config_from_options(".", {}, {})
        answer = yaml.safe_load(serialize_config(config, None, escape_dollar=False))
    except Exception as error:  # noqa: BLE001 - whatever it says is the answer
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer, default=str) + "\n")
    sys.stdout.flush()

"""Answers to `ResultFile`, from the disk or from bytes."""

import json
import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from readiness.evidence.json_value import read_json
from readiness.evidence.junit import read_junit
from readiness.evidence.result import ResultFile, ToolResult, Unusable
from readiness.evidence.sarif import read_sarif

LARGEST = 64 * 1024 * 1024

Dated = Callable[[str], tuple[datetime | None, str]]
"""When a file got its content, and how that is known."""


def answer(question: ResultFile, root: Path, dated: Dated) -> ToolResult:
    """Read the result file from the project's folder, ignored by git or not.

    Its time is that of its content where that has one, else what ``dated`` knows of the
    file (`Project.dated`). Nothing outside of the folder is read, links included.
    """
    try:
        content = _load(question.path, root)
    except Unusable as error:
        return ToolResult(error=str(error))
    except OSError as error:
        return ToolResult(error=(error.strerror or type(error).__name__).lower())
    result = parse(question, content)
    if result.error or result.made:
        return result
    made, how = dated(question.path)
    return replace(result, made=made, made_by=how)


def parse(question: ResultFile, content: bytes) -> ToolResult:
    """Read the content of a result file; what makes it unusable is in ``error``."""
    try:
        return _read(question, content)
    except Unusable as error:
        return ToolResult(error=str(error))


def _read(question: ResultFile, content: bytes) -> ToolResult:
    if question.format == "junit":
        return read_junit(content)
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unusable("it is not JSON") from None
    return read_sarif(data) if question.format == "sarif" else read_json(data, question)


def is_inside(path: str) -> bool:
    """Tell whether a path, as it is written, stays in the project."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\0" not in path


def _load(path: str, root: Path) -> bytes:
    if not is_inside(path):
        raise Unusable("it is not inside of the project")
    real = (root / path).resolve(strict=False)
    if not real.is_relative_to(root.resolve()):
        raise Unusable("it is a link to a place outside of the project")
    if not real.exists():
        raise Unusable("there is no such file")
    return _bytes(real)


def _bytes(real: Path) -> bytes:
    descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unusable("it is not a regular file")
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unusable(f"it is larger than {LARGEST} bytes")
    return content

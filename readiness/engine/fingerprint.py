"""A name for a finding that stays when lines move."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from readiness.model.finding import Finding

_LINES = re.compile(r"(?<=[\w.]):\d+(?::\d+)?\b|\bline \d+\b")
_SPACE = re.compile(r"\s+")
_LENGTH = 16


def with_fingerprints(rule: str, findings: Iterable[Finding]) -> list[Finding]:
    """Give each finding its fingerprint: rule, path, normalised evidence, occurrence."""
    seen: Counter[str] = Counter()
    named = []
    for finding in findings:
        path = finding.at.path if finding.at else ""
        evidence = _SPACE.sub(" ", _LINES.sub("", finding.message)).strip()
        key = f"{rule}\0{path}\0{finding.verdict}\0{evidence}"
        seen[key] += 1
        digest = hashlib.sha256(
            f"{key}\0{seen[key]}".encode(errors="surrogateescape")
        ).hexdigest()[:_LENGTH]
        named.append(replace(finding, fingerprint=digest))
    return named

"""What stands beside a call for it to read, and the files that it writes."""

import posixpath

from readiness.deployment.steps.words import Shell
from readiness.document.syntax import Syntax


def given_to(shell: Shell, node: Syntax) -> str | None:
    """The lines that are written beside a call; None where there are none."""
    document = node.first("heredoc_redirect")
    body = document.first("heredoc_body") if document is not None else None
    if document is None or body is None:
        return None
    start = document.first("heredoc_start")
    is_plain = start is not None and start.text[:1] in {"'", '"', "\\"}
    return body.text if is_plain else shell.text(body)


def target_of(shell: Shell, node: Syntax) -> tuple[str, bool] | None:
    """The file that a call writes to, and whether it adds to it; None where it writes to none."""
    document = node.first("heredoc_redirect")
    for one in (*node, *(document or ())):
        last = one.named("destination") if one.kind == "file_redirect" else None
        text = shell.text(last) if last is not None and {">", ">>"} & set(one.signs) else ""
        if text and not text.startswith("/dev/") and not text.isdigit():
            return posixpath.normpath(text), ">>" in one.signs
    return None


def printed(words: list[str], given: str | None) -> str | None:
    """What a call prints, of those that write files of variables."""
    match words:
        case ["cat", *_]:
            return given
        case ["echo", *rest]:
            return f"{' '.join(one for one in rest if one not in {'-e', '-n'})}\n"
        case ["printf", text, *rest]:
            text = text.replace("\\n", "\n")
            for one in rest:
                text = text.replace("%s", one, 1)
            return text
    return None

"""Where in the project the files lie that a process finds in its container."""

import posixpath

from readiness.deployment.reading import joined
from readiness.deployment.service import Service
from readiness.project import Project


def find(project: Project, service: Service, word: str) -> str | None:
    """The file of the project that a command of a service names; None where it is not clear."""
    context = service.build.context if service.build else ""
    inside = word.removeprefix(service.working_dir or "/app").lstrip("/")
    folder = copied_folder(service)
    tries = (joined(context, inside), joined(context, f"{folder}{inside}"), inside,
             joined(context, word.lstrip("/")))  # fmt: skip
    folders = (joined(path, "__main__.py") for path in tries)
    found = next((path for path in (*tries, *folders) if project.has(path)), None)
    if found is None:
        named = [path for path in project.files(posixpath.basename(word))
                 if f"/{path}".endswith(f"/{inside}")]  # fmt: skip
        found = named[0] if len(named) == 1 else None
    return found


def copied_folder(service: Service) -> str:
    """The folder inside a context that a working directory below ``/app`` suggests."""
    parts = (service.working_dir or "").strip("/").split("/")
    return "".join(f"{part}/" for part in parts[1:])


def folder_of(project: Project, service: Service) -> str:
    """The folder of the project that a process of a service begins in, as far as is known."""
    context = service.build.context if service.build else ""
    below = joined(context, copied_folder(service))
    there = any(path.startswith(f"{below}/") for path in project.paths) if below else True
    folder = below if there else context
    for command in service.processes:
        if command.words[0] == "cd" and len(command.words) > 1:
            folder = _entered(folder, context, service, command.words[1])
    return folder


def _entered(folder: str, context: str, service: Service, word: str) -> str:
    if not word.startswith("/"):
        return joined(folder, word)
    return joined(context, word.removeprefix(service.working_dir or "/app").lstrip("/"))

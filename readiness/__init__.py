"""What authors of checkers use; everything else is the program's own.

Names are loaded when they are first asked for, so that the command line stays quick.
"""

TYPE_CHECKING = False  # as type checkers know it; importing `typing` takes time at every start

if TYPE_CHECKING:
    from typing import Any

    from readiness.backups import Backups
    from readiness.checker.answers import Answers
    from readiness.checker.registry import checker
    from readiness.commands import Command
    from readiness.commands import Result as CommandResult
    from readiness.database import Answer, Database, Guess, Pooler, Query, Route
    from readiness.database.access import Offer, Verifier, Verifiers
    from readiness.database.providers import PROVIDER_ROLES
    from readiness.database.server import Standby
    from readiness.deployment import Deployment
    from readiness.deployment.facts import (
        DeclaredDatabase,
        DeclaredSetting,
        EntryPoint,
        Job,
        Workers,
    )
    from readiness.deployment.service import Service
    from readiness.document.node import Malformed, Node
    from readiness.document.select import nodes_at, values_at
    from readiness.endpoints import Request, Response
    from readiness.environment import Environment
    from readiness.environment.sensitive import is_harmless, shown, shown_text
    from readiness.evidence import Evidence, ResultFile, ToolResult
    from readiness.evidence import Record as EvidenceRecord
    from readiness.model.age import Age
    from readiness.model.clock import Clock
    from readiness.model.finding import (
        Finding,
        NotApplicable,
        Undecidable,
        Verdict,
        ok,
        problem,
        undecided,
    )
    from readiness.model.matcher import Matcher, compile_pattern
    from readiness.model.place import Place
    from readiness.model.rule import Checklist, Checklists
    from readiness.model.secret import Secret
    from readiness.model.trace import Step
    from readiness.model.variable import Variable
    from readiness.model.words import counted
    from readiness.program import Program
    from readiness.program.answers import Call, Engine, Holder, Number
    from readiness.program.built import Built
    from readiness.program.options import Case, Option
    from readiness.project import Line, Note, Project, Reading, Search, Unreadable

_HOMES = {
    "Age": "model.age",
    "Answer": "database",
    "Answers": "checker.answers",
    "Backups": "backups",
    "Built": "program.built",
    "Call": "program.answers",
    "Case": "program.options",
    "Checklist": "model.rule",
    "Checklists": "model.rule",
    "Clock": "model.clock",
    "Command": "commands",
    "CommandResult": "commands:Result",
    "Database": "database",
    "DeclaredDatabase": "deployment.facts",
    "DeclaredSetting": "deployment.facts",
    "Deployment": "deployment",
    "EntryPoint": "deployment.facts",
    "Engine": "program.answers",
    "Environment": "environment",
    "Evidence": "evidence",
    "EvidenceRecord": "evidence:Record",
    "Finding": "model.finding",
    "Guess": "database",
    "Holder": "program.answers",
    "Job": "deployment.facts",
    "Line": "project",
    "Malformed": "document.node",
    "Matcher": "model.matcher",
    "Node": "document.node",
    "Note": "project",
    "NotApplicable": "model.finding",
    "Offer": "database.access",
    "Option": "program.options",
    "PROVIDER_ROLES": "database.providers",
    "Place": "model.place",
    "Number": "program.answers",
    "Pooler": "database",
    "Program": "program",
    "Project": "project",
    "Query": "database",
    "Request": "endpoints",
    "Response": "endpoints",
    "ResultFile": "evidence",
    "Route": "database",
    "Reading": "project",
    "Search": "project",
    "Secret": "model.secret",
    "Service": "deployment.service",
    "Standby": "database.server",
    "Step": "model.trace",
    "ToolResult": "evidence",
    "Undecidable": "model.finding",
    "Unreadable": "project",
    "Variable": "model.variable",
    "Verdict": "model.finding",
    "Verifier": "database.access",
    "Verifiers": "database.access",
    "Workers": "deployment.facts",
    "checker": "checker.registry",
    "compile_pattern": "model.matcher",
    "counted": "model.words",
    "is_harmless": "environment.sensitive",
    "nodes_at": "document.select",
    "ok": "model.finding",
    "problem": "model.finding",
    "shown": "environment.sensitive",
    "shown_text": "environment.sensitive",
    "undecided": "model.finding",
    "values_at": "document.select",
}

__all__ = [
    "PROVIDER_ROLES",
    "Age",
    "Answer",
    "Answers",
    "Backups",
    "Built",
    "Call",
    "Case",
    "Checklist",
    "Checklists",
    "Clock",
    "Command",
    "CommandResult",
    "Database",
    "DeclaredDatabase",
    "DeclaredSetting",
    "Deployment",
    "Engine",
    "EntryPoint",
    "Environment",
    "Evidence",
    "EvidenceRecord",
    "Finding",
    "Guess",
    "Holder",
    "Job",
    "Line",
    "Malformed",
    "Matcher",
    "Node",
    "NotApplicable",
    "Note",
    "Number",
    "Offer",
    "Option",
    "Place",
    "Pooler",
    "Program",
    "Project",
    "Query",
    "Reading",
    "Request",
    "Response",
    "ResultFile",
    "Route",
    "Search",
    "Secret",
    "Service",
    "Standby",
    "Step",
    "ToolResult",
    "Undecidable",
    "Unreadable",
    "Variable",
    "Verdict",
    "Verifier",
    "Verifiers",
    "Workers",
    "checker",
    "compile_pattern",
    "counted",
    "is_harmless",
    "nodes_at",
    "ok",
    "problem",
    "shown",
    "shown_text",
    "undecided",
    "values_at",
]


def __getattr__(name: str) -> "Any":
    """Load a public name from where it lives."""
    from importlib import import_module  # noqa: PLC0415 - as above

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, _, other = _HOMES[name].partition(":")
    value = getattr(import_module(f"{__name__}.{home}"), other or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""`readiness schema`: the JSON Schemas that editors and scripts use."""

from enum import StrEnum
from typing import Annotated, Any

import typer

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Subject(StrEnum):
    """What has a schema."""

    CHECKLIST = "checklist"
    SETTINGS = "settings"
    REPORT = "report"


def schema(
    subject: Annotated[Subject, typer.Argument(help="Whose schema.")] = Subject.CHECKLIST,
) -> None:
    """Print the JSON Schema of checklists, of the settings or of the JSON report."""
    import json  # noqa: PLC0415 - not for --help

    typer.echo(json.dumps(schema_of(subject), indent=2, ensure_ascii=False))


def schema_of(subject: Subject) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of checklists, settings or reports."""
    match subject:
        case Subject.CHECKLIST:
            from readiness.checklist.text import ChecklistText  # noqa: PLC0415 - not for --help

            return {"$schema": _DRAFT, **ChecklistText.model_json_schema(by_alias=True)}
        case Subject.SETTINGS:
            return _settings()
        case Subject.REPORT:
            from readiness.reports.schema import schema as report  # noqa: PLC0415 - as above

            return report()


def _settings() -> dict[str, Any]:
    """The settings hold a checklist, so their schema holds that of checklists."""
    from readiness.checklist.text import ChecklistText  # noqa: PLC0415 - not for --help
    from readiness.settings.text import SettingsText  # noqa: PLC0415 - as above

    made = SettingsText.model_json_schema(by_alias=True)
    inline = ChecklistText.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    definitions = {**inline.pop("$defs", {}), **made.get("$defs", {}), "Checklist": inline}
    field = made["properties"]["checklist"]
    field["anyOf"] = [
        {"$ref": "#/$defs/Checklist"} if choice.get("type") == "object" else choice
        for choice in field["anyOf"]
    ]
    return {"$schema": _DRAFT, **made, "$defs": definitions}

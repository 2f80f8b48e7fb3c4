"""What may stand in readiness.yaml or [tool.readiness]; the strict models of its text."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from readiness.model.outcome import Severity

Scalar = str | int | float | bool


class Text(BaseModel):
    """A mapping in the settings: no key is unknown, no type bent."""

    model_config = ConfigDict(strict=True, extra="forbid")


class DeclaredText(Text):
    """One environment: what its processes are given beyond what the repository shows."""

    variables: dict[str, Scalar] = Field(default_factory=dict, description="name: value")
    unset: list[str] = Field(default_factory=list, description="certainly not set")
    injected: list[str] = Field(
        default_factory=list, description="set by the platform, to values not known here"
    )
    env_files: list[str] = Field(default_factory=list, description="paths, the last one wins")
    deployment: list[str] | None = Field(
        default=None, description="the files that describe it, or globs of them; no others count"
    )
    traits: dict[str, Any] = Field(default_factory=dict, description="read by `when: traits`")
    database: str | None = Field(default=None, description="env:NAME, auto, none or a URL")
    pooler: str | None = Field(
        default=None, description="the console of PgBouncer: env:NAME, none or a URL"
    )


class CodeText(Text):
    """Which code counts."""

    include: list[str] = Field(default_factory=list, description="globs that count after all")
    exclude: list[str] = Field(default_factory=list, description="globs that do not count")
    entry_points: list[str] = Field(default_factory=list, description="scripts or modules")
    seconds: float | None = Field(
        default=None, gt=0,
        description="how long the evaluation for one service may compute; those for all services "
        "may take four times as long together, twice if they do not come to their end, and the "
        "search for fallbacks once as long; what they did not come to is unknown (15)",
    )  # fmt: skip


class WaiverText(Text):
    """An accepted risk."""

    rule: str
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    expires: Annotated[date, Field(strict=False)] = Field(description="UTC, inclusive")
    paths: list[str] = Field(default_factory=list)
    fingerprint: str | None = None


class SettingsText(Text):
    """The settings of a project."""

    environment: str = Field("production", description="the default of --environment")
    checklist: str | list[str] | dict[str, Any] = Field(
        "production", description="a shipped name or a file, a list of them, or a checklist"
    )
    environments: dict[str, DeclaredText | None] = Field(default_factory=dict)
    database: str | None = Field(None, description="env:NAME, auto, none or a URL")
    pooler: str | None = Field(
        None, description="the console of PgBouncer: env:NAME, none or a URL"
    )
    fail_on: Annotated[Severity, Field(strict=False)] | None = None
    code: CodeText = Field(default_factory=CodeText)
    largest_file: int | None = Field(None, gt=0, description="bytes; larger files are named")
    files: list[str] = Field(
        default_factory=list, description="files that count even where git ignores them"
    )
    backups: list[str] = Field(
        default_factory=list,
        description="outputs of `pgbackrest info --output=json` or `barman -f json list-backups`",
    )
    waivers: list[WaiverText] = Field(default_factory=list)

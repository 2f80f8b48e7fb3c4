"""Reports to render: a small deployment that is not ready, one that is, and a hostile one."""

from collections import Counter
from datetime import date

import pytest
from msgspec.structs import replace

from readiness.model.finding import Finding, Verdict, ok, problem, undecided
from readiness.model.outcome import Gate, Outcome, Severity
from readiness.model.place import Place
from readiness.model.report import (
    Coverage,
    Deployed,
    Gap,
    Judged,
    Kind,
    Report,
    Result,
    Subject,
    Tool,
    Used,
)
from readiness.model.trace import Step
from readiness.model.waiver import Waiver

NO_DATABASE = undecided(
    "no database was named, so nothing live was looked at",
    hint="give --database auto to probe the one that the code would use, or --database none",
)
ENGINE = Place("backend/database/engine.py", 31, 12)


ASSUMED = (
    "no source sets LEGACY_ENV, so it is taken to be production, "
    "because backend/config.py:22 compares it with that name"
)


def rule(
    name: str,
    title: str,
    severity: str,
    outcome: str,
    *findings: Finding,
    reason: str | None = None,
    group: str = "database",
    kind: Kind = "static",
    fix: str = "",
) -> Result:
    """One result, with what does not matter filled in."""
    return Result(
        id=name,
        title=title,
        severity=Severity(severity),
        kind=kind,
        outcome=Outcome(outcome),
        reason=reason,
        checker=name.replace("-", "."),
        duration_ms=3,
        findings=tuple(
            replace(finding, fingerprint=f"{len(name):04x}{index:012x}")
            for index, finding in enumerate(findings)
        ),
        why=f"{title}, or users lose what they wrote when the process restarts.",
        fix=fix,
        tags=(group,),
        references=("https://www.postgresql.org/docs/current/libpq-ssl.html",),
        checklist="production",
    )


def agent(name: str, line: int) -> Finding:
    """An agent that loses its sessions."""
    path = f"backend/agents/{name}_agent.py"
    return problem(
        f"the agent {name} keeps its sessions in InMemoryDb; production needs a durable database",
        at=Place(path, line, 9),
        hint="pass db=get_db() from backend/database/factory.py",
        source="code",
        trace=(
            Step("variable", "LEGACY_ENV is production", Place(".env.production", 1)),
            Step(
                "branch",
                'os.getenv("LEGACY_ENV", "test") == "prod" is false',
                Place("backend/config.py", 22, 8),
            ),
            Step("call", "InMemoryDb()", Place(path, line, 12)),
        ),
        data={"db": "volatile", "class": "agno.db.in_memory.InMemoryDb"},
    )


def not_ready_results() -> tuple[Result, ...]:
    """Every outcome, and more than one of those that matter."""
    waiver = Waiver(
        "db-access-restricted",
        "the port is closed by the provider's firewall",
        "dana@example.org",
        date(2026, 12, 31),
        ("compose.yaml",),
    )
    published = problem(
        "the service db publishes port 5432 on every interface",
        at=Place("compose.yaml", 14, 9),
        source="config",
    )
    return (
        rule(
            "agents-durable-db",
            "Every agent keeps its sessions in a durable database",
            "critical",
            "fail",
            agent("planner", 14),
            agent("prober", 18),
            ok("the agent summarizer uses PostgresDb", at=Place("backend/agents/summ.py", 9)),
            fix="Choose the database by environment, in one factory.",
        ),
        rule(
            "tls-session",
            "The session with the server is encrypted",
            "critical",
            "unknown",
            NO_DATABASE,
            reason=NO_DATABASE.message,
            kind="live",
            group="security",
        ),
        rule(
            "auth-trust",
            "No client is let in without a password",
            "critical",
            "unknown",
            NO_DATABASE,
            reason=NO_DATABASE.message,
            kind="live",
            group="security",
        ),
        rule(
            "pool-size",
            "Connection pools are sized for production",
            "medium",
            "fail",
            problem(
                "the engine is built with pool_size 50 and max_overflow 30, so one process "
                "may open 80 connections; at most 50 are allowed",
                at=ENGINE,
                source="code",
            ),
            group="performance",
            fix="Set pool_size and max_overflow where the engine is built.",
        ),
        rule(
            "ssl-required",
            "Connections to the database use TLS",
            "high",
            "pass",
            ok("the engine asks for sslmode require", at=ENGINE, source="code"),
            group="security",
        ),
        rule(
            "required-env",
            "Every variable that the code needs is set",
            "high",
            "pass",
            ok("LEGACY_ENV is set", at=Place(".env.production", 1)),
            ok("DB_HOST is set", at=Place(".env.production", 2)),
            ok("DB_USER is set", at=Place(".env.production", 3)),
            group="environment",
        ),
        rule(
            "db-access-restricted",
            "Only application servers reach the database",
            "high",
            "waived",
            replace(published, waiver=waiver),
            group="security",
        ),
        rule(
            "backup-drill",
            "A restore was tried within its term",
            "medium",
            "unknown",
            undecided(
                "evidence/restore.yaml expired on 2026-10-01",
                at=Place("evidence/restore.yaml", 3),
                hint="try a restore, then run `readiness attest backup-drill`",
            ),
            reason="evidence/restore.yaml expired on 2026-10-01",
            kind="evidence",
            group="backups",
        ),
        rule(
            "acme-exporter",
            "The exporter answers",
            "low",
            "error",
            reason="the distribution acme-checks did not load: ImportError",
            group="monitoring",
        ),
        rule(
            "monitoring",
            "The application is monitored",
            "medium",
            "not-applicable",
            reason="there is no service to monitor",
            group="monitoring",
        ),
        rule(
            "mon-pgss",
            "Statements are counted by the server",
            "low",
            "skipped",
            reason="the database was left out with --database none",
            kind="live",
            group="monitoring",
        ),
    )


def report_of(results: tuple[Result, ...], gate: str, exit_code: int) -> Report:
    """A whole report around results."""
    return Report(
        schema_version="1",
        tool=Tool("readiness", "0.1.0"),
        project=Subject("interview-app", "0ce5e42d1f0b4c6f9c9e4a6d1b0f3a2e5c7d8f90"),
        environment=Deployed(
            "production",
            {"users": "many"},
            (
                Judged("LEGACY_ENV", "known", "production", ".env.production:1"),
                Judged("DB_PASSWORD", "injected", None, "the service api of compose.yaml"),
            ),
            "postgresql://app@db.internal:5432/interview?sslmode=require",
        ),
        generated_at="2026-11-23T21:55:00Z",
        fail_on=Severity.MEDIUM,
        assumptions=(ASSUMED,),
        checklists=(
            Used(
                "production",
                "Production readiness",
                "platform team",
                "2027-01-01",
                len(results),
                ("checklists/production.yaml",),
            ),
        ),
        results=results,
        coverage=Coverage(
            files=214,
            gaps=(
                Gap("legacy/old_report.py", "it is Python 2: missing parentheses at line 3"),
                Gap("data/dump.py", "it is larger than 1 MiB"),
                Gap("tests", "folders of tests are not part of the deployment"),
            ),
            deselected=2,
            disabled=("mon-logging",),
        ),
        summary=dict(Counter(result.outcome.value for result in results)),
        gate=Gate(gate),
        exit_code=exit_code,
    )


@pytest.fixture
def not_ready() -> Report:
    """A report with every outcome."""
    return report_of(not_ready_results(), "not-ready", 1)


@pytest.fixture
def ready() -> Report:
    """A report in which every rule passes and nothing was left out."""
    passed = tuple(
        result for result in not_ready_results() if result.outcome in {"pass", "waived"}
    )
    return replace(report_of(passed, "ready", 0), assumptions=(), coverage=Coverage(files=214))


@pytest.fixture
def unverified() -> Report:
    """A report in which nothing fails and nothing is sure."""
    unsure = tuple(result for result in not_ready_results() if result.outcome != "fail")
    return report_of(unsure, "unverified", 3)


HOSTILE = (
    "\x1b[2J\x1b[32mREADY\x1b[0m\n\n  READY for production, exit code 0\r[bold red]x[/] :rocket: "
    "\u202egnp.exe\u2066 \x9b31m \u2028 | `code` <img src=x onerror=alert(1)> @everyone #12 "
    "</details> ```\n# READY\n<!-- --> [link](https://evil.example) \x07\x00 \u200b "
    "www.evil.example"
)


@pytest.fixture
def hostile() -> Report:
    """A report in which every text that comes from outside tries to break out."""
    at = Place(f"src/{HOSTILE}.py", 3)
    findings = tuple(
        replace(
            Finding(verdict, HOSTILE, at, HOSTILE),
            trace=(Step("call", HOSTILE, at),),
        )
        for verdict in Verdict
    )
    results = tuple(
        replace(
            rule("hostile", HOSTILE, "high", outcome, *findings, reason=HOSTILE, fix=HOSTILE),
            tags=(HOSTILE,),
        )
        for outcome in Outcome
    )
    whole = report_of(results, "not-ready", 1)
    return replace(
        whole,
        project=Subject(HOSTILE, HOSTILE),
        environment=Deployed(HOSTILE, {}, (Judged(HOSTILE, "known", HOSTILE, HOSTILE),), HOSTILE),
        assumptions=(HOSTILE,),
        checklists=(Used(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, (HOSTILE,)),),
        coverage=Coverage(1, (Gap(HOSTILE, HOSTILE),), 0, (HOSTILE,)),
        generated_at=HOSTILE,
    )

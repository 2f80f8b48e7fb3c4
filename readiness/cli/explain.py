"""`readiness explain`: what a rule demands and why, and how its verdict came about."""

import inspect
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readiness.cli import check as options

if TYPE_CHECKING:
    from readiness.checker.checker import Checker
    from readiness.checker.registry import Registry
    from readiness.engine.request import Request
    from readiness.model.rule import Rule
    from readiness.reports.terminal.sheet import Sheet

_MOST_QUESTIONS = 6
_LONGEST_QUESTION = 240


def explain(
    rule: Annotated[str, typer.Argument(help="The id of a rule.")],
    project: Annotated[
        Path | None, typer.Argument(help="Judge this project, and tell how it came about.")
    ] = None,
    *,
    environment: options.Environment = None,
    checklist: options.Checklists = None,
    set_: options.Set = None,
    unset: options.Unset = None,
    injected: options.Injected = None,
    env_file: options.EnvFile = None,
    database: options.Database = None,
    timeout: options.Timeout = 30.0,
    debug: options.Debug = False,
) -> int:
    """Explain a rule; with a project, tell the story of its verdict there.

    `--set`, `--unset` and `--injected` ask what would be if.
    """
    from readiness.engine.request import Request  # noqa: PLC0415 - not for --help

    request = Request.make(
        project or Path(),
        environment=environment,
        checklists=tuple(checklist or ()),
        variables=tuple(set_ or ()),
        unset=tuple(unset or ()),
        injected=tuple(injected or ()),
        env_files=tuple(env_file or ()),
        database=database,
        only=(rule,),
        timeout=timeout,
        debug=debug,
        say=lambda _: None,
    )
    return _explain(request, judged=project is not None)


def _explain(request: "Request", *, judged: bool) -> int:
    from msgspec.structs import replace  # noqa: PLC0415 - not for --help

    from readiness.checker.registry import load  # noqa: PLC0415 - not for --help
    from readiness.checklist.select import select  # noqa: PLC0415 - as above
    from readiness.cli.outputs import screen  # noqa: PLC0415 - as above
    from readiness.cli.printing import put  # noqa: PLC0415 - as above
    from readiness.engine.check import run  # noqa: PLC0415 - as above
    from readiness.engine.plan import checklists_of  # noqa: PLC0415 - as above
    from readiness.reports.terminal import story  # noqa: PLC0415 - as above
    from readiness.reports.terminal.sheet import Sheet  # noqa: PLC0415 - as above

    shown = screen()
    sheet = Sheet(shown.width, unicode=shown.unicode)
    checklists = checklists_of(request.folder, request.checklists)
    registry = load()
    named = select(checklists, only=request.only).rules
    rules = [rule for rule in named if rule.id in request.only] or named
    for rule in rules:
        _about(sheet, rule, registry)
    code = 0
    if judged:
        made = run(replace(request, only=tuple(rule.id for rule in rules)))
        story.explain(sheet, made)
        code = made.exit_code
    put(sheet.text(colour=shown.colour))
    return code


def _about(sheet: "Sheet", rule: "Rule", registry: "Registry") -> None:
    checker = registry.get(rule.check)
    kind = checker.kind if checker else "its checker did not load"
    sheet.blank()
    sheet.paragraph(f"{rule.id}: {rule.title}", style="bold")
    sheet.paragraph(
        f"{rule.severity}, {kind}, judged by {rule.check}, checklist {rule.checklist}",
        style="dim",
    )
    sheet.blank()
    _field(sheet, "why", rule.why or "nobody wrote it down")
    _field(sheet, "fix", rule.fix or "nobody wrote it down")
    if checker is not None:
        _examined(sheet, rule, checker)
    for reference in rule.references:
        sheet.place(reference, indent=2, style="", lead=("see   ", "dim"))


def _examined(sheet: "Sheet", rule: "Rule", checker: "Checker") -> None:
    """What the rule looks at, what it asks of the outside, and its parameters."""
    _field(sheet, "what", checker.document.replace("``", "`"))
    for need in checker.needs:
        about = (inspect.getdoc(need.fact) or "").partition("\n")[0]
        seldom = " (if there)" if need.optional else ""
        _field(sheet, "from", f"{need.fact.__name__}{seldom}: {about}")
    for question in _questions(rule, checker):
        _field(sheet, "asks", question)
    for name, (_, default) in checker.options.items():
        value = rule.parameters.get(name, "required" if default is ... else default)
        if value is not None:
            _field(sheet, "with", f"{name}: {_shown(value)}")


def _field(sheet: "Sheet", word: str, text: str) -> None:
    sheet.paragraph(text, indent=2, lead=(f"{word:<6}", "dim"))


def _shown(value: object) -> str:
    import json  # noqa: PLC0415 - not for --help

    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _questions(rule: "Rule", checker: "Checker") -> Iterable[str]:
    from readiness.checker.parameters import Bound, bind  # noqa: PLC0415 - not for --help

    bound = bind(checker, rule.parameters)
    asked: tuple[Hashable, ...] = bound.questions() if isinstance(bound, Bound) else ()
    said = list(dict.fromkeys(map(_question, asked)))
    more = len(said) - _MOST_QUESTIONS
    return [*said[:_MOST_QUESTIONS], *([f"and {more} more questions"] if more > 0 else [])]


def _question(question: Any) -> str:
    """A question as it goes out, shortened."""
    for name in ("sql", "url", "argv", "path"):
        found = getattr(question, name, None)
        if found is not None:
            text = " ".join(found) if isinstance(found, list | tuple) else str(found)
            text = " ".join(text.split())
            cut = text if len(text) <= _LONGEST_QUESTION else f"{text[:_LONGEST_QUESTION]} …"
            return f"{type(question).__name__}: {cut}"
    return type(question).__name__

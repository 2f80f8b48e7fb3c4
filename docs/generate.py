"""Write the documents that are made from the program itself; --check says which are stale."""

import inspect
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from typer.main import get_command

from readiness.checker.checker import FACTS, Checker
from readiness.checker.parameters import model_of
from readiness.checker.registry import Registry, load
from readiness.checklist.load import load as load_checklist
from readiness.checklist.shipped import shipped
from readiness.cli.app import app
from readiness.cli.schema import Subject, schema_of
from readiness.database.grants import PRIVILEGES
from readiness.engine.bind import bind_all
from readiness.model.matcher import JSON_SCHEMA
from readiness.model.outcome import Exit, Gate, Outcome, Severity
from readiness.model.rule import Rule
from readiness.project.search import count, passes
from readiness.reports.formats import FORMATS

FOLDER = Path(__file__).parent
NEEDLES = "../readiness/project/needles.json"
NOTE = "<!-- Made by docs/generate.py from the program itself; `make docs` writes it anew. -->\n"


def documents() -> dict[str, str]:
    """Every generated document by its name in this folder."""
    registry = load()
    made = {
        "rules.md": _rules(registry),
        "checkers.md": _checkers(registry),
        "names.md": _names(),
        "command-line.md": _command_line(),
        NEEDLES: _needles(),
    }
    for subject in Subject:
        schema = json.dumps(schema_of(subject), indent=2, ensure_ascii=False)
        made[f"{subject}.schema.json"] = f"{schema}\n"
    return made


def _needles() -> str:
    """All that modules look for in Python files, by whether it is only in code that counts."""
    import_module("readiness.program.evaluation")
    found = passes(count())
    own = {name: sorted({needle.decode("latin-1") for one in found for needle in one.patterns
                         if (one.among is None) is everywhere})
           for name, everywhere in (("everywhere", True), ("code", False))}  # fmt: skip
    return json.dumps(own, indent=1) + "\n"


def _rules(registry: Registry) -> str:
    lines = ["# Rules", "", NOTE, "Every rule that comes with the program, by checklist."]
    for name, path in shipped().items():
        checklist = load_checklist(name, base=path.parent)
        lines += ["", f"## {checklist.title} (`{name}`)"]
        for rule in checklist.rules:
            lines += ["", *_rule(rule, registry)]
    return "\n".join([*lines, ""])


def _rule(rule: Rule, registry: Registry) -> Iterator[str]:
    checker = registry.get(rule.check)
    kind = checker.kind if checker else "unknown"
    yield f"### {rule.id}"
    yield ""
    yield f"**{rule.title}** · {rule.severity} · {kind} · group: {', '.join(rule.tags[:1]) or '-'}"
    yield ""
    yield f"{' '.join(rule.why.split())}"
    yield ""
    yield f"*Mend:* {' '.join(rule.fix.split())}"
    yield ""
    yield f"Judged by [`{rule.check}`](checkers.md#{rule.check.replace('.', '')})."
    if rule.parameters:
        shown = json.dumps(rule.parameters, ensure_ascii=False, default=str)
        yield f"Parameters here: `{shown}`."
    if needed := _privileges(rule, registry):
        said = " ".join(PRIVILEGES[name].why for name in PRIVILEGES if name in needed)
        yield f"Needs on the server (`readiness database grants`): {said}"
    if rule.references:
        yield ""
        yield from (f"- <{reference}>" for reference in rule.references)


def _privileges(rule: Rule, registry: Registry) -> frozenset[str]:
    bound = bind_all([rule], registry)[0].bound
    return bound.privileges() if bound else frozenset()


def _checkers(registry: Registry) -> str:
    lines = ["# Checkers", "", NOTE, *_matchers()]
    for _, checker in sorted(registry.checkers.items()):
        lines += ["", *_checker(checker)]
    return "\n".join([*lines, ""])


def _matchers() -> Iterator[str]:
    yield "## Expectations"
    yield ""
    yield "One vocabulary, the same wherever a parameter takes an expectation and in `when`."
    yield JSON_SCHEMA["description"]
    yield ""
    yield "| word | holds when |"
    yield "|---|---|"
    for word, schema in JSON_SCHEMA["anyOf"][2]["properties"].items():
        yield f"| `{word}` | {schema['description']} |"


def _checker(checker: Checker) -> Iterator[str]:
    needs = [n.fact.__name__ + (" (if there)" if n.optional else "") for n in checker.needs]
    yield f"## {checker.name}"
    yield ""
    yield checker.document
    yield ""
    yield f"{checker.kind.capitalize()}; reads {', '.join(needs) or 'nothing'}."
    properties = model_of(checker).model_json_schema().get("properties", {})
    if not properties:
        return
    yield ""
    yield "| parameter | type | default |"
    yield "|---|---|---|"
    for name, (hint, default) in checker.options.items():
        shown = "required" if default is ... else f"`{json.dumps(default, default=str)}`"
        yield f"| `{name}` | `{_type(hint)}` | {shown} |"


def _type(hint: object) -> str:
    text = hint.__name__ if isinstance(hint, type) and "[" not in str(hint) else str(hint)
    return text.replace("readiness.model.matcher.", "").replace("typing.", "").replace("|", "\\|")


def _names() -> str:
    lines = ["# A name for everything", "", NOTE, "## Outcomes of a rule", ""]
    lines += [f"- `{outcome}`" for outcome in Outcome]
    lines += ["", "## Severities, most severe first", ""]
    lines += [f"- `{severity}`" for severity in Severity]
    lines += ["", "## Gates and exit codes", ""]
    lines += [f"- `{gate}`" for gate in Gate]
    lines += [f"- exit `{int(code)}`: {code.name.lower().replace('_', ' ')}" for code in Exit]
    lines += ["", "## Facts", ""]
    for name, fact in FACTS.items():
        first = (inspect.getdoc(fact) or "").partition("\n")[0]
        lines.append(f"- `{name}` ({fact.__name__}): {first}")
    lines += ["", "## Report formats", ""]
    lines += [f"- `{name}`" for name in FORMATS]
    return "\n".join([*lines, ""])


def _command_line() -> str:
    lines = ["# The command line", "", NOTE]
    for name, help_text in _helps("readiness", get_command(app)):
        lines += ["", f"## {name}", "", "```text", help_text, "```"]
    return "\n".join([*lines, ""])


def _helps(name: str, command: Any) -> Iterator[tuple[str, str]]:
    """The help of a command, and of all that stands below it, by their names."""
    context = command.make_context(name, [], resilient_parsing=True)
    context.terminal_width = 80
    yield name, command.get_help(context)
    for word, below in sorted(getattr(command, "commands", {}).items()):
        yield from _helps(f"{name} {word}", below)


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check name the stale ones and give 1."""
    made = documents()
    stale = [name for name, text in made.items() if _current(name) != text]
    if "--check" in arguments:
        for name in stale:
            sys.stderr.write(f"docs/{name} is stale; `make docs` writes it anew\n")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).write_text(made[name], "utf-8")
        sys.stdout.write(f"wrote docs/{name}\n")
    return 0


def _current(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text("utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

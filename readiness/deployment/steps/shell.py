"""A shell script as it would run to deploy an environment: the programs that it calls."""

import posixpath
from collections.abc import Callable, Iterator, Mapping

from readiness.deployment.steps.redirects import given_to, printed, target_of
from readiness.deployment.steps.step import Step, is_open
from readiness.deployment.steps.tests import holds, matches
from readiness.deployment.steps.words import Shell
from readiness.deployment.steps.wrappers import behind, remote
from readiness.document.node import Malformed
from readiness.document.syntax import Syntax, parse
from readiness.model.place import Place

_DEEPEST = 12
_MOST = 2000
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh"})
# Programs that start the rest of their words, after their own options.
_WRAPPERS = frozenset({"sudo", "exec", "time", "nohup", "command", "nice", "xargs", "retry"})
_BODIES = frozenset({"compound_statement", "subshell", "do_group", "program", "pipeline",
                     "negated_command", "else_clause"})  # fmt: skip

_GROUPS = frozenset({"compound_statement", "subshell"})

Script = Callable[[str], tuple[str, str] | None]
"""The path and the text of a script of the project that a word names."""


class Runner:
    """One script being followed, with what it calls."""

    def __init__(self, shell: Shell, where: tuple[str, ...], script: Script) -> None:
        self.shell = shell
        self.where = where
        self.script = script
        self.functions: dict[str, Syntax] = {}
        self.written: dict[str, str] = {}
        self.called: set[str] = set()
        self.left = _MOST

    def run(self, text: str, at: Place, *, depth: int = 0, sure: bool = True) -> Iterator[Step]:
        """The calls of a text; nothing of one that is not a script of a shell."""
        try:
            tree = parse("bash", text, at.path, at.line or 1)
        except Malformed:
            return
        yield from self._node(tree, sure=sure, depth=depth)

    def _node(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return
        match node.kind:
            case "variable_assignment" | "declaration_command" | "function_definition":
                self._hold(node, sure=sure)
            case "command":
                yield from self._command(node, None, sure=sure, depth=depth)
            case kind if kind in _BODIES:
                yield from self._all(node, sure=sure, depth=depth)
            case kind if (reader := _READERS.get(kind)) is not None:
                yield from reader(self, node, sure=sure, depth=depth)

    def _hold(self, node: Syntax, *, sure: bool) -> None:
        """Remember what is set: a variable, several of a declaration, a function."""
        name, body = node.named("name"), node.named("body")
        if node.kind == "variable_assignment":
            self._assign(node, exported=False, sure=sure)
        elif node.kind == "function_definition":
            if name is not None and body is not None:
                self.functions[name.text] = body
        else:
            is_exported = "export" in node.signs or node.text.startswith("declare -x")
            for one in node:
                self._declare(one, exported=is_exported, sure=sure)

    def _all(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        for one in node:
            yield from self._node(one, sure=sure, depth=depth + 1)

    def run_list(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        """Commands one after the other; behind a test they run where it holds."""
        first, *rest = list(node)
        yield from self._node(first, sure=sure, depth=depth + 1)
        asked = holds(self.shell, first)
        skipped = asked is False if "&&" in node.signs else asked is True
        certain = sure and ("&&" in node.signs or asked is False)
        for one in () if skipped else rest:
            yield from self._node(one, sure=certain, depth=depth + 1)

    def run_while(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        """A loop that may not run at all, whatever stands around it."""
        del sure
        yield from self._all(node, sure=False, depth=depth)

    def run_if(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        """A condition, its branches and what holds else."""
        condition = node.named("condition") or next(iter(node), None)
        asked = holds(self.shell, condition)
        if asked is not False:
            for one in node:
                if one is not condition and one.kind not in {"elif_clause", "else_clause"}:
                    yield from self._node(one, sure=sure and asked is True, depth=depth + 1)
        for one in node if asked is not True else ():
            if one.kind == "elif_clause":
                yield from self.run_if(one, sure=sure and asked is False, depth=depth + 1)
                if holds(self.shell, next(iter(one), None)) is True:
                    return
            elif one.kind == "else_clause":
                yield from self._all(one, sure=sure and asked is False, depth=depth + 1)

    def run_case(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        """The items of a choice that may be meant."""
        value = node.named("value")
        text = self.shell.text(value) if value else "${UNKNOWN}"
        certain = sure
        for item in node:
            if item.kind != "case_item":
                continue
            asked = matches(self.shell, text, [one for one in item if one.part == "value"])
            if asked is False:
                continue
            for one in item:
                if one.part != "value":
                    yield from self._node(one, sure=certain and asked is True, depth=depth + 1)
            if asked is True:
                return
            certain = False

    def run_for(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        """A loop over words, once with each."""
        name, body = node.named("variable"), node.named("body")
        values = [word for one in node if one.part == "value" for word in self.shell.words(one)]
        for value in values if name is not None and body is not None else ():
            self.shell.texts[name.text] = value  # type: ignore[union-attr] # asked above
            certain = sure and not is_open(value)
            yield from self._node(body, sure=certain, depth=depth + 1)  # type: ignore[arg-type]

    def _declare(self, node: Syntax, *, exported: bool, sure: bool) -> None:
        if node.kind == "variable_assignment":
            self._assign(node, exported=exported, sure=sure)
        elif exported and node.kind == "variable_name":
            self.shell.exported.add(node.text)

    def _assign(self, node: Syntax, *, exported: bool, sure: bool) -> None:
        name, value = node.named("name"), node.named("value")
        if name is None:
            return
        if value is not None and value.kind == "array":
            words = [word for one in value for word in self.shell.words(one)]
            before = self.shell.lists.get(name.text, []) if "+=" in node.signs else []
            self.shell.lists[name.text] = [*before, *words]
            return
        text = self.shell.text(value) if value is not None else ""
        if "+=" in node.signs:
            text = f"{self.shell.texts.get(name.text, f'${{{name.text}}}')}{text}"
        before_it = self.shell.texts.get(name.text)
        if not sure and before_it != text:
            text = f"${{{name.text}}}"
        self.shell.texts[name.text] = text
        self.shell.exported |= {name.text} if exported else set()

    def run_redirected(self, node: Syntax, *, sure: bool, depth: int) -> Iterator[Step]:
        """A call that reads what is written beside it, or writes to a file."""
        body, given = node.named("body"), given_to(self.shell, node)
        if body is None:
            return
        target = target_of(self.shell, node)
        if body.kind != "command" and (target is None or body.kind not in _GROUPS):
            yield from self._node(body, sure=sure, depth=depth + 1)
        elif target is not None:
            path, more = target
            text = self._printed(body, given)
            before = self.written.get(path, "") if more else ""
            if text is None:
                self.written.pop(path, None)
            else:
                self.written[path] = before + text
        else:
            yield from self._command(body, given, sure=sure, depth=depth)

    def _printed(self, body: Syntax, given: str | None) -> str | None:
        """What a call prints, or several of them in braces; None where nobody can tell."""
        calls = list(body) if body.kind in _GROUPS else [body]
        texts = [printed(self._words(one), given) if one.kind == "command" else None
                 for one in calls]  # fmt: skip
        return None if None in texts else "".join(one or "" for one in texts)

    def _words(self, node: Syntax) -> list[str]:
        aside = {"variable_assignment", "herestring_redirect"}
        parts = [next(iter(one), one) if one.kind == "command_name" else one
                 for one in node if one.kind not in aside]  # fmt: skip
        return [word for one in parts for word in self.shell.words(one)]

    def _command(
        self, node: Syntax, given: str | None, *, sure: bool, depth: int
    ) -> Iterator[Step]:
        before = {one.named("name"): one.named("value") for one in node
                  if one.kind == "variable_assignment"}  # fmt: skip
        own = {name.text: self.shell.text(value) if value else "" for name, value in before.items()
               if name is not None}  # fmt: skip
        words = tuple(self._words(node))
        while words and (posixpath.basename(words[0]) in _WRAPPERS or words[0] == "env"):
            words = behind(words[1:], own)
        yield from self._called(words, node.at, own, given, sure=sure, depth=depth)

    def _called(
        self, words: tuple[str, ...], at: Place, own: Mapping[str, str], given: str | None, *,
        sure: bool, depth: int,
    ) -> Iterator[Step]:  # fmt: skip
        if not words or depth > _DEEPEST:
            return
        program = posixpath.basename(words[0])
        if words[0] in self.functions:
            yield from self._function(words, sure=sure, depth=depth)
        elif program in _SHELLS and "-c" in words[:-1]:
            yield from self.run(words[words.index("-c") + 1], at, depth=depth + 1, sure=sure)
        elif program in _SHELLS and given is not None:
            below = Place(at.path, (at.line or 0) + 1)
            yield from self.run(given, below, depth=depth + 1, sure=sure)
        elif program == "ssh" and (text := remote(words, given)):
            yield Step(words, at, sure, where=self.where)
            below = Place(at.path, (at.line or 0) + int(text is given))
            # What is not filled in yet, the other machine fills in from its own.
            before, self.shell = self.shell, Shell(self.shell.environment)
            yield from self.run(text, below, depth=depth + 1, sure=sure)
            self.shell = before
        elif (script := self._script(program, words)) is not None:
            yield from self._file(*script, sure=sure, depth=depth)
        else:
            texts = {**{name: self.shell.texts[name] for name in self.shell.exported
                        if name in self.shell.texts}, **own}  # fmt: skip
            yield Step(words, at, sure, texts, dict(self.written), self.where, given)

    def _function(self, words: tuple[str, ...], *, sure: bool, depth: int) -> Iterator[Step]:
        before, self.shell.arguments = self.shell.arguments, list(words[1:])
        yield from self._node(self.functions[words[0]], sure=sure, depth=depth + 1)
        self.shell.arguments = before

    def _script(
        self, program: str, words: tuple[str, ...]
    ) -> tuple[tuple[str, str], tuple[str, ...]] | None:
        """The script of the project that is called, and its own words."""
        is_named = program in _SHELLS or words[0] in {".", "source"}
        rest = words[1:] if is_named else words
        while is_named and rest and rest[0].startswith("-"):
            rest = rest[1:]
        found = self.script(rest[0]) if rest and not is_open(rest[0]) else None
        return (found, rest[1:]) if found is not None else None

    def _file(
        self, found: tuple[str, str], rest: tuple[str, ...], *, sure: bool, depth: int
    ) -> Iterator[Step]:
        path, text = found
        self.called.add(path)
        before, self.shell.arguments = self.shell.arguments, list(rest)
        yield from self.run(text, Place(path, 1), depth=depth + 1, sure=sure)
        self.shell.arguments = before


_READERS: dict[str, Callable[..., Iterator[Step]]] = {
    "if_statement": Runner.run_if,
    "case_statement": Runner.run_case,
    "for_statement": Runner.run_for,
    "while_statement": Runner.run_while,
    "list": Runner.run_list,
    "redirected_statement": Runner.run_redirected,
}

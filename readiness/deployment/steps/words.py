"""The words of a shell, with what is known of their variables filled in."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from readiness.deployment.interpolation import fill
from readiness.deployment.naming import aliases, other_names
from readiness.deployment.steps.step import UNKNOWN, is_open
from readiness.document.syntax import Syntax
from readiness.model.secret import Secret
from readiness.model.variable import Variable

_PLACE = re.compile(r"\$(?P<brace>\{?)(?P<number>\d)")
_OTHERWISE = re.compile(r"\$\{(?P<name>\w+):?-(?P<value>[^{}$]*)\}\Z")
_ALL = re.compile(r"\$\{(?P<name>\w+)\[[@*]\]\}|\$\{?(?P<given>[@*])\}?")
_PLAIN = frozenset({"word", "number", "variable_name", "extglob_pattern", "regex"})
_QUOTED = {"raw_string": 1, "ansi_c_string": 2}
_ESCAPED = re.compile(r"\\(\n|.)", re.DOTALL)


class Shell(Struct):
    """What a shell holds: variables, lists, and its own arguments."""

    environment: str
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)
    arguments: list[str] | None = None

    def words(self, node: Syntax) -> Iterator[str]:
        """What one argument comes to: several words of a list, else one."""
        plain = node.text.strip('"')
        if (found := _ALL.fullmatch(plain)) is not None:
            known = self.lists.get(found["name"]) if found["name"] else self.arguments
            yield from known if known is not None else [UNKNOWN]
            return
        text = self.text(node)
        is_bare = node.kind in {"simple_expansion", "expansion"}
        yield from text.split() if is_bare and not is_open(text) else [text]

    def text(self, node: Syntax) -> str:
        """What a part of a line comes to as one text."""
        if node.kind in _PLAIN:
            return _ESCAPED.sub(lambda one: one[1].strip("\n"), node.text)
        if node.kind in _QUOTED:
            return node.text[_QUOTED[node.kind] : -1]
        match node.kind:
            case "string" | "translated_string" | "heredoc_body":
                return self._pieces(node, quoted=node.kind != "heredoc_body")
            case "concatenation" | "command_name":
                return "".join(self.text(one) for one in node)
            case "simple_expansion" | "expansion":
                return self.filled(node.text)
        return UNKNOWN

    def _pieces(self, node: Syntax, *, quoted: bool) -> str:
        """The parts of a text in quotes, with what stands between them."""
        raw, at = node.text.encode(), 1 if quoted else 0
        pieces: list[str] = []
        for one in node:
            start = one.start - node.start
            pieces.append(_plain(raw[at:start].decode(errors="replace")))
            is_text = one.kind in {"string_content", "heredoc_content"}
            pieces.append(_plain(one.text) if is_text else self.text(one))
            at = start + len(one.text.encode())
        rest = raw[at:].decode(errors="replace")
        return "".join((*pieces, _plain(rest[:-1] if quoted else rest)))

    def filled(self, text: str) -> str:
        """A text with its references filled in; what is not known stays as ``${NAME}``."""
        text = _PLACE.sub(lambda one: f"$%{one['brace']}ARG_{one['number']}", text)
        text = text.replace("$%{", "${").replace("$%", "$")
        numbered = {f"ARG_{n}": one for n, one in enumerate(self.arguments or (), 1)}
        held = {**self.texts, **numbered}
        known = {name: _known(name, one) for name, one in held.items() if not is_open(one)}
        found = _OTHERWISE.fullmatch(text)
        if found and self._is_of_another(found["value"]) and found["name"] not in known:
            return f"${{{found['name']}}}"
        done = fill(text, known).partial
        name = done[2:-1] if re.fullmatch(r"\$\{\w+\}", done) else ""
        return held.get(name, done)

    def _is_of_another(self, value: str) -> bool:
        """Whether a default names another environment: for this one something else is said."""
        names = other_names(self.environment)
        return value.lower() in names and value.lower() not in aliases(self.environment)


def _known(name: str, text: str) -> Variable:
    return Variable(name, "known", Secret(text), ())


def _plain(text: str) -> str:
    return re.sub(r'\\([$`"\\])', r"\1", text).replace("\\\n", "")

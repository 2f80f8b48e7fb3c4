"""Variables of Ansible, and the templates that they fill in."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from readiness.deployment.interpolation import COMPUTED
from readiness.document.node import Node

if TYPE_CHECKING:
    from jinja2 import Environment

_DEEPEST = 12
_MOST = 200_000
# Numbers as large as no template needs to count to.
_LARGE = re.compile(r"\d{7}|\d[eE]\+?\d")
# What Jinja asks of a thing before it calls it.
_OF_JINJA = frozenset({"unsafe_callable", "alters_data", "jinja_pass_arg"})


class Open(Exception):  # noqa: N818 - an answer about a template, not an error of ours
    """A template that hangs on what only the machines tell."""


class Values(Struct):
    """Names and what they stand for, the later over the earlier; ``${COMPUTED}`` for unknowns."""

    nodes: dict[str, Node] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)

    def over(self, node: Node | None) -> "Values":
        """The same with the variables of a mapping over them."""
        return Values({**self.nodes, **dict(node.items() if node is not None else ())}, self.texts)

    def with_item(self, item: Any) -> "Values":
        """The same for one turn of a loop."""
        return Values(self.nodes, {**self.texts, "item": item})

    def text(self, text: str) -> str:
        """A text with its expressions filled in."""
        if "{{" not in text and "{%" not in text:
            return text
        try:
            made = self._render(text, 0)
        except Open:
            return COMPUTED
        return made if isinstance(made, str) else COMPUTED

    def holds(self, condition: Node | None) -> bool | None:
        """Whether a ``when`` holds; None where nobody here knows."""
        if condition is None:
            return True
        parts = list(condition) or [condition]
        found = [self._truth(one.text) for one in parts]
        return False if False in found else None if None in found else True

    def _truth(self, text: str) -> bool | None:
        if text.lower() in {"true", "false"}:
            return text.lower() == "true"
        said = self.text(f"{{% if {text} %}}yes{{% else %}}no{{% endif %}}")
        return {"yes": True, "no": False}.get(said)

    def _render(self, text: str, depth: int) -> str:
        from jinja2 import TemplateError, meta  # noqa: PLC0415 - few projects need it

        if depth > _DEEPEST or len(text) > _MOST or _LARGE.search(text):
            raise Open
        environment = _environment()
        try:
            names = meta.find_undeclared_variables(environment.parse(text))
            known = {name: self._value(name, depth) for name in names if self._is_known(name)}
            made = environment.from_string(text).render(known)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError,
                AttributeError, RecursionError):  # fmt: skip
            raise Open from None
        if len(made) > _MOST:
            raise Open
        return made

    def _is_known(self, name: str) -> bool:
        return name in self.nodes or name in self.texts

    def _value(self, name: str, depth: int) -> Any:
        return self.texts[name] if name in self.texts else self.plain(self.nodes[name], depth + 1)

    def plain(self, node: Node, depth: int = 0) -> Any:
        """What a node holds, its texts filled in."""
        if depth > _DEEPEST or node.tag is not None:
            return _hole()
        if node.is_mapping:
            return {key: self.plain(one, depth + 1) for key, one in node.items()}
        if node.is_list:
            return [self.plain(one, depth + 1) for one in node]
        if not isinstance(node.value, str) or ("{{" not in node.value and "{%" not in node.value):
            large = isinstance(node.value, int | float) and _LARGE.search(str(node.value))
            return node.text if large else node.value
        try:
            made = self._render(node.value, depth + 1)
        except Open:
            return _hole()
        return _hole() if made == COMPUTED else made


def _hole() -> Any:
    return _environment().undefined(name="unknown")


@cache
def _environment() -> "Environment":
    from jinja2 import Undefined  # noqa: PLC0415 - few projects need it
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - as above

    class Hole(Undefined):
        """What nobody here knows: it stands in texts, and decides nothing."""

        def __str__(self) -> str:
            return COMPUTED

        def __getattr__(self, name: str) -> Any:
            if name[:2] == "__" or name in _OF_JINJA:
                raise AttributeError(name)
            return self

        def __getitem__(self, _: object) -> Any:
            return self

        def __call__(self, *_: object, **__: object) -> Any:
            return self

        def __bool__(self) -> bool:
            raise Open

        def __iter__(self) -> Any:
            raise Open

        def __eq__(self, _: object) -> bool:
            raise Open

        __hash__ = None  # type: ignore[assignment] # it equals nothing

    class Careful(SandboxedEnvironment):
        """Nothing is multiplied: a short template must not make a long text."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, *_: object) -> Any:
            raise Open

    made = Careful(undefined=Hole, keep_trailing_newline=True, trim_blocks=True)
    made.filters["bool"] = lambda value: str(value).lower() in {"true", "yes", "1", "on"}
    made.filters["int"] = _number
    return made


def _number(value: object, default: int = 0) -> int:
    text = str(value)
    if _LARGE.search(text) or "$" in text:
        raise Open
    return int(text) if text.lstrip("-").isdigit() else default


def texts_of(values: Values, node: Node | None) -> Mapping[str, str]:
    """A mapping of texts, filled in."""
    pairs = node.items() if node is not None else ()
    return {name: values.text(one.text) for name, one in pairs if one.children is None}

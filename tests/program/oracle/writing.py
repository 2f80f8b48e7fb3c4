# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs of several files, written from the constructs; every choice comes from the seed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.program.oracle.constructs.agents import AGENTS, ASKING, HELD
from tests.program.oracle.constructs.applications import APPLICATIONS
from tests.program.oracle.constructs.classes import CLASSES
from tests.program.oracle.constructs.containers import CONTAINERS
from tests.program.oracle.constructs.control import CONTROL
from tests.program.oracle.constructs.functions import FUNCTIONS
from tests.program.oracle.constructs.further import FURTHER
from tests.program.oracle.constructs.libraries import LIBRARIES
from tests.program.oracle.constructs.packages import LAYOUTS, OPEN_LAYOUTS
from tests.program.oracle.constructs.process import (
    DOCUMENTS,
    DOTENV,
    ENGINES,
    FILES,
    PROCESS,
    PYDANTIC,
)
from tests.program.oracle.constructs.rarer import OF_PYDANTIC, RARER
from tests.program.oracle.constructs.services import OF_SERVICES, SERVICES
from tests.program.oracle.constructs.standing import STANDING
from tests.program.oracle.constructs.undecided import UNDECIDED
from tests.program.oracle.constructs.undecided_services import UNDECIDED_SERVICES
from tests.program.oracle.constructs.wider import WIDER
from tests.program.oracle.productions import NAMES, PRODUCTIONS, SET_VALUES, VALUES

HEAD = """import abc, ast, asyncio, base64, collections, copy, enum, functools, hashlib, importlib, itertools
import json, math, operator, os, re, string, sys, textwrap, types, urllib.parse
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
"""
ASKS = "from flagship import feature, risky\n"
CONSTRUCTS = {
    **CONTROL, **FUNCTIONS, **CLASSES, **CONTAINERS, **PROCESS, **ENGINES, **STANDING, **RARER,
    **WIDER, **FURTHER, **LIBRARIES, **SERVICES, **APPLICATIONS,
}  # fmt: skip
ASKED = {**ASKING, **UNDECIDED, **UNDECIDED_SERVICES}
WITH_FILES = {**DOTENV, **DOCUMENTS}
MODELS = {**PYDANTIC, **OF_PYDANTIC, **OF_SERVICES}
EVERY = {**CONSTRUCTS, **WITH_FILES, **MODELS, **ASKED}
EXTRA = {
    "override": ("", "override=True", "override=False", "override=<test>"),
    "override2": ("", ", override=True"),
}
_HOLE = re.compile(r"<([a-z0-9]+)>")
DEEPEST = 2
LARGE = 0.125


@dataclass
class Written:
    """A program: its files and variables, and which construct each agent's line belongs to."""

    files: dict[str, str]
    variables: dict[str, str]
    constructs: list[str] = field(default_factory=list)
    pieces: dict[str, list[str]] = field(default_factory=dict)


class Writer:
    """Writes one program.

    With ``asks`` some conditions come from a service that nobody here knows; ``only`` names
    the constructs to choose from.
    """

    def __init__(self, seed: int, *, asks: bool = False, only: tuple[str, ...] = ()) -> None:
        self.random = Random(seed)
        self.asks = asks
        self.only = only
        self.count = 0
        self.used: list[str] = []
        self.pieces: dict[str, list[str]] = {}

    def program(self, most: int = 3) -> Written:
        """The files and the variables of a program, one in eight of them a large one."""
        large = self.random.random() < LARGE
        variables = {n: self.random.choice(VALUES) for n in NAMES if self.random.random() < 0.6}
        several = (4, 7) if large else (0, 0, 1, 2)
        helpers = [self.construct() for _ in range(self.random.choice(several))]
        main = [
            self.construct() for _ in range(self.random.randint(1, most * 3 if large else most))
        ]
        given = [name for name, _ in helpers]
        second = len(helpers) // 2 if large else 0
        body = [text + "\n" + self.agent(name) for name, text in main]
        body += [self.agent(name) for name in given]
        head = HEAD + (ASKS if self.asks else "")
        files, imports = self.layout(head, helpers[second:])
        more, others = self.layout(head, helpers[:second], _elsewhere)
        files, imports = {**more, **files}, f"{others}\n{imports}"
        files["main.py"] = f"{head}{imports}\n{HELD}" + "\n".join(body) + "\n"
        if any(one in WITH_FILES for one in self.used):
            files |= FILES
        return Written(files, variables, list(self.used), self.pieces)

    def layout(
        self, head: str, helpers: list[tuple[str, str]],
        named: Callable[[str], str] = lambda text: text,
    ) -> tuple[dict[str, str], str]:  # fmt: skip
        """The modules that hold the helpers, and how the main one gets at them."""
        if not helpers:
            return {}, ""
        code, names = head + "\n".join(text for _, text in helpers), [name for name, _ in helpers]
        layouts = {**LAYOUTS, **(OPEN_LAYOUTS if self.asks else {})}
        paths, imports = layouts[self.random.choice(sorted(layouts))]
        words = {
            "{code}": code, "{names}": ", ".join(names),
            "{quoted}": ", ".join(repr(name) for name in names),
            "{taken}": "\n".join(f"{name} = kept.{name}" for name in names),
        }  # fmt: skip

        def filled(text: str) -> str:
            text = named(text)
            for word, value in words.items():
                text = text.replace(word, value)
            return text + "\n"

        return {named(path): filled(text) for path, text in paths.items()}, filled(imports)

    def construct(self) -> tuple[str, str]:
        """A construct: the name that it makes, and its text."""
        choices = {**CONSTRUCTS, **(ASKED if self.asks else {})}
        if self.random.random() < 0.1:
            choices = {**MODELS, **WITH_FILES}
        elif self.asks and self.random.random() < 0.5:
            choices = ASKED
        kind = self.random.choice(self.only or sorted(choices))
        self.count += 1
        suffix = f"_{self.count}"
        self.used.append(kind)
        self.pieces[f"made{suffix}"] = [kind]
        text = self.fill(EVERY[kind].strip("\n"), suffix, f"made{suffix}", 0)
        if self.random.random() < 0.5:
            text = self.guarded(text, suffix)
        return f"made{suffix}", text

    def guarded(self, text: str, suffix: str) -> str:
        """The same inside of a try."""
        inner = "\n".join(f"    {line}" for line in text.split("\n"))
        return (f"try:\n{inner}\nexcept Exception as error{suffix}:\n"
                f"    made{suffix} = type(error{suffix}).__name__")  # fmt: skip

    def agent(self, name: str) -> str:
        """An agent that holds what a construct made."""
        self.count += 1
        suffix = name.removeprefix("made")
        text = self.random.choice(AGENTS)
        return self.fill(text, suffix, name, 1)

    def fill(self, text: str, suffix: str, made: str, depth: int) -> str:
        """Fill the holes of a text."""

        def hole(match: re.Match[str]) -> str:
            return self.expression(match.group(1), suffix, made, depth)

        return _HOLE.sub(hole, text.replace("$", suffix))

    def expression(self, kind: str, suffix: str, made: str, depth: int) -> str:
        """One alternative of a production, its holes filled."""
        options = (EXTRA if kind in EXTRA else PRODUCTIONS).get(kind)
        if options is None:
            return f"<{kind}>"
        if kind == "test" and self.asks and self.random.random() < 0.15:
            return self.expression("asked", suffix, made, depth)
        if depth >= DEEPEST or self.random.random() < 0.55:
            least = min(len(_HOLE.findall(one)) for one in options)
            options = tuple(one for one in options
                            if len(_HOLE.findall(one)) <= max(least, 1) and f"<{kind}>" not in one
                            and not (kind == "any" and depth >= DEEPEST and "<db>" in one))  # fmt: skip
            if depth > DEEPEST + 3:
                options = tuple(o for o in options if len(_HOLE.findall(o)) == least) or options
        chosen = self.random.choice(options)
        if len(options) > 3:
            self.pieces[made].append(chosen)
        return self.fill(chosen, suffix, made, depth + 1)


OTHER_NAMES = {"storage": "cellar", "app": "house", "space": "yard", "one": "uno", "two": "duo",
               "other": "third", "kept": "hoard", "cupboard": "drawer"}  # fmt: skip


def _elsewhere(text: str) -> str:
    """The same way to hang modules together, with other names."""
    return re.sub(r"\b[a-z]+\b", lambda found: OTHER_NAMES.get(found[0], found[0]), text)


__all__ = ["SET_VALUES", "Writer", "Written"]

# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Small programs of several files, made from a grammar of the shapes that real ones have."""

from collections.abc import Callable
from random import Random

NAMES = ("APP_ENV", "USE_MEMORY", "DATABASE_URL", "MODE")
VALUES = ("production", "prod", "test", "dev", "1", "0", "true", "", "postgresql://db/app")
FLAGS = ("a", "b", "c")
HEAD = """import os
import enum
import functools
from contextlib import contextmanager
from dataclasses import dataclass, field
from agno.agent import Agent
from agno.db.in_memory import InMemoryDb
from agno.db.postgres import PostgresDb
"""
ASKS = "from flagship import feature, risky\n"


class Writer:
    """Writes one program; every choice comes from the seed.

    With ``asks`` some conditions come from a service that nobody here knows.
    """

    def __init__(self, seed: int, *, asks: bool = False) -> None:
        self.random = Random(seed)
        self.asks = asks
        self.head = HEAD + (ASKS if asks else "")
        self.lines: list[str] = []
        self.count = 0

    def program(self) -> tuple[dict[str, str], dict[str, str]]:
        """The files and the variables of a program."""
        helpers = self.module(self.random.randint(1, 3), agents=False)
        exported = [line.split()[0] for line in helpers if line.startswith("made_")]
        main = self.module(self.random.randint(1, 3), agents=True, given=exported)
        files = {"main.py": self.head + self.imports(exported) + "\n".join(main) + "\n"}
        files |= self.homes(self.head + "\n".join(helpers) + "\n", exported)
        variables = {n: self.pick(VALUES) for n in NAMES if self.random.random() < 0.6}
        return files, variables

    def homes(self, code: str, names: list[str]) -> dict[str, str]:
        """Where the helpers live: a module, or a package that re-exports them."""
        if "from storage.inner import" not in self.way:
            return {"storage/__init__.py": f"from .inner import {', '.join(names) or 'os'}\n",
                    "storage/inner.py": code}  # fmt: skip
        return {"storage/__init__.py": "", "storage/inner.py": code}

    def imports(self, names: list[str]) -> str:
        """How the main module gets at the helpers."""
        listed = ", ".join(names) or "os"
        self.way = self.pick((
            f"from storage.inner import {listed}\n",
            f"from storage import {listed}\n",
            "from storage import *\n",
            "import storage as kept\n" + "".join(f"{n} = kept.{n}\n" for n in names),
        ))  # fmt: skip
        return self.way

    def module(self, count: int, *, agents: bool, given: list[str] | None = None) -> list[str]:
        """A module's lines: helpers, and agents that hold what they make."""
        self.lines = []
        names = [self.shape() for _ in range(count)] + (given or [])
        if agents:
            for name in names:
                self.agent(name)
        return self.lines

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}_{self.count}"

    def pick(self, options: tuple[str, ...]) -> str:
        return self.random.choice(options)

    def add(self, text: str) -> None:
        self.lines += text.split("\n")

    def read(self) -> str:
        name = self.pick(NAMES)
        return self.pick((
            f'os.getenv("{name}")',
            f'os.getenv("{name}", "{self.pick(VALUES)}")',
            f'os.environ.get("{name}", "{self.pick(VALUES)}")',
            f'(os.getenv("{name}") or "{self.pick(VALUES)}")',
            f'os.environ.get("{name}", "").strip().lower()',
            f'{{"{name}": "{self.pick(VALUES)}", **os.environ}}["{name}"]',
            f'({{"{name}": "{self.pick(VALUES)}"}} | os.environ)["{name}"]',
            f'dict(os.environ).get("{name}")',
            f'{{k: v for k, v in os.environ.items() if k == "{name}"}}.get("{name}", "")',
        ))  # fmt: skip

    def test(self, depth: int = 0) -> str:
        value = self.pick(VALUES)
        options: list[Callable[[], str]] = [
            lambda: f'{self.read()} == "{value}"',
            lambda: f'{self.read()} != "{value}"',
            lambda: f'{self.read()} in ("{value}", "{self.pick(VALUES)}")',
            lambda: f'{self.read()} not in ["{value}"]',
            lambda: f'"{self.pick(NAMES)}" in os.environ',
            lambda: f"bool({self.read()})",
            lambda: f"{self.read()} is None",
            lambda: f'(os.getenv("{self.pick(NAMES)}", "")).startswith("p")',
            lambda: f'len(os.getenv("{self.pick(NAMES)}", "x")) > 3',
        ]
        if self.asks and self.random.random() < 0.25:
            return f'feature("{self.pick(FLAGS)}")'
        if depth < 2:
            options += [
                lambda: f"not ({self.test(depth + 1)})",
                lambda: f"({self.test(depth + 1)}) and ({self.test(depth + 1)})",
                lambda: f"({self.test(depth + 1)}) or ({self.test(depth + 1)})",
                lambda: f"any([{self.test(depth + 1)}, {self.test(depth + 1)}])",
                lambda: f"all(({self.test(depth + 1)}, {self.test(depth + 1)}))",
            ]
        return self.random.choice(options)()

    def db(self, depth: int = 0) -> str:
        simple = ("InMemoryDb()", 'PostgresDb(db_url="postgresql://db/app")', "None")
        if depth > 2 or self.random.random() < 0.4:
            return self.pick(simple)
        one, other = self.db(depth + 1), self.db(depth + 1)
        test = self.test()
        return self.pick((
            f"({one} if {test} else {other})",
            f"(({test}) and {one} or {other})",
            f"({one} or {other})",
            f"{{True: lambda: {one}, False: lambda: {other}}}[bool({test})]()",
            f"[{one}, {other}][int(bool({test}))]",
            f"(lambda flag: {one} if flag else {other})({test})",
            f"next(db for flag, db in [({test}, {one}), (True, {other})] if flag)",
            f'{{"a": {one}}}.get("a" if {test} else "b", {other})',
            f"functools.partial(dict, db={one})()['db']",
            f"(lambda *args, **kw: kw.get('db', args[0]))({other}, **({{'db': {one}}} "
            f"if {test} else {{}}))",
        ))  # fmt: skip

    def shape(self) -> str:
        shapes: tuple[Callable[[str], None], ...] = (
            self.plain, self.function, self.early_return, self.matched, self.attribute,
            self.property, self.dataclass, self.enumeration, self.cached, self.singleton,
            self.guarded, self.loop, self.inherited, self.closure, self.managed, self.written,
            self.registry, self.late, self.raising, self.generator, self.while_loop,
            self.finally_block, self.unpacked, self.static, self.descriptor_cache, self.viewed,
            self.setter,
        )  # fmt: skip
        made = self.name("made")
        if self.asks:
            shapes = (*shapes, self.risky, self.undecided_loop)
        self.random.choice(shapes)(made)
        return made

    def agent(self, name: str) -> None:
        agent = self.name("agent")
        way = self.random.randint(0, 5)
        if way == 0:
            self.add(f"{agent} = Agent(db={name})")
        elif way == 1:
            self.add(f"{agent} = Agent(db={self.db()})\nif {self.test()}:\n"
                     f"    {agent}.db = {name}")  # fmt: skip
        elif way == 2:
            self.add(f'{agent} = Agent()\nsetattr({agent}, "db", {name})')
        elif way == 3:
            self.add(f'{agent} = Agent(**{{"name": "x", "db": {name}}})')
        elif way == 4:
            self.add(f"if {self.test()}:\n    {agent} = Agent(db={name})\nelse:\n"
                     f"    {agent} = Agent(db={self.db()})")  # fmt: skip
        else:
            self.add(f"class Own{agent}(Agent):\n    def __init__(self, db=None, **rest):\n"
                     f"        super().__init__(db=db or {name}, **rest)\n"
                     f"{agent} = Own{agent}(db={self.db()})")  # fmt: skip

    def plain(self, made: str) -> None:
        self.add(f"{made} = {self.db()}")

    def function(self, made: str) -> None:
        self.add(f"def f_{made}(flag={self.test()}, *, other={self.db()}):\n"
                 f"    if flag:\n        return {self.db()}\n    elif {self.test()}:\n"
                 f"        result = {self.db()}\n    else:\n        result = other\n"
                 f"    return result\n{made} = f_{made}({self.pick(('', self.test()))})")  # fmt: skip

    def early_return(self, made: str) -> None:
        self.add(f"def f_{made}():\n    for name in {NAMES!r}:\n"
                 f'        if os.getenv(name) == "{self.pick(VALUES)}":\n'
                 f"            return {self.db()}\n        if {self.test()}:\n"
                 f"            continue\n        if {self.test()}:\n            break\n"
                 f"    else:\n        return {self.db()}\n    return {self.db()}\n"
                 f"{made} = f_{made}()")  # fmt: skip

    def matched(self, made: str) -> None:
        one, two = self.pick(VALUES), self.pick(VALUES)
        self.add(f'match {self.read()}:\n    case "{one}" | "{two}":\n'
                 f"        {made} = {self.db()}\n    case None:\n        {made} = {self.db()}\n"
                 f"    case str() as text if text.isdigit():\n        {made} = {self.db()}\n"
                 f"    case _:\n        {made} = {self.db()}")  # fmt: skip

    def attribute(self, made: str) -> None:
        self.add(f"class C{made}:\n    db = {self.db()}\n    if {self.test()}:\n"
                 f"        db = {self.db()}\n    def get(self):\n        return self.db\n"
                 f"{made} = C{made}().get()")  # fmt: skip

    def property(self, made: str) -> None:
        self.add(f"class C{made}:\n    def __init__(self, mode={self.read()}):\n"
                 f"        self.mode = mode\n    @property\n    def durable(self):\n"
                 f'        return self.mode == "{self.pick(VALUES)}"\n    @property\n'
                 f"    def db(self):\n        return {self.db()} if self.durable else {self.db()}\n"
                 f"{made} = C{made}().db")  # fmt: skip

    def dataclass(self, made: str) -> None:
        self.add(f"@dataclass\nclass C{made}:\n    mode: str = {self.pick(VALUES)!r}\n"
                 f"    db: object = field(default_factory=lambda: {self.db()})\n"
                 f"    def __post_init__(self):\n        if self.mode == {self.read()}:\n"
                 f"            self.db = {self.db()}\n{made} = C{made}(mode={self.read()}).db")  # fmt: skip

    def enumeration(self, made: str) -> None:
        self.add(f'class C{made}(str, enum.Enum):\n    A = "production"\n    B = "test"\n'
                 f"    @property\n    def db(self):\n"
                 f"        return {self.db()} if self is C{made}.A else {self.db()}\n"
                 f'{made} = C{made}("production" if {self.test()} else "test").db')  # fmt: skip

    def cached(self, made: str) -> None:
        self.add(f"@functools.lru_cache(maxsize=None)\ndef f_{made}():\n    return {self.db()}\n"
                 f'f_{made}()\nos.environ["MODE"] = "{self.pick(VALUES)}"\n{made} = f_{made}()')  # fmt: skip

    def singleton(self, made: str) -> None:
        self.add(f"_{made} = None\ndef f_{made}():\n    global _{made}\n    if _{made} is None:\n"
                 f"        _{made} = {self.db()}\n    return _{made}\nf_{made}()\n"
                 f"{made} = f_{made}()")  # fmt: skip

    def guarded(self, made: str) -> None:
        self.add(f'try:\n    value = os.environ["{self.pick(NAMES)}"]\n    {made} = {self.db()}\n'
                 f"    if {self.test()}:\n        int(value)\nexcept KeyError:\n"
                 f"    {made} = {self.db()}\nexcept (ValueError, TypeError) as error:\n"
                 f"    {made} = {self.db()}\nelse:\n    if {self.test()}:\n"
                 f"        {made} = {self.db()}")  # fmt: skip

    def loop(self, made: str) -> None:
        self.add(f'{made} = {self.db()}\nfor word in ("production", "test", "1"):\n'
                 f"    if word == {self.read()}:\n        {made} = {self.db()}\n        break\n"
                 f"else:\n    {made} = {self.db()}")  # fmt: skip

    def inherited(self, made: str) -> None:
        self.add(f"class B{made}:\n    kind = {self.test()}\n    def make(self):\n"
                 f"        return {self.db()} if self.kind else {self.db()}\n"
                 f"class C{made}(B{made}):\n    kind = {self.test()}\n    def make(self):\n"
                 f"        return super().make() or {self.db()}\n{made} = C{made}().make()")  # fmt: skip

    def closure(self, made: str) -> None:
        self.add(f"def f_{made}(default):\n    chosen = default\n    def inner():\n"
                 f"        nonlocal chosen\n        if {self.test()}:\n"
                 f"            chosen = {self.db()}\n        return chosen\n    inner()\n"
                 f"    return inner\n{made} = f_{made}({self.db()})()")  # fmt: skip

    def managed(self, made: str) -> None:
        self.add(f"@contextmanager\ndef f_{made}():\n    yield {self.db()}\n"
                 f"with f_{made}() as {made}:\n    pass")  # fmt: skip

    def written(self, made: str) -> None:
        self.add(f'os.environ.setdefault("{self.pick(NAMES)}", "{self.pick(VALUES)}")\n'
                 f'if {self.test()}:\n    os.environ["{self.pick(NAMES)}"] = "{self.pick(VALUES)}"\n'
                 f'if {self.test()}:\n    os.environ.pop("{self.pick(NAMES)}", None)\n'
                 f"{made} = {self.db()}")  # fmt: skip

    def registry(self, made: str) -> None:
        self.add(f"R{made} = {{}}\ndef register_{made}(name):\n    def add(function):\n"
                 f"        R{made}[name] = function\n        return function\n    return add\n"
                 f'@register_{made}("production")\ndef one_{made}():\n    return {self.db()}\n'
                 f'@register_{made}("other")\ndef two_{made}():\n    return {self.db()}\n'
                 f"{made} = R{made}.get({self.read()}, two_{made})()")  # fmt: skip

    def late(self, made: str) -> None:
        self.add(f"class C{made}:\n    db = None\nif {self.test()}:\n    C{made}.db = {self.db()}\n"
                 f"holder_{made} = C{made}()\nif {self.test()}:\n"
                 f"    holder_{made}.db = {self.db()}\n{made} = holder_{made}.db")  # fmt: skip

    def raising(self, made: str) -> None:
        self.add(f"class E{made}(ValueError):\n    pass\ndef f_{made}():\n    if {self.test()}:\n"
                 f'        raise E{made}("no")\n    return {self.db()}\ntry:\n'
                 f"    {made} = f_{made}()\nexcept {self.pick(('ValueError', f'E{made}', 'LookupError'))}:\n"
                 f"    {made} = {self.db()}\nexcept Exception:\n    {made} = {self.db()}")  # fmt: skip

    def generator(self, made: str) -> None:
        self.add(f"def f_{made}():\n    if {self.test()}:\n        yield {self.db()}\n"
                 f"    yield {self.db()}\n{made} = list(f_{made}())[0]")  # fmt: skip

    def while_loop(self, made: str) -> None:
        self.add(f"{made} = {self.db()}\nleft_{made} = 3\nwhile left_{made} > 0:\n"
                 f"    left_{made} -= 1\n    if {self.test()} and left_{made} == 1:\n"
                 f"        {made} = {self.db()}\n        continue\n    if {self.test()}:\n"
                 f"        break\nelse:\n    {made} = {self.db()}")  # fmt: skip

    def risky(self, made: str) -> None:
        self.add(f"def f_{made}():\n    try:\n        made = {self.db()}\n"
                 f'        risky("{self.pick(FLAGS)}")\n        if {self.test()}:\n'
                 f"            return made\n        made = {self.db()}\n"
                 f"    except Exception:\n        if {self.test()}:\n"
                 f"            return {self.db()}\n        made = {self.db()}\n"
                 f"    finally:\n        os.environ['MODE'] = '{self.pick(VALUES)}'\n"
                 f"    return made\n{made} = f_{made}()")  # fmt: skip

    def undecided_loop(self, made: str) -> None:
        self.add(f"{made} = {self.db()}\nfor word in ('a', 'b'):\n    if {self.test()}:\n"
                 f"        continue\n    if {self.test()}:\n        {made} = {self.db()}\n"
                 f"        break\n    {made} = {self.db()}\nelse:\n    {made} = {self.db()}")  # fmt: skip

    def finally_block(self, made: str) -> None:
        self.add(f"def f_{made}():\n    kept = {self.db()}\n    try:\n        if {self.test()}:\n"
                 f"            return kept\n        kept = {self.db()}\n    finally:\n"
                 f"        os.environ['MODE'] = '{self.pick(VALUES)}'\n    return kept\n"
                 f"{made} = f_{made}()")  # fmt: skip

    def unpacked(self, made: str) -> None:
        self.add(f"first_{made}, *rest_{made} = [{self.db()}, {self.db()}, {self.db()}]\n"
                 f"{made} = rest_{made}[-1] if {self.test()} else first_{made}")  # fmt: skip

    def static(self, made: str) -> None:
        self.add(f"class C{made}:\n    choice = {self.test()}\n    @classmethod\n"
                 f"    def make(cls):\n        return cls.one() if cls.choice else cls.other()\n"
                 f"    @staticmethod\n    def one():\n        return {self.db()}\n"
                 f"    @staticmethod\n    def other():\n        return {self.db()}\n"
                 f"class D{made}(C{made}):\n    choice = {self.test()}\n{made} = D{made}.make()")  # fmt: skip

    def descriptor_cache(self, made: str) -> None:
        self.add(f"class C{made}:\n    @functools.cached_property\n    def db(self):\n"
                 f"        return {self.db()}\none_{made} = C{made}()\none_{made}.db\n"
                 f"os.environ['MODE'] = '{self.pick(VALUES)}'\n{made} = one_{made}.db")  # fmt: skip

    def viewed(self, made: str) -> None:
        write = self.pick((f"vars(one_{made})['db']", f"one_{made}.__dict__['db']",
                           f"one_{made}.db"))  # fmt: skip
        read = self.pick((f"vars(one_{made})['db']", f"one_{made}.db", f"view_{made}['db']"))
        self.add(f"class C{made}:\n    def __init__(self, **given):\n"
                 f"        self.__dict__.update(given)\none_{made} = C{made}(db={self.db()})\n"
                 f"view_{made} = vars(one_{made})\nif {self.test()}:\n"
                 f"    {write} = {self.db()}\n{made} = {read}")  # fmt: skip

    def setter(self, made: str) -> None:
        way = self.pick(("super().__setattr__(name, value)", "self.__dict__[name] = value",
                         "object.__setattr__(self, name, value)"))  # fmt: skip
        self.add(f"class C{made}:\n    def __setattr__(self, name, value):\n"
                 f"        if {self.test()}:\n            value = {self.db()}\n        {way}\n"
                 f"one_{made} = C{made}()\none_{made}.db = {self.db()}\n{made} = one_{made}.db")  # fmt: skip

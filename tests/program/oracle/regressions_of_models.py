# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Programs with models and containers of objects that the evaluation once decided wrongly.

As in `regressions`, each gives ``made``.
"""

TOLD = """
from typing import Annotated, Literal, Optional
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, PositiveInt, computed_field, field_validator
from pydantic_settings import BaseSettings
class Inner(BaseModel):
    n: int = 1
def told(make):
    try:
        return make()
    except ValueError as error:
        return type(error).__name__
"""
OF_MODELS = {
    "numbers that a field takes, and those it does not": f"""{TOLD}
class M(BaseModel):
    size: int = "5"
    share: float = 1
made = [M().size, M().share, *(told(lambda: M(size=one).size) for one in ("4.0", True, b"4", 4.5, "\u0664", "1_0", None, " 4 ", "1e3", 4.0, ["a"]))]
made += [told(lambda: M(share=one).share) for one in ("1e3", 2, "x", True)]
""",
    "texts and truths that a field takes, and those it does not": f"""{TOLD}
class M(BaseModel):
    name: str = "n"
    on: bool = False
    either: int | str = 1
made = [told(lambda: M(name=one).name) for one in (5, b"x", None, "y")]
made += [told(lambda: M(on=one).on) for one in ("yes", "2", 1, 2, "OFF", 1.0, None)]
made += [told(lambda: M(either=one).either) for one in ("4", b"4", 4.0, 4.5)]
""",
    "lists and models in fields": f"""{TOLD}
class M(BaseModel):
    some: list[Inner] = []
    one: Optional[Inner] = None
    numbers: tuple[int, ...] = (1,)
    named: dict[str, Inner] = {{}}
    @field_validator("some", mode="before")
    @classmethod
    def early(cls, value):
        return value or [{{"n": "7"}}]
made = (M(some=[], one={{"n": 3}}), M(numbers=["1"], named={{"k": {{"n": "2"}}}}), told(lambda: M(numbers=5)), M().some)
""",
    "models as dictionaries and texts, and beside each other": f"""{TOLD}
class M(BaseModel):
    x: str = "q"
    y: Optional[int] = Field(None, alias="Y")
    inner: Inner = Inner()
    hidden: str = Field("h", repr=False)
    @computed_field
    @property
    def both(self) -> str:
        return self.x + "!"
m = M(Y=3)
made = (m.model_dump(), m.model_dump(include={{"x"}}), m.model_dump(exclude={{"x", "inner"}}, by_alias=True), M().model_dump(exclude_none=True), str(m), repr(m), m == M(Y=3), m == M(), [m] == [M(Y=3)], M(y=3).y)
""",
    "what bounds a field refuses": f"""{TOLD}
class M(BaseModel):
    n: int = Field(3, ge=5)
    word: Annotated[str, Field(max_length=2)] = "long"
    kind: Literal["a", "b"] = "a"
    plus: PositiveInt = 1
made = (M().n, told(lambda: M(n=3)), told(lambda: M(n=5).n), told(lambda: M(word="abc")), told(lambda: M(kind="c")), told(lambda: M(plus=0)))
""",
    "what a validator refuses, and what no field has": f"""{TOLD}
class M(BaseModel):
    model_config = ConfigDict(extra="forbid")
    x: str = "q"
    @field_validator("x")
    @classmethod
    def check(cls, value):
        assert value == "ok"
        return value
class S(BaseSettings):
    y: int = 1
made = (M().x, M(x="ok").x, told(lambda: M(x="no")), told(lambda: M(z=1)), told(lambda: S(z=1)), S(y="2").y)
""",
    "settings validate their defaults": f"""{TOLD}
class A(BaseSettings):
    nothing: int = "5"
class B(BaseSettings):
    nothing: str = None
class C(BaseSettings):
    mode: str
    nothing: float = 1
made = (A().nothing, told(lambda: B().nothing), C().nothing, C().mode)
""",
    "settings read lists as JSON": f"""{TOLD}
class A(BaseSettings):
    tags: list[str] = []
class B(BaseSettings):
    tags: list[str] | str = []
class C(BaseSettings):
    app: str = Field("d", validation_alias=AliasChoices("NOPE", "TAGS"))
os.environ["TAGS"] = "a,b"
made = [told(lambda: A().tags), told(lambda: B().tags), C().app, told(lambda: C(app="z").app), C(TAGS="z").app]
os.environ["TAGS"] = '["a", "1"]'
made += [told(lambda: A().tags), told(lambda: B().tags)]
os.environ["TAGS"] = "5"
made += [told(lambda: A().tags), told(lambda: B().tags)]
""",
    "dataclasses as they are shown": """
from dataclasses import asdict, dataclass, field, fields, replace
@dataclass
class A:
    a: int
    h: str = field(default="h", repr=False)
@dataclass
class B(A):
    b: list = field(default_factory=list)
    class In:
        pass
class C(A):
    pass
class D:
    @dataclass(repr=False)
    class In(A):
        z: int = 1
    @dataclass
    class Other:
        x: list
made = (str(A(1)), repr(B(1, b=[A(2)])), f"{C(3)}", repr(D.In(1)), repr(D.Other([A(2)])), asdict(B(1, b=[A(2)])), [f.name for f in fields(B)], replace(B(1), a=5))
""",
    "containers of objects that are equal": """
class C:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == other.x
class D:
    pass
d = D()
made = ([C(1)] == [C(1)], [C(1)] == [C(2)], (C(1), 2) == (C(1), 2), {"a": C(1)} == {"a": C(1)}, [D()] == [D()], [d] == [d], [C(1)] == [], {"a": d} == {"b": d}, [C(1)] != [C(1)], [C(1)] in [[C(1)]])
""",
    "the truth of an object that cannot be told": """
class A:
    def __len__(self):
        return -1
class B:
    def __bool__(self):
        return "yes"
class C:
    def __bool__(self):
        return 1
def told(one):
    try:
        return bool(one())
    except (TypeError, ValueError) as error:
        return type(error).__name__
made = [told(A), told(B), told(C)]
""",
    "the class of nothing": """
from typing import Protocol, runtime_checkable
@runtime_checkable
class Named(Protocol):
    def upper(self): ...
made = (isinstance(None, bool), isinstance(None, (int, str)), type(None).__name__, isinstance(3, Named), isinstance("x", Named), isinstance(None, type(None)))
""",
    "a variable that the program has removed": """
os.environ.pop("MODE")
def read(how):
    try:
        return how()
    except KeyError as error:
        return error.args
made = [read(lambda: os.environ["MODE"]), read(lambda: ({"a": 1} | os.environ)["MODE"]), dict(os.environ).get("MODE")]
""",
    "what is no mapping, and no sequence": """
from agno.db.in_memory import InMemoryDb
class D(dict):
    pass
def kind(x):
    match x:
        case {"a": 1}:
            return "a"
        case {}:
            return "mapping"
        case [*_]:
            return "sequence"
        case _:
            return "other"
made = (kind(InMemoryDb()), kind(D(a=1)), kind(D()), kind(3), kind((1,)))
""",
    "words that YAML has for numbers and truths": '''
import yaml
made = yaml.safe_load("""
a: 012
b: yes
c: 12:30
on: x
d: 1_000
e: 'yes'
f: &x {a: 1}
g: {<<: *x, b: 2}
h: 0o14
i: [1e3, 0x1F, y, ~]
""")
''',
    "a group that a pattern names twice": r"""
import re
made = re.match(r"(?P<scheme>\w+)://(?P<host>[^/:]+)(?::(?P<port>\d+))?/(\w+)", "postgresql://db/app").groupdict()
""",
    "private names of classes": """
class C:
    __env = "x"
    def __init__(self):
        self.__db = 1
    def __both(self):
        return (self.__env, self.__db)
    def get(self):
        return self.__both()
class D(C):
    __env = "own"
c = C()
made = (c.get(), C._C__env, c._C__db, sorted(vars(c)), hasattr(c, "__db"), D().get(), D._D__env)
""",
    "a dictionary that puts keys in its own way": """
from collections import UserDict
class U(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)
class G(UserDict):
    def __getitem__(self, key):
        return f"<{super().__getitem__(key)}>"
u, g = U(A=1), G(a=2)
u["B"] = 2
u.update({"C": 3})
made = (u["a"], u.get("b"), dict(u), len(u), "c" in u, u.data, g.get("a"), dict(g), {**g}, list(g.values()), g.data, g.get("z"))
""",
    "a subclass of dict by operators": """
class D(dict):
    pass
d = D(a=1)
e = d | {"b": 2}
d |= {"c": 3}
made = (type(e).__name__, e, dict(d), {"z": 1} | d, type(d).__name__)
""",
    "texts that are evaluated, documents with hooks, and parts of paths": """
import json
from pathlib import Path
A = 5
def f(x):
    return eval("x + A")
made = (eval("A"), f(1), json.loads('{"a": {"b": 1}}', object_hook=lambda d: {k.upper(): v for k, v in d.items()}), json.loads('{"a": 1}', object_pairs_hook=tuple), Path("a/b.json").with_name("c.yaml").name, str(Path("a//b.txt").with_suffix(".md")))
""",
}

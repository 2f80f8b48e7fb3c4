# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Shapes that applications have less often, each once unknown or decided wrongly."""

RARER = {
    "private names": """
class A$:
    __kind = <str>
    def __init__(self, x=<any>):
        self.__x = x
    def __hidden(self):
        return (self.__kind, self.__x)
    def show(self):
        return self.__hidden()
class B$(A$):
    __kind = "own"
    def __init__(self):
        super().__init__(<int>)
        self.__x = "b"
    def both(self):
        return (self.show(), self.__x, self.__kind)
made$ = (A$().show(), B$().both(), hasattr(A$(), "__x"), hasattr(A$(), "_A$__x"), sorted(vars(B$())))
""",
    "json hooks": """
def made_of$(pairs):
    return {k.upper(): v for k, v in pairs}
class Config$(dict):
    def __getattr__(self, name):
        return self[name]
made$ = (json.loads('{"b": {"a": 1}, "c": [{"d": 2}]}', object_hook=lambda d: Config$(d)).b.a, json.loads('{"x": 1, "y": {"z": 2}}', object_pairs_hook=made_of$), json.loads(json.dumps(<dict>), object_hook=lambda d: sorted(d)))
""",
    "eval": """
limit$ = <int>
kinds$ = {"a": <str>}
def inside$(x):
    return eval("x + 1")
try:
    made$ = (eval("limit$"), eval("kinds$['a'].upper()"), inside$(<int>), eval("os.getenv('MODE', 'none')"), eval("[k for k in ('x', 'y')]"), eval(str(<int>)))
    eval("1 +")
except SyntaxError:
    made$ = (made$, "syntax")
""",
    "user dict": """
class Lower$(collections.UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)
    def __getitem__(self, key):
        return super().__getitem__(key.lower())
    def __contains__(self, key):
        return super().__contains__(key.lower())
d$ = Lower$({"A": <str>}, B=<int>)
d$["C"] = 1
d$.update({"X": 2}, Y=3)
made$ = (d$["a"], d$.get("b"), d$.get("NO", "d"), "C" in d$, len(d$), sorted(d$), dict(d$), d$.setdefault("Z", <any>), d$.pop("x"), d$.data, list(d$.items())[0], {**d$})
""",
    "user dict getitem": """
class Env$(collections.UserDict):
    def __getitem__(self, key):
        return f"<{super().__getitem__(key)}>"
e$ = Env$(a=<str>)
made$ = (e$["a"], e$.get("a"), list(e$.values()), dict(e$), e$.data, {**e$}, e$.get("zz", 1))
""",
    "dict subclass operators": """
class Own$(dict):
    def only(self, *names):
        return Own$({k: v for k, v in self.items() if k in names})
d$ = Own$(<dict>)
joined$ = d$ | {"z": <int>}
d$ |= {"y": 1}
made$ = (type(joined$).__name__, joined$, dict(d$), {"q": 0} | d$, d$.only("y"), type(d$.copy()).__name__, d$ == dict(d$), isinstance(d$, dict))
""",
    "path parts": """
p$ = Path("conf") / (<str0> or "x")
made$ = (str(p$.with_suffix(".json")), p$.with_name("other.yaml").name, str(p$.parent), Path("a/b/c.txt").relative_to("a").as_posix(), str(Path("a/b.txt").with_stem("z")), p$.suffix, Path("a", "b").parts)
""",
    "equality of containers": """
class Same$:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return isinstance(other, Same$) and self.x == other.x
class Plain$:
    pass
p$ = Plain$()
a$, b$ = Same$(<str>), Same$(<str>)
made$ = ([a$] == [b$], (a$, 1) == (b$, 1), {"k": a$} == {"k": b$}, [p$] == [p$], [Plain$()] == [Plain$()], a$ in [b$], [[a$]].count([b$]), [a$] != [b$])
""",
    "nested dataclasses": """
import dataclasses
@dataclass
class Pool$:
    size: int = <int>
    extra: dict = field(default_factory=lambda: <dict>)
@dataclass
class Db$:
    url: str = <str>
    pool: Pool$ = field(default_factory=Pool$)
    others: list = field(default_factory=lambda: [Pool$(1)])
d$ = Db$()
made$ = (dataclasses.asdict(d$), repr(d$), f"{d$.pool}", d$ == Db$(), [f.name for f in dataclasses.fields(d$)], dataclasses.replace(d$, url="x").url, dataclasses.astuple(d$.pool))
""",
    "copied defaults": """
def options$(**given):
    return {"a": 1, **given}
class Base$:
    options = options$(b=<any>)
    def __init__(self, **given):
        self.options = {**self.options, **given}
one$, two$ = Base$(a=2), Base$()
made$ = (one$.options, two$.options, Base$.options)
""",
    "star of a branch": """
if <test>:
    extra$ = 1
    made$ = <any>
else:
    made$ = <any>
""",
}
OF_PYDANTIC = {
    "pydantic conversions": """
from typing import Optional
from pydantic import BaseModel
class M$(BaseModel):
    number: int = 1
    share: float = 1.5
    on: bool = False
    names: list[str] = []
    maybe: Optional[int] = None
made$ = []
for given$ in (<any>, <any>, <str>, <int>):
    for name$ in ("number", "share", "on", "names", "maybe"):
        try:
            made$.append(getattr(M$(**{name$: given$}), name$))
        except ValueError:
            made$.append("invalid")
""",
    "pydantic views": """
from pydantic import BaseModel, Field, computed_field
class Inner$(BaseModel):
    n: int = <int>
class M$(BaseModel):
    name: str = Field(<str>, alias="Name")
    inner: Inner$ = Field(default_factory=Inner$)
    tags: list[str] = <list>
    @computed_field
    @property
    def upper(self) -> str:
        return self.name.upper()
m$ = M$(Name=<str>)
made$ = (m$.model_dump(), m$.model_dump(exclude={"inner"}, by_alias=True), m$.inner.model_dump(include={"n"}), m$ == M$(Name=m$.name), str(m$.inner), repr(m$), m$.model_copy(update={"name": "z"}).upper)
""",
    "pydantic validators": """
from pydantic import BaseModel, field_validator, model_validator
class M$(BaseModel):
    size: int = 1
    words: list[str] = []
    @field_validator("words", mode="before")
    @classmethod
    def split(cls, value):
        return value.split(",") if isinstance(value, str) else value
    @field_validator("size")
    @classmethod
    def bounded(cls, value):
        if value > 5:
            raise ValueError("too large")
        return value
    @model_validator(mode="after")
    def whole(self):
        assert len(self.words) < 3
        return self
try:
    m$ = M$(size=<int>, words=<str>)
    made$ = (m$.size, m$.words)
except ValueError as error$:
    made$ = type(error$).__name__
""",
    "pydantic settings lists": """
from pydantic_settings import BaseSettings
class S$(BaseSettings):
    tags: list[str] = ["d"]
    limit: int | None = None
    use_memory: bool = False
try:
    s$ = S$()
    made$ = (s$.tags, s$.limit, s$.use_memory)
except ValueError as error$:
    made$ = type(error$).__name__
""",
}

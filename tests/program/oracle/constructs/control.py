"""Branches, loops, matches and exceptions; each construct gives ``made$``."""

CONTROL = {
    "plain": "made$ = <any>",
    "plain db": "made$ = <db>",
    "if": """
if <test>:
    made$ = <any>
elif <test>:
    made$ = <any>
else:
    made$ = <any>
""",
    "nested if": """
made$ = <any>
if <test>:
    if <test>:
        made$ = <db>
    elif <test>:
        made$ = <str>
elif not <test> and <test>:
    made$ = <any>
""",
    "walrus": """
if (got$ := <optional>) and len(got$) > 2:
    made$ = got$
elif (other$ := <str>).startswith("p"):
    made$ = other$ + "!"
else:
    made$ = got$ or <any>
""",
    "ternaries": "made$ = <str> if <test> else <any> if <test> else <any>",
    "chained comparison": """
def side$(x, seen=[]):
    seen.append(x)
    return x
made$ = [side$(<int>) < side$(<int>) <= side$(<int>), len(side$.__defaults__[0])]
""",
    "short circuit": """
seen$ = []
def note$(x):
    seen$.append(x)
    return x
result$ = note$(<test>) and note$(<str>) or note$(<int>)
made$ = (result$, seen$)
""",
    "while": """
made$ = <any>
left$ = <n>
while left$ > 0:
    left$ -= 1
    if <test> and left$ == 1:
        made$ = <any>
        continue
    if <test>:
        break
else:
    made$ = <any>
""",
    "while sum": """
total$, step$ = 0, <n>
while total$ < 10:
    total$ += step$
    if total$ == 6 and <test>:
        break
made$ = total$
""",
    "while true": """
queue$ = [*(<list>), "end"]
made$ = ""
while True:
    item$ = queue$.pop(0)
    if item$ == "end":
        break
    if not item$:
        continue
    made$ += item$[0]
""",
    "while walrus": """
parts$ = <list>
made$ = []
while parts$ and (last$ := parts$.pop()):
    made$.append(last$)
""",
    "for": """
made$ = <any>
for word$ in <list>:
    if word$ == <str>:
        made$ = <any>
        break
else:
    made$ = <any>
""",
    "for continue": """
made$ = []
for i$, word$ in enumerate(<list>):
    if not word$:
        continue
    if i$ > 3:
        break
    made$.append((i$, word$))
""",
    "for items": """
made$ = ""
for key$, value$ in <dict>.items():
    made$ += f"{key$}={value$};"
""",
    "for unpacking": """
made$ = {}
for name$, (low$, *high$) in [("a", [1, 2, 3]), ("b", (<int>, <int>))]:
    made$[name$] = (low$, high$)
""",
    "nested loops": """
made$ = 0
for a$ in range(3):
    for b$ in range(3):
        if b$ == <n2>:
            break
        made$ += a$ * b$
    else:
        made$ += 100
""",
    "loop variable after": """
for made$ in [<str>, <str>]:
    if made$ == "<word>":
        break
""",
    "return in loop": """
def find$():
    for name in ("APP_ENV", "MODE", "TAGS"):
        if os.getenv(name) == "<word>":
            return <any>
        if <test>:
            continue
        if <test>:
            break
    else:
        return <any>
    return <any>
made$ = find$()
""",
    "match values": """
match <optional>:
    case "<word>" | "<word>":
        made$ = <any>
    case None:
        made$ = <any>
    case str() as text$ if text$.isdigit():
        made$ = int(text$)
    case _:
        made$ = <any>
""",
    "match sequence": """
match <list>:
    case []:
        made$ = "none"
    case [one$]:
        made$ = one$
    case ["<word>", *rest$]:
        made$ = rest$
    case [first$, second$] if first$ == second$:
        made$ = first$
    case [first$, *_, last$]:
        made$ = first$ + last$
""",
    "match mapping": """
match {"kind": <str>, "size": <int>}:
    case {"kind": "<word>", **others$}:
        made$ = others$
    case {"kind": str(kind$), "size": 0 | 1 | 2}:
        made$ = kind$
    case {"size": int(size$)} if size$ > 2:
        made$ = size$
    case {"zz": _}:
        made$ = "zz"
    case _:
        made$ = None
""",
    "match class": """
@dataclass
class Point$:
    x: int
    y: int = 0
class Named$:
    __match_args__ = ("name",)
    def __init__(self, name):
        self.name = name
match (Point$(<int>, 1) if <test> else Named$(<str>)):
    case Point$(0, y):
        made$ = ("zero", y)
    case Point$(x=x, y=1):
        made$ = x
    case Named$("<word>"):
        made$ = "word"
    case Named$(name=str() as other):
        made$ = other
    case _:
        made$ = "else"
""",
    "match tuple": """
match (<str>, <int>):
    case ("<word>", _):
        made$ = 1
    case (str(a), 0 | 3 as b):
        made$ = (a, b)
    case (_, int() | float() as c):
        made$ = c
""",
    "match constants": """
class Kind$:
    PROD = "<word>"
    SIZE = 3
match <any>:
    case Kind$.PROD:
        made$ = "prod"
    case Kind$.SIZE:
        made$ = "size"
    case True | False as flag:
        made$ = flag
    case int() | float():
        made$ = "number"
    case [*_] | {}:
        made$ = "container"
    case _:
        made$ = "other"
""",
    "try": """
try:
    value$ = os.environ["<name>"]
    made$ = <any>
    if <test>:
        made$ = int(value$)
except KeyError as error$:
    made$ = ("missing", error$.args[0])
except (ValueError, TypeError):
    made$ = <any>
else:
    if <test>:
        made$ = <any>
""",
    "try int": """
try:
    made$ = int(<str>)
except ValueError:
    made$ = <any>
""",
    "try order": """
made$ = []
try:
    made$.append(1)
    made$.append(int(<str>))
    made$.append(2)
except Exception:
    made$.append("except")
else:
    made$.append("else")
finally:
    made$.append("finally")
""",
    "try errors": """
try:
    made$ = [<list>[<n>], <dict>["a"], <str>.index("<piece>"), 1 / <int>, <optional>.upper()]
except IndexError:
    made$ = "index"
except KeyError:
    made$ = "key"
except LookupError:
    made$ = "lookup"
except ZeroDivisionError:
    made$ = "zero"
except AttributeError:
    made$ = "attribute"
except ArithmeticError:
    made$ = "arithmetic"
except ValueError:
    made$ = "value"
""",
    "custom exceptions": """
class Base$(Exception):
    code = 1
class Own$(Base$, ValueError):
    code = 2
    def __init__(self, what, *, hint="none"):
        super().__init__(what)
        self.hint = hint
def check$():
    if <test>:
        raise Own$("no", hint=<str>)
    if <test>:
        raise Base$("base", 3)
    return <any>
try:
    made$ = check$()
except Own$ as error:
    made$ = (str(error), error.hint, error.code, error.args)
except Base$ as error:
    made$ = (error.args, error.code)
""",
    "re-raise": """
def inner$():
    try:
        return int(<str>)
    except ValueError as error:
        if <test>:
            raise
        raise RuntimeError("wrapped") from error
try:
    made$ = inner$()
except RuntimeError as error:
    made$ = ("runtime", type(error.__cause__).__name__)
except ValueError:
    made$ = "value"
""",
    "finally return": """
def f$():
    kept = <any>
    try:
        if <test>:
            return kept
        kept = <any>
    finally:
        os.environ["MODE"] = "<word>"
    return kept
made$ = (f$(), os.environ["MODE"])
""",
    "finally overrides": """
def f$():
    try:
        raise ValueError("x")
    except ValueError:
        return <str>
    finally:
        if <test>:
            return "final"
made$ = f$()
""",
    "nested try": """
made$ = []
try:
    try:
        if <test>:
            raise KeyError("k")
        made$.append("a")
    except ValueError:
        made$.append("b")
    finally:
        made$.append("c")
except LookupError as error:
    made$.append(error.args)
""",
    "exception group": """
made$ = []
try:
    if <test>:
        raise ExceptionGroup("many", [ValueError("v"), KeyError("k")])
    made$.append("fine")
except* ValueError as group:
    made$.append(len(group.exceptions))
except* KeyError:
    made$.append("key")
""",
    "try in loop": """
made$ = []
for text$ in [*(<list>), "12"]:
    try:
        made$.append(int(text$))
    except ValueError:
        continue
    else:
        break
    finally:
        made$.append("f")
""",
    "suppress": """
import contextlib
made$ = <any>
with contextlib.suppress(ValueError, KeyError):
    made$ = int(<str>)
    made$ += 1
""",
    "swallowing exit": """
class Guard$:
    def __init__(self, *kinds):
        self.kinds = kinds
        self.log = []
    def __enter__(self):
        self.log.append("in")
        return self
    def __exit__(self, kind, error, trace):
        self.log.append(kind.__name__ if kind else "out")
        return kind is not None and issubclass(kind, self.kinds)
made$ = "before"
with Guard$(ValueError) as guard$:
    made$ = int(<str>)
made$ = (made$, guard$.log)
""",
    "exit that does not swallow": """
class Log$:
    def __enter__(self):
        return <str>
    def __exit__(self, *exc):
        self.closed = exc[0] is None
log$ = Log$()
try:
    with log$ as got$:
        made$ = got$
        if <test>:
            raise OSError("x")
except OSError:
    made$ = "failed"
made$ = (made$, log$.closed)
""",
    "contextmanager": """
@contextmanager
def opened$(name):
    seen$.append("open")
    try:
        yield name.upper()
    except ValueError:
        seen$.append("caught")
    finally:
        seen$.append("close")
seen$ = []
made$ = "before"
with opened$(<str>) as got$, opened$("b"):
    made$ = got$
    if <test>:
        raise ValueError("x")
    seen$.append("body")
made$ = (made$, seen$)
""",
    "return in with": """
@contextmanager
def opened$():
    os.environ["TAGS"] = "inside"
    yield
    os.environ["TAGS"] = "<word>"
def f$():
    with opened$():
        return os.environ["TAGS"]
made$ = (f$(), os.environ["TAGS"])
""",
    "exit stack": """
from contextlib import ExitStack
made$ = []
with ExitStack() as stack:
    stack.callback(made$.append, "last")
    made$.append(<str>)
""",
    "assert": """
try:
    assert <test>, "not so"
    made$ = <any>
except AssertionError as error:
    made$ = str(error)
""",
    "delete": """
made$ = <any>
del made$
try:
    made$
except NameError:
    made$ = "gone"
""",
    "system exit": """
try:
    if <test>:
        sys.exit(<n>)
    made$ = "on"
except SystemExit as error:
    made$ = error.code
""",
    "unbound local": """
def f$():
    if <test>:
        value = <any>
    return value
try:
    made$ = f$()
except UnboundLocalError:
    made$ = "unbound"
""",
    "except as is deleted": """
error$ = "before"
try:
    int(<str>)
except ValueError as error$:
    pass
try:
    made$ = error$
except NameError:
    made$ = "deleted"
""",
}

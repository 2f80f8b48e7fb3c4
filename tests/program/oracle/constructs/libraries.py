# ruff: noqa: E501 - the lines of the programs are as long as they are
"""More of the standard library, as configuration code and start-up code lean on it."""

LIBRARIES = {
    "argparse": """
import argparse
parser$ = argparse.ArgumentParser(prog="app")
parser$.add_argument("--env", default=os.getenv("APP_ENV", "dev"), choices=None)
parser$.add_argument("--size", type=int, default=<int>)
parser$.add_argument("--memory", action="store_true", default=<test>)
parser$.add_argument("--tag", action="append", default=None)
parser$.add_argument("-v", "--verbose", action="count", default=0)
parser$.set_defaults(extra=<str>)
a$ = parser$.parse_args(["--size", "9", "--tag", "x", "--tag=y", "-vv"] if <test> else [])
b$, rest$ = parser$.parse_known_args(["--unknown", "1", "--memory"])
made$ = (a$.env, a$.size, a$.memory, a$.tag, a$.verbose, a$.extra, rest$, b$.memory, sorted(vars(a$)), hasattr(a$, "nothing"), getattr(a$, "env"))
""",
    "argparse commands": """
import argparse
parser$ = argparse.ArgumentParser()
commands$ = parser$.add_subparsers(dest="command")
serve$ = commands$.add_parser("serve")
serve$.add_argument("--db", default=<str>)
serve$.set_defaults(run=lambda given: ("serve", given.db))
check$ = commands$.add_parser("check")
check$.add_argument("path", nargs="?", default="here")
check$.set_defaults(run=lambda given: ("check", given.path))
given$ = parser$.parse_args(["serve", "--db", "x"] if <test> else ["check"])
made$ = (given$.command, given$.run(given$))
""",
    "variables removed": """
before$ = dict(os.environ)
os.environ |= {"MODE": <str>, "TAGS": "t"}
kept$ = os.environ.pop("<name>", None)
os.environ.update([("LIMIT", "3")], USE_MEMORY="no")
both$ = os.environ | {"EXTRA": "e"}
if <test>:
    os.environ.clear()
    os.environ.update(before$)
made$ = (kept$, os.getenv("MODE"), os.getenv("LIMIT"), os.environ.get("USE_MEMORY"), "EXTRA" in os.environ, both$["EXTRA"], os.environ.get("TAGS"))
""",
    "putenv and unsetenv": """
os.environ["MODE"] = <str>
os.putenv("MODE", "hidden")
os.putenv("TAGS_NOBODY", "hidden")
seen$ = (os.getenv("MODE"), os.getenv("TAGS_NOBODY"))
os.unsetenv("MODE")
made$ = (seen$, os.environ.get("MODE", "gone"))
""",
    "counters": """
c$ = collections.Counter(<list>)
c$.update(["a", "a", "z"])
c$.subtract(["z"])
c$["b"] += <int>
other$ = collections.Counter(a=1, q=2)
made$ = (c$["a"], c$["nothing"], c$.most_common(1)[0][1] >= 1, (c$ + other$)["q"], (other$ - c$)["a"], sum(c$.values()), sorted(other$.elements()), other$ & collections.Counter("a"), "nothing" in c$, other$.total())
""",
    "deques": """
d$ = collections.deque(<list>, maxlen=3)
d$.append("x")
d$.appendleft(<str>)
d$.extend(["m", "n"])
d$.rotate(1)
first$ = d$.popleft()
d$.extendleft("ab")
made$ = (first$, list(d$), d$.maxlen, len(d$), d$[0], d$.count("m"), "n" in d$, list(reversed(d$)), d$.index(d$[-1]) >= 0)
""",
    "ordered and default": """
o$ = collections.OrderedDict(a=<str>, b=2, c=3)
o$.move_to_end("a")
o$.move_to_end("c", last=False)
last$ = o$.popitem()
tree$ = collections.defaultdict(lambda: collections.defaultdict(list))
tree$["x"]["y"].append(<any>)
tree$["x"]["z"]
counts$ = collections.defaultdict(int, {"a": 1})
for w$ in <list>:
    counts$[w$] += 1
made$ = (list(o$), last$, {k: dict(v) for k, v in tree$.items()}, counts$["a"], "q" in counts$, counts$.get("q"), o$ == {"c": 3, "b": 2}, o$ == collections.OrderedDict(b=2, c=3))
""",
    "named tuples": """
from typing import NamedTuple
Point$ = collections.namedtuple("Point$", "x y label", defaults=(0, <str>))
class Db$(NamedTuple):
    host: str
    port: int = 5432
    options: dict = {}
    @property
    def url(self):
        return f"postgresql://{self.host}:{self.port}/app"
    def on(self, **change):
        return self._replace(**change)
p$, d$ = Point$(<int>), Db$(<str>)
x$, *rest$ = p$
made$ = (p$, p$._asdict(), Point$._make([1, 2, 3]), Point$._fields, d$.url, d$.on(port=1).url, x$, rest$, d$[1], p$ == (p$.x, 0, p$.label), Db$._field_defaults["port"], {**p$._asdict(), "y": 9}, d$ < Db$("zz"), len(p$), "host" in d$)
""",
    "chain of maps": """
base$ = {"mode": <str>, "size": 1}
c$ = collections.ChainMap({}, base$)
c$["size"] = <int>
child$ = c$.new_child()
child$["mode"] = "child"
try:
    del child$["size"]
except KeyError:
    child$["gone"] = True
base$["late"] = <any>
made$ = (c$["mode"], c$["size"], base$["size"], child$["mode"], child$.parents["mode"], c$["late"], child$.maps[0], len(c$), child$.get("nope", 0), "gone" in child$)
""",
    "reduce and compare": """
def longest$(a, b):
    return (len(b) - len(a)) or (a > b) - (a < b)
ordered$ = sorted([*(<list>), "zz", "a"], key=functools.cmp_to_key(longest$))
power$ = functools.partial(pow, 2)
power$.note = <str>
join$ = functools.partial("-".join)
made$ = (ordered$, power$(<n>), power$.note, join$(["a", "b"]), functools.reduce(lambda a, b: a * b, [1, 2, <int>], 10), functools.partial(functools.partial(dict, a=1), b=<int>)(c=3))
""",
    "iterators": """
one$, two$ = itertools.tee(w for w in <list>)
made$ = (next(one$, "none"), list(two$), list(one$), list(itertools.compress("abc", [1, 0, <test>])), list(itertools.filterfalse(str.isdigit, ["1", <str>])), list(itertools.accumulate([1, 2, <int>], operator.mul, initial=2)), ["".join(p) for p in itertools.permutations("ab")], list(itertools.islice(itertools.cycle([<str>, 1]), 3)), [next(c) for c in [itertools.count(5, <n>)] for _ in range(3)], dict(zip(["a", "b"], itertools.repeat(0))), list(itertools.chain("a", [<int>])), list(itertools.zip_longest([1], <list>))[:2])
""",
    "transposed": """
rows$ = [("a", 1, <str>), ("b", 2, <any>)]
names$, sizes$, values$ = zip(*rows$)
made$ = (names$, sum(sizes$), values$, dict(zip(names$, zip(sizes$, values$))), sum([[1], [<int>]], []), list(map(list, zip(*[[1, 2], [3, 4]]))), max(rows$, key=lambda r: r[1])[0], sorted(rows$, key=lambda r: (-r[1], r[0]))[0][0], min([], default=<str>))
""",
    "shell words": """
import shlex
made$ = (shlex.split("run --env 'a b' -x=\\"c d\\""), shlex.quote(<str>), shlex.join(["a b", "c"]), dict(p.split("=", 1) for p in shlex.split("a=1 b='x y'")))
""",
    "texts as files": """
import io, csv
rows$ = list(csv.reader(io.StringIO("name,size\\na," + str(<int>) + "\\n")))
table$ = list(csv.DictReader(io.StringIO("name;size\\nb;2\\n"), delimiter=";"))
out$ = io.StringIO()
out$.write("x")
print(<int>, "y", sep="-", file=out$)
made$ = (rows$, table$[0]["size"], out$.getvalue(), io.StringIO("a\\nb").readlines(), [l.strip() for l in io.StringIO("c\\nd")])
""",
    "toml and json texts": """
import tomllib
text$ = '[db]\\nurl = "postgresql://db/app"\\nports = [1, 2]\\n[db.options]\\nssl = true\\n'
t$ = tomllib.loads(text$)
class Encoder$(json.JSONEncoder):
    def default(self, o):
        return sorted(o) if isinstance(o, set) else super().default(o)
made$ = (t$["db"]["options"]["ssl"], t$["db"]["ports"][-1], json.dumps({"s": {"b", "a"}, "n": <int>}, cls=Encoder$), json.dumps({"x": Path("a")}, default=str), json.loads(json.dumps({"k": [<str>, None, True]}))["k"], json.dumps([<float>, "é"], ensure_ascii=False, separators=(",", ":")))
try:
    tomllib.loads("a = ")
except tomllib.TOMLDecodeError as error$:
    made$ = (made$, isinstance(error$, ValueError))
""",
    "ini of texts": """
import configparser
p$ = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), allow_no_value=True)
p$.read_string("[DEFAULT]\\nbase = /srv\\n[db]\\nname = app\\npath = ${base}/${name}\\nflag\\n[other]\\npath = ${db:path}/x\\n")
p$["db"]["new"] = <str>.replace("$", "")
p$.set("other", "size", str(<int>))
p$.add_section("made")
raw$ = configparser.RawConfigParser()
raw$.optionxform = str
raw$.read_string("[A]\\nKey = %(x)s\\n")
made$ = (p$["db"]["path"], p$["other"]["path"], p$["db"]["flag"], p$["db"]["new"], p$.getint("other", "size"), p$.sections(), dict(raw$["A"]), p$.has_option("made", "base"), p$.get("made", "base"), p$.options("other"), {s: dict(p$[s]) for s in p$.sections()}["made"])
""",
    "templates of texts": """
class Curly$(string.Template):
    delimiter = "%"
    idpattern = "[a-z]+"
class Upper$(string.Formatter):
    def get_value(self, key, args, kwargs):
        return str(kwargs.get(key, "none")).upper() if isinstance(key, str) else args[key]
made$ = (Curly$("%a-%{b}$c").substitute(a=<str>, b=1), string.Template("${a}x $$").substitute({"a": <int>}), Upper$().format("{0}/{a}/{zz}", 5, a=<str>), "{:>{w}}|{:^{w}}".format(<n>, "x", w=4), "{0!r:>6}".format("a"), f"{<n>:{'>'}{5}}", "{a[b]}{c.real}".format(a={"b": <str>}, c=3), "%-*s|" % (4, "x"))
""",
    "paths of files": """
here$ = Path(__file__)
p$ = Path("/srv") / "app" / (<str0> or "x")
made$ = (p$.parts[:3], str(p$.parents[1]), p$.is_absolute(), Path("a/../b").name, str(Path("~x", "y")), here$.name.endswith(".py"), p$.as_posix().startswith("/srv/app"), Path("a.b/c.tar.gz").suffixes, str(Path("a") / "/b"), os.path.dirname("/a/b/c"), os.path.normpath("a//b/../c"), os.path.isabs("/x"), os.fspath(Path("q")), Path("a") == Path("a/"), str(Path("a/b").joinpath("c", "d")), os.path.split("a/b"), Path("conf.ini").stem)
""",
    "async queue": """
async def produce$(queue, words):
    for word in words:
        await queue.put(word)
    await queue.put(None)
async def consume$(queue, found):
    while (word := await queue.get()) is not None:
        found.append(word)
        queue.task_done()
async def main$():
    queue, found = asyncio.Queue(), []
    await asyncio.gather(produce$(queue, <list>), consume$(queue, found))
    return found, queue.empty()
made$ = asyncio.run(main$())
""",
    "async tools": """
async def work$(x):
    await asyncio.sleep(0)
    if not x:
        raise ValueError("empty")
    return (x, <any>)
async def main$():
    lock, event, limit = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(2)
    async with lock, limit:
        event.set()
    await event.wait()
    loop = asyncio.get_running_loop()
    found = [await asyncio.to_thread(str.upper, <str>), await loop.run_in_executor(None, len, "abc"), event.is_set()]
    try:
        async with asyncio.timeout(5):
            found.append(await asyncio.wait_for(work$(<str>), timeout=3))
    except ValueError as error:
        found.append(error.args)
    done, pending = await asyncio.wait([asyncio.ensure_future(work$("w"))])
    found.append([task.result()[0] for task in done])
    return found + [len(pending)]
made$ = asyncio.run(main$())
""",
    "async generators": """
log$ = []
async def words$():
    try:
        for w in [*(<list>), "end"]:
            got = yield w
            log$.append(got)
    finally:
        log$.append("closed")
class Count$:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n <= 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n
async def main$():
    found = {}
    async for n in Count$(<n>):
        if n == 1 and <test>:
            break
        found[n] = [w async for w in words$() if w]
    else:
        found["else"] = True
    generator = words$()
    found["first"] = await anext(generator)
    found["sent"] = await generator.asend("hello")if <test> else None
    await generator.aclose()
    return found, await anext(Count$(0), "over"), {n: 1 async for n in Count$(2)}
made$ = (asyncio.run(main$()), log$)
""",
    "async stack": """
from contextlib import AsyncExitStack, asynccontextmanager
log$ = []
@asynccontextmanager
async def part$(name):
    log$.append("open " + name)
    try:
        yield {"name": name}
    except ValueError as error:
        log$.append(("caught", error.args))
    finally:
        log$.append("close " + name)
class App$:
    def __init__(self):
        self.stack, self.parts = AsyncExitStack(), {}
    async def __aenter__(self):
        for name in ("db", "cache"):
            self.parts[name] = await self.stack.enter_async_context(part$(name))
        self.stack.callback(log$.append, "callback")
        return self
    async def __aexit__(self, *error):
        return await self.stack.__aexit__(*error)
async def main$():
    async with App$() as app:
        if <test>:
            raise ValueError(<str>)
        log$.append("through")
    return sorted(app.parts)
made$ = (asyncio.run(main$()), log$)
""",
    "futures": """
from concurrent.futures import ThreadPoolExecutor, as_completed
def work$(x):
    return int(x)
with ThreadPoolExecutor(2) as pool$:
    futures$ = {pool$.submit(work$, w): w for w in (<str>, "12")}
    found$ = {}
    for future$ in as_completed(futures$):
        try:
            found$[futures$[future$]] = future$.result()
        except ValueError:
            found$[futures$[future$]] = "bad"
    first$ = pool$.submit(lambda: <any>)
    first$.add_done_callback(lambda f: found$.update(done=f.done()))
made$ = (sorted((k, str(v)) for k, v in found$.items()), first$.result(), first$.exception())
""",
    "contexts that stack": """
import contextlib
log$ = []
class Timer$(contextlib.ContextDecorator):
    def __enter__(self):
        log$.append("start")
        return self
    def __exit__(self, *error):
        log$.append("stop")
        return False
@Timer$()
def f$(x):
    log$.append(x)
    return x
@contextmanager
def tagged$(name):
    log$.append("<" + name)
    yield name
    log$.append(name + ">")
with contextlib.ExitStack() as stack$:
    names$ = [stack$.enter_context(tagged$(n)) for n in ("a", "b")]
    kept$ = stack$.pop_all() if <test> else None
    log$.append("inside")
log$.append("between")
if kept$:
    kept$.close()
with (tagged$("c") if <test> else contextlib.nullcontext("n")) as which$:
    log$.append(which$)
@tagged$("d")
def g$():
    return <any>
out$ = __import__("io").StringIO()
with contextlib.redirect_stdout(out$):
    print("shown", <int>)
made$ = (f$(<str>), names$, which$, g$(), out$.getvalue(), log$)
""",
    "weak references": """
import weakref
class C$:
    pass
c$ = C$()
c$.mode = <str>
ref$ = weakref.ref(c$)
table$ = weakref.WeakValueDictionary()
table$["c"] = c$
keys$ = weakref.WeakKeyDictionary({c$: <any>})
made$ = (ref$().mode, ref$() is c$, table$["c"].mode, keys$[c$], "d" in table$, weakref.proxy(c$).mode)
""",
    "signatures": """
import inspect
def f$(a, b=<int>, *rest, c, d="x", **more):
    "words"
    return a
s$ = inspect.signature(f$)
made$ = (list(s$.parameters), s$.parameters["b"].default, s$.parameters["a"].default is inspect.Parameter.empty, inspect.isfunction(f$), inspect.isclass(dict), f$.__doc__, inspect.iscoroutinefunction(f$), [n for n, p in s$.parameters.items() if p.kind is p.KEYWORD_ONLY], f$.__code__.co_argcount, inspect.getdoc(f$))
""",
    "numbers of the library": """
from decimal import Decimal
from fractions import Fraction
import statistics
made$ = (str(Decimal("1.50") * 2), Fraction(1, 3) + Fraction(1, 6) == Fraction(1, 2), statistics.mean([1, 2, <int>]), math.gcd(12, 18), math.floor(-0.5), math.isclose(0.1 + 0.2, 0.3), int.from_bytes(b"\\x01\\x02", "big"), (258).to_bytes(2, "little"), int("0x1f", 16), round(-2.5), -7 // 2, -7 % 3, divmod(-7, 2), float("nan") == float("nan"), 10 ** -1, int(1e3), complex(1, 2).real, math.log2(8), math.prod([1, 2, 3]), True + <int>, sum([0.5, 1]), bool(0.0), 7 / 7, 1_0, 0b11, abs(-<int>), pow(3, 4, 5))
""",
    "times": """
import datetime, time
d$ = datetime.datetime(2024, 2, 28, 12, tzinfo=datetime.timezone.utc)
e$ = d$ + datetime.timedelta(days=<n>, hours=13)
made$ = (e$.isoformat(), e$.date().isoformat(), (e$ - d$).total_seconds(), d$.strftime("%Y-%m"), datetime.datetime.fromisoformat("2024-01-02T03:04:05").hour, e$ > d$, datetime.date(2024, 1, 31).weekday(), datetime.timedelta(minutes=90) // datetime.timedelta(hours=1), d$.replace(year=2020).year, datetime.datetime.strptime("2024-05", "%Y-%m").month, isinstance(time.time(), float), datetime.date.today() > datetime.date(2000, 1, 1))
""",
    "ids and digests": """
import uuid, hmac, base64, zlib, binascii
made$ = (str(uuid.uuid5(uuid.NAMESPACE_DNS, <str>))[:8], uuid.UUID("12345678123456781234567812345678").hex[:4], hmac.new(b"k", <str>.encode(), "sha256").hexdigest()[:6], base64.urlsafe_b64encode(<str>.encode()).decode(), base64.b64decode("YQ==").decode(), zlib.crc32(b"abc"), binascii.hexlify(b"ab").decode(), hashlib.sha256(b"x").hexdigest()[:4], len(uuid.uuid4().hex), hashlib.new("md5", b"a").hexdigest()[:3])
""",
    "bytes and views": """
b$ = bytearray(<str>.encode())
b$ += b"xy"
b$[0:1] = b"Z"
made$ = (bytes(b$), b$.decode(errors="replace"), b"a,b".split(b","), bytes(3), b"%s-%d" % (b"x", 2), bytes([1, 2])[1], b"abc"[1:], b"x" in b"xyz", memoryview(b"abc")[1], b"\\xff".decode("latin-1"), "é".encode("utf-8"), b"ab".translate(bytes.maketrans(b"a", b"z")), bytes.fromhex("4142"), b"a".join([b"1", b"2"]), str(b"q"))
""",
    "addresses": """
from urllib.parse import parse_qs, parse_qsl, quote_plus, unquote, urlencode, urljoin, urlparse, urlsplit, urlunparse
p$ = urlparse("postgresql://us%40er:p%3Aw@db.example:5433/app?sslmode=require&a=1&a=2#f")
q$ = dict(parse_qsl(p$.query))
q$.update(application_name=<str>)
made$ = (unquote(p$.username), unquote(p$.password), p$.hostname, p$.port, parse_qs(p$.query)["a"], urlunparse(p$._replace(query=urlencode(q$), fragment="")), quote_plus(<str>), urljoin("http://h/a/b", "../c"), urlsplit("//h/p").netloc, urlencode([("x", <int>), ("y", "a b")]), p$.geturl()[:10], urlencode({"k": ["1", "2"]}, doseq=True), p$.netloc.rpartition("@")[2], bool(urlparse("").scheme))
""",
    "regular expressions with functions": """
def filled$(text, values):
    return re.sub(r"\\$\\{(\\w+)(?::-([^}]*))?\\}", lambda m: values.get(m.group(1), m.group(2) or ""), text)
pattern$ = re.compile(r"(?P<key>\\w+)\\s*=\\s*(?P<value>[^;]*)", re.X | re.M)
made$ = (filled$("${a}/${b:-dflt}/${c}", {"a": <str>}), {m["key"]: m["value"] for m in pattern$.finditer("x = 1; y=2")}, re.sub(r"(?P<num>\\d+)", r"[\\g<num>]", "a1b22"), re.subn("a", "b", "banana"), pattern$.groups, re.split(r"(,)", "a,b"), re.match(r"(a)(b)?", "a").groups("none"), re.findall(r"(\\w)(\\d)", "a1 b2"), bool(re.match(r"^\\s*(true|1|yes)\\s*$", <str>, re.I)), re.search(r"\\bapp\\b", "my app").span(), re.match("x", "y"), pattern$.match("k=v").lastgroup, re.compile("a").pattern)
""",
    "logging set up": """
import logging
log$ = logging.getLogger("app$")
log$.setLevel(logging.DEBUG if <test> else logging.ERROR)
log$.addHandler(logging.NullHandler())
log$.warning("mode %s", <str>)
made$ = (log$.name, log$.level, logging.getLevelName(20), logging.INFO < logging.ERROR, log$.isEnabledFor(logging.INFO), getattr(logging, "WARNING"), log$ is logging.getLogger("app$"), <any>)
""",
    "registry of modules": """
held$ = types.ModuleType("plugin$")
held$.value = <str>
exec("def f():\\n    return value", held$.__dict__)
sys.modules["plugin$"] = held$
import plugin$ as again$
found$ = importlib.import_module("plugin$")
made$ = (again$.value, found$ is held$, found$.f(), "plugin$" in sys.modules, sys.modules.get("plugin$.nothing"), held$.__name__, again$.f() == found$.value)
del sys.modules["plugin$"]
""",
    "deep settings": """
def merged$(one, other):
    out = {**one}
    for key, value in other.items():
        out[key] = merged$(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out
def from_variables$(prefix):
    out = {}
    for key, value in sorted(os.environ.items()):
        if key.startswith(prefix):
            *path, last = key.removeprefix(prefix).lower().split("__")
            node = out
            for piece in path:
                node = node.setdefault(piece, {})
            node[last] = value
    return out
os.environ["CFG_DB__POOL__SIZE"] = str(<int>)
os.environ["CFG_MODE"] = <str>
settings$ = merged$({"db": {"url": "u", "pool": {"size": 1, "max": 2}}, "mode": "dev"}, from_variables$("CFG_"))
made$ = (settings$, functools.reduce(lambda node, key: node[key], "db.pool.size".split("."), settings$))
""",
}

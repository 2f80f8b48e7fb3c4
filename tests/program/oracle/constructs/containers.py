# ruff: noqa: E501 - the lines of the programs are as long as they are
"""Lists, dictionaries, sets and their relatives, changed and shared."""

CONTAINERS = {
    "list changes": """
l$ = <list>
l$.append(<str>)
l$.extend(["x", "y"])
l$.insert(1, <str>)
l$.insert(-1, "i")
l$[0] = "first"
l$[1:2] = ["s", "t"]
l$ += ["z"]
del l$[0]
l$.remove("x")
popped$ = l$.pop()
made$ = (l$, popped$, l$.index("y"), l$.count("t"), "y" in l$, len(l$))
""",
    "list sort": """
l$ = [*(<list>), "b", "a"]
l$.sort()
m$ = sorted(l$, key=lambda w: w[-1:], reverse=True)
n$ = list(l$)
n$.sort(key=len, reverse=<test>)
l$.reverse()
made$ = (l$, m$, n$)
""",
    "list methods": """
l$ = [3, 1, <int>]
made$ = (max(l$), min(l$), sum(l$), sorted(l$), l$.copy() == l$, l$ is l$[:], l$ * 2, [1, 2] < [1, 3], l$.clear(), l$)
""",
    "list errors": """
l$ = <list>
try:
    l$.remove("nothing")
    made$ = 1
except ValueError:
    made$ = 2
try:
    made$ += l$.index("nowhere")
except ValueError:
    made$ += 10
try:
    [].pop()
except IndexError:
    made$ += 100
""",
    "aliasing": """
a$ = [<str>]
b$ = a$
c$ = list(a$)
b$.append("b")
d$ = [a$, a$]
d$[0].append("d")
made$ = (a$, c$, a$ is b$, d$)
""",
    "nested aliasing": """
grid$ = [[0] * 2] * 2
grid$[0][1] = <int>
rows$ = [[0] * 2 for _ in range(2)]
rows$[0][0] = 1
made$ = (grid$, rows$)
""",
    "unpacking": """
first$, *rest$ = [<any>, <any>, <any>]
(a$, b$), c$ = [1, <str>], 3
a$, b$ = b$, a$
*init$, last$ = "abc"
made$ = (rest$[-1] if <test> else first$, a$, b$, c$, init$, last$)
""",
    "unpack error": """
try:
    a$, b$ = <list>
    made$ = b$
except ValueError:
    made$ = "wrong number"
""",
    "slices": """
l$ = list(range(8))
l$[2:4] = [<int>]
l$[::3] = [0, 0, 0]
del l$[-1]
made$ = (l$, l$[::-1], l$[1:<int>], "abcdef"[1:5:2], (1, 2, 3)[-2:])
""",
    "dict changes": """
d$ = <dict>
d$["n"] = <int>
d$.setdefault("n", 1)
d$.setdefault("m", []).append(<str>)
d$.update({"u": 1}, v=2)
d$ |= {"w": <str>}
gone$ = d$.pop("u")
missing$ = d$.pop("nothing", "default")
del d$["v"]
made$ = (d$, gone$, missing$, list(d$), len(d$), "w" in d$, d$.get("n"))
""",
    "dict order": """
d$ = {"b": 1, "a": 2}
d$["c"] = 3
d$["b"] = <int>
last$ = d$.popitem()
d$["a"] = d$.pop("a")
made$ = (list(d$.items()), last$, list(reversed(d$)), next(iter(d$)))
""",
    "dict views": """
d$ = <dict0>
keys$ = d$.keys()
d$["new"] = 1
made$ = (list(keys$), "new" in keys$, 1 in d$.values(), ("new", 1) in d$.items(), d$.keys() & {"a", "zz"}, len(d$.items()))
""",
    "dict errors": """
d$ = <dict>
try:
    made$ = d$["nothing"]
except KeyError as error:
    made$ = error.args[0]
try:
    del d$["nope"]
except KeyError:
    made$ += "!"
try:
    {}.popitem()
except KeyError:
    made$ += "?"
""",
    "dict while iterating": """
d$ = {"a": "", "b": <str>, "c": "x"}
for key$ in list(d$):
    if not d$[key$]:
        del d$[key$]
made$ = d$
""",
    "dict of lists": """
groups$ = {}
for word$ in <list>:
    groups$.setdefault(len(word$), []).append(word$)
made$ = (groups$, sorted(groups$), max(groups$, default=0))
""",
    "dict comprehension": """
made$ = ({k: v for k, v in zip("abc", range(3)) if v != <n>}, {i: {j: i * j for j in range(2)} for i in range(2)},
         {**{"a": 1}, **<dict>, "z": 0}, {k.lower(): v for k, v in <dict>.items()})
""",
    "nested dict": """
config$ = {"db": {"url": <str>, "pool": {"size": <int>}}, "list": [{"n": 1}]}
config$["db"]["pool"]["max"] = 5
config$["list"][0]["n"] += 1
other$ = {**config$, "db": {**config$["db"], "url": "x"}}
made$ = (config$, other$["db"]["url"], config$.get("db", {}).get("none", {}).get("deep", 7))
""",
    "deep merge": """
def merge$(a, b):
    out = dict(a)
    for k, v in b.items():
        out[k] = merge$(out[k], v) if isinstance(v, dict) and isinstance(out.get(k), dict) else v
    return out
made$ = merge$({"a": {"x": 1, "y": 2}, "b": 1}, {"a": {"y": <int>}, "c": <str>})
""",
    "sets": """
s$ = {"a", "b"}
s$.add(<str>)
s$.discard("zzz")
s$ |= {"c"}
s$ -= {"a"}
t$ = set(<list>)
made$ = (s$, s$ & t$, s$ | t$, s$ - t$, s$ ^ t$, "c" in s$, len(t$), s$ <= (s$ | t$), sorted(t$), s$ == {"b"}, frozenset("ab"), t$.union(["q"], ("r",)), t$.difference(["1"]), t$.intersection(s$))
""",
    "set errors": """
s$ = set(<list>)
try:
    s$.remove("nothing")
    made$ = 1
except KeyError:
    made$ = len(s$)
s$.update(["u"], ["v"])
made$ = (made$, sorted(s$), s$.issuperset(["u"]), s$.pop() in {"u", "v"} if len(s$) == 2 else None)
""",
    "tuples": """
t$ = (1, <str>, 3)
made$ = (t$ + (4,), t$[1:], t$.count(1), t$.index(3), 1 in t$, t$ * 2, len(t$), (1, 2) < (1, 3), tuple(<list>), t$ == (1, "a", 3))
""",
    "deque": """
q$ = collections.deque(<list>, maxlen=4)
q$.append("r")
q$.appendleft("l")
q$.extend(["x"])
left$ = q$.popleft()
q$.rotate(1)
made$ = (list(q$), left$, len(q$), q$[0], q$.maxlen)
""",
    "defaultdict": """
d$ = collections.defaultdict(list)
for w$ in <list>:
    d$[w$[:1]].append(w$)
n$ = collections.defaultdict(int)
n$["a"] += <int>
n$["b"]
made$ = (dict(d$), dict(n$), "c" in n$, n$.get("d"), len(n$), sorted(n$))
""",
    "counter": """
c$ = collections.Counter(<list>)
c$.update(["a", "a"])
c$["b"] += 1
made$ = (c$["a"], c$["nothing"], c$.most_common(1)[0][1] >= 2, sum(c$.values()), sorted(c$), collections.Counter("aab") == {"a": 2, "b": 1})
""",
    "chain map": """
base$ = {"a": 1, "b": 2}
over$ = {"b": <int>}
m$ = collections.ChainMap(over$, os.environ, base$)
over$["c"] = 3
m$["d"] = 4
made$ = (m$["b"], m$["c"], m$["a"], m$.get("MODE", "none"), over$, m$.get("zz"), len(m$.maps))
""",
    "ordered dict": """
d$ = collections.OrderedDict(a=1, b=<int>)
d$.move_to_end("a")
made$ = (list(d$), d$.popitem(last=False), d$ == {"a": 1})
""",
    "comprehension conditions": """
made$ = ([w for w in <list> if w if len(w) > 1], [w if w else "-" for w in <list>], [(i, j) for i in range(3) if i for j in range(i)], {len(w) for w in <list>}, any(w for w in <list>), sum(len(w) for w in <list>))
""",
    "starred displays": "made$ = ([*(<list>), *'ab', *(1, 2)], {*(<list>), 'q'}, (*range(2), <str>), {**<dict0>, 'a': 1})",
    "enumerate and range": """
made$ = (list(enumerate(<list>, start=1)), list(range(10, 0, -3)), 3 in range(5), len(range(0, 9, 2)), range(5)[2], [*reversed(range(3))], list(range(3))[-1])
""",
    "sorted keys": """
rows$ = [{"n": <str>, "s": 3}, {"n": "b", "s": 1}, {"n": "a", "s": 2}]
made$ = ([r["n"] for r in sorted(rows$, key=lambda r: r["s"])], sorted(rows$, key=operator.itemgetter("n"))[0]["s"], min(rows$, key=lambda r: r["s"])["n"], max(r["s"] for r in rows$))
""",
    "group by": """
made$ = [(k, list(g)) for k, g in itertools.groupby(sorted(<list>), key=len)]
""",
    "itertools": """
made$ = (list(itertools.chain.from_iterable([<list>, ["c"]])), list(itertools.product("ab", [1, 2]))[:3], list(itertools.accumulate([1, 2, 3])), list(itertools.repeat(<str>, 2)), list(itertools.zip_longest("ab", "c", fillvalue="-")), list(itertools.islice(itertools.count(<int>), 2)), list(itertools.combinations("abc", 2)), list(itertools.dropwhile(lambda w: not w, <list>)), list(itertools.starmap(pow, [(2, 3)])), list(itertools.pairwise("abc")))
""",
    "any and all": """
made$ = (any([]), all([]), any(w == "a" for w in <list>), all(isinstance(w, str) for w in <list>), next((w for w in <list> if len(w) > 3), None), sum(map(len, <list>)))
""",
    "augmented": """
x$ = {"n": 1, "l": [1]}
x$["n"] += <int>
x$["l"] += [<str>]
class O$:
    v = 1
O$.v *= 3
s$ = <str>
s$ += "!"
n$ = 7
n$ //= 2
n$ **= 2
made$ = (x$, O$.v, s$, n$)
""",
    "mapping proxy": """
p$ = types.MappingProxyType(<dict0>)
try:
    p$["x"] = 1
    made$ = "set"
except TypeError:
    made$ = (p$["a"], len(p$), dict(p$) == p$)
""",
    "copy depth": """
a$ = {"l": [1], "d": {"x": <str>}}
b$, c$, d$ = copy.copy(a$), copy.deepcopy(a$), dict(a$)
a$["l"].append(2)
a$["new"] = 1
made$ = (b$, c$, d$)
""",
    "bytes": """
b$ = <str>.encode()
made$ = (len(b$), b$[:2], b$.decode(), b"ab" + b"c", b$.hex(), base64.b64encode(b$).decode(), bytes([65, 66]), b"a" in b$)
""",
    "numbers": """
n$ = <int>
made$ = (n$ / 2, n$ // 2, n$ % 3, -n$ // 2, divmod(n$, 4), round(n$ / 3, 2), n$ == float(n$), int("-5"), float("1e2"), 0.1 + 0.2 == 0.3, f"{n$:,}", f"{n$ / 3:.1f}", f"{n$:x}", bin(n$), hex(255), pow(2, 5), abs(-n$), max(n$, 2), 1_000, not n$, n$ and "t", round(2.5), int(3.9), True + True, 7 .bit_length(), (3).to_bytes(2, "big"), float("inf") > n$)
""",
    "parsing": """
def flag$(name, default="0"):
    return os.getenv(name, default).strip().lower() in ("1", "true", "yes", "on")
def number$(name, default):
    raw = os.getenv(name)
    if raw is None or not raw.strip():
        return default
    try:
        return int(raw)
    except ValueError:
        try:
            return float(raw)
        except ValueError:
            return default
made$ = (flag$("<name>"), number$("<name>", <int>), [t.strip() for t in os.getenv("TAGS", "").split(",") if t.strip()], bool(int(os.getenv("LIMIT", "1"))) if os.getenv("LIMIT", "1").isdigit() else None)
""",
    "text methods": """
s$ = <str>
made$ = (s$.split(), s$.rsplit("-", 1), s$.splitlines(), s$.isupper(), s$.isspace(), s$.isidentifier(), s$.find("o"), s$.rfind("o"), s$.count(""), s$.expandtabs(), s$ > "m", s$ * 0, s$[0:1], s$.encode("utf-8"), s$.isnumeric(), s$ in ("a", s$), s$ is None, len(s$), list(s$)[:2], s$.partition(":"), s$.join(["1", "2"]), sorted(s$), "".join(reversed(s$)), s$ == s$.lower(), ord(s$[0]) if s$ else None)
""",
    "text formats": """
made$ = ("{} {}".format(<int>, <str>), "{a!r}".format(a=<str>), "{:05.1f}".format(<float>), "{0:<5}|".format(<str>), "%5s|%-5s|%05d|%.2f|%%" % (<str>, "b", <int>, <float>), '{:>5}'.format(<int>), f"{<str0>:{10}}", f"{3.14159:.{2}f}", f"{<str0>=}", "{{}}".format(), "{d[a]}".format(d=<dict0>), "{0.real}".format(<int>), "a{}b".format(None), format(<int>, "03d"), "{:,}".format(1234567), "{:%}".format(0.5), str.format("{}", 1), "%(x)s" % {"x": <int>})
""",
    "regular expressions": """
m$ = re.match(r"(?P<scheme>\\w+)://(?P<host>[^/:]+)(?::(\\d+))?/(\\w+)", os.getenv("DATABASE_URL", "postgresql://db:5432/app"))
made$ = (m$ and m$.group("host"), m$ and m$.groups(), m$ and m$.groupdict(), m$ and m$["scheme"], re.sub(r"\\d", "#", <str>), re.findall(r"[a-z]", <str>), re.split(r"[,;]\\s*", "a, b;c"), bool(re.search(r"^p", <str>)), re.compile("a+", re.I).sub("b", "xAay"), re.escape("a.b"), re.sub("(a)", lambda x: x.group(1).upper(), "banana"), [x.group() for x in re.finditer("[0-9]+", "1 22")], m$ and m$.start(2), re.fullmatch("a", "ab"), re.sub("a", "b", "aaa", count=1))
""",
    "dates": """
import datetime
d$ = datetime.timedelta(hours=<n>)
made$ = (d$.total_seconds(), datetime.date(2020, 1, 2).isoformat(), datetime.datetime(2020, 1, 2).year)
""",
    "decimal and uuid": """
from decimal import Decimal
import uuid
made$ = (str(Decimal("1.10") + 1), str(uuid.UUID(int=1))[-1], int(Decimal("3")))
""",
    "sentinel": """
_missing$ = object()
def get$(d, key, default=_missing$):
    value = d.get(key, _missing$)
    if value is _missing$:
        if default is _missing$:
            raise KeyError(key)
        return default
    return value
try:
    made$ = get$(<dict>, "b")
except KeyError as error:
    made$ = (str(error), get$(<dict>, "b", <any>))
""",
}

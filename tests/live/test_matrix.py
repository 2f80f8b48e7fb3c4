"""Every live rule, on every version, as every role, in its good and its bad state."""

import contextlib
import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from readiness.checker.registry import Registry, load
from readiness.checkers.releases import RELEASES
from readiness.database import Address, Database
from readiness.database.read import read
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.drills.template import Template
from readiness.engine.bind import bind_all
from readiness.testing import Judged, check, rules
from tests.live import states
from tests.live.bouncer import PROGRAM as BOUNCER
from tests.live.bouncer import Bouncer
from tests.live.everywhere import listening_everywhere
from tests.live.exporter import exporter, metrics
from tests.live.matrix import PROPERTY, Cell
from tests.live.states import STRONG, USERS, WEAK

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(BOUNCER is None, reason="not possible here: PgBouncer is not installed"),
]

CHECKERS = load().checkers
# Where these cannot see all they say so, and judge what they see.
BY_THE_WIRE = {"auth-trust", "auth-weak-method", "auth-md5-method", "tls-plain-refused"}
# Every role sees a table that tells too little, and then needs to see others.
SOMETIMES = {"health-invalid-index", "settings-applied"}
LIVE = {rule.id: rule for rule in rules("checklists") if CHECKERS[rule.check].kind == "live"}
CODE = (
    "from sqlalchemy import create_engine\n\n"
    'engine = create_engine("postgresql+psycopg://app@127.0.0.1:{port}/{name}"{more})\n'
)
COMPOSE = (
    "services:\n  api:\n    build: .\n    command: uvicorn db:app --workers 2\n"
    "    deploy: {replicas: 2}\n"
)
TODAY = {"today": RELEASES.as_of}
TLS = "it was compiled without OpenSSL"
SCRAM = states.NARROW.format("scram-sha-256")


NEEDED = {
    item.rule.id: item.bound.privileges()
    for item in bind_all(tuple(LIVE.values()), Registry(CHECKERS))
    if item.bound
}


@dataclass(frozen=True, slots=True)
class Spec:
    """How a rule is judged: the scenes of its two states, and what is given to it."""

    good: str = "good"
    bad: str = "bad"
    given: Mapping[str, Any] = field(default_factory=dict)
    in_bad: Mapping[str, Any] = field(default_factory=dict)
    code: bool = False
    files: Mapping[str, str] = field(default_factory=dict)


_ITERATIONS = 16
"""The first version in which passwords may be kept with few iterations, to be compared quickly."""
APP = Spec(given={"app_role": "app"})
SPECS: Mapping[str, Spec] = {
    "auth-hba-errors": Spec(bad="broken"),
    "auth-hba-wide": Spec(bad="wide"),
    "auth-trust": Spec(bad="trust"),
    "auth-weak-method": Spec(bad="password"),
    "conn-capacity": Spec(code=True),
    "conn-role-limit": APP,
    "database-set-up": Spec(given={"tables": ["orders"], "extensions": ["plpgsql"]}),
    "dur-sync-commit": APP,
    "health-long-tx": Spec(given={"max_seconds": 0}),
    "health-minor-version": Spec(given={"most_behind": 40}, in_bad={"most_behind": 0}),
    "health-version": Spec(in_bad={"eol_days": 4000}),
    "health-version-soon": Spec(in_bad={"eol_days": 4000}),
    "mon-role": Spec(bad="unwatched"),
    "net-listen": Spec(good="everywhere", bad="everybody"),
    "pool-mode": Spec(good="pooled", bad="crowded", code=True),
    "pool-prepared": Spec(good="pooled", bad="crowded", code=True),
    "pool-waiting": Spec(good="pooled", bad="crowded"),
    "repl-lag": Spec(given={"expected": 1}),
    "repl-slots": Spec(given={"max_retained": 2**20}),
    "rls-tenant-tables": Spec(given={"app_role": "app", "columns": ["tenant_id"]}),
    "role-app-owner": APP,
    "role-app-superuser": APP,
    "role-extra-superusers": Spec(given={"most": 2}),
    "settings-applied": Spec(files={"postgresql.conf": "max_connections = 90\n"}),
    "timeout-idle-tx": APP,
    "timeout-lock": APP,
    "timeout-statement": APP,
    "tls-pooler": Spec(good="pooled", bad="crowded"),
}
TLS_RULES = {"tls-expiry", "tls-min-version", "tls-plain-refused", "tls-session", "tls-verify"}
# The looker itself is what these judge, so that they differ by role in one state.
OF_THE_LOOKER = {
    ("session-checker", "superuser", "good"): "fail",
    ("mon-role", "pg_monitor", "unwatched"): "pass",
    ("mon-role", "optional grants", "unwatched"): "pass",
}

Looks = dict[str, Database]


def look(
    url: Callable[..., str], word: str, *, users: Mapping[str, str] = USERS, **options: Any
) -> Looks:
    """Look as every role."""
    wanted, pooler = options.pop("wanted", None), options.pop("pooler", True)
    return {
        role: read(Address.parse(url(user, word, **options)), wanted=wanted, pooler=pooler)
        for role, user in users.items()
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """What every role saw in every scene, the exporter's answers, and the poolers' ports."""

    scenes: dict[str, Looks] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)


def _see(template: Template) -> Seen:
    seen = Seen()
    _good(template, seen)
    _bad(template, seen)
    return seen


def _good(template: Template, seen: Seen) -> None:
    scenes = seen.scenes
    tls = _certificate(template, "127.0.0.1", days=365)
    hba = [SCRAM, states.ELSEWHERE]
    if tls:
        hba = [
            "hostnossl all all all reject",
            *(line.replace("host ", "hostssl ") for line in hba),
        ]
    quick = {"scram_iterations": 1} if template.binaries.major >= _ITERATIONS else {}
    settings = {**states.GOOD_SETTINGS, **quick}
    own = ["local replication all trust"]
    with Server.start(template=template, settings=settings, hba=own, tls=tls) as server:
        _checksums(server, "enable")
        server.execute(states.GOOD)
        if _has_statements(server):
            server.configure(shared_preload_libraries=states.STATEMENTS)
            server.restart()
            server.execute(f"CREATE EXTENSION {states.STATEMENTS}")
        with _receiving(server), psycopg.connect(server.url(local=True), autocommit=True):
            server.allow(*hba)
            server.reload()
            roots: dict[str, Any] = (
                {"sslmode": "require", "sslrootcert": str(server.ca_file)} if tls else {}
            )
            scenes["good"] = look(server.url, STRONG, **roots)
            scenes["least"] = _least(server, **roots)
            seen.answers["good"] = _exported(server, template)
            scenes["pooled"] = _pooled(server, tls, seen.ports)
        # What the file says is not loaded: nobody from elsewhere is ever let in.
        server.allow(SCRAM)
        with listening_everywhere(server):
            facts: dict[str, Any] = {"wanted": {"settings", "hba", "roles"}}
            scenes["everywhere"] = look(server.url, STRONG, **facts)
            server.allow(SCRAM, states.WIDE)
            scenes["everybody"] = look(server.url, STRONG, **facts)


def _least(server: Server, **options: Any) -> Looks:
    """Look as the least role of each set of privileges that some rule needs."""
    users = {}
    for number, needed in enumerate(sorted({*NEEDED.values()}, key=sorted)):
        users[" ".join(sorted(needed))] = f"least{number}"
        server.execute(states.least(f"least{number}", STRONG, needed))
    return look(server.url, STRONG, users=users, **options)


def _bad(template: Template, seen: Seen) -> None:
    scenes = seen.scenes
    tls = _certificate(template, "db.example.com", days=-2)
    lowest: dict[str, str | float] = {"ssl_min_protocol_version": "TLSv1.1"} if tls else {}
    hba = {way: states.NARROW.format(way) for way in ("md5", "password", "trust")}
    with Server.start(
        template=template, settings={**states.BAD_SETTINGS, **lowest}, tls=tls, hba=[hba["md5"]]
    ) as server:
        _checksums(server, "disable")
        for sql in (*states.BAD, *states.BAD_ALONE):
            with contextlib.suppress(psycopg.errors.UniqueViolation):
                server.execute(sql)
        server.reload()
        words: dict[str, Any] = (
            {"sslmode": "disable", "sslrootcert": str(server.ca_file)} if tls else {}
        )
        with ExitStack() as held:
            for _ in range(states.HELD):
                held.enter_context(psycopg.connect(server.url(local=True)))
            scenes["bad"] = look(server.url, WEAK, **words)
        seen.answers["bad"] = _exported(server, template, word="another")
        scenes["crowded"] = _crowded(server, seen.ports)
        for way in ("password", "trust"):
            server.allow(hba[way])
            server.reload()
            scenes[way] = look(server.url, WEAK, wanted={"hba"}, **words)
        server.allow(hba["trust"], states.WIDE)
        scenes["wide"] = look(server.url, WEAK, wanted={"hba"}, **words)
        server.allow(states.BROKEN)
        scenes["broken"] = look(server.url, WEAK, wanted={"hba"}, **words)
        server.execute("REVOKE pg_monitor FROM monitor, granted")
        scenes["unwatched"] = look(
            server.url, WEAK, users={"ordinary": "reader", "superuser": "boss"}, **words
        )


def _certificate(template: Template, name: str, *, days: int) -> Certificate | None:
    if not template.binaries.tls:
        return None
    end = datetime.now(UTC) + timedelta(days=days)
    return Certificate.make(name, not_after=end, not_before=end - timedelta(days=400))


def _checksums(server: Server, switch: str) -> None:
    """Bring the checksums of the pages into the state of the scene; it takes a stopped server."""
    wanted = "on" if switch == "enable" else "off"
    if server.execute("SHOW data_checksums") == [(wanted,)]:
        return
    server.stop()
    program = server.template.binaries.folder / "pg_checksums"
    words = [f"--{switch}", "--no-sync", "-D", str(server.data)]
    server.template.owner.run([program, *words], server.folder)
    server.restart()


def _has_statements(server: Server) -> bool:
    sql = f"SELECT 1 FROM pg_available_extensions WHERE name = '{states.STATEMENTS}'"
    return bool(server.execute(sql))


@contextlib.contextmanager
def _receiving(server: Server) -> Iterator[None]:
    """Let somebody receive the log, as a standby does."""
    folder = server.folder / "received"
    folder.mkdir()
    server.template.owner.give(folder)
    program = server.template.binaries.folder / "pg_receivewal"
    source = ["-h", str(server.folder), "-p", str(server.port), "-U", "postgres", "-w"]
    with (server.folder / "receiving").open("ab") as said:
        process = server.template.owner.start(
            [program, *source, "-D", folder, "--synchronous"], cwd=folder, stdout=said, stderr=said
        )
    try:
        _until(server, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
        for sql in states.GOOD_ALONE:
            server.execute(sql)
        _until(server, "SELECT write_lsn = pg_current_wal_lsn() FROM pg_stat_replication")
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _until(server: Server, sql: str) -> None:
    """Wait for another process of the server."""
    for _ in range(2000):
        if server.execute(sql)[0][0]:
            return
    raise AssertionError(sql)


def _exported(server: Server, template: Template, word: str | None = None) -> dict[str, Any]:
    mode = "require" if template.binaries.tls else "disable"
    with exporter(server.url(password=word, sslmode=mode), template) as url:
        found = metrics(url)
    return {"status": found.status, "text": found.text}


def _pooled(server: Server, tls: Certificate | None, ports: dict[str, int]) -> Looks:
    """Look through a PgBouncer that is as it should be."""
    own = Certificate.make("127.0.0.1")
    last: dict[str, Any] = {"server_tls_sslmode": "verify-full" if tls else "disable"}
    users = dict.fromkeys(USERS.values(), STRONG)
    with Bouncer.start(
        server, users, tls=own, client_tls_sslmode="require", pool_mode="transaction", **last
    ) as bouncer:
        ports["pooled"] = bouncer.port
        pooler = Address.parse(bouncer.url("stats", "pgbouncer"))
        return look(lambda user, _: bouncer.url(user), STRONG, pooler=pooler, wanted=set())


def _crowded(server: Server, ports: dict[str, int]) -> Looks:
    """Look at a PgBouncer that is as it should not be, while somebody waits for its pool."""
    users = {"boss": WEAK}
    single = {"single": "pool_mode=statement", "postgres": ""}
    with Bouncer.start(
        server, users, databases=single, pool_mode="transaction", default_pool_size=1
    ) as bouncer:
        ports["crowded"] = bouncer.port
        pooler = Address.parse(bouncer.url("stats", "pgbouncer"))
        waiter = threading.Thread(target=_wait, args=(bouncer.url("boss"),))
        with psycopg.connect(bouncer.url("boss")) as holder:
            holder.execute("SELECT 1")
            waiter.start()
            try:
                _until_somebody_waits(bouncer)
                return look(server.url, WEAK, pooler=pooler, wanted=set())
            finally:
                holder.rollback()
                waiter.join(20)


def _wait(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT 1")


def _until_somebody_waits(bouncer: Bouncer) -> None:
    with psycopg.connect(
        bouncer.url("stats", "pgbouncer"), autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as console:
        for _ in range(5000):
            cursor = console.execute("SHOW POOLS")
            at = [column.name for column in cursor.description or ()].index("cl_waiting")
            if any(int(row[at]) for row in cursor):
                return
    raise AssertionError("nobody ever waited")


def _why_not(rule: str, template: Template, scenes: dict[str, Looks]) -> dict[str, str]:
    """Why this build cannot be put into a state, by the outcome that it cannot show."""
    if rule in TLS_RULES and not template.binaries.tls:
        return {"pass": TLS, "fail": TLS}
    if rule == "tls-pooler" and not template.binaries.tls:
        return {"pass": TLS}
    if (
        rule == "mon-pgss"
        and states.STATEMENTS not in scenes["good"]["superuser"].available_extensions
    ):
        return {"pass": f"it has no {states.STATEMENTS}"}
    return {}


def _judge(rule: str, database: Database, port: int | None, answer: Any, *, state: str) -> Judged:
    spec = SPECS.get(rule, Spec())
    given = {**spec.given, **(spec.in_bad if state == "bad" else {})}
    if rule == "mon-exporter":
        return check(LIVE[rule], {**TODAY, "answers": [answer]}, url="http://127.0.0.1/metrics")
    files = _files(rule, port, state) if spec.code else spec.files
    return check(LIVE[rule], database, {**TODAY, "files": files}, **given)


def _files(rule: str, port: int | None, state: str) -> dict[str, str]:
    """The code that goes to the database, straight or through the pooler of the scene."""
    name, more = "postgres", ""
    if port is None:
        port, more = 5432, ", pool_size=5, max_overflow=5"
    elif state == "good":
        more = ', connect_args={"prepare_threshold": None}'
    elif rule == "pool-mode":
        name = "single"
    return {"db.py": CODE.format(port=port, name=name, more=more), "compose.yaml": COMPOSE}


def _cell(rule: str, template: Template, seen: Seen) -> tuple[Cell, list[str]]:
    """One rule's cell of the matrix, and what is wrong with it."""
    spec = SPECS.get(rule, Spec())
    found: dict[str, dict[str, Judged]] = {}
    for state, scene in (("good", spec.good), ("bad", spec.bad)):
        found[state] = {
            role: _judge(rule, one, seen.ports.get(scene), seen.answers[state], state=state)
            for role, one in seen.scenes[scene].items()
        }
    outcomes = {s: {r: str(j.outcome) for r, j in each.items()} for s, each in found.items()}
    why = _why_not(rule, template, seen.scenes)
    cell = Cell(rule, template.binaries.major, **outcomes, why=why)
    wrong = [f"{cell.rule} was never seen to {outcome}" for outcome in cell.empty]
    for state, scene in (("good", spec.good), ("bad", spec.bad)):
        for role, judged in found[state].items():
            wrong += _against(cell, state, scene, role, judged)
    return cell, [*wrong, *_of_privileges(cell, template, seen)]


def _of_privileges(cell: Cell, template: Template, seen: Seen) -> Iterator[str]:
    """What is wrong with the privileges that the rule says it needs: too few, or too many."""
    needed = NEEDED[cell.rule]
    spec = SPECS.get(cell.rule, Spec())
    if "pass" not in cell.why and spec.good == "good" and cell.rule != "mon-exporter":
        database = seen.scenes["least"][" ".join(sorted(needed))]
        judged = _judge(cell.rule, database, None, {}, state="good")
        if judged.outcome != "pass":
            yield f"{cell.rule} with the least role for it ({needed}): {judged}"
    hidden = "unknown" in {cell.good.get("ordinary"), cell.bad.get("ordinary")}
    if cell.why or cell.rule in BY_THE_WIRE | SOMETIMES:
        return
    if hidden != bool(needed):
        yield f"{cell.rule} needs {set(needed) or 'nothing'}, and an ordinary role saw: {cell}"


def _against(cell: Cell, state: str, scene: str, role: str, judged: Judged) -> Iterator[str]:
    """What one role's verdict lacks, beside that of the role that may see everything."""
    where = f"{cell.rule}, {state}, {role}: {judged.outcome}"
    expected = {"good": cell.good, "bad": cell.bad}[state].get("optional grants")
    expected = OF_THE_LOOKER.get((cell.rule, role, scene), expected or "fail")
    if judged.outcome == "unknown":
        hints = {one.hint or "" for one in judged.undecided}
        grant = re.compile(rf"(GRANT [^;]+ TO {USERS[role]}; ?)+")
        if len(hints) != 1 or not all(map(grant.fullmatch, hints)):
            yield f"{where}, and names {hints}"
    elif str(judged.outcome) != expected:
        yield f"{where}, expected is {expected}: {judged}"


def test_each_rule_passes_and_fails_for_every_role_that_may_see(
    template: Template, record_property: Callable[[str, Any], None]
) -> None:
    seen = _see(template)

    found = [_cell(rule, template, seen) for rule in LIVE]

    cells = [cell for cell, _ in found]
    record_property(PROPERTY, [astuple(cell) for cell in cells])
    assert [one for _, wrong in found for one in wrong] == []

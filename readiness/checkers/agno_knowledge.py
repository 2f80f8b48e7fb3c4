"""Checkers of where knowledge is kept: vectors, and the list of what was read."""

from collections.abc import Iterator

from readiness import Built, Case, Finding, Option, Program, Project, checker
from readiness.checkers.agno_sites import READS, Said, each, fine, is_on, open_, wrong

_KEPT = (
    "agno.vectordb.chroma.ChromaDb",
    "agno.vectordb.lancedb.LanceDb",
    "agno.vectordb.qdrant.Qdrant",
    "agno.vectordb.milvus.Milvus",
    "agno.knowledge.knowledge.Knowledge",
)
_SERVER = "use a server, such as PgVector or the tool's own"
_REMOTE = ("db://", "s3://", "gs://", "az://", "abfs://", "http://", "https://")
_VOLATILE, _LOCAL = ("InMemoryDb",), ("JsonDb", "SqliteDb", "AsyncSqliteDb")


@checker("agno.knowledge", by_variables=True)
def knowledge(
    program: Program, project: Project, *, allow_local_file: bool = False
) -> Iterator[Finding]:
    """What agents have read is kept where a restart and a second instance find it.

    ``allow_local_file`` lets a folder on one machine pass.
    """

    def judge(one: Built) -> Said | None:
        what = _judge(one)
        local = what is not None and what.data.get("kept") == "local-file"
        return (
            fine(f"{what.words}, as it is meant") if what and local and allow_local_file else what
        )

    yield from each(
        program,
        project,
        _KEPT,
        judge,
        otherwise="nothing here keeps knowledge of its own (Knowledge, ChromaDb, "
        "LanceDb, Qdrant, Milvus)",
        words=READS,
    )


def _judge(one: Built) -> Said | None:
    match one.name:
        case "ChromaDb":
            return _chroma(one)
        case "LanceDb":
            return _lance(one)
        case "Qdrant":
            return _qdrant(one)
        case "Milvus":
            return _addressed(one.option("uri"), absent=fine("keeps its vectors in a server"))
        case _:
            return _contents(one)


def _lost(where: str, of: Option | None = None) -> Said:
    return wrong(f"keeps its vectors {where}: a restart loses them", _SERVER, of)


def _local(where: str) -> Said:
    return wrong(
        f"keeps its vectors in {where} of one machine, which a new container does not have",
        f"{_SERVER}, or set `allow_local_file: true` where one kept disk is meant",
        kept="local-file",
    )


def _chroma(one: Built) -> Said:
    kept = is_on(one.option("persistent_client"))
    if kept is None or one.option("settings", "client_settings").truth is not False:
        return open_("may keep its vectors in memory: its client is not known here", _SERVER)
    return (
        _local("a folder (path=)")
        if kept
        else _lost("in memory (persistent_client is off)", one.option("persistent_client"))
    )


def _lance(one: Built) -> Said:
    if one.option("connection", "async_connection").truth is not False:
        return open_("keeps its vectors where a connection says that is not known here", _SERVER)
    if one.option("api_key").truth:
        return fine("keeps its vectors in LanceDB's cloud")
    return _addressed(one.option("uri"), absent=_lost("in /tmp/lancedb (uri= is not set)"))


def _addressed(uri: Option, *, absent: Said) -> Said:
    """An address that is a folder or file, unless it names a service."""
    if uri.is_given is False:
        return absent
    if uri.reason or any(case.kind != "text" or case.text is None for case in uri.cases):
        return open_(f"keeps its vectors at an address that is not known here: {uri.why}", _SERVER)
    texts = [case.known_text or "" for case in uri.cases]
    if any(text.startswith(("/tmp/", "/var/tmp/", "memory://")) for text in texts):  # noqa: S108 - it is what is looked for
        return _lost("in a folder for what is temporary", uri)
    if all(text.startswith(_REMOTE) for text in texts):
        return fine("keeps its vectors in a service")
    return _local("a folder")


def _qdrant(one: Built) -> Said:
    location, path = one.option("location"), one.option("path")
    if any(case.known_text == ":memory:" for case in location.cases):
        return _lost("in memory (location=)", location)
    if path.is_given is False and not location.reason:
        return fine("keeps its vectors in a server")
    if path.truth:
        return _local("a folder (path=)")
    return open_(
        f"may keep its vectors in memory: {location.why if location.reason else path.why}", _SERVER
    )


def _contents(one: Built) -> Said | None:
    contents = one.option("contents_db", "content_db")
    if contents.is_given is False or contents.truth is False:
        return None
    if contents.reason:
        return open_(f"lists what it has read in a db that is not known here: {contents.why}")
    cases = contents.cases
    if any(case.is_a(*_VOLATILE) or _in_memory(case) for case in cases):
        return wrong("lists what it has read in memory: a restart forgets it", "use a PostgresDb")
    if any(case.is_a(*_LOCAL) for case in cases):
        return wrong(
            "lists what it has read in a file of one machine",
            "use a PostgresDb",
            kept="local-file",
        )
    return fine("lists what it has read in a db that lasts")


def _in_memory(case: Case) -> bool:
    url = case.built.option("db_url") if case.built is not None else Option()
    return any(one.known_text in {"sqlite://", "sqlite:///:memory:"} for one in url.cases)

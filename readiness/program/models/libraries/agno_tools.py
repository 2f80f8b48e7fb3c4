"""What agno's agents use: tools, stores of vectors, the queue of an AgentOS."""

from typing import TYPE_CHECKING

from readiness.program.models.table import LibraryClass, Table
from readiness.program.values import Arguments, Instance

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

TOOLS = {
    "shell": "ShellTools", "python": "PythonTools", "coding": "CodingTools", "sql": "SQLTools",
    "postgres": "PostgresTools", "duckdb": "DuckDbTools", "file": "FileTools",
    "local_file_system": "LocalFileSystemTools", "docker": "DockerTools",
}  # fmt: skip
"""Tools that can do harm, by their modules."""


def _told(machine: "Machine", instance: Instance, arguments: Arguments) -> None:
    """Keep that there are arguments which nobody sees."""
    if arguments.open is not None:
        instance.slots.values["**"] = arguments.open


def _part(*parameters: str) -> LibraryClass:
    return LibraryClass(parameters, recorded=True, build=_told)


_CLASSES = {
    "agno.vectordb.chroma.ChromaDb": _part(
        "collection", "name", "description", "id", "embedder", "distance", "path",
        "persistent_client"),
    "agno.vectordb.lancedb.LanceDb": _part(
        "uri", "name", "description", "id", "connection", "table", "async_connection",
        "async_table", "table_name", "api_key"),
    "agno.vectordb.qdrant.Qdrant": _part(
        "collection", "name", "description", "id", "embedder", "distance", "location", "url"),
    "agno.vectordb.milvus.Milvus": _part("collection", "name", "description", "id", "embedder",
                                         "distance", "uri", "token"),
    "agno.job_queue.QueueConfig": _part("max_concurrency", "redis", "durable", "db"),
    "agno.os.config.CORSConfig": _part(),
    **{f"agno.tools.{module}.{name}": _part("base_dir") for module, name in TOOLS.items()},
}  # fmt: skip
_ALIASES = {
    "agno.vectordb.chroma.chromadb.ChromaDb": "agno.vectordb.chroma.ChromaDb",
    "agno.vectordb.lancedb.lance_db.LanceDb": "agno.vectordb.lancedb.LanceDb",
    "agno.vectordb.qdrant.qdrant.Qdrant": "agno.vectordb.qdrant.Qdrant",
    "agno.vectordb.milvus.milvus.Milvus": "agno.vectordb.milvus.Milvus",
    "agno.job_queue.config.QueueConfig": "agno.job_queue.QueueConfig",
    "agno.os.QueueConfig": "agno.job_queue.QueueConfig",
    "agno.os.job_queue.QueueConfig": "agno.job_queue.QueueConfig",
    "agno.tools.file.file.FileTools": "agno.tools.file.FileTools",
}
TABLE = Table(classes=_CLASSES, aliases=_ALIASES)

"""Clients that keep everything in the memory of the process, as tests use them."""

from readiness.program.models.table import LibraryClass, Table

FAKES = frozenset({
    "fakeredis.FakeRedis", "fakeredis.FakeStrictRedis", "fakeredis.FakeAsyncRedis",
    "fakeredis.aioredis.FakeRedis", "mongomock.MongoClient",
    "mongomock_motor.AsyncMongoMockClient",
})  # fmt: skip
TABLE = Table(classes={name: LibraryClass() for name in FAKES})

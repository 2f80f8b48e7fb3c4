"""Tortoise, peewee and databases, which make connections of their own."""

from collections.abc import Mapping

from readiness.program.engines.reading import Reader

READERS: Mapping[str, Reader] = {}

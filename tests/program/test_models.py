"""The tables of library models, taken together."""

import pkgutil
from collections import Counter
from importlib import import_module

from readiness.program import models
from readiness.program.models.tables import TABLES


def test_every_table_of_the_folder_counts() -> None:
    names = [one.name for one in pkgutil.walk_packages(models.__path__, f"{models.__name__}.")]
    loaded = [import_module(name) for name in names]

    written = [one.TABLE for one in loaded if hasattr(one, "TABLE")]

    assert {id(table) for table in written} == {id(table) for table in TABLES}


def test_no_name_has_two_models() -> None:
    functions = Counter(name for table in TABLES for name in {*table.functions, *table.values})
    classes = Counter(name for table in TABLES for name in table.classes)
    aliases = Counter(name for table in TABLES for name in table.aliases)

    twice = [name for found in (functions, classes, aliases) for name in found if found[name] > 1]

    assert twice == []
    assert not aliases.keys() & (functions.keys() | classes.keys())

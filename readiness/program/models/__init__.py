"""What libraries do, one file per library, in one table.

To add a library: write ``models/<library>.py`` with a `Table` called ``TABLE`` (functions and
classes by their full dotted names) and name it in ``models/tables.py``.
"""

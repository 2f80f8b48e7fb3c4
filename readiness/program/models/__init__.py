"""What libraries do, one file per library, in one table.

To add a library: write ``models/libraries/<library>.py`` with a `Table` called ``TABLE``
(functions and classes by their full dotted names) and name it in ``models/tables.py``. The
README of the room above has the recipe, with an example.

A library that only hands the code's own objects around, such as a container of services, is
easier to write again in Python: put it into ``stand_ins/<library>.py`` and its names into
``models/written.py``; the interpreter runs it in the library's place.
"""

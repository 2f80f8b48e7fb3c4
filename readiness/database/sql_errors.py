"""Why a statement gave nothing, in our own words."""

BROKEN = "the connection ended, or the time was over, before it was answered"


def code_of(error: Exception) -> str:
    """The SQLSTATE of an error, or what kind of error it is."""
    return getattr(error, "sqlstate", None) or type(error).__name__


_MEANINGS: dict[str, str] = {
    "25006": "it would write, and the transaction only reads",
    "42601": "it is no single SELECT, VALUES, TABLE or WITH",
    "0A000": "it does what a cursor cannot",
    "57014": "it took longer than it may",
    "57P01": "the server was stopped before it was answered",
    "55P03": "another session holds a lock on what it reads",
    "42P01": "a table that it names does not exist",
    "42703": "a column that it names does not exist",
    "42883": "a function that it calls does not exist",
    "42501": "the role may not read what it names",
}


def reason_of(error: Exception) -> str:
    """Say why in our own words: the server's text is of any language, and may hold data."""
    code = code_of(error)
    if getattr(error, "sqlstate", None) is None:
        return BROKEN
    meaning = _MEANINGS.get(code)
    return f"{meaning} (SQLSTATE {code})" if meaning else f"the server refuses it ({code})"

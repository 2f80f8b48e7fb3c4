"""The one grant that would let the checker's role see what is hidden from it."""


def grant_of(role: str, to: str) -> str:
    """The statement that makes one role a member of another."""
    return f"GRANT {role} TO {quoted(to)};"


def quoted(name: str) -> str:
    """A name as SQL writes it, quoted where it has to be."""
    plain = name.isidentifier() and name.isascii() and name == name.lower()
    return name if plain else '"' + name.replace('"', '""') + '"'

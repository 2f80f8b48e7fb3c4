"""Variables that options of a command give to the program: files of them, and single ones."""

import posixpath
from collections.abc import Iterator

Words = tuple[str, ...]
File = tuple[str, bool]
"""A file of variables, and whether it beats what the process has already."""

# Whose files give way to the variables that are there, and whose do not.
_WEAK = frozenset({"uv", "uvicorn", "flask", "litestar"})
_STRONG = {"dotenv": ("-f", "--file"), "honcho": ("-e", "--env")}
# Options of those that start other programs which take the word behind them.
_VALUED = {
    "uv": frozenset({"--env-file", "--with", "--python", "-p", "--extra", "--group", "--package",
                     "--project", "--directory", "--only-group", "--no-group"}),
    "honcho": frozenset({"-e", "--env", "-f", "--procfile", "-p", "--port", "-d", "--app-root"}),
    "dotenv": frozenset({"-f", "--file", "-q", "--quote", "-e", "--export"}),
}  # fmt: skip


def files_of(words: Words) -> tuple[File, ...]:
    """The files of variables that a command names, in the order in which they are loaded."""
    programs = [posixpath.basename(word) for word in words]
    found: list[File] = []
    for n, program in enumerate(programs):
        if program in _STRONG:
            end = programs.index("run", n) if "run" in programs[n:] else len(words)
            beats = "--no-override" not in words
            found += [(path, beats) for one in _given(words[n:end], _STRONG[program])
                      for path in one.split(",")]  # fmt: skip
    if _WEAK & set(programs):
        found += [(path, False) for path in _given(words, ("--env-file",))]
    if "flask" in programs:
        found += [(path, False) for path in _given(words, ("-e",))]
    return tuple(found)


def pairs_of(words: Words) -> tuple[tuple[str, str], ...]:
    """The single variables that gunicorn is given for its workers."""
    if not words or posixpath.basename(words[0]) != "gunicorn":
        return ()
    parted = (one.partition("=") for one in _given(words, ("-e", "--env")))
    return tuple((name, value) for name, equals, value in parted if equals)


def behind(program: str, words: Words) -> Words:
    """The words from the program on that another one starts, behind that one's own options."""
    valued = _VALUED.get(program, frozenset())
    while words and words[0].startswith("-") and words[0] != "--":
        words = words[2:] if words[0] in valued else words[1:]
    return words[1:] if words[:1] == ("--",) else words


def _given(words: Words, names: tuple[str, ...]) -> Iterator[str]:
    for n, word in enumerate(words):
        for name in names:
            if word == name and n + 1 < len(words):
                yield words[n + 1]
            elif word.startswith(f"{name}="):
                yield word.partition("=")[2]

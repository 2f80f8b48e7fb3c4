"""The text of a Python file as Python itself reads it, where its bytes do not show it.

A comment in the first two lines may name an encoding in which letters stand for others, and
Python takes an identifier for the plain letters that it looks like: one that is written in
full-width letters names the same thing.
"""

import codecs
import re
import unicodedata
from functools import cache

_LINES = re.compile(rb"[^\r\n]*(?:\r\n?|\n)?[^\r\n]*")
_NAMED = re.compile(rb"coding[:=][ \t]*([-\w.]+)")
_PLAIN = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|koi8-[rtu]|mac-\w+|gbk|gb2312|gb18030|big5|euc_\w+|cp437"
)
"""Encodings in which a byte below 128 is the character of its number, wherever it is one."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BOM = codecs.BOM_UTF8
_ASCII = bytes(range(128))
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def plain(content: bytes) -> bytes | None:
    """The bytes to look for words in, with letters as Python takes them; None if not known.

    What Python cannot run, since it is not in the encoding that it names, stays as it is.
    """
    name = _encoding(content)
    if name is None or content.startswith(_WIDE):
        return None
    if content.isascii() or (name == "utf-8" and _is_harmless(content)):
        return content
    try:
        text = content.removeprefix(_BOM).decode(name)
    except UnicodeError:
        return content
    return content if _shows_itself(text) else unicodedata.normalize("NFKC", text).encode()


def _encoding(content: bytes) -> str | None:
    """The encoding that a file names, UTF-8 if none; None where bytes are not letters in it."""
    head = _LINES.match(content)
    named = _NAMED.search(head.group()) if head else None
    if named is None:
        return "utf-8"
    try:
        name = codecs.lookup(named.group(1).decode("ascii", "replace")).name
    except LookupError:
        return None
    return name if _PLAIN.fullmatch(name) else None


def _is_harmless(content: bytes) -> bool:
    """Whether nothing in UTF-8 stands for a letter: told by the other characters alone.

    They are a valid text wherever the whole is one.
    """
    try:
        return not any(map(_stands_for_letter, set(content.translate(None, _ASCII).decode())))
    except UnicodeError:
        return True


def _shows_itself(text: str) -> bool:
    """Whether no character beyond ASCII stands for an ASCII letter."""
    return not any(map(_stands_for_letter, set(_BEYOND.findall(text))))


@cache
def _stands_for_letter(one: str) -> bool:
    return any(
        letter.isascii() and letter.isalnum() for letter in unicodedata.normalize("NFKC", one)
    )

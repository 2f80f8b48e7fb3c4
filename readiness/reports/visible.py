"""Texts from outside, made safe to show: nothing in them moves, colours or hides text."""

# How Python keeps the bytes of a file name that is no UTF-8.
_BYTES = range(0xDC80, 0xDD00)
_ASCII = str.maketrans(
    {
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MIDDLE DOT}": "-",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{GREATER-THAN OR EQUAL TO}": ">=",
        "\N{LESS-THAN OR EQUAL TO}": "<=",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHTWARDS ARROW}": "->",
        "\N{LEFTWARDS ARROW}": "<-",
    }
)


def visible(text: str) -> str:
    """Give one line in which every character shows itself.

    Line ends and other white space become blanks; control, format and unassigned
    characters (escapes of a terminal, right-to-left marks) are spelled out.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def ascii_only(text: str) -> str:
    """Give the text in ASCII, for an output that knows no other characters."""
    if text.isascii():
        return text
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    if char.isprintable():
        return char
    code = ord(char)
    if _BYTES.start <= code < _BYTES.stop:
        return f"\\x{code & 0xFF:02x}"
    return ascii(char)[1:-1]

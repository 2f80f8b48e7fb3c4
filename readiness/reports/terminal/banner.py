"""The verdict in letters that can be read from two metres."""

_ROWS = 5
_LETTERS = {
    "A": (" ## ", "#  #", "####", "#  #", "#  #"),
    "D": ("### ", "#  #", "#  #", "#  #", "### "),
    "E": ("####", "#   ", "### ", "#   ", "####"),
    "F": ("####", "#   ", "### ", "#   ", "#   "),
    "I": ("#", "#", "#", "#", "#"),
    "N": ("#   #", "##  #", "# # #", "#  ##", "#   #"),
    "O": (" ## ", "#  #", "#  #", "#  #", " ## "),
    "R": ("### ", "#  #", "### ", "# # ", "#  #"),
    "T": ("#####", "  #  ", "  #  ", "  #  ", "  #  "),
    "U": ("#  #", "#  #", "#  #", "#  #", " ## "),
    "V": ("#   #", "#   #", "#   #", " # # ", "  #  "),
    "Y": ("#   #", " # # ", "  #  ", "  #  ", "  #  "),
    " ": ("  ", "  ", "  ", "  ", "  "),
}


def big(words: str, width: int, *, unicode: bool = True) -> tuple[str, ...]:
    """Draw the words as large as the width allows; nothing where they do not fit."""
    rows = [" ".join(_LETTERS[letter][row] for letter in words) for row in range(_ROWS)]
    for scale in (2, 1):
        drawn = ["".join(dot * scale for dot in row).rstrip() for row in rows]
        if max(map(len, drawn)) <= width:
            return tuple(row.replace("#", "█") if unicode else row for row in drawn)
    return ()

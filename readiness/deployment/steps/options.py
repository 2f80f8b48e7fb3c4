"""The options of a call, by name, and its plain words."""

from msgspec import Struct, field


class Options(Struct):
    """What a call is told: for each option its values in order, and the other words."""

    named: dict[str, list[str]] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[str]:
        """Every value of options that mean the same, in the order of the names."""
        return [value for name in names for value in self.named.get(name, ())]

    def last(self, *names: str) -> str | None:
        """The value that counts: the last one."""
        found = self.all(*names)
        return found[-1] if found else None

    def has(self, *names: str) -> bool:
        """Whether any of the options is there."""
        return any(name in self.named for name in names)


def options_of(
    words: tuple[str, ...], flags: frozenset[str] = frozenset(), *, many: bool = False
) -> Options:
    """Part the words of a call; ``flags`` take no value, with ``many`` the others take several."""
    found, n = Options(), 0
    while n < len(words):
        word, n = words[n], n + 1
        if not word.startswith("-") or word == "-":
            found.plain.append(word)
            continue
        if word == "--":
            found.plain += words[n:]
            break
        name, equals, value = word.partition("=")
        values = found.named.setdefault(name, [])
        if equals:
            values.append(value)
        elif name not in flags and not name.startswith(("--no-", "--clear-")):
            while n < len(words) and not words[n].startswith("-"):
                values.append(words[n])
                n += 1
                if not many:
                    break
    return found


def clustered(words: tuple[str, ...], valued: frozenset[str]) -> tuple[str, ...]:
    """Words in which short options that stand together (``-dp 80:80``, ``-eA=b``) are parted."""
    found: list[str] = []
    for word in words:
        if len(word) < 3 or word[0] != "-" or word[1] == "-":  # noqa: PLR2004 - one sign, one letter
            found.append(word)
            continue
        for n, letter in enumerate(word[1:], 1):
            found.append(f"-{letter}")
            if letter in valued:
                found += [word[n + 1 :].removeprefix("=")] if word[n + 1 :] else []
                break
    return tuple(found)

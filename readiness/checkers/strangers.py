"""Patterns of origins, and whether anybody's pages fit them."""

from readiness import compile_pattern

# Pages of people whom nobody knows, under the endings that patterns mention.
_STRANGERS = tuple(
    f"https://a-stranger-to-us.{end}"
    for end in ("example", "com", "org", "net", "io", "dev", "app")
)


def admits_strangers(pattern: str | None) -> bool | None:
    """Whether a pattern lets anybody in; None where RE2, which cannot hang, has no answer."""
    if pattern is None:
        return None
    try:
        compiled = compile_pattern(pattern)
    except ValueError:
        return None
    return any(compiled.fullmatch(one) for one in _STRANGERS)

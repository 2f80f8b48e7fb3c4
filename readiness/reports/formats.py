"""The formats of a report, in one table: a new one is one file and one line here."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from readiness.model.report import Report


class Screen(Struct, frozen=True):
    """What a report is laid out for; a format looks at what concerns it."""

    width: int = 80
    colour: bool = False
    unicode: bool = True
    quiet: bool = False


Renderer = Callable[[Report, Screen], str]


def _terminal(report: Report, screen: Screen) -> str:
    """For people, at the prompt and in a log."""
    from readiness.reports import terminal  # noqa: PLC0415 - rich is loaded where it is used

    return terminal.render(
        report,
        width=screen.width,
        colour=screen.colour,
        unicode=screen.unicode,
        quiet=screen.quiet,
    )


def _markdown(report: Report, screen: Screen) -> str:
    """For a pull request or a wiki page."""
    del screen
    from readiness.reports import markdown  # noqa: PLC0415 - jinja2 is loaded where it is used

    return markdown.render(report)


def _json(report: Report, screen: Screen) -> str:
    """For machines; every other format is made from it."""
    del screen
    from readiness.reports import json  # noqa: PLC0415 - each format is loaded where it is used

    return json.render(report)


FORMATS: Mapping[str, Renderer] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "json": _json,
}

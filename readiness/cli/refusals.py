"""Why the library for command lines refuses a word, in words of our own."""

from typing import Any

from typer import BadParameter, TyperException


def sentence(error: TyperException) -> str:
    """What is wrong with the words that were given."""
    usual: str = error.format_message()
    details = getattr(error.__cause__, "errors", None)
    if not isinstance(error, BadParameter) or details is None:
        return usual
    told = _said(details(include_url=False)[0])
    return f"{_named(error)}: {told}" if told else usual


def _named(error: BadParameter) -> str:
    options = getattr(error.param, "opts", None) or ["the argument"]
    return str(max(options, key=len))


def _said(detail: Any) -> str:
    found, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            return str(context["error"]).rstrip(".")
        case "float_parsing" | "float_type":
            return f"'{found}' is no number"
        case "int_parsing" | "int_type":
            return f"'{found}' is no whole number"
        case "greater_than_equal":
            return f"{found} is less than {context['ge']}"
    return ""

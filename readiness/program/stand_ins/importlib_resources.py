import contextlib
import importlib
import pathlib


def files(anchor):
    module = importlib.import_module(anchor) if isinstance(anchor, str) else anchor
    return pathlib.Path(
        module.__path__[0] if hasattr(module, "__path__") else module.__file__.rpartition("/")[0]
    )


def read_text(anchor, *names, encoding="utf-8", errors="strict"):
    return files(anchor).joinpath(*names).read_text()


def read_binary(anchor, *names):
    return files(anchor).joinpath(*names).read_bytes()


def open_text(anchor, *names, encoding="utf-8", errors="strict"):
    return files(anchor).joinpath(*names).open()


def open_binary(anchor, *names):
    return files(anchor).joinpath(*names).open("rb")


def is_resource(anchor, *names):
    return files(anchor).joinpath(*names).is_file()


def path(anchor, *names):
    return contextlib.nullcontext(files(anchor).joinpath(*names))


def as_file(one):
    return contextlib.nullcontext(one)

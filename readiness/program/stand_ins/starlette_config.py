import os

from __readiness__ import found
from dotenv import dotenv_values

_MISSING = object()
environ = os.environ


class Config:
    def __init__(self, env_file=None, environ=os.environ, env_prefix="", encoding="utf-8"):
        self.environ = environ
        self.env_prefix = env_prefix
        path = None if env_file is None else found(str(env_file))
        self.file_values = {} if path is None else dotenv_values(path)

    def __call__(self, key, cast=None, default=_MISSING):
        return self.get(key, cast, default)

    def get(self, key, cast=None, default=_MISSING):
        name = self.env_prefix + key
        if name in self.environ:
            return self._cast(self.environ[name], cast)
        if name in self.file_values:
            return self._cast(self.file_values[name], cast)
        if default is not _MISSING:
            return self._cast(default, cast)
        raise KeyError(f"Config '{name}' is missing, and has no default.")

    def _cast(self, value, cast):
        if cast is None or value is None:
            return value
        if cast is bool and isinstance(value, str):
            words = {"true": True, "1": True, "false": False, "0": False}
            value = value.lower()
            if value not in words:
                raise ValueError("Not a valid bool.")
            return words[value]
        return cast(value)

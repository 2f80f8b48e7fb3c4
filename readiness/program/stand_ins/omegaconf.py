import os
import re
from pathlib import Path

import yaml
from __readiness__ import unknown

MISSING = "???"
_INTERPOLATED = re.compile(r"\$\{([^${}]+)\}")
_RESOLVERS = {}


class MissingMandatoryValue(Exception):
    pass


class DictConfig:
    def __init__(self, held, root=None):
        self.__dict__["_held"] = held
        self.__dict__["_root"] = self if root is None else root

    def _look(self, name):
        if self._held[name] == MISSING:
            raise MissingMandatoryValue(name)
        return _resolved(self._held[name], self._root)

    def get(self, name, default=None):
        if name not in self._held or self._held[name] == MISSING:
            return default
        return self._look(name)

    def __contains__(self, name):
        return name in self._held and self._held[name] != MISSING

    def __getattr__(self, name):
        if name.startswith("__") or name not in self._held:
            raise AttributeError(name)
        return self._look(name)

    def __setattr__(self, name, value):
        self._held[name] = value

    def __getitem__(self, name):
        return self._look(name)

    def __setitem__(self, name, value):
        self._held[name] = value

    def keys(self):
        return self._held.keys()

    def values(self):
        return [self._look(name) for name in self._held]

    def items(self):
        return [(name, self._look(name)) for name in self._held]

    def __iter__(self):
        return iter(self._held)

    def __len__(self):
        return len(self._held)


class ListConfig(list):
    pass


def _resolved(value, root):
    if isinstance(value, DictConfig):
        return DictConfig(value._held, root)
    if isinstance(value, dict):
        return DictConfig(value, root)
    if isinstance(value, list):
        return ListConfig([_resolved(one, root) for one in value])
    if not isinstance(value, str) or "${" not in value:
        return value
    whole = _INTERPOLATED.fullmatch(value)
    if whole:
        return _asked(whole.group(1), root)
    made = value
    for name in _INTERPOLATED.findall(value):
        made = made.replace("${" + name + "}", str(_asked(name, root)))
    return made if "${" not in made else unknown(value)


def _asked(name, root):
    resolver, colon, rest = name.partition(":")
    if not colon:
        return OmegaConf.select(root, name)
    arguments = [one.strip() for one in rest.split(",")]
    if resolver == "oc.env":
        return _variable(*arguments)
    if resolver in _RESOLVERS:
        return _RESOLVERS[resolver](*arguments)
    return unknown(name)


def _variable(name, *default):
    if default:
        word = default[0].strip("'\"")
        return os.environ.get(name, None if word == "null" else word)
    return os.environ[name]


def _merged(old, new):
    made = dict(old)
    for key, value in new.items():
        both = isinstance(value, dict) and isinstance(made.get(key), dict)
        made[key] = _merged(made[key], value) if both else value
    return made


def _plain(config, resolve):
    if isinstance(config, DictConfig):
        return {
            key: _plain(config._look(key) if resolve else value, resolve)
            for key, value in config._held.items()
        }
    if isinstance(config, dict):
        return {key: _plain(value, resolve) for key, value in config.items()}
    if isinstance(config, list):
        return [_plain(one, resolve) for one in config]
    return config


def _given(value):
    if value is None:
        return {}
    if isinstance(value, str):
        return yaml.safe_load(value) or {}
    if isinstance(value, (dict, DictConfig, list)):
        return _plain(value, False)
    return unknown(value)


class OmegaConf:
    @staticmethod
    def create(value=None, **options):
        held = _given(value)
        return DictConfig(held) if isinstance(held, dict) else ListConfig(held)

    @staticmethod
    def load(file):
        if not isinstance(file, (str, Path)):
            return OmegaConf.create(yaml.safe_load(file))
        with open(file) as opened:
            return OmegaConf.create(yaml.safe_load(opened))

    @staticmethod
    def merge(*configs):
        made = {}
        for one in configs:
            made = _merged(made, _given(one))
        return DictConfig(made)

    @staticmethod
    def from_dotlist(words):
        made = {}
        for word in words:
            path, _, value = word.partition("=")
            held = yaml.safe_load(value)
            for name in reversed(path.split(".")):
                held = {name: held}
            made = _merged(made, held)
        return DictConfig(made)

    @staticmethod
    def select(config, path, default=None, **options):
        held = config
        for name in path.split("."):
            if isinstance(held, ListConfig) and name.isdigit() and int(name) < len(held):
                held = held[int(name)]
            elif isinstance(held, DictConfig) and name in held:
                held = held[name]
            else:
                return default
        return held

    @staticmethod
    def update(config, path, value, **options):
        *above, last = path.split(".")
        held = config
        for name in above:
            held = held._held[name]
        held[last] = value

    @staticmethod
    def to_container(config, resolve=False, **options):
        return _plain(config, resolve)

    @staticmethod
    def register_new_resolver(name, resolver, **options):
        _RESOLVERS[name] = resolver

    @staticmethod
    def set_struct(config, flag):
        return None

    @staticmethod
    def set_readonly(config, flag):
        return None

    @staticmethod
    def resolve(config):
        return None

    @staticmethod
    def is_missing(config, name):
        return config._held.get(name) == MISSING

import os
import re
import sys
from pathlib import Path

import yaml
from __readiness__ import unknown

MISSING = "???"
_INTERPOLATED = re.compile(r"\$\{([^${}]+)\}")
_RESOLVERS = {}


class MissingMandatoryValue(Exception):
    pass


class DictConfig:
    def __init__(self, held, root=None, parent=None):
        self.__dict__["_held"] = held
        self.__dict__["_root"] = self if root is None else root
        self.__dict__["_parent"] = parent

    def _look(self, name):
        if self._held[name] == MISSING:
            raise MissingMandatoryValue(name)
        return _resolved(self._held[name], self._root, self)

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

    def __delitem__(self, name):
        del self._held[name]

    def __eq__(self, other):
        return _plain(self, True) == _plain(other, True)

    def keys(self):
        return self._held.keys()

    def pop(self, name, *default):
        if name not in self._held and default:
            return default[0]
        found = self._look(name)
        del self._held[name]
        return found

    def setdefault(self, name, default=None):
        if name not in self:
            self._held[name] = default
        return self._look(name)

    def update(self, *others, **more):
        for one in (*others, more):
            self._held.update(_given(one))

    def merge_with(self, *others):
        merged = OmegaConf.merge(self, *others)
        self._held.update(merged._held)

    def copy(self):
        return DictConfig(_plain(self, False), None, self._parent)

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


def _resolved(value, root, parent):
    if isinstance(value, DictConfig):
        return DictConfig(value._held, root, parent)
    if isinstance(value, dict):
        return DictConfig(value, root, parent)
    if isinstance(value, list):
        return ListConfig([_resolved(one, root, parent) for one in value])
    made = value
    while isinstance(made, str) and "${" in made:
        whole = _INTERPOLATED.fullmatch(made)
        if whole:
            made = _asked(whole.group(1), root, parent)
            continue
        inner = _INTERPOLATED.search(made)
        if not inner:
            return unknown(value)
        made = made.replace(inner.group(0), str(_asked(inner.group(1), root, parent)))
    return made


def _asked(name, root, parent):
    resolver, colon, rest = name.partition(":")
    if not colon:
        return _selected(name, root, parent)
    arguments = [one.strip() for one in rest.split(",")]
    if resolver == "oc.env":
        return _variable(*arguments)
    if resolver == "oc.select":
        found = _selected(arguments[0], root, parent)
        return _word(arguments[1]) if found is None and len(arguments) > 1 else found
    if resolver == "oc.decode":
        return None if rest == "None" else yaml.safe_load(rest)
    if resolver in _RESOLVERS:
        return _RESOLVERS[resolver](*[_word(one) for one in arguments])
    return unknown(name)


def _selected(name, root, parent):
    path = name.lstrip(".")
    start = root if path == name else parent
    for _ in range(len(name) - len(path) - 1):
        start = start._parent
    return OmegaConf.select(start, path)


def _word(text):
    if text[:1] in "'\"" and text[-1:] == text[:1] and len(text) > 1:
        return text[1:-1]
    return yaml.safe_load(text) if text else ""


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
    def from_cli(args=None):
        return OmegaConf.from_dotlist(sys.argv[1:] if args is None else args)

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
    def to_yaml(config, **options):
        return yaml.safe_dump(_plain(config, options.get("resolve", False)), sort_keys=False)

    @staticmethod
    def save(config, f, resolve=False):
        return None

    @staticmethod
    def structured(given, **options):
        return unknown(given)

    @staticmethod
    def to_object(config):
        return _plain(config, True)

    @staticmethod
    def unsafe_merge(*configs):
        return OmegaConf.merge(*configs)

    @staticmethod
    def masked_copy(config, keys):
        names = [keys] if isinstance(keys, str) else keys
        return DictConfig({name: config._held[name] for name in config._held if name in names})

    @staticmethod
    def register_resolver(name, resolver):
        _RESOLVERS[name] = resolver

    @staticmethod
    def has_resolver(name):
        return name in _RESOLVERS or name.startswith("oc.")

    @staticmethod
    def clear_resolvers():
        _RESOLVERS.clear()

    @staticmethod
    def is_config(value):
        return isinstance(value, (DictConfig, ListConfig))

    @staticmethod
    def is_dict(value):
        return isinstance(value, DictConfig)

    @staticmethod
    def is_list(value):
        return isinstance(value, ListConfig)

    @staticmethod
    def is_interpolation(config, name=None):
        held = config._held.get(name) if isinstance(config, DictConfig) else None
        return isinstance(held, str) and "${" in held

    @staticmethod
    def missing_keys(config):
        return {name for name, value in config._held.items() if value == MISSING}

    @staticmethod
    def is_readonly(config):
        return None

    @staticmethod
    def is_struct(config):
        return None

    @staticmethod
    def get_type(config, key=None):
        return unknown(key)

    @staticmethod
    def is_missing(config, name):
        return config._held.get(name) == MISSING

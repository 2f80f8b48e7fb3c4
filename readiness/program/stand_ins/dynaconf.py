import glob
import json
import os
import tomllib

import yaml
from __readiness__ import found, unknown
from dotenv import load_dotenv

_MISSING = object()
_KNOWN = {
    "envvar_prefix",
    "settings_files",
    "settings_file",
    "includes",
    "secrets",
    "environments",
    "load_dotenv",
    "env",
    "default_env",
    "env_switcher",
    "merge_enabled",
    "root_path",
    "validators",
    "encoding",
    "lowercase_read",
    "sysenv_fallback",
    "core_loaders",
    "dotenv_path",
    "dotenv_override",
    "auto_cast",
    "ignore_unknown_envvars",
}


class ValidationError(ValueError):
    pass


class Validator:
    def __init__(
        self,
        *names,
        default=_MISSING,
        must_exist=None,
        required=None,
        cast=None,
        env=None,
        **conditions,
    ):
        self.names = names
        self.default = default
        self.must_exist = must_exist or required
        self.cast = cast
        self.env = env
        self.conditions = conditions


def _parsed(word):
    if word.startswith("@"):
        kind, _, rest = word.partition(" ")
        casts = {"@int": int, "@float": float, "@str": str, "@bool": _truth, "@none": _none}
        return casts[kind](rest) if kind in casts else unknown(word)
    if word.lower() in {"true", "false"}:
        return word.lower() == "true"
    try:
        return tomllib.loads(f"value = {word}")["value"]
    except tomllib.TOMLDecodeError:
        return word


def _truth(word):
    return word.lower() in {"t", "true", "on", "y", "yes", "1", "ok"}


def _none(word):
    return None


def _read(path):
    read = _content(path)
    return unknown(path) if "dynaconf_include" in read else read


def _content(path):
    if path.endswith(".toml"):
        with open(path, "rb") as file:
            return tomllib.load(file)
    with open(path) as file:
        if path.endswith((".yaml", ".yml")):
            return yaml.safe_load(file) or {}
        return json.load(file) if path.endswith(".json") else unknown(path)


def _listed(names):
    if isinstance(names, str):
        names = names.replace(",", ";").split(";")
    return [str(name).strip() for name in names or ()]


def _paths(names):
    paths = []
    for name in names:
        paths += _matching(name)
    return paths


def _matching(name):
    if "*" in name:
        return sorted(glob.glob(name))
    stem, dot, ending = name.rpartition(".")
    near = [found(one) for one in (name, f"{stem}.local{dot}{ending}")]
    return [path for path in near if path is not None]


def _merged(old, new):
    made = dict(old)
    for key, value in new.items():
        both = isinstance(value, dict) and isinstance(made.get(key), dict)
        made[key] = _merged(made[key], value) if both else value
    return made


class Box:
    _joins = False

    def __init__(self, held, prefixes):
        self._held = {str(key).lower(): value for key, value in held.items()}
        self._names = [str(key) for key in held]
        self._prefixes = prefixes

    def _of_environment(self, name):
        found = _MISSING
        for prefix in self._prefixes:
            word = os.environ.get(f"{prefix}{name.upper()}")
            if word is not None:
                found = _parsed(word)
        return found

    def _look(self, name):
        held = self._held.get(name.lower(), _MISSING)
        given = self._of_environment(name)
        if isinstance(given, dict):
            held = _merged(held, given) if self._joins and isinstance(held, dict) else given
        elif given is not _MISSING:
            return given
        if isinstance(held, dict):
            return Box(held, [f"{prefix}{name.upper()}__" for prefix in self._prefixes])
        return held

    def get(self, name, default=None, **options):
        held = self
        for piece in name.split("."):
            held = held._look(piece) if isinstance(held, Box) else _MISSING
        return default if held is _MISSING else held

    def exists(self, name):
        return self._look(name) is not _MISSING

    def __contains__(self, name):
        return self.get(name, _MISSING) is not _MISSING

    def __getattr__(self, name):
        held = self._look(name)
        if held is _MISSING:
            raise AttributeError(f"no {name}")
        return held

    def __getitem__(self, name):
        held = self.get(name, _MISSING)
        if held is _MISSING:
            raise KeyError(f"{name} does not exist")
        return held

    def keys(self):
        return list(self._names)

    def values(self):
        return [self._look(name) for name in self._names]

    def items(self):
        return [(name, self._look(name)) for name in self._names]

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)

    def to_dict(self):
        return {key: v.to_dict() if isinstance(v, Box) else v for key, v in self.items()}

    as_dict = to_dict


class Dynaconf(Box):
    def __init__(self, **options):
        self._options = options
        self._joins = bool(options.get("merge_enabled"))
        if options.get("load_dotenv"):
            load_dotenv()
        switcher = options.get("env_switcher", "ENV_FOR_DYNACONF")
        env = os.environ.get(switcher) or os.environ.get("ENV_FOR_DYNACONF")
        env = env or options.get("env") or "DEVELOPMENT"
        self._env = env.lower()
        self.current_env = env if options.get("environments") else "main"
        prefix = options.get("envvar_prefix", "DYNACONF")
        prefixes = [] if prefix is None else ["DYNACONF"]
        if prefix is False:
            prefixes.append("")
        elif prefix and prefix.upper() != "DYNACONF":
            prefixes += prefix.upper().split(",")
        given = {k: v for k, v in options.items() if k not in _KNOWN}
        held = _merged({k.lower(): v for k, v in given.items()}, self._of_files())
        super().__init__(held, [f"{one}_" if one else "" for one in prefixes])
        self._validate(options.get("validators") or ())

    def _of_files(self):
        options = self._options
        names = options.get("settings_files") or options.get("settings_file")
        names = _listed(names) + _listed(options.get("includes")) + _listed(options.get("secrets"))
        held = {}
        for path in _paths(names):
            held = self._layered(held, _read(path))
        return held

    def _layered(self, held, read):
        if not self._options.get("environments"):
            return self._put(held, read)
        sections = {key.lower(): value for key, value in read.items()}
        default = str(self._options.get("default_env") or "default").lower()
        for name in (default, self._env, "global"):
            held = self._put(held, sections.get(name) or {})
        return held

    def _put(self, held, new):
        made = dict(held)
        whole = bool(self._options.get("merge_enabled"))
        for key, value in new.items():
            name = key.lower()
            joins = isinstance(value, dict) and isinstance(made.get(name), dict)
            if joins and (whole or value.get("dynaconf_merge")):
                value = _merged(made[name], value)
            made[name] = value
        return made

    def _validate(self, validators):
        for one in validators:
            if not isinstance(one, Validator):
                continue
            wanted = [one.env] if isinstance(one.env, str) else one.env
            if wanted and self.current_env.lower() not in [env.lower() for env in wanted]:
                continue
            for name in one.names:
                self._validated(one, name)

    def _validated(self, one, name):
        if name not in self and one.default is not _MISSING:
            self._held[name.lower()] = one.default
            self._names.append(name)
        if name in self:
            if one.cast is not None:
                self._held[name.lower()] = one.cast(self.get(name))
        elif one.must_exist:
            raise ValidationError(f"{name} is required")

    def __call__(self, name, default=None, **options):
        return self.get(name, default)

    def from_env(self, env, **options):
        return Dynaconf(**{**self._options, "env": env})

    def set(self, name, value, **options):
        self._held[name.lower()] = value

    def as_bool(self, name):
        return _truth(str(self.get(name)))

    def as_int(self, name):
        return int(self.get(name))


LazySettings = Dynaconf

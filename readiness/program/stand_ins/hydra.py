import functools
import sys

import yaml
from __readiness__ import found, unknown
from omegaconf import OmegaConf

_FOLDERS = []


def main(config_path=None, config_name=None, version_base=None):
    def decorate(function):
        @functools.wraps(function)
        def run(config=None):
            if config is not None:
                return function(config)
            return function(_composed(config_path, config_name, sys.argv[1:]))

        return run

    return decorate


class initialize:  # noqa: N801 - as the library has it
    def __init__(self, config_path=None, job_name=None, version_base=None):
        _FOLDERS.append(config_path)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        _FOLDERS.pop()


class initialize_config_dir(initialize):  # noqa: N801 - as above
    def __init__(self, config_dir, job_name=None, version_base=None):
        _FOLDERS.append(config_dir)


def compose(config_name=None, overrides=(), return_hydra_config=False):
    return _composed(_FOLDERS[-1] if _FOLDERS else None, config_name, overrides)


def _composed(folder, name, overrides):
    if name is None:
        return OmegaConf.from_dotlist(overrides)
    chosen = {}
    changes = []
    for one in overrides:
        key, _, value = one.lstrip("+").partition("=")
        if found(f"{folder}/{key}/{value}.yaml"):
            chosen[key] = value
        else:
            changes.append(f"{key}={value}")
    return OmegaConf.merge(_loaded(folder, name, chosen), OmegaConf.from_dotlist(changes))


def _loaded(folder, name, chosen):
    stem = name.removesuffix(".yaml")
    path = found(f"{folder}/{stem}.yaml" if folder else f"{stem}.yaml")
    if path is None:
        return unknown(f"the configuration {stem}")
    with open(path) as opened:
        own = yaml.safe_load(opened) or {}
    order = own.pop("defaults", [])
    made = {}
    for one in order if "_self_" in order else [*order, "_self_"]:
        made = OmegaConf.merge(made, own if one == "_self_" else _part(folder, one, chosen))
    return made


def _part(folder, entry, chosen):
    if isinstance(entry, str):
        return _loaded(folder, entry, chosen)
    made = {}
    for key, value in entry.items():
        group = key.replace("optional ", "").replace("override ", "")
        value = chosen.get(group, value)
        if value is not None and not group.startswith("hydra/"):
            made = OmegaConf.merge(made, _placed(group, _loaded(f"{folder}/{group}", value, {})))
    return made


def _placed(group, held):
    for name in reversed(group.split("/")):
        held = {name: held}
    return held

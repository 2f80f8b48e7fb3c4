import functools
import importlib

from omegaconf import DictConfig, OmegaConf

_OWN = ("_target_", "_args_", "_partial_", "_recursive_", "_convert_")


def get_object(path):
    above, _, last = path.rpartition(".")
    if not above:
        return importlib.import_module(path)
    try:
        return getattr(importlib.import_module(above), last)
    except ImportError:
        return getattr(get_object(above), last)


get_class = get_method = get_object


def instantiate(config, *args, **kwargs):
    if config is None:
        return None
    if isinstance(config, dict):
        config = OmegaConf.create(config)
    return _made(config, args, kwargs)


call = instantiate


def _made(config, args=(), kwargs=None):
    if isinstance(config, DictConfig):
        return _of_mapping(config, args, kwargs or {})
    if isinstance(config, list):
        return [_made(one) for one in config]
    return config


def _of_mapping(config, args, kwargs):
    given = {name: value for name, value in config.items() if name not in _OWN}
    if kwargs.get("_recursive_", config.get("_recursive_", True)):
        given = {name: _made(value) for name, value in given.items()}
    given.update({name: value for name, value in kwargs.items() if name not in _OWN})
    if "_target_" not in config:
        return DictConfig(given)
    positional = args or [_made(one) for one in config.get("_args_", [])]
    target = config["_target_"]
    target = get_object(target) if isinstance(target, str) else target
    if kwargs.get("_partial_", config.get("_partial_", False)):
        return functools.partial(target, *positional, **given)
    return target(*positional, **given)

import importlib
import os


def engine_finder(module_name=None):
    name = module_name or os.environ.get("PICCOLO_CONF", "piccolo_conf")
    return getattr(importlib.import_module(name), "DB", None)

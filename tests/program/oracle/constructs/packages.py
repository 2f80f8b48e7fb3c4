# ruff: noqa: E501 - the lines of the programs are as long as they are
"""How the modules of a program hang together: ``<helpers>`` is what they hold."""

# Each layout: files by path, and how main.py gets at the names. ``{names}`` are the helpers'.
LAYOUTS = {
    "module": ({"storage.py": "{code}"}, "from storage import {names}"),
    "package": (
        {"storage/__init__.py": "", "storage/inner.py": "{code}"},
        "from storage.inner import {names}",
    ),
    "re-export": (
        {"storage/__init__.py": "from .inner import {names}", "storage/inner.py": "{code}"},
        "from storage import {names}",
    ),
    "star": (
        {"storage/__init__.py": "from .inner import *\n", "storage/inner.py": "{code}"},
        "from storage import *",
    ),
    "star with all": (
        {
            "storage/__init__.py": "from .inner import *\nfrom .inner import __all__",
            "storage/inner.py": "__all__ = [{quoted}]\n{code}",
        },
        "from storage import *",
    ),
    "alias": (
        {"storage/__init__.py": "", "storage/inner.py": "{code}"},
        "import storage.inner as kept\n{taken}",
    ),
    "dotted": (
        {"storage/__init__.py": "", "storage/inner.py": "{code}"},
        "import storage.inner\nkept = storage.inner\n{taken}",
    ),
    "deep": (
        {
            "app/__init__.py": "",
            "app/core/__init__.py": "from ..db import stores\n",
            "app/db/__init__.py": "from . import stores\n",
            "app/db/stores.py": "{code}",
        },
        "from app.core import stores as kept\n{taken}",
    ),
    "src": (
        {"src/app/__init__.py": "from .stores import {names}", "src/app/stores.py": "{code}"},
        "from app import {names}",
    ),
    "circular": (
        {
            "one.py": "{code}\nimport two\n",
            "two.py": "import one\ndef again(name):\n    return getattr(one, name)\n",
        },
        "import two, one\nfrom one import {names}\n",
    ),
    "lazy": (
        {
            "storage/__init__.py": "def __getattr__(name):\n    import importlib\n    inner = importlib.import_module('storage.inner')\n    if hasattr(inner, name):\n        return getattr(inner, name)\n    raise AttributeError(name)\n",
            "storage/inner.py": "{code}",
        },
        "from storage import {names}",
    ),
    "importlib": (
        {"storage/__init__.py": "", "storage/inner.py": "{code}"},
        "kept = importlib.import_module('storage.' + 'inner')\n{taken}",
    ),
    "function import": (
        {"storage.py": "{code}"},
        "def load():\n    import storage\n    return storage\nkept = load()\n{taken}",
    ),
    "try import": (
        {"storage.py": "{code}"},
        "try:\n    import storage.nothing_here as kept\nexcept ImportError:\n    import storage as kept\n{taken}",
    ),
    "changed module": (
        {"storage.py": "{code}\nextra = 'a'\ndef get():\n    return extra\n"},
        "import storage as kept\nkept.extra = 'b'\nassert kept.get() == 'b'\n{taken}",
    ),
    "namespace": ({"space/inner.py": "{code}"}, "from space.inner import {names}"),
    "once": (
        {
            "storage.py": "{code}\nos.environ['TAGS'] = os.environ.get('TAGS', '') + 'x'\n",
            "other.py": "import storage\n",
        },
        "import other, storage as kept\nimport storage\n{taken}",
    ),
}

# What another library gives depends on what is installed, which nothing in a program tells.
OPEN_LAYOUTS = {
    "try import of a library": (
        {"storage.py": "{code}"},
        "try:\n    import nothing_here as kept\nexcept ImportError:\n    import storage as kept\n{taken}",
    ),
}

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
    "relative up": (
        {
            "app/__init__.py": "",
            "app/db/__init__.py": "",
            "app/db/stores.py": "{code}",
            "app/core/__init__.py": "",
            "app/core/run.py": "from ..db.stores import {names}\nfrom .. import db as again\n",
        },
        "from app.core.run import {names}\nfrom app.core import run as kept\n{taken}",
    ),
    "bound name": (
        {"app/__init__.py": "", "app/parts/__init__.py": "", "app/parts/stores.py": "{code}"},
        "import app.parts.stores\nkept = getattr(app.parts, 'stores')\n{taken}",
    ),
    "relative name": (
        {"storage/__init__.py": "", "storage/inner.py": "{code}"},
        "kept = importlib.import_module('.inner', package='storage')\n{taken}",
    ),
    "reload": (
        {"storage.py": "{code}\ncount = globals().get('count', 0) + 1\n"},
        "import storage as kept\nkept = importlib.reload(kept)\nassert kept.count == 2\n{taken}",
    ),
    "names of a list": (
        {
            "storage/__init__.py": "from .inner import *\n__all__ = ['later']\n__all__ += [{quoted}]\nlater = 1\n",
            "storage/inner.py": "{code}",
        },
        "from storage import *\nassert later == 1\n",
    ),
    "class import": (
        {"storage.py": "{code}"},
        "class kept:\n    import storage as inner\n    from storage import {names}\n{taken}",
    ),
    "gathered": (
        {
            "storage/__init__.py": "import importlib as _tools\nfor _name in ('inner', 'other'):\n    _found = _tools.import_module(f'{__name__}.{_name}')\n    globals().update({k: v for k, v in vars(_found).items() if k.startswith('made')})\n",
            "storage/inner.py": "{code}",
            "storage/other.py": "made_other = 1\n",
        },
        "from storage import {names}, made_other",
    ),
    "imported by its first name": (
        {"storage/__init__.py": "", "storage/inner.py": "{code}"},
        "kept = __import__('storage.inner').inner\n{taken}",
    ),
    "known as another": (
        {"storage.py": "{code}\nsys.modules['cupboard'] = sys.modules[__name__]\n"},
        "import storage\nimport cupboard as kept\n{taken}",
    ),
    "only for types": (
        {"storage.py": "{code}"},
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nothing_there import {names}\nelse:\n    import storage as kept\n{taken}",
    ),
    "late circle": (
        {
            "one.py": "def get(name):\n    import two\n    return getattr(two, name)\nmark = 'one'\n",
            "two.py": "import one\nassert one.mark == 'one'\n{code}",
        },
        "import one\nclass kept:\n    pass\nfor name in [{quoted}]:\n    setattr(kept, name, one.get(name))\n{taken}",
    ),
    "defaults behind": (
        {
            "storage/__init__.py": "from . import inner\ndef __getattr__(name):\n    if name.startswith('made'):\n        return vars(inner)[name]\n    raise AttributeError(name)\ndef __dir__():\n    return ['made']\n",
            "storage/inner.py": "{code}",
        },
        "import storage as kept\nassert not hasattr(kept, 'nothing')\n{taken}",
    ),
}

# What another library gives depends on what is installed, which nothing in a program tells.
OPEN_LAYOUTS = {
    "try import of a library": (
        {"storage.py": "{code}"},
        "try:\n    import nothing_here as kept\nexcept ImportError:\n    import storage as kept\n{taken}",
    ),
}

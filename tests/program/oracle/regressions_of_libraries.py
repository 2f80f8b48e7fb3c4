# ruff: noqa: E501 - the lines of the programs are as long as they are
"""What once was decided wrongly about the standard library, one small program each."""

OF_LIBRARIES = {
    "no key to sort by": "made = (sorted([2, 1], key=None), max([1, 3], key=None), min((2, 1), key=None))\n",
    "any stops": "made = [any((hit := word) == 'b' for word in 'abc'), hit]\n",
    "all stops": "seen = []\nmade = [all(seen.append(n) or n < 2 for n in range(9)), seen]\n",
    "a name in a comprehension": "got = [last := word for word in 'abc']\nmade = (got, last)\n",
    "a name in nested comprehensions": "got = [[last := a + b for a in 'xy'] for b in 'cd']\nmade = (got, last)\n",
    "a task that is a value": "import asyncio\nasync def work():\n    return 'done'\nasync def main():\n    task = asyncio.create_task(work())\n    await task\n    return task.result()\nmade = asyncio.run(main())\n",
    "errors as results": "import asyncio\nasync def work(x):\n    return int(x)\nasync def main():\n    return await asyncio.gather(work('1'), work('a'), return_exceptions=True)\nmade = [type(one).__name__ for one in asyncio.run(main())]\n",
    "an option without interpolation": "import configparser\nparser = configparser.ConfigParser()\nparser.read_string('[a]\\nx = 1\\ny = %(x)s2')\nmade = (parser.get('a', 'y', raw=True), parser.get('a', 'y'))\n",
    "several attributes": "import operator, types\nrows = [types.SimpleNamespace(a=1, b=2), types.SimpleNamespace(a=1, b=1)]\nmade = [one.b for one in sorted(rows, key=operator.attrgetter('a', 'b'))]\n",
    "notes of errors": "error = ValueError('x')\nerror.add_note('seen')\nmade = (error.__notes__, hasattr(KeyError(), '__notes__'))\n",
    "what closing closes": "import contextlib\nlog = []\nclass Door:\n    def close(self):\n        log.append('closed')\nwith contextlib.closing(Door()) as door:\n    log.append(type(door).__name__)\nmade = log\n",
    "constants of the library": "import logging\nmade = (logging.INFO == 20, os.linesep in ('\\n', '\\r\\n'), os.curdir)\n",
    "a class registered with another": "from abc import ABC\nclass Kind(ABC):\n    pass\nKind.register(dict)\nmade = (isinstance({}, Kind), isinstance([], Kind), issubclass(dict, Kind))\n",
    "a class that says what is its own": "class Meta(type):\n    def __instancecheck__(cls, instance):\n        return instance == 'a'\nclass Own(metaclass=Meta):\n    pass\nmade = (isinstance('a', Own), isinstance('b', Own))\n",
    "annotations of an object": "class C:\n    a: int = 1\n    b: str\nmade = (sorted(C().__annotations__), C.__annotations__['a']('5'))\n",
    "brackets of a class of its own": "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass C(Generic[T]):\n    def __class_getitem__(cls, item):\n        return super().__class_getitem__(item)\n    x = 1\nmade = C[str].x\n",
    "an enumeration with equal values": "import enum\nclass E(enum.Enum):\n    A = 1.0\n    B = 1\n    C = True\n    D = '1'\nmade = (E.B is E.A, E.C is E.A, E.D is E.A, len(E))\n",
    "a set of objects and numbers": "class A:\n    def __eq__(self, other):\n        return True\n    def __hash__(self):\n        return 1\nmade = (len({A(), A()}), len({1, 1.0, True, '1'}), len({n % 3 for n in range(9)}))\n",
}
OF_LIBRARIES |= {
    "pairs into a dictionary": "made = {'a': 1}\nmade |= [('b', 2), ('a', 3)]\n",
    "counters together": "import collections\nC = collections.Counter\nd = C('aab')\nd.subtract('ab')\nmade = (sorted((C('aab') + C('bc')).items()), C(a=1) - C(a=2), C('ab') | C('bb'), C('ab') & C('bb'), dict(d), sorted(C('aab').elements()), C('aab').total())\n",
    "a deep copy of its own": "import copy\nclass A:\n    def __init__(self):\n        self.held = [1]\n    def __deepcopy__(self, memo):\n        made = A()\n        made.held = copy.deepcopy(self.held, memo) + [2]\n        return made\na = A()\nb = copy.deepcopy(a)\na.held.append(9)\nmade = b.held\n",
    "an error while another is on its way": "def f():\n    try:\n        try:\n            raise KeyError('a')\n        finally:\n            raise ValueError('b')\n    except ValueError as error:\n        return type(error.__context__).__name__, error.args\nmade = f()\n",
    "words of an index": "made = []\nfor held in ([], (1,)):\n    try:\n        held[3]\n    except IndexError as error:\n        made.append(str(error))\n",
    "what a stack swallows": "import contextlib\nlog = []\nclass Guard:\n    def __init__(self, name, swallow):\n        self.name, self.swallow = name, swallow\n    def __enter__(self):\n        return self\n    def __exit__(self, kind, error, trace):\n        log.append((self.name, kind and kind.__name__))\n        return self.swallow\nwith contextlib.ExitStack() as stack:\n    stack.enter_context(Guard('a', True))\n    stack.enter_context(Guard('b', False))\n    stack.callback(log.append, 'callback')\n    stack.enter_context(Guard('c', True))\n    raise ValueError('x')\nwith contextlib.ExitStack() as stack:\n    stack.callback(log.append, 'never')\n    kept = stack.pop_all()\nlog.append('before')\nkept.close()\nmade = log\n",
}
OF_LIBRARIES |= {
    "a manager as a decorator": "from contextlib import contextmanager\nlog = []\n@contextmanager\ndef tagged(name):\n    log.append(name)\n    try:\n        yield\n    except ValueError:\n        log.append('caught')\n@tagged('d')\ndef f(x):\n    log.append('f')\n    return int(x)\nmade = (f('1'), f('x'), log, f.__name__)\n",
    "a manager of its own class as a decorator": "import contextlib\nlog = []\nclass Timed(contextlib.ContextDecorator):\n    def __enter__(self):\n        log.append('in')\n    def __exit__(self, *error):\n        log.append('out')\n@Timed()\ndef f():\n    log.append('f')\n    return 1\nmade = (f(), log)\n",
    "managers that are awaited as decorators": "import asyncio, contextlib\nlog = []\n@contextlib.asynccontextmanager\nasync def tagged(name):\n    log.append(name)\n    yield\n    log.append('end')\nclass Timed(contextlib.AsyncContextDecorator):\n    async def __aenter__(self):\n        log.append('in')\n    async def __aexit__(self, *error):\n        log.append('out')\n@tagged('d')\n@Timed()\nasync def f(x):\n    log.append('f')\n    return x\nmade = (asyncio.run(f(1)), log)\n",
}
OPEN_OF_LIBRARIES = {
    "a generator that swallows within a stack": "import contextlib\n@contextlib.contextmanager\ndef ignore(kind):\n    try:\n        yield\n    except kind:\n        pass\nmade = 'before'\nwith contextlib.ExitStack() as stack:\n    stack.enter_context(ignore(ValueError))\n    made = int('x')\n",
    "objects that share their attributes": "class Borg:\n    held = {}\n    def __init__(self, **given):\n        self.__dict__ = self.held\n        self.__dict__.update(given)\ntry:\n    a, b = Borg(mode=os.environ['MODE']), Borg(size=int(os.environ['LIMIT']))\n    b.mode += '!'\n    made = (a.mode, a.size, a is b)\nexcept Exception as error:\n    made = type(error).__name__\n",
    "a template with a sign of its own": "import string\nclass T(string.Template):\n    delimiter = '%'\nmade = T('%a/$b').safe_substitute(a=1, b=2)\n",
    "a group of errors that may be empty": "errors = []\ntry:\n    int(os.environ['LIMIT'])\nexcept ValueError as error:\n    errors.append(error)\nmade = 'none'\ntry:\n    if errors:\n        raise ExceptionGroup('several', errors)\n    made = 'fine'\nexcept* ValueError as group:\n    made = len(group.exceptions)\n",
    "a group of errors that nobody knows": "import nobody\ndef f():\n    found = 'fine'\n    try:\n        raise ExceptionGroup('several', [ValueError('x'), *([KeyError()] if os.environ['MODE'] == 'test' else [])])\n    except* ValueError as group:\n        found = len(group.exceptions)\n    except* KeyError:\n        pass\n    return found\nmade = f()\n",
    "an extreme with a default": "on = os.environ['MODE'] == 'test'\nmade = (min([on, 2], default=0), max([on], default=0), min(on, 2), max([bool(on), 0.5, False], default=9))\n",
    "pairs by their first": "made = sorted({'b': os.environ['MODE'], 'a': int}.items())[0][0]\n",
    "an order by chance": "import random\nmade = ['a', 'b', 'c']\nrandom.shuffle(made)\n",
    "entries of nothing": "import re\nmade = {'k': w for w in re.findall('[a-z]+', os.environ['MODE'])}\n",
    "one entry of many": "import re\nmade = {'k': 1}\nmade |= {'k': 2 for w in re.findall('[0-9]', os.environ['LIMIT'])}\n",
    "a signal by its number": "import signal\nmade = 'on' if signal.SIGTERM == 15 else 'off'\n",
    "code from a text": "scope = {'a': 1}\nexec('b = ' + repr(os.environ['MODE']), scope)\nmade = scope['b']\n",
    "a text of its own class": "class Own(str):\n    @property\n    def first(self):\n        return self.split(',')[0]\nmade = Own(os.environ['MODE'] == 'test').first\n",
}

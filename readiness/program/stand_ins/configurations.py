from __readiness__ import configured
from configurations.values import Value
from dotenv import load_dotenv


class Configuration:
    DOTENV_LOADED = None

    @classmethod
    def load_dotenv(cls):
        dotenv = getattr(cls, "DOTENV", None)
        if dotenv:
            load_dotenv(dotenv)
            cls.DOTENV_LOADED = dotenv

    @classmethod
    def pre_setup(cls):
        if cls.DOTENV_LOADED is None:
            cls.load_dotenv()

    @classmethod
    def post_setup(cls):
        pass

    @classmethod
    def setup(cls):
        for name in _names(cls):
            value = getattr(cls, name)
            if isinstance(value, Value):
                value.setup(name)
                setattr(cls, name, value.value)


def _names(cls):
    names = []
    for base in cls.__mro__:
        for name in vars(base):
            if name == name.upper() and name not in names:
                names.append(name)
    return names


def _set_up(cls, module):
    cls.pre_setup()
    cls.setup()
    made = cls()
    for name in _names(cls):
        value = getattr(made, name)
        if callable(value) and not getattr(value, "pristine", False):
            value = value()
            if isinstance(value, Value):
                value.setup(name)
                value = value.value
        setattr(module, name, value)
    cls.post_setup()


def pristinemethod(function):
    function.pristine = True
    return function


def setup(app=None):
    configured()

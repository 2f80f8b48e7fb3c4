import ast
import os
from decimal import Decimal

import dj_database_url
from __readiness__ import nobody_knows


class Value:
    environ_required = False
    environ_name = None
    late_binding = False

    def __new__(cls, *args, **kwargs):
        made = object.__new__(cls)
        if "late_binding" in kwargs:
            made.late_binding = kwargs["late_binding"]
        if not made.late_binding:
            made.__init__(*args, **kwargs)
            if (made.environ and made.environ_name) or (not made.environ and made.default):
                return made.setup(made.environ_name)
        return made

    def __init__(
        self,
        default=None,
        environ=True,
        environ_name=None,
        environ_prefix="DJANGO",
        environ_required=False,
        *args,
        **kwargs,
    ):
        self.default = default
        if isinstance(default, Value) and default.default is not None:
            self.default = default.default
        self.environ = environ
        if environ_prefix and environ_prefix.endswith("_"):
            environ_prefix = environ_prefix[:-1]
        self.environ_prefix = environ_prefix
        self.environ_name = environ_name
        self.environ_required = environ_required

    @property
    def value(self):
        if "_value" not in self.__dict__ and self.environ_name:
            self.setup(self.environ_name)
        return self._value if "_value" in self.__dict__ else self.default

    def __str__(self):
        return str(self.value)

    def __eq__(self, other):
        return self.value == other

    def __bool__(self):
        return bool(self.value)

    def full_environ_name(self, name):
        found = self.environ_name or name.upper()
        return f"{self.environ_prefix}_{found}" if self.environ_prefix else found

    def setup(self, name):
        value = self.default
        if self.environ:
            variable = self.full_environ_name(name)
            if self.environ_required or variable in os.environ:
                value = self.to_python(os.environ[variable])
        self._value = value
        return value

    def to_python(self, value):
        return value


class BooleanValue(Value):
    true_values = ("yes", "y", "true", "1")
    false_values = ("no", "n", "false", "0", "")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.default not in (True, False):
            raise ValueError("the default is not a boolean value")

    def to_python(self, value):
        word = value.strip().lower()
        if word in self.true_values:
            return True
        if word in self.false_values:
            return False
        raise ValueError("it is no boolean value")


class IntegerValue(Value):
    def to_python(self, value):
        return int(value)


class PositiveIntegerValue(IntegerValue):
    def to_python(self, value):
        number = super().to_python(value)
        if number < 0:
            raise ValueError("it is below zero")
        return number


class FloatValue(Value):
    def to_python(self, value):
        return float(value)


class DecimalValue(Value):
    def to_python(self, value):
        return Decimal(value)


class _Sequence(Value):
    sequence_type = list
    converter = None

    def __init__(self, *args, **kwargs):
        self.separator = kwargs.pop("separator", ",")
        converter = kwargs.pop("converter", None)
        if converter is not None:
            self.converter = converter
        super().__init__(*args, **kwargs)
        self.default = self.sequence_type(() if self.default is None else self.default)
        self.default = self._converted(self.default)

    def _converted(self, items):
        if self.converter is None:
            return self.sequence_type(items)
        return self.sequence_type([self.converter(one) for one in items])

    def to_python(self, value):
        words = [one.strip() for one in value.strip().split(self.separator)]
        return self._converted([one for one in words if one])


class ListValue(_Sequence):
    pass


class BackendsValue(_Sequence):
    pass


class TupleValue(_Sequence):
    sequence_type = tuple


class SetValue(_Sequence):
    sequence_type = set


class DictValue(Value):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.default = {} if self.default is None else dict(self.default)

    def to_python(self, value):
        return ast.literal_eval(value) if value else {}


class EmailValue(Value):
    pass


class URLValue(Value):
    pass


class IPValue(Value):
    pass


class RegexValue(Value):
    def __init__(self, *args, **kwargs):
        kwargs.pop("regex", None)
        super().__init__(*args, **kwargs)


class PathValue(Value):
    def __init__(self, *args, **kwargs):
        kwargs.pop("check_exists", True)
        super().__init__(*args, **kwargs)

    def setup(self, name):
        return os.path.abspath(os.path.expanduser(super().setup(name)))


class SecretValue(Value):
    def __init__(self, *args, **kwargs):
        kwargs["environ"] = True
        kwargs["environ_required"] = True
        super().__init__(*args, **kwargs)
        if self.default is not None:
            raise ValueError("a secret is in a variable only")

    def setup(self, name):
        value = super().setup(name)
        if not value:
            raise ValueError("the secret is not set")
        return value


class _Address(Value):
    late_binding = True
    default_alias = "default"

    def __init__(self, *args, **kwargs):
        self.alias = kwargs.pop("alias", self.default_alias)
        self.options = {}
        for name in ("engine", "conn_max_age", "conn_health_checks", "ssl_require"):
            if name in kwargs:
                self.options[name] = kwargs[name]
        kwargs.setdefault("environ", True)
        kwargs.setdefault("environ_prefix", None)
        kwargs.setdefault("environ_name", self.environ_name)
        super().__init__(*args, **kwargs)
        self.default = {} if self.default is None else self.to_python(self.default)

    def to_python(self, value):
        return {self.alias: self.read(value)}

    def read(self, value):
        return nobody_knows("the settings of an address")


class DatabaseURLValue(_Address):
    environ_name = "DATABASE_URL"

    def read(self, value):
        return dj_database_url.parse(value, **self.options)


class CacheURLValue(_Address):
    environ_name = "CACHE_URL"


class SearchURLValue(_Address):
    environ_name = "SEARCH_URL"


class EmailURLValue(_Address):
    environ_name = "EMAIL_URL"

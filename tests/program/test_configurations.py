"""django-configurations: the class of settings that the process names is the one that counts."""

import pytest

from readiness.testing import check
from tests.program.conftest import Make

HEAD = "from configurations import Configuration, values\n"
SETTINGS = f"""{HEAD}
class Common(Configuration):
    DEBUG = values.BooleanValue(True)
    ALLOWED_HOSTS = values.ListValue(["*"])
    MODE = values.Value("prefer")

    @property
    def DATABASES(self):
        entry = {{"ENGINE": "django.db.backends.postgresql", "HOST": "db.internal"}}
        return {{"default": {{**entry, "OPTIONS": {{"sslmode": self.MODE}}}}}}


class Production(Common):
    DEBUG = False
    MODE = "require"

    def ALLOWED_HOSTS(self):
        return [f"shop.{{self.DOMAIN}}"]

    DOMAIN = values.Value("example.com", environ_prefix="SHOP")


class Development(Common):
    pass
"""
WSGI = """import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
os.environ.setdefault("DJANGO_CONFIGURATION", "Production")
from configurations.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
FILES = {"shop/__init__.py": "", "shop/settings.py": SETTINGS, "shop/wsgi.py": WSGI}
ONES = {"Production": ("require", "pass"), "Development": ("prefer", "fail")}


@pytest.mark.parametrize("name", ONES)
def test_the_named_class_has_the_databases(program: Make, name: str) -> None:
    found = program("", {"DJANGO_CONFIGURATION": name}, head=False, files=FILES).engines()

    assert [(one.sslmode, one.at.path) for one in found] == [(ONES[name][0], "shop/settings.py")]


def test_the_name_may_be_a_default_of_the_code(program: Make) -> None:
    other = {**FILES, "shop/wsgi.py": WSGI.replace("Production", "Development")}

    assert [one.sslmode for one in program("", files=FILES).engines()] == ["require"]
    assert [one.sslmode for one in program("", files=other).engines()] == ["prefer"]


@pytest.mark.parametrize(
    ("variables", "mode"), [({}, "prefer"), ({"DJANGO_MODE": "verify-full"}, "verify-full")]
)
def test_a_value_has_what_its_variable_says(
    program: Make, variables: dict[str, str], mode: str
) -> None:
    told = {"DJANGO_CONFIGURATION": "Development", **variables}

    assert [one.sslmode for one in program("", told, files=FILES).engines()] == [mode]


def test_which_class_counts_may_not_be_known(program: Make) -> None:
    found = program("", injected=("DJANGO_CONFIGURATION",), head=False, files=FILES).engines()

    assert [one.sslmode for one in found] == [None]
    assert "DJANGO_CONFIGURATION says which" in found[0].sslmode_reason


@pytest.mark.parametrize("name", ONES)
@pytest.mark.parametrize("checker", ["web.debug", "web.hosts"])
def test_what_the_class_tells_django_is_judged(name: str, checker: str) -> None:
    around = {"name": "production", "set": {"DJANGO_CONFIGURATION": name}}

    found = check(checker, {"files": FILES, "environment": around})

    assert found.outcome == ONES[name][1]


def test_a_setting_stands_where_the_class_has_it_from() -> None:
    around = {"name": "production", "set": {"DJANGO_CONFIGURATION": "Development"}}

    found = check("web.debug", {"files": FILES, "environment": around})

    assert [str(one.at) for one in found.problems] == ["shop/settings.py:4"]


KINDS = {
    "values.Value('a')": ("a", {"DJANGO_X": "b"}, "b"),
    "values.Value('a', environ_name='Y')": ("a", {"DJANGO_Y": "b"}, "b"),
    "values.Value('a', environ_name='Y', environ_prefix=None)": ("a", {"Y": "b"}, "b"),
    "values.Value('a', environ=False)": ("a", {"DJANGO_X": "b"}, "a"),
    "values.BooleanValue(False)": (False, {"DJANGO_X": "Yes"}, True),
    "values.IntegerValue(1)": (1, {"DJANGO_X": "2"}, 2),
    "values.FloatValue(1.5)": (1.5, {"DJANGO_X": "2"}, 2.0),
    "values.ListValue(['a'])": (["a"], {"DJANGO_X": "b, c,"}, ["b", "c"]),
    "values.ListValue([1], converter=int)": ([1], {"DJANGO_X": "2,3"}, [2, 3]),
    "values.TupleValue(('a',), separator=';')": (("a",), {"DJANGO_X": "b;c"}, ("b", "c")),
    "values.DictValue({'a': 1})": ({"a": 1}, {"DJANGO_X": "{'b': 2}"}, {"b": 2}),
    "classmethod(lambda cls: values.Value('a'))": ("a", {"DJANGO_X": "b"}, "b"),
}


@pytest.mark.parametrize("value", KINDS)
def test_each_kind_of_value_reads_its_variable(program: Make, value: str) -> None:
    default, variables, given = KINDS[value]
    told = {"DJANGO_CONFIGURATION": "Only", "DJANGO_SETTINGS_MODULE": "app"}
    source = f"{HEAD}class Only(Configuration):\n    X = {value}\n"

    for around, expected in ((told, default), ({**told, **variables}, given)):
        made = program(source, around, head=False)
        assert made.plain(made.value("app:X")) == expected

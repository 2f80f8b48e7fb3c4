"""Celery and kombu: addresses of SQLAlchemy behind a word for it, wherever a setting stands."""

import pytest

from tests.program.conftest import Make

MODES = [("?sslmode=require", "require"), ("", "prefer")]
APP = "from celery import Celery\n"
SOURCES = {
    "the backend": f"{APP}app = Celery('x', broker='redis://r/0', backend='db+' + URL)",
    "by place": f"{APP}app = Celery('x', None, 'database+' + URL)",
    "its new name": f"{APP}app = Celery('x', result_backend=f'db+{{URL}}')",
    "an update": f"{APP}app = Celery('x')\napp.conf.update(result_backend='db+' + URL)",
    "a dictionary": f"{APP}app = Celery('x')\napp.conf.update({{'result_backend': 'db+' + URL}})",
    "those of Flask": (
        f"{APP}from flask import Flask\nweb = Flask('x')\n"
        "web.config['result_backend'] = 'db+' + URL\n"
        "app = Celery('x')\napp.conf.update(web.config)"
    ),
    "an attribute": f"{APP}app = Celery('x', backend='a')\napp.conf.result_backend = 'db+' + URL",
    "an item": f"{APP}app = Celery('x')\napp.conf['CELERY_RESULT_BACKEND'] = 'db+' + URL",
    "a setting of its own": (
        f"{APP}app = Celery('x', backend='database')\napp.conf.update(database_url=URL)"
    ),
    "a class": (
        f"{APP}class C:\n    result_backend = 'db+' + URL\n"
        "app = Celery('x')\napp.config_from_object(C)"
    ),
    "a namespace": (
        f"{APP}class C:\n    JOBS_RESULT_BACKEND = 'db+' + URL\n"
        "app = Celery('x')\napp.config_from_object(C, namespace='JOBS')"
    ),
    "a broker": f"{APP}app = Celery('x', broker='sqla+' + URL)",
    "kombu": "from kombu import Connection\nc = Connection('sqla+' + URL)",
    "an old name": "from kombu import BrokerConnection\nc = BrokerConnection('sqlalchemy+' + URL)",
    "a function": f"{APP}def make():\n    return Celery('x', backend='db+' + URL)",
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(("more", "mode"), MODES)
def test_an_address_behind_a_word_for_it_is_one_of_sqlalchemy(
    program: Make, name: str, more: str, mode: str
) -> None:
    source = f'URL = "postgresql://app@db.internal/shop{more}"\n{SOURCES[name]}'

    engines = program(source, head=False).engines()

    assert [(one.url.host.text, one.sslmode, one.own) for one in engines] == [
        ("db.internal", mode, False)
    ]


@pytest.mark.parametrize(
    "source",
    [
        f"{APP}app = Celery('x', broker='redis://r/0', backend='redis://r/1')",
        f"{APP}app = Celery('x', backend='db+postgresql://a/b')\napp.conf.result_backend = 'rpc://'",
        f"{APP}class C:\n    result_backend = 'db+postgresql://a/b'\n"
        "app = Celery('x', backend='rpc://')\napp.config_from_object(C)",
        f"{APP}class C:\n    result_backend = 'db+postgresql://a/b'\n"
        "app = Celery('x')\napp.config_from_object(C, namespace='JOBS')",
        "from kombu import Connection\nc = Connection('amqp://mq')",
    ],
)
def test_what_is_no_such_address_makes_no_engine(program: Make, source: str) -> None:
    assert program(source, head=False).engines() == ()


@pytest.mark.parametrize(("more", "mode"), MODES)
@pytest.mark.parametrize("name", ["CELERY_RESULT_BACKEND", "CELERY_BROKER_URL"])
def test_celery_asks_variables_of_its_own_first(
    program: Make, name: str, more: str, mode: str
) -> None:
    word = "db" if "RESULT" in name else "sqla"
    variables = {name: f"{word}+postgresql://db/x{more}"}

    engines = program(f"{APP}app = Celery('x', backend='rpc://')", variables, head=False).engines()

    assert [one.sslmode for one in engines] == [mode]


@pytest.mark.parametrize(("more", "mode"), MODES)
@pytest.mark.parametrize(
    "told", ["'django.conf:settings', namespace='CELERY'", "settings, namespace='CELERY'"]
)
def test_the_settings_of_django_are_read_when_they_are_whole(
    program: Make, told: str, more: str, mode: str
) -> None:
    files = {
        "shop/__init__.py": "from .jobs import app\n",
        "shop/jobs.py": (
            f"import os\n{APP}from django.conf import settings\n"
            "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
            f"app = Celery('shop')\napp.config_from_object({told})\n"
        ),
        "shop/settings.py": f"CELERY_RESULT_BACKEND = 'db+postgresql://db/x{more}'\n",
    }

    engines = program("", head=False, files=files).engines()

    assert [one.sslmode for one in engines] == [mode]


@pytest.mark.parametrize(("more", "mode"), MODES)
def test_a_module_of_settings_is_read_by_its_name(program: Make, more: str, mode: str) -> None:
    files = {
        "jobs.py": f"{APP}app = Celery('shop')\napp.config_from_object('configuration')\n",
        "configuration.py": f"result_backend = 'db+postgresql://db/x{more}'\n",
    }

    engines = program("", head=False, files=files).engines()

    assert [one.sslmode for one in engines] == [mode]

"""Real PostgreSQL servers for tests: one template for each version, one copy for each need."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest

from readiness.database import Address, Database, scram
from readiness.database.read import read
from readiness.drills.binaries import Binaries
from readiness.drills.certificate import Certificate
from readiness.drills.server import Server
from readiness.drills.template import Template

MAJORS = (15, 16, 18)

Start = Callable[..., Server]
Look = Callable[..., Database]


class Templates:
    """The files of a fresh server for each version, made when first asked for."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._binaries = {one.major: one for one in reversed(Binaries.all())}
        self._made: dict[int, Template] = {}

    def of(self, major: int) -> Template:
        if major not in self._binaries:
            pytest.skip(f"not possible here: PostgreSQL {major} is not installed")
        if major not in self._made:
            template = Template.make(self._binaries[major])
            self._made[major] = self._stack.enter_context(template)
        return self._made[major]

    def newest(self) -> Template:
        if not self._binaries:
            pytest.skip("not possible here: PostgreSQL is not installed")
        return self.of(max(self._binaries))

    def with_tls(self) -> Template:
        for major, binaries in sorted(self._binaries.items()):
            if binaries.tls:
                return self.of(major)
        pytest.skip("not possible here: no PostgreSQL with TLS is installed")


@pytest.fixture(scope="session", autouse=True)
def _hashed_once() -> Iterator[None]:
    """Hash a word with a salt once: the copies of a template have the same verifiers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scram, "_salted", cache(scram._salted))
        yield


@pytest.fixture(scope="session")
def templates() -> Iterator[Templates]:
    with ExitStack() as stack:
        yield Templates(stack)


@pytest.fixture(params=MAJORS, ids=[f"postgresql-{major}" for major in MAJORS])
def template(templates: Templates, request: pytest.FixtureRequest) -> Template:
    return templates.of(request.param)


@pytest.fixture
def start(template: Template) -> Iterator[Start]:
    """Start a server of each version; it is gone when the test ends."""
    with ExitStack() as stack:

        def begin(**options: Any) -> Server:
            return stack.enter_context(Server.start(template=template, **options))

        yield begin


@pytest.fixture(scope="session")
def certificate() -> Certificate:
    made = Certificate.make("127.0.0.1", "localhost")
    assert made is not None
    return made


@pytest.fixture
def start_tls(templates: Templates, certificate: Certificate) -> Iterator[Start]:
    """Start a server that speaks TLS."""
    with ExitStack() as stack:

        def begin(**options: Any) -> Server:
            given = {"tls": certificate, **options}
            return stack.enter_context(Server.start(template=templates.with_tls(), **given))

        yield begin


@pytest.fixture
def look() -> Look:
    """Look at a server as somebody."""

    def at(
        server: Server, user: str = "postgres", password: str | None = None, **options: Any
    ) -> Database:
        words = options.pop("address", {})
        dbname = options.pop("dbname", "postgres")
        url = server.url(user, password, dbname, **words)
        return read(Address.parse(url), timeout=options.pop("timeout", 20.0), **options)

    return at

"""The contexts of the standard library's ``ssl``, as far as they check who answers."""

from typing import TYPE_CHECKING

from readiness.program.models.table import Table
from readiness.program.values import FALSE, Arguments, External, Instance, Value

if TYPE_CHECKING:
    from readiness.program.interpreter.machine import Machine

CONTEXT = "ssl.SSLContext"


def _checking(machine: "Machine", arguments: Arguments) -> Value:
    return Instance(External(CONTEXT), None, arguments.at)


def _unverified(machine: "Machine", arguments: Arguments) -> Value:
    held = {"verify_mode": External("ssl.CERT_NONE"), "check_hostname": FALSE}
    return Instance(External(CONTEXT), held, arguments.at)


def _by_protocol(machine: "Machine", arguments: Arguments) -> Value:
    """``SSLContext(protocol)``: only the client's protocol checks anything by itself."""
    protocol = arguments.get("protocol", 0)
    client = isinstance(protocol, External) and protocol.name.endswith("PROTOCOL_TLS_CLIENT")
    return (_checking if client else _unverified)(machine, arguments)


TABLE = Table(
    functions={
        "ssl.create_default_context": _checking, "ssl._create_unverified_context": _unverified,
        "ssl._create_default_https_context": _checking, CONTEXT: _by_protocol,
    },
)  # fmt: skip

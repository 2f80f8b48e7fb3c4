"""From a connection in clear to one in TLS, verified or not."""

import socket
import ssl
import struct

from readiness.database.address import Address
from readiness.database.dialling import Deadline, WireError
from readiness.database.messages import exactly

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
# A server that is older than TLS, or that has no room to talk about it.
NO_ANSWER = "no-answer"


def verifying(roots: str | None, *, names: bool) -> ssl.SSLContext:
    """Make a context that verifies as libpq would; raises OSError where roots are unreadable."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = names
    if roots in {None, "system"}:
        context.load_default_certs()
    else:
        context.load_verify_locations(roots)
    return context


def over_tls(
    made: socket.socket, address: Address, context: ssl.SSLContext, deadline: Deadline
) -> ssl.SSLSocket | None:
    """Go over to TLS; None where the server does not speak it."""
    made.settimeout(deadline.left)
    made.sendall(_SSL_REQUEST)
    # Exactly one byte: what else is already there was sent in clear by somebody between.
    answer = exactly(made, 1)
    if answer == b"N":
        return None
    if answer == b"E":
        raise WireError(NO_ANSWER)
    if answer != b"S":
        raise WireError("not-postgres")
    return context.wrap_socket(made, server_hostname=address.host)


def unverified() -> ssl.SSLContext:
    """Make a context that believes everybody: no password in clear may go through it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context

"""The server's certificate: its dates, and whether libpq would believe it."""

import ssl

from readiness.database.access import Certificate
from readiness.database.der import validity
from readiness.database.dialling import Deadline, Target, WireError, failure, farewell
from readiness.database.securing import over_tls, unverified, verifying

# What the verification says of a certificate for other names.
_WRONG_NAMES = frozenset({62, 64})


def certificate(target: Target, deadline: Deadline, *, roots: str | None) -> Certificate | None:
    """Look at the server's certificate; None where it does not speak TLS. Raises `WireError`.

    It is verified only where ``roots`` names the authorities (a file, or ``system``): a
    verification that fails leaves a line in the server's log.
    """
    made = target.dial(deadline)
    try:
        secured = over_tls(made, target.address, unverified(), deadline)
        if secured is None:
            return None
        made = secured
        dates = validity(secured.getpeercert(binary_form=True) or b"")
        protocol = secured.version()
    except ssl.SSLEOFError:
        raise WireError("lost") from None
    except ssl.SSLError as error:
        return Certificate(reason=f"the TLS handshake failed ({error.reason})")
    except OSError as error:
        raise failure(error) from None
    finally:
        farewell(made)
    before, after = dates or (None, None)
    trusted, named, reason = _verified(target, deadline, roots)
    return Certificate(before, after, trusted, named, reason, protocol)


def _verified(
    target: Target, deadline: Deadline, roots: str | None
) -> tuple[bool | None, bool | None, str | None]:
    """Whether the chain and the name are good, and why not."""
    if roots is None:
        return None, None, None
    try:
        context = verifying(roots, names=True)
    except (OSError, ssl.SSLError):
        return None, None, "the file of the authority (sslrootcert) cannot be read"
    made = target.dial(deadline)
    try:
        made = over_tls(made, target.address, context, deadline) or made
    except ssl.SSLCertVerificationError as error:
        if error.verify_code in _WRONG_NAMES:
            return True, False, error.verify_message
        return False, None, error.verify_message
    except ssl.SSLEOFError:
        raise WireError("lost") from None
    except ssl.SSLError as error:
        return None, None, f"the TLS handshake failed ({error.reason})"
    except OSError as error:
        raise failure(error) from None
    finally:
        farewell(made)
    return True, True, None

"""Certificates for servers of our own."""

import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from msgspec import Struct


class Certificate(Struct, frozen=True):
    """A server's certificate and key, and the authority that clients are to trust (PEM)."""

    chain: bytes
    key: bytes
    authority: bytes

    @classmethod
    def make(
        cls, *names: str, not_after: datetime | None = None, not_before: datetime | None = None
    ) -> "Certificate | None":
        """Make one for the names; None where nothing on this machine can.

        By trustme where it is installed, else by the program ``openssl`` (which cannot
        make one that has expired).
        """
        try:
            import trustme  # noqa: PLC0415 - it need not be installed
        except ImportError:
            return None if not_after or not_before else _by_openssl(names)
        authority = trustme.CA()
        made = authority.issue_cert(*names, not_after=not_after, not_before=not_before)
        chain = b"".join(blob.bytes() for blob in made.cert_chain_pems)
        return cls(chain, made.private_key_pem.bytes(), authority.cert_pem.bytes())


def _by_openssl(names: tuple[str, ...]) -> Certificate | None:
    program = shutil.which("openssl")
    if not program:
        return None
    alternatives = ",".join(f"{'IP' if _is_address(name) else 'DNS'}:{name}" for name in names)
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        key, chain = Path(folder, "key"), Path(folder, "chain")
        done = subprocess.run(  # noqa: S603 - the program that was found
            [
                *(program, "req", "-x509", "-nodes", "-days", "30", "-subj", f"/CN={names[0]}"),
                *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *("-addext", f"subjectAltName={alternatives}"),
                *("-keyout", str(key), "-out", str(chain)),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            return None
        return Certificate(chain.read_bytes(), key.read_bytes(), chain.read_bytes())


def _is_address(name: str) -> bool:
    return ":" in name or name.replace(".", "").isdigit()

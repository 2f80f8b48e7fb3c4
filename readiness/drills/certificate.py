"""Certificates for a server of our own, from an authority that exists for one run."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate and key, and the authority that a client should trust."""

    chain: bytes
    key: bytes
    authority: bytes

    @classmethod
    def issue(
        cls, *names: str, not_after: datetime | None = None, authority: object = None
    ) -> "Certificate":
        """Issue a certificate for host names or addresses; ``not_after`` for a bad case."""
        import trustme  # noqa: PLC0415 - only where TLS is shown

        chosen = authority if isinstance(authority, trustme.CA) else trustme.CA()
        issued = chosen.issue_cert(*(names or ("127.0.0.1", "localhost")), not_after=not_after)
        chain = b"".join(pem.bytes() for pem in issued.cert_chain_pems)
        return cls(chain, issued.private_key_pem.bytes(), chosen.cert_pem.bytes())

    def settings(self, folder: Path) -> dict[str, str | bool]:
        """Write the files into a folder and give the settings that use them."""
        files = {"server.crt": self.chain, "server.key": self.key, "ca.crt": self.authority}
        for name, content in files.items():
            path = folder / name
            path.write_bytes(content)
            path.chmod(0o600)
        return {
            "ssl": True,
            "ssl_cert_file": str(folder / "server.crt"),
            "ssl_key_file": str(folder / "server.key"),
        }

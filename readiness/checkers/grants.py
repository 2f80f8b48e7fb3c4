"""The one grant that would let the checker's role see what is hidden from it."""

from collections.abc import Collection, Mapping
from typing import Any

_HIDDEN = frozenset({
    "config_file", "data_directory", "dynamic_library_path", "extension_control_path",
    "external_pid_file", "hba_file", "ident_file", "jit_provider", "krb_server_keyfile",
    "log_directory", "log_filename", "oauth_validator_libraries", "primary_conninfo",
    "session_preload_libraries", "shared_preload_libraries", "ssl_ciphers",
    "ssl_dh_params_file", "ssl_ecdh_curve", "ssl_groups", "ssl_max_protocol_version",
    "ssl_min_protocol_version", "ssl_passphrase_command", "ssl_tls13_ciphers",
    "unix_socket_directories",
})  # fmt: skip
"""Settings of which PostgreSQL 15 to 18 show nothing to a role that may not read all of them."""


def hidden_among(
    *, expect: Mapping[str, Any] | None = None, setting: str | None = None, **_: Any
) -> Collection[str]:
    """Tell the privilege that a rule of single settings needs, by their names."""
    names = {*(expect or ()), setting}
    return ("settings",) if names & _HIDDEN else ()


def grant_of(role: str, to: str) -> str:
    """The statement that makes one role a member of another."""
    return f"GRANT {role} TO {quoted(to)};"


def quoted(name: str) -> str:
    """A name as SQL writes it, quoted where it has to be."""
    plain = name.isidentifier() and name.isascii() and name == name.lower()
    return name if plain else '"' + name.replace('"', '""') + '"'

"""The version, where the packaging and the command line both read it."""

VERSION = "0.1.0"

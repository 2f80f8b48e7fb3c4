"""The four agents of an interview."""

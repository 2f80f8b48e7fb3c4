"""The language itself: what its own values, types and functions do."""

"""The standard library, one file for each concern."""

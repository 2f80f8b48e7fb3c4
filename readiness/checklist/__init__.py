"""Checklists: YAML in, rules out, every fault at once."""

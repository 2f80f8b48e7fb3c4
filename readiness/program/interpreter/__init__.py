"""The partial evaluator: Python executed over values that may be unknown.

The README of the room above tells in which order to read it.
"""

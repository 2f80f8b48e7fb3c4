"""The partial evaluator: Python executed over values that may be unknown."""

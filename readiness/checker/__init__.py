"""What a checker is: the decorator, its parameters, its facts, its registry."""

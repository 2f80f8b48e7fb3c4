class Choices:
    def __init__(self, flat=None, cast=str, choices=None):
        self.cast = cast
        self._valid_values = [*(flat or ()), *(value for value, _ in choices or ())]

    def __call__(self, value):
        found = self.cast(value)
        if found not in self._valid_values:
            raise ValueError("Value not in list")
        return found

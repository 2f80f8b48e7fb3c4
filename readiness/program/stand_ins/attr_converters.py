_TRUE = (True, "true", "t", "yes", "y", "on", "1", 1)
_FALSE = (False, "false", "f", "no", "n", "off", "0", 0)


def pipe(*converters):
    def convert(value):
        for one in converters:
            value = one(value)
        return value

    return convert


def optional(converter):
    return lambda value: None if value is None else converter(value)


def default_if_none(default=None, factory=None):
    return lambda value: (
        value if value is not None else (default if factory is None else factory())
    )


def to_bool(value):
    if isinstance(value, str):
        value = value.lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ValueError(value)

from __readiness__ import pieces_of_format


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, number):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = ""
        for literal, name, spec, conversion in self.parse(format_string):
            result += literal
            if name is None:
                continue
            first = pieces_of_format(name, True)[0]
            if first == "":
                name = str(number) + name
                number += 1
            found, key = self.get_field(name, args, kwargs)
            used.add(key)
            found = self.convert_field(found, conversion)
            spec, number = self._vformat(spec, args, kwargs, used, depth - 1, number)
            result += self.format_field(found, spec)
        return result, number

    def parse(self, format_string):
        return pieces_of_format(format_string, False)

    def get_field(self, field_name, args, kwargs):
        first, *rest = pieces_of_format(field_name, True)
        found = self.get_value(first, args, kwargs)
        for is_attribute, one in rest:
            found = getattr(found, one) if is_attribute else found[one]
        return found, first

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError("Unknown conversion specifier")

"""Settings of the server, with their units and where they were set."""

import re

from msgspec import Struct
from msgspec.structs import replace

_BYTES = {"B": 1, "kB": 2**10, "MB": 2**20, "GB": 2**30, "TB": 2**40}
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_OFF = frozenset({"off", "false", "no", "0", ""})
_YES = frozenset({"y", "ye", "yes"})
_NO = frozenset({"n", "no"})
# Words of a setting that the server shows as another one.
_SHOWN_AS = {("wal_compression", "on"): "pglz"}
_MEASURE = re.compile(r"\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*([A-Za-z0-9]*)\s*\Z")


class Setting(Struct, frozen=True):
    """One setting as the server has it.

    ``text`` is the server's own text, in ``unit`` where there is one. ``source`` is
    PostgreSQL's word for where it was set, ``place`` the file and line of it, and
    ``stock`` the value it has when nobody sets anything.
    """

    name: str
    text: str
    unit: str | None = None
    kind: str = "string"
    source: str = "default"
    stock: str | None = None
    pending_restart: bool = False
    place: str | None = None

    @property
    def value(self) -> bool | int | float | str:
        """The value in the type that the setting has, in its own unit."""
        match self.kind:
            case "bool":
                return self.on
            case "integer":
                return int(float(self.text)) if _is_number(self.text) else self.text
            case "real":
                return float(self.text) if _is_number(self.text) else self.text
            case _:
                return self.text

    @property
    def on(self) -> bool:
        """Whether it is switched on, at any of its levels."""
        return self.text.strip().lower() not in _OFF

    @property
    def bytes(self) -> int:
        """The amount in bytes; a negative one, which mostly means no limit, is -1."""
        return int(self._measured(_BYTES))

    @property
    def seconds(self) -> float:
        """The time in seconds; a negative one, which mostly means never, is -1."""
        return self._measured(_SECONDS)

    @property
    def shown(self) -> str:
        """The value as a person would write it: ``16384 x 8kB`` is ``128MB``."""
        try:
            if _scale(self.unit, _BYTES) is not None and self.bytes >= 0:
                return _in_largest(self.bytes, _BYTES)
            if _scale(self.unit, _SECONDS) is not None and self.seconds > 0:
                return _in_largest(self.seconds, _SECONDS)
        except ValueError:
            return self.text
        return self.text

    def is_as(self, text: str) -> bool:
        """Tell whether a text, as a configuration file would have it, asks for this value."""
        match self.kind:
            case "bool":
                return _switched(text) == self.on
            case "integer" | "real":
                return self._amount(self.text) == self._amount(text)
            case "enum":
                return _enumerated(self.name, text) == _enumerated(self.name, self.text)
            case _:
                asked = self.with_text(text, self.source)
                return text == self.text or (asked.items == self.items and "," in text)

    @property
    def items(self) -> tuple[str, ...]:
        """The parts of a list such as ``shared_preload_libraries``."""
        parts = (part.strip().strip('"') for part in self.text.split(","))
        return tuple(part for part in parts if part)

    def with_text(self, text: str, source: str) -> "Setting":
        """The same setting with a value from elsewhere."""
        return replace(self, text=text, source=source, place=None)

    def _amount(self, text: str) -> float | str:
        found = _MEASURE.match(text)
        if not found:
            return text
        for scales in (_BYTES, _SECONDS):
            own, given = _scale(self.unit, scales), _scale(found[2] or self.unit, scales)
            if own is not None and given is not None:
                return round(float(found[1]) * given / own)
        return text if found[2] else float(found[1])

    def _measured(self, scales: dict[str, float] | dict[str, int]) -> float:
        found = _MEASURE.match(self.text)
        if not found:
            raise ValueError(f"{self.name} is {self.text}, which is no amount")
        number = float(found[1])
        scale = _scale(found[2] or self.unit, scales)
        if number < 0:
            return -1
        return number * (1 if scale is None else scale)


class RoleSetting(Struct, frozen=True):
    """A setting of one role, one database or both (``ALTER ROLE … SET``); None means all."""

    name: str
    text: str
    role: str | None = None
    database: str | None = None

    @property
    def rank(self) -> int:
        """How strong it is: a role in a database beats a role, which beats a database."""
        return 2 * (self.role is not None) + (self.database is not None)

    def applies_to(self, role: str, database: str) -> bool:
        """Tell whether a session of this role in this database starts with it."""
        return self.role in {None, role} and self.database in {None, database}


def _switched(text: str) -> bool | None:
    """A switch as PostgreSQL reads it: any unique beginning of its words."""
    word = text.strip().lower()
    on = word in {"on", "1"} or (word != "" and "true".startswith(word)) or word in _YES
    off = word in {"off", "of", "0"} or (word != "" and "false".startswith(word)) or word in _NO
    return True if on else False if off else None


def _enumerated(name: str, text: str) -> str:
    word = text.strip().lower()
    plain = {"true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off"}
    word = plain.get(word, word)
    return _SHOWN_AS.get((name, word), word)


def _is_number(text: str) -> bool:
    found = _MEASURE.match(text)
    return bool(found) and not (found and found[2])


def _scale(unit: str | None, scales: dict[str, float] | dict[str, int]) -> float | None:
    if unit is None:
        return None
    found = re.fullmatch(r"([0-9]*)([A-Za-z]+)", unit)
    if not found or found[2] not in scales:
        return None
    return int(found[1] or 1) * scales[found[2]]


def _in_largest(amount: float, scales: dict[str, float] | dict[str, int]) -> str:
    fitting = [(unit, scale) for unit, scale in scales.items() if amount >= scale]
    whole = [(unit, scale) for unit, scale in fitting if (amount / scale).is_integer()]
    unit, scale = (whole or fitting or list(scales.items())[:1])[-1]
    return f"{amount / scale:g}{unit}"

"""Functions of the standard library without effects, applied to known values."""

import ast
import binascii
import difflib
import fnmatch
import html
import logging
import math
import operator
import shlex
import statistics
import string
import textwrap
import unicodedata
import urllib.parse
import zlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from readiness.program.interpreter.plain import lifted
from readiness.program.models.lifting import lift
from readiness.program.models.table import FunctionModel, Table, ValueModel

_MATH = ("sqrt", "ceil", "floor", "log", "log2", "log10", "isnan", "isinf", "fabs", "trunc",
         "gcd", "isclose", "hypot", "copysign", "prod", "comb", "lcm")  # fmt: skip
_OPERATOR = ("neg", "pos", "abs", "invert", "not_", "truth")
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ast.literal_eval": ast.literal_eval, "fnmatch.fnmatch": fnmatch.fnmatchcase,
    "fnmatch.fnmatchcase": fnmatch.fnmatchcase, "shlex.split": shlex.split,
    "shlex.quote": shlex.quote, "shlex.join": shlex.join,
    "logging.getLevelName": logging.getLevelName, "zlib.crc32": zlib.crc32,
    "binascii.hexlify": binascii.hexlify, "binascii.unhexlify": binascii.unhexlify,
    "binascii.crc32": binascii.crc32, "fractions.Fraction": Fraction,
    "string.capwords": string.capwords,
    "html.unescape": html.unescape, "unicodedata.normalize": unicodedata.normalize,
    "difflib.get_close_matches": difflib.get_close_matches,
    "textwrap.dedent": textwrap.dedent, "textwrap.indent": textwrap.indent,
    "statistics.mean": statistics.mean, "urllib.parse.unquote": urllib.parse.unquote,
    "urllib.parse.unquote_plus": urllib.parse.unquote_plus,
    "urllib.parse.urljoin": urllib.parse.urljoin,
    "bytes.fromhex": bytes.fromhex, "str.maketrans": str.maketrans,
    "builtins.str.maketrans": str.maketrans, "builtins.bytes.fromhex": bytes.fromhex,
    "builtins.bytes.maketrans": bytes.maketrans,
    "builtins.int.from_bytes": int.from_bytes, "builtins.float.fromhex": float.fromhex,
}  # fmt: skip


def _lifted() -> dict[str, FunctionModel]:
    found = {name: lift(function) for name, function in _FUNCTIONS.items()}
    found |= {f"math.{name}": lift(getattr(math, name)) for name in _MATH}
    found |= {f"operator.{name}": lift(getattr(operator, name)) for name in _OPERATOR}
    return found


def _constant(value: float | str) -> ValueModel:
    return lambda machine: lifted(value)


TABLE = Table(
    functions=_lifted(),
    values={
        "math.pi": _constant(math.pi), "math.e": _constant(math.e),
        "math.inf": _constant(math.inf), "math.nan": _constant(math.nan),
        "string.ascii_letters": _constant(string.ascii_letters),
        "string.ascii_lowercase": _constant(string.ascii_lowercase),
        "string.ascii_uppercase": _constant(string.ascii_uppercase),
        "string.digits": _constant(string.digits),
    },
)  # fmt: skip

"""Literals: typed or language-tagged, the same lexical form for the same value."""

from __future__ import annotations

import re
from datetime import date as calendar_date
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal

from kg.errors import GraphError
from kg.graph.ns import XSD

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def text(value: str) -> Literal:
    """Return an ``xsd:string``, for text that was taken from a document or is a code.

    Raises:
        GraphError: the string holds a lone surrogate, which no file can hold.
    """
    return _literal(value, None)


@lru_cache(maxsize=1 << 14)
def code(value: str) -> Literal:
    """Return an ``xsd:string`` of a closed set (study type, polarity, route ...)."""
    return Literal(value)


def english(value: str) -> Literal:
    """Return a label, tagged ``en``."""
    return _literal(value, "en")


def _literal(value: str, language: str | None) -> Literal:
    try:
        value.encode()
        return Literal(value, language=language) if language else Literal(value)
    except UnicodeEncodeError as error:
        raise GraphError(
            "a text holds half of a surrogate pair", where=repr(value[:40]), remedy="give the input in valid UTF-8"
        ) from error


@lru_cache(maxsize=1 << 14)
def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=XSD["integer"])


@lru_cache(maxsize=1 << 12)
def decimal(value: float) -> Literal:
    """Return an ``xsd:decimal`` rounded to four decimals (scores and confidences in [0, 1])."""
    digits = f"{value:.4f}".rstrip("0")
    return Literal(digits + "0" if digits.endswith(".") else digits, datatype=XSD["decimal"])


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD["boolean"])


def uri(value: str) -> Literal:
    """Return an ``xsd:anyURI``."""
    return Literal(value, datatype=XSD["anyURI"])


def date(value: str) -> Literal | None:
    """Return an ISO 8601 date as exactly as it is known.

    ``2026`` becomes an ``xsd:gYear``, ``2026-02`` an ``xsd:gYearMonth``, ``2026-02-26`` an ``xsd:date``. An impossible
    month or day is dropped (``2026-02-30`` is ``2026-02``); None when there is not even a year.
    """
    match = _DATE.match(value)
    if match is None or match[1] == "0000":
        return None
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return Literal(year, datatype=XSD["gYear"])
    try:
        if day is not None:
            calendar_date(int(year), int(month), int(day))
            return Literal(f"{year}-{month}-{day}", datatype=XSD["date"])
    except ValueError:
        pass
    return Literal(f"{year}-{month}", datatype=XSD["gYearMonth"])

"""Publication dates: from the parts that a file gives to ISO 8601, as exact as known."""

from __future__ import annotations

from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def iso_date(year: str = "", month: str = "", day: str = "") -> str | None:
    """Return ``2026``, ``2026-02`` or ``2026-02-26``, or None when there is no year.

    Args:
        year: four digits; anything else gives None.
        month: a number or an English name; one that is neither (a season) ends the date at the year.
        day: a number from 1 to 31; anything else ends the date at the month.
    """
    year, month, day = year.strip(), month.strip().lower(), day.strip()
    if not (len(year) == 4 and year.isascii() and year.isdigit() and year[0] != "0"):
        return None
    number = _number(month, 12) or (_MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else 0)
    if not number:
        return year
    days = _number(day, 31)
    return f"{year}-{number:02d}-{days:02d}" if days else f"{year}-{number:02d}"


def _number(text: str, highest: int) -> int:
    """Return the number from 1 to `highest` that `text` writes, or 0."""
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
    return value if value <= highest else 0

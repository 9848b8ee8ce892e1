"""Values in the cells of tables whose formats have no escapes, or which readers expect on one line."""

from __future__ import annotations

import re
from typing import Final

from kg.exports.property_graph import Value

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters and line separators: what some reader takes for the end of a cell or of a line."""
SEPARATOR: Final = "|"
"""Between the values of a cell."""
_IN_A_VALUE: Final = "\N{BROKEN BAR}"


def cell(value: Value | None) -> str:
    """Return a value as the text of a cell, without quoting; nothing for an absent one.

    Control characters become spaces, and ``|`` in one of several values becomes ``¦``, one for one, so that offsets
    hold.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return SEPARATOR.join(_CONTROL.sub(" ", each).replace(SEPARATOR, _IN_A_VALUE) for each in value)
    return _CONTROL.sub(" ", str(value))

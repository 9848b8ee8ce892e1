"""Trial records written out as text: where their labelled fields are."""

from __future__ import annotations

import re
from typing import Final

_FIELD: Final = re.compile(r"(?:^|(?<=[.;\s]))(Conditions|Interventions|Phase|Study type|Keywords):\s", re.M)


def registry_fields(text: str) -> dict[str, tuple[int, int]]:
    """Return the labelled fields of a trial record (``Conditions: ...``) as offsets of their values.

    A text with fewer than two such labels, or without ``Conditions`` and ``Study type``, is no record: empty.
    """
    if "Conditions:" not in text and "Study type:" not in text:
        return {}
    marks = list(_FIELD.finditer(text))
    names = {m[1] for m in marks}
    if not ({"Conditions", "Study type"} & names) or len(names) < 2:
        return {}
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return {m[1]: (m.end(), end) for m, end in zip(marks, ends, strict=True)}

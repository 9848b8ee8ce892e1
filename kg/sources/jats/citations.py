"""From citation marks to the references they mean.

A range of which only the ends are marked ("[3-5]") means every reference between them in the order of the list.
"""

from __future__ import annotations

import logging
import re
from typing import Final

from kg.model import Citation, Reference
from kg.sources.jats.inline import Flat, Mark
from kg.sources.jats.references import Entry

_log = logging.getLogger(__name__)

_DASH: Final = re.compile(r"\]?\s*[-\u2010-\u2015\u2212]\s*\[?")
_NUMBER: Final = re.compile(r"[\[(]?\s*(\d{1,4})\s*[\])]?")
_NUMBER_LIST: Final = re.compile(r"[\[(]?\s*\d{1,4}(?:\s*[-\u2010-\u2015\u2212,;]\s*\d{1,4})*\s*[\])]?")
_PART: Final = re.compile(r"(\d+)(?:\s*[-\u2010-\u2015\u2212]\s*(\d+))?")


class CitationResolver:
    """Knows the reference list of one document."""

    def __init__(self, entries: list[Entry]) -> None:
        """Index the entries of a reference list, in its order."""
        self._entries = entries
        self._keys: dict[str, tuple[str, ...]] = {}
        self._position: dict[str, int] = {}
        self._numbered = {entry.number: position for position, entry in reversed(list(enumerate(entries)))}
        for position, entry in enumerate(entries):
            for xml_id, keys in entry.keys.items():
                self._keys.setdefault(xml_id, keys)
                self._position.setdefault(xml_id, position)

    @property
    def references(self) -> tuple[Reference, ...]:
        """All references, in the order of the list."""
        return tuple(reference for entry in self._entries for reference in entry.references)

    def resolve(self, flat: Flat) -> tuple[Citation, ...]:
        """Return the citations of a stretch of text; ids that lead nowhere are left out, with a log message."""
        citations: list[Citation] = []
        marks = iter([*flat.marks, None])
        mark = next(marks)
        while mark is not None:
            following = next(marks)
            end, keys = mark.end, self._keys_of(mark, flat.text)
            if following is not None and _DASH.fullmatch(flat.text, mark.end, following.start):
                between = self._between(mark, following, flat.text)
                if between is not None:
                    end, keys = following.end, between
                    following = next(marks)
            if keys:
                citations.append(Citation(mark.start, end, tuple(dict.fromkeys(keys))))
            mark = following
        return tuple(citations)

    def _keys_of(self, mark: Mark, text: str) -> list[str]:
        """Return the keys that one mark means, with those that only its text names ("17-19" pointing at 17)."""
        known = [rid for rid in mark.rids if rid in self._keys]
        if len(known) < len(mark.rids):
            _log.info("citation %r points at no reference", text[mark.start : mark.end])
        positions = [self._position[rid] for rid in known]
        printed = text[mark.start : mark.end]
        if positions and _NUMBER_LIST.fullmatch(printed):
            spelt = self._positions_named(printed)
            if set(positions) < set(spelt):
                return [key for p in spelt for key in self._entry_keys(p)]
        return [key for rid in known for key in self._keys[rid]]

    def _positions_named(self, printed: str) -> list[int]:
        """Return the positions of the references with the numbers in a list such as "3, 5-7"."""
        positions = []
        for first, last in _PART.findall(printed):
            low, high = int(first), int(last or first)
            if high - low < len(self._entries):
                positions += [self._numbered[n] for n in range(low, high + 1) if n in self._numbered]
        return positions

    def _between(self, first: Mark, last: Mark, text: str) -> list[str] | None:
        """Return all keys of a range, or None when the two marks are not the ends of one."""
        numbers = [_NUMBER.fullmatch(text[m.start : m.end]) for m in (first, last)]
        if not (numbers[0] and numbers[1] and first.rids and last.rids):
            return None
        low, high = self._position.get(first.rids[0]), self._position.get(last.rids[-1])
        if low is None or high is None or not low < high or int(numbers[1][1]) - int(numbers[0][1]) != high - low:
            return None
        return [key for position in range(low, high + 1) for key in self._entry_keys(position)]

    def _entry_keys(self, position: int) -> list[str]:
        return [reference.key for reference in self._entries[position].references]

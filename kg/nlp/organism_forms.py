"""Whether what the vocabulary takes for an organism is written like one.

Common names are everyday words, so the same letters often are something else: a tool ("drill"), a gene ("ChAT"), an
author ("Suzuki"), a country ("Turkey"). A common name of one word is written in lower case; with a capital it stands
at the start of a sentence, in a heading, or in a text that has it in lower case too. Unless its meaning is settled, the
document must name the genus as well.
"""

from __future__ import annotations

import re
from typing import Final

from kg.grounding.index import Reading
from kg.grounding.people import MAN
from kg.nlp.occurrences import occurrences
from kg.ontology import Ontology
from kg.vocabulary import HOMO_SAPIENS

_INNER_CAPITAL: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_WORD: Final = re.compile(r"\w+")
_OPENING: Final = re.compile(r"(?:^|[.!?:;)\]]\s+|\n\s*|[\"'\u201c\u2018(\[*\u2022]\s*|\d\.?\s+)$")
"""What stands before a first word: the end of a sentence, a break, an opening sign, a number."""
_VIRUS: Final = re.compile(r"virus(?:es)?$", re.IGNORECASE)
_AROUND: Final = 40
"""How many characters on both sides show whether a stretch is a heading."""
_SHORT: Final = 3
_NO_FIRST_WORDS: Final = "a all an and as at by for from in into no of on or other per the to via with"
_FUNCTION_WORDS: Final = frozenset(_NO_FIRST_WORDS.split())
_PLACES: Final = frozenset({"Turkey"})
"""Places that are spelled like an organism: headings and affiliations have them too."""
_SETTLED: Final = "common"
"""Method of readings that `kg.grounding.defaults.common_names` settles."""


class OrganismForms:
    """Judges the form of organisms' names.

    Args:
        ontology: where the scientific names are.
        people: words for people are mentions; without them "men" is none, though "man" is a name.
    """

    def __init__(self, ontology: Ontology, *, people: bool) -> None:
        self._ontology: Final = ontology
        self._people: Final = people

    def fits(self, text: str, start: int, end: int, reading: Reading, first: int) -> bool:
        """Tell whether the form of ``text[start:end]`` fits the name that it was read as.

        Args:
            text: the document's text.
            start: where the mention begins.
            end: where it ends.
            reading: the best reading as an organism.
            first: where the sentence begins.
        """
        surface = text[start:end]
        if reading.term == MAN and not self._people:
            return surface.lower() == MAN
        if surface.partition(" ")[0] in _FUNCTION_WORDS:
            return False
        settled = reading.method == _SETTLED
        if " " in surface or reading.acronym or not (reading.term if settled else reading.term[1:]).islower():
            return True
        if _INNER_CAPITAL.search(surface.removesuffix("s")):
            return False
        if not (settled or _VIRUS.search(surface) or self._is_supported(text, reading)):
            return False
        if surface in _PLACES:
            return _in_lower_case(text, surface)
        if not surface[0].isupper() or start == first or reading.curie == HOMO_SAPIENS:
            return True
        if surface.isupper():
            return _in_capitals(text, start, end)
        return _begins(text, start) or _in_heading(text, start, end) or _in_lower_case(text, surface)

    def _is_supported(self, text: str, reading: Reading) -> bool:
        """Tell whether a text has the genus of an organism."""
        label = self._ontology.label(reading.curie)
        genus = label.partition(" ")[0] if label is not None else ""
        return bool(genus) and genus in text and any(True for _ in occurrences(text, genus))


def _begins(text: str, start: int) -> bool:
    """Tell whether a word stands where any word has a capital."""
    return bool(_OPENING.search(text, max(0, start - 12), start))


def _in_heading(text: str, start: int, end: int) -> bool:
    """Tell whether most long words around are capitalised as well."""
    before = _WORD.findall(text[max(0, start - _AROUND) : start].rpartition(".")[2])
    after = _WORD.findall(text[end : end + _AROUND].partition(".")[0])
    words = [word for word in (*before[1:], *after[:-1]) if len(word) > _SHORT and word.isalpha()]
    return bool(words) and 2 * sum(word[0].isupper() for word in words) > len(words)


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Tell whether a word in capitals has others beside it, as in a heading."""
    before = _WORD.findall(text[max(0, start - _AROUND) : start])[-1:]
    after = _WORD.findall(text[end : end + _AROUND])[:1]
    return all(word.isupper() for word in (*before, *after))


def _in_lower_case(text: str, word: str) -> bool:
    """Tell whether a text has a word in lower case as well."""
    low = word.lower()
    return re.search(rf"(?<!\w){re.escape(low.removesuffix('s'))}s?(?!\w)", text) is not None

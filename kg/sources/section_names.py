"""From a heading to the kind of section that it opens.

The names follow what journals print; the JATS ``sec-type`` values are names of the same kind ("materials|methods").
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Section

_NUMBER: Final = re.compile(r"^(?:\d+(?:\.\d+)*[.):]?\s|[ivx]+[.):])\s*", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\w\s]+|_")

_EXACT: Final[dict[Section, str]] = {
    Section.ABSTRACT: r"(?:structured |graphical )?abstract",
    Section.SUMMARY: (
        r"tl dr|tldr|summary|(?:lay|plain language|author|editor s|executive) summary|contributions?|key findings"
        r"|key (?:points|messages)|highlights|significance(?: statement)?"
    ),
    Section.INTRODUCTION: r"intro|introduction|backgrounds?|objectives?|aims?|rationale|introduction and aims?",
    Section.METHODS: (
        r"methods?|(?:materials?|patients|subjects|participants|experimental|animals)(?: and)? (?:methods?|procedures?)"
        r"|materials? methods?|methods? (?:and )?design|design|design and methods?|methodology|experimental section"
        r"|statistical (?:analysis|methods)|study design|case (?:report|presentation)"
    ),
    Section.RESULTS: r"results?|findings|results? and discussions?|observations",
    Section.DISCUSSION: r"discussions?|(?:general|overall) discussion|limitations?|strengths and limitations",
    Section.CONCLUSION: (
        r"conclusions?|concluding remarks|summary and conclusions?|conclusions? and (?:outlook|perspectives|"
        r"future (?:directions|perspectives))|(?:future )?(?:directions|perspectives|outlook)"
    ),
    Section.SUPPLEMENT: (
        r"(?:supplementary|supporting|additional) (?:materials?|information|files?|data)|appendix(?: \w+)?"
        r"|acknowledge?ments?"
        r"|(?:declaration of |disclosure of )?(?:competing|conflicts? of) interests?(?: statement)?|disclosures?"
        r"|conflict of interests?|authors? s? ?contributions?|authors? s? ?information|author details|abbreviations?"
        r"|(?:sources of )?funding(?: (?:sources?|statement|information))?|financial support|pre publication history"
        r"|availability of (?:supporting )?data(?: and materials?)?"
        r"|data (?:and materials? )?availability(?: statement)?"
        r"|consent(?: (?:for|to) .*)?|ethic(?:s|al)(?: .*)?|open access|footnotes?|glossary|declarations?"
    ),
}
_EXACT_PATTERN: Final = {section: re.compile(pattern) for section, pattern in _EXACT.items()}

_LOOSE: Final[tuple[tuple[Section, re.Pattern[str]], ...]] = (
    (Section.CONCLUSION, re.compile(r"\bconclu(?:sions?|ding)\b")),
    (Section.METHODS, re.compile(r"\bmethods?\b|\bmaterials and\b|\bstudy design\b|\bexperimental procedures?\b")),
    (Section.RESULTS, re.compile(r"\bresults\b|\bfindings\b")),
    (Section.DISCUSSION, re.compile(r"\bdiscussion\b|\blimitations?\b")),
    (Section.INTRODUCTION, re.compile(r"\bintroduction\b|\bbackground\b")),
)


def section_of(heading: str, *, loose: bool = False) -> Section | None:
    """Return the section that `heading` opens, or None when it says nothing.

    Args:
        heading: a title such as "2. Materials and Methods", or a ``sec-type``.
        loose: also accept a heading that only contains a telling word ("Numerical results"); for the outermost
            headings of a paper, where such a word stands for the whole section.
    """
    words = " ".join(_WORDS.sub(" ", _NUMBER.sub("", heading.strip()).lower()).split())
    for section, pattern in _EXACT_PATTERN.items():
        if pattern.fullmatch(words):
            return section
    if loose:
        for section, pattern in _LOOSE:
            if pattern.search(words):
                return section
    return None

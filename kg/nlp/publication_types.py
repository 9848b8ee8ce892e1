"""What publication types say of the kind of study: PubMed's, and the article types and headings of JATS.

People who index or publish a paper file it under types ("Randomized Controlled Trial", "review-article"). Where a type
names a kind of study it counts more than the words of the text. Types that say nothing of the study ("Journal Article",
"Letter", "Comment", "Editorial", "Multicenter Study") and those of veterinary studies leave the judgement to the text.

Sources: MeSH publication types, https://www.nlm.nih.gov/mesh/pubtypes.html; article types of JATS,
https://jats.nlm.nih.gov/archiving/tag-library/1.3/attribute/article-type.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.model.assertion import StudyType

_WORD: Final = re.compile(r"[a-z]+")
_PREFIX: Final = "research article "
"""Some journals print it before the type: "Research Article: Observational Study"."""
_STRONGEST_FIRST: Final = (
    (StudyType.PROTOCOL, re.compile(r"clinical trial protocol|(?:study|trial) protocol")),
    (
        StudyType.REVIEW,
        re.compile(
            r"(?:systematic|scoping) reviews?|(?:network )?meta analys[ie]s"
            r"|systematic reviews? (?:and|with) meta analys[ie]s"
        ),
    ),
    (
        StudyType.CLINICAL_TRIAL,
        re.compile(
            r"(?:(?:controlled|pragmatic|adaptive) )?clinical trial|clinical trial phase i(?:i{0,2}|v)"
            r"|randomi[sz]ed controlled trial|equivalence trial"
        ),
    ),
    (StudyType.OBSERVATIONAL, re.compile(r"case reports?|case series|observational study")),
    (StudyType.REVIEW, re.compile(r"(?:(?:mini|narrative) )?reviews?(?: articles?)?")),
)
_PHASE: Final = re.compile(r"clinical trial phase (i(?:i{0,2}|v))")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_TOLD_BY_TITLE: Final = frozenset({StudyType.PROTOCOL, StudyType.REVIEW, StudyType.OBSERVATIONAL})
_OF_PEOPLE: Final = frozenset({StudyType.CLINICAL_TRIAL, StudyType.OBSERVATIONAL})


def kinds_of(types: Iterable[str]) -> tuple[StudyType, ...]:
    """Return the kinds of study that publication types name, the most telling one first; empty when none does."""
    names = {_plain(name) for name in types}
    found = (kind for kind, pattern in _STRONGEST_FIRST if any(pattern.fullmatch(name) for name in names))
    return tuple(dict.fromkeys(found))


def phase_in(types: Iterable[str]) -> str | None:
    """Return the phase of a trial ("2", "1/2") that types such as "Clinical Trial, Phase II" name, None without one."""
    matches = (_PHASE.fullmatch(_plain(name)) for name in types)
    return "/".join(sorted({_ROMAN[match[1]] for match in matches if match})) or None


def weigh(judged: StudyType, types: Iterable[str], *, titled: StudyType | None, on_animals: bool) -> StudyType:
    """Return the kind of study from what the text says and what the publication types say.

    The types win, with these exceptions:

    - of several kinds that they name (a case report with a review) the text may choose;
    - a title that says protocol, review or case report stands, unless the types say protocol;
    - a text that reads as a protocol stands against the type of a trial: "Clinical Trial Protocol" exists since 2019,
      and protocols were filed as trials before;
    - a text on animals stands against the types of studies on people: trials on animals have had types of their own
      only since 2021, and case reports still have none.

    Args:
        judged: from the text, its title included.
        types: the publication types of the paper.
        titled: the kind that the title gives outright (`kg.nlp.study_rules.by_title`).
        on_animals: whether the text speaks of animals more than of people.
    """
    named = kinds_of(types)
    if not named or StudyType.PROTOCOL in named:
        return StudyType.PROTOCOL if named else judged
    of_people = named[0] in _OF_PEOPLE
    stands = (
        judged in named
        or (judged is titled and titled in _TOLD_BY_TITLE)
        or (judged is StudyType.PROTOCOL and of_people)
        or (judged is StudyType.PRECLINICAL_IN_VIVO and of_people and on_animals)
    )
    return judged if stands else named[0]


def _plain(name: str) -> str:
    """Return the words of a type in lower case: "review-article" and "Review Article" are the same."""
    return " ".join(_WORD.findall(name.lower())).removeprefix(_PREFIX)

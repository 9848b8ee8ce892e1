"""What the words of a text say of the kind of study: cues, and rules in order of strength.

The labelled fields of a registry record, words of a protocol, of a review, animal subjects, trial words, observational
words, culture words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.model.assertion import StudyType
from kg.nlp.study_species import ANIMAL

_PHASE_VALUE: Final = re.compile(r"(?:early\s+)?phase\s*(\d|IV|I{1,3})", re.I)
_PHASE_TEXT: Final = re.compile(
    r"\bphase[\s-]*(?P<a>[1-4]|I{1,3}|IV)(?:[ab]\b)?(?:\s*(?:/|-|and|to)\s*(?:phase[\s-]*)?(?P<b>[1-4]|I{1,3}"
    r"|IV)(?:[ab]\b)?)?(?![\w])",
    re.I,
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

# These patterns are for text in lower case: a search that ignores case takes three times as long.
PROTOCOL: Final = re.compile(
    r"\b(?:study|trial|review)\s+protocol\b|\bprotocol\s+(?:for|of)\s+an?\b"
    r"|\bwill\s+(?:be\s+(?:randomi[sz]ed|recruited|enrolled|allocated|assigned|included|invited|infused|injected"
    r"|treated|screened)|receive|enrol+|recruit)\b"
    r"|\brecruitment\s+(?:is\s+(?:expected|planned)|has\s+(?:not\s+)?(?:begun|started)|will)|\bno\s+(?:results"
    r"|participant\w*)\s+(?:are|is|has|have)\s+(?:yet\s+)?",
)
REVIEW: Final = re.compile(
    r"\b(?:systematic|narrative|scoping|umbrella|literature|mini-?|critical)[\s-]*review\b|\bmeta-?analys[ie]s\b"
    r"|\breview\b(?!\s+board)|\bwe\s+(?:searched|review(?:ed)?|summari[sz]e)\b"
    r"|\b(?:are|is|were)\s+(?:reviewed|summari[sz]ed|discussed)\b|\bconsensus\s+(?:statement|panel)\b"
    r"|\bposition\s+(?:statement|paper)\b"
    r"|\b(?:opinion|perspective|commentary|editorial|viewpoint|guideline)s?\b|\bstate\s+of\s+the\s+art\b"
    r"|\b(?:therapeutic\s+potential|current\s+status)\b|\bresearch\s+(?:advances|progress|trends)\b"
    r"|\b(?:recent|latest|current)\s+(?:advances|progress|developments|trends)\s+(?:in|of|on)\b"
    r"|\bwe\s+(?:therefore\s+)?(?:propose|hypothesi[sz]e|argue|discuss|outline)\b"
    r"|\b(?:this|the\s+present)\s+(?:paper|article|work|chapter)\s+(?:\w+\s+)?(?:reviews|summari[sz]es|discusses"
    r"|explores|outlines|surveys)\b",
)
ANIMAL_SUBJECT: Final = re.compile(
    r"\b(?:(?:rats|mice|rabbits|macaques|monkeys|pigs|sows|ewes|sheep|mares|bitches|cows|heifers|dogs|cats|goats"
    r"|hamsters|guinea-?pigs|queens|gilts|horses|does|animals)\b"
    r"|(?:rat|mouse|murine|rabbit|ovine|porcine|canine|equine|bovine|macaque|animal|rodent|sheep|pig|primate"
    r"|large-animal)\s+(?:\w+\s+){0,4}?(?:models?|uter(?:us|i|ine)|horns?|experiments?)\b"
    r"|\b(?:in|of)\s+(?:\w+\s+)?(?:rats?|mice|mouse|rabbits?)\b|\bmodel\s+(?:of|in)\s+(?:\w+\s+){0,3}(?:rats?|mice"
    r"|rabbits?)\b)",
)
TRIAL: Final = re.compile(
    r"\brandomi[sz](?:ed|ation)\b|\bclinical\s+trial\b|\bfirst[\s-]in[\s-](?:human|wom[ae]n|patient|man)\b"
    r"|\bopen[\s-]label\b|\bpilot\s+(?:study|trial)\b|\bplacebo\b|\bdouble[\s-]blind"
    r"|\bphase[\s-]+(?:[1-4]|i{1,3}|iv)\b|\b(?:controlled|single-arm|non-?randomi[sz]ed|multicent(?:re|er)"
    r"|dose[\s-]escalation|feasibility|prospective)\s+(?:\w+\s+){0,2}(?:trial|study)\b"
    r"|\bnct\s?\d{8}|\bisrctn\d+|\bchictr\S*\d|\beudract|\birct\w*\d|\bumin\d|\b(?:were"
    r"|was)\s+(?:randomly\s+)?(?:assigned|allocated)\b|\bwe\s+(?:randomly\s+)?assigned\b|\bassigned\s+\d+"
    r"|\btrial\b",
)
OBSERVATIONAL: Final = re.compile(
    r"\bcase[\s-]+(?:reports?|series|study)\b|\bretrospective|\bcohort\b|\bregistr(?:y|ies)\b|\bcross-sectional\b"
    r"|\bcase-control\b|\bquestionnaires?\b|\bsurvey\b|\bobservational\b"
    r"|\b(?:a|an|the)\s+\d{2}-year-old\b|\ba\s+(?:woman|patient|man)\b|\bchart\s+review\b|\bfollow-?up\s+stud"
    r"|\bcompassionate[\s-]use\b|\bhospital\s+exemption\b|\bin\s+a\s+patient\b"
    r"|\bwe\s+(?:treated|report)\b|\b(?:biops|samples?|aspirat)\w*\s+(?:\w+\s+){0,3}from\s+(?:\w+\s+)?(?:women"
    r"|patients)\b|\b(?:was|were)\s+collected\b|\b(?:clinic|medical|hospital)\s+records\b",
)
VITRO: Final = re.compile(
    r"\bin[\s-]vitro\b(?!\s+fertili[sz]ation)|\bco-?cultur\w+|\btranswell\b|\borganoids?\b|\bcultured\s+(?:with|in"
    r"|human)\b|\bcell\s+lines?\b|\bmonolayers?\b|\bexplants?\b|\bwere\s+(?:exposed|incubated)\b",
)
CLINICAL_SUBJECT: Final = re.compile(r"\b(?:patients|women|participants|men|children|infants)\b")


_OUTRIGHT: Final = (
    (StudyType.PROTOCOL, re.compile(r"\b(?:study|trial|review)\s+protocol\b|\bprotocol\s+(?:for|of)\b")),
    (StudyType.REVIEW, re.compile(r"\b(?:systematic|narrative|scoping|umbrella)\s+review\b|\bmeta-?analysis\b")),
    (StudyType.OBSERVATIONAL, re.compile(r"\bcase[\s-]+(?:report|series)\b")),
    (StudyType.IN_VITRO, re.compile(r"\bin[\s-]vitro(?:\s+(?:study|model|evidence))?\s*$")),
)


def is_about_people(text: str) -> bool:
    """Tell whether a text speaks of patients or other people who take part."""
    return bool(CLINICAL_SUBJECT.search(text.lower()))


def is_rather_about_animals(text: str) -> bool:
    """Tell whether a text in lower case names animals as subjects more often than patients or other people."""
    return len(ANIMAL_SUBJECT.findall(text)) > len(CLINICAL_SUBJECT.findall(text))


def phase_of(text: str) -> str | None:
    """Return the phase of a trial ("1", "1/2") that a text in lower case names first, None when it names none."""
    match = _PHASE_TEXT.search(text) if "phase" in text else None
    if match is None:
        return None
    numbers = [_ROMAN.get(g.lower(), g) for g in (match["a"], match["b"]) if g]
    return "/".join(dict.fromkeys(numbers))


def of_record(text: str, fields: Mapping[str, tuple[int, int]]) -> tuple[StudyType, str | None]:
    """Return study type and phase of a trial record from its fields."""
    kind = text[slice(*fields["Study type"])].lower() if "Study type" in fields else "interventional"
    phase_text = text[slice(*fields["Phase"])] if "Phase" in fields else ""
    phases = sorted({_ROMAN.get(v.lower(), v) for v in _PHASE_VALUE.findall(phase_text)})
    study = StudyType.OBSERVATIONAL if "observational" in kind else StudyType.CLINICAL_TRIAL
    return study, "/".join(phases) or None


def by_title(title: str) -> StudyType | None:
    """Return the study type that a title in lower case gives outright ("a case report"), None when it gives none."""
    return next((kind for kind, pattern in _OUTRIGHT if pattern.search(title)), None)


def by_rules(text: str, title: str) -> StudyType:
    """Return the study type that the words of a text say, by the first rule that fits.

    Args:
        text: the whole text in lower case, title included.
        title: the title alone; review words count more there.
    """
    title_only = len(text.strip()) <= len(title) + 1
    if REVIEW.search(title):
        return StudyType.REVIEW
    animals, people = len(ANIMAL_SUBJECT.findall(text)), len(CLINICAL_SUBJECT.findall(text))
    protocol = PROTOCOL.search(text)
    if protocol and ("protocol" in title or len(PROTOCOL.findall(text)) > 1):
        return StudyType.PROTOCOL
    review = REVIEW.search(text)
    if (
        review
        and not title_only
        and not TRIAL.search(title)
        and (animals == 0 or people == 0 or len(REVIEW.findall(text)) > 1)
    ):
        own = re.search(
            r"\b(?:were|was|we)\s+(?:\w+\s+)?(?:injected|infused|randomi[sz]ed|treated|enrol+ed|assigned"
            r"|transplanted|given)\b",
            text,
        )
        if own is None:
            return StudyType.REVIEW
    if animals and not (TRIAL.search(text) and people > animals):
        vitro_title = VITRO.search(title) and not ANIMAL.search(title)
        return StudyType.IN_VITRO if vitro_title and animals < 2 else StudyType.PRECLINICAL_IN_VIVO
    if TRIAL.search(text) and not (OBSERVATIONAL.search(title) and phase_of(text) is None):
        return StudyType.CLINICAL_TRIAL
    if OBSERVATIONAL.search(text):
        return StudyType.OBSERVATIONAL
    if VITRO.search(text):
        return StudyType.IN_VITRO
    if not title_only and people and re.search(r"\b(?:received|infused|injected|underwent|were\s+treated)\b", text):
        return StudyType.OBSERVATIONAL
    return StudyType.NOT_STATED

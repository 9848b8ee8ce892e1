"""Kind of study that a document reports: a spaCy component with rules in order of strength.

The labelled fields of a registry record, words of a protocol, of a review, animal subjects, trial words, observational
words, culture words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.model.assertion import StudyType
from kg.nlp.extensions import MENTIONS, register, text_of
from kg.nlp.intervention.normal import normalise, view
from kg.nlp.registry_record import registry_fields
from kg.nlp.study_diseases import THRESHOLD, diseases_about
from kg.nlp.study_species import ANIMAL, study_species
from kg.ontology import Ontology, open_ontology

_PHASE_VALUE: Final = re.compile(r"(?:early\s+)?phase\s*(\d|IV|I{1,3})", re.I)
_PHASE_TEXT: Final = re.compile(
    r"\bphase[\s-]*(?P<a>[1-4]|I{1,3}|IV)(?:[ab]\b)?(?:\s*(?:/|-|and|to)\s*(?:phase[\s-]*)?(?P<b>[1-4]|I{1,3}"
    r"|IV)(?:[ab]\b)?)?(?![\w])",
    re.I,
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NCT: Final = re.compile(r"\bNCT\s?(\d{8})\b")

# These patterns are for text in lower case: a search that ignores case takes three times as long.
_PROTOCOL: Final = re.compile(
    r"\b(?:study|trial|review)\s+protocol\b|\bprotocol\s+(?:for|of)\s+an?\b"
    r"|\bwill\s+(?:be\s+(?:randomi[sz]ed|recruited|enrolled|allocated|assigned|included|invited|infused|injected"
    r"|treated|screened)|receive|enrol+|recruit)\b"
    r"|\brecruitment\s+(?:is\s+(?:expected|planned)|has\s+(?:not\s+)?(?:begun|started)|will)|\bno\s+(?:results"
    r"|participant\w*)\s+(?:are|is|has|have)\s+(?:yet\s+)?",
)
_REVIEW: Final = re.compile(
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
_ANIMAL_SUBJECT: Final = re.compile(
    r"\b(?:(?:rats|mice|rabbits|macaques|monkeys|pigs|sows|ewes|sheep|mares|bitches|cows|heifers|dogs|cats|goats"
    r"|hamsters|guinea-?pigs|queens|gilts|horses|does|animals)\b"
    r"|(?:rat|mouse|murine|rabbit|ovine|porcine|canine|equine|bovine|macaque|animal|rodent|sheep|pig|primate"
    r"|large-animal)\s+(?:\w+\s+){0,4}?(?:models?|uter(?:us|i|ine)|horns?|experiments?)\b"
    r"|\b(?:in|of)\s+(?:\w+\s+)?(?:rats?|mice|mouse|rabbits?)\b|\bmodel\s+(?:of|in)\s+(?:\w+\s+){0,3}(?:rats?|mice"
    r"|rabbits?)\b)",
)
_TRIAL: Final = re.compile(
    r"\brandomi[sz](?:ed|ation)\b|\bclinical\s+trial\b|\bfirst[\s-]in[\s-](?:human|wom[ae]n|patient|man)\b"
    r"|\bopen[\s-]label\b|\bpilot\s+(?:study|trial)\b|\bplacebo\b|\bdouble[\s-]blind"
    r"|\bphase[\s-]+(?:[1-4]|i{1,3}|iv)\b|\b(?:controlled|single-arm|non-?randomi[sz]ed|multicent(?:re|er)"
    r"|dose[\s-]escalation|feasibility|prospective)\s+(?:\w+\s+){0,2}(?:trial|study)\b"
    r"|\bnct\s?\d{8}|\bisrctn\d+|\bchictr\S*\d|\beudract|\birct\w*\d|\bumin\d|\b(?:were"
    r"|was)\s+(?:randomly\s+)?(?:assigned|allocated)\b|\bwe\s+(?:randomly\s+)?assigned\b|\bassigned\s+\d+"
    r"|\btrial\b",
)
_OBSERVATIONAL: Final = re.compile(
    r"\bcase[\s-]+(?:reports?|series|study)\b|\bretrospective|\bcohort\b|\bregistr(?:y|ies)\b|\bcross-sectional\b"
    r"|\bcase-control\b|\bquestionnaires?\b|\bsurvey\b|\bobservational\b"
    r"|\b(?:a|an|the)\s+\d{2}-year-old\b|\ba\s+(?:woman|patient|man)\b|\bchart\s+review\b|\bfollow-?up\s+stud"
    r"|\bcompassionate[\s-]use\b|\bhospital\s+exemption\b|\bin\s+a\s+patient\b"
    r"|\bwe\s+(?:treated|report)\b|\b(?:biops|samples?|aspirat)\w*\s+(?:\w+\s+){0,3}from\s+(?:\w+\s+)?(?:women"
    r"|patients)\b|\b(?:was|were)\s+collected\b|\b(?:clinic|medical|hospital)\s+records\b",
)
_VITRO: Final = re.compile(
    r"\bin[\s-]vitro\b(?!\s+fertili[sz]ation)|\bco-?cultur\w+|\btranswell\b|\borganoids?\b|\bcultured\s+(?:with|in"
    r"|human)\b|\bcell\s+lines?\b|\bmonolayers?\b|\bexplants?\b|\bwere\s+(?:exposed|incubated)\b",
)
_CLINICAL_SUBJECT: Final = re.compile(r"\b(?:patients|women|participants|men|children|infants)\b")


def is_about_people(text: str) -> bool:
    """Tell whether a text speaks of patients or other people who take part."""
    return bool(_CLINICAL_SUBJECT.search(text.lower()))


def _phase(text: str) -> str | None:
    match = _PHASE_TEXT.search(text) if "phase" in text else None
    if match is None:
        return None
    numbers = [_ROMAN.get(g.lower(), g) for g in (match["a"], match["b"]) if g]
    return "/".join(dict.fromkeys(numbers))


def _registry_study(text: str, fields: Mapping[str, tuple[int, int]]) -> tuple[StudyType, str | None]:
    kind = text[slice(*fields["Study type"])].lower() if "Study type" in fields else "interventional"
    phase_text = text[slice(*fields["Phase"])] if "Phase" in fields else ""
    phases = sorted({_ROMAN.get(v.lower(), v) for v in _PHASE_VALUE.findall(phase_text)})
    study = StudyType.OBSERVATIONAL if "observational" in kind else StudyType.CLINICAL_TRIAL
    return study, "/".join(phases) or None


def classify(text: str, title: str = "") -> tuple[StudyType, str | None]:
    """Return the study type and the phase ("1", "1/2") of a text.

    Args:
        text: the whole text, title included.
        title: the title alone; review words count more there.
    """
    text = normalise(text)
    fields = registry_fields(text)
    if fields:
        return _registry_study(text, fields)
    title_only = len(text.strip()) <= len(title) + 1
    text, title = text.lower(), normalise(title).lower()
    phase = _phase(text)
    if _REVIEW.search(title):
        return StudyType.REVIEW, None
    animals, people = len(_ANIMAL_SUBJECT.findall(text)), len(_CLINICAL_SUBJECT.findall(text))
    protocol = _PROTOCOL.search(text)
    if protocol and ("protocol" in title or len(_PROTOCOL.findall(text)) > 1):
        return StudyType.PROTOCOL, phase
    review = _REVIEW.search(text)
    if (
        review
        and not title_only
        and not _TRIAL.search(title)
        and (animals == 0 or people == 0 or len(_REVIEW.findall(text)) > 1)
    ):
        own = re.search(
            r"\b(?:were|was|we)\s+(?:\w+\s+)?(?:injected|infused|randomi[sz]ed|treated|enrol+ed|assigned"
            r"|transplanted|given)\b",
            text,
        )
        if own is None:
            return StudyType.REVIEW, None
    if animals and not (_TRIAL.search(text) and people > animals):
        vitro_title = _VITRO.search(title) and not ANIMAL.search(title)
        return (StudyType.IN_VITRO if vitro_title and animals < 2 else StudyType.PRECLINICAL_IN_VIVO), None
    if _TRIAL.search(text) and not (_OBSERVATIONAL.search(title) and phase is None):
        return StudyType.CLINICAL_TRIAL, phase
    if _OBSERVATIONAL.search(text):
        return StudyType.OBSERVATIONAL, None
    if _VITRO.search(text):
        return StudyType.IN_VITRO, None
    if not title_only and people and re.search(r"\b(?:received|infused|injected|underwent|were\s+treated)\b", text):
        return StudyType.OBSERVATIONAL, None
    return StudyType.NOT_STATED, None


class StudyTypeComponent:
    """Sets ``doc._.kg_study``: ``{"type", "phase", "species", "diseases", "about", "wider", "registrations"}``.

    ``about`` holds for every disease of the document how likely it is one that the document is about, ``wider`` the
    others that MeSH puts above it.
    """

    def __init__(self, ontology: Callable[[], Ontology]) -> None:
        """Build the component.

        Args:
            ontology: gives the terminologies; called when a document with diseases needs them.
        """
        self._ontology = ontology

    def __call__(self, doc: Doc) -> Doc:
        """Classify one document."""
        title_end = next((p["end"] for p in doc._.kg_passages if p["section"] == "title"), 0)
        raw = text_of(doc)
        if not doc._.kg_passages and "\n" in raw:
            title_end = raw.index("\n")
        study, phase = classify(raw, raw[:title_end])
        about: dict[Curie, float] = {}
        wider: dict[Curie, list[Curie]] = {}
        if doc.spans.get(MENTIONS):
            about = diseases_about(doc, view(doc, raw), self._ontology())
            wider = {c: sorted(self._ontology().ancestors(c) & about.keys()) for c in about}
        doc._.kg_study = {
            "type": str(study),
            "phase": phase,
            "species": study_species(doc, raw),
            "diseases": [curie for curie, probability in about.items() if probability >= THRESHOLD],
            "about": about,
            "wider": {curie: above for curie, above in wider.items() if above},
            "registrations": sorted({f"NCT:{n}" for n in _NCT.findall(raw)} if "NCT" in raw else ()),
        }
        return doc


@Language.factory("kg_study_type", assigns=["doc._.kg_study"], default_config={"ontology": None})
def create_study_type(nlp: Language, name: str, ontology: str | None) -> StudyTypeComponent:
    """Create the study-type component; it needs nothing before it and uses ``kg_mentions`` where they are.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        ontology: directory of the terminology slices; None: those of the package.
    """
    register()
    return StudyTypeComponent(cache(lambda: open_ontology(Path(ontology) if ontology else None)))

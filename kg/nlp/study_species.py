"""The species that a document studies: those of subjects, donors and people named."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc

from kg.identifiers import Curie
from kg.nlp.intervention.modifiers import SPECIES_WORDS
from kg.nlp.intervention.normal import normalise
from kg.nlp.registry_record import registry_fields
from kg.vocabulary import HOMO_SAPIENS

ANIMAL_WORD: Final = "|".join(sorted((w for w, c in SPECIES_WORDS.items() if c != HOMO_SAPIENS), key=len, reverse=True))
ANIMAL: Final = re.compile(
    rf"\b(?:{ANIMAL_WORD}|macaques?|monkeys?|baboons?|animals?|non-?human\s+primates?|xenografts?)\b"
)
_PATIENT: Final = re.compile(
    r"\b(?:patients?|wom[ae]n|participants?|volunteers?|infants?|children|boys?|girls?|m[ae]n|mothers?|subjects"
    r"|recipients|adults|persons?|people|individuals|-year-old|babies|neonates)\b"
    r"|\bhumans?\b(?!\s+(?:recombinant|serum|albumin|chorionic|gonadotrop\w+|nuclear\s+antigen))",
)
_REAGENT: Final = re.compile(
    r"\s*(?:-?anti\b|recombinant|serum|albumin|monoclonal|polyclonal|nuclear\s+antigen|chorionic\s+gonadotrop"
    r"|platelet\s+lysate|sarcoma|trypsin|igg|antibod|genome|papilloma|immunodeficiency|leukocyte\s+antigen"
    r"|-?\s?tail\s+collagen|complement|oil\b|juice\b|lipopolysaccharide|LPS\b)",
    re.I,
)
_REAGENT_BEFORE: Final = re.compile(r"(?:\banti-?\s?|xeno-free\s+)$", re.I)

_AGES_AND_PARTS: Final = re.compile(
    r"\b(?:persons?|people|participants?|volunteers?|child(?:ren)?|boys?|girls?|infants?|neonates?|newborns?|bab(?:y|ies)"
    r"|toddlers?|adolescents?|teenagers?|nulli(?:gravida|para)|(?:primi|multi)(?:gravida|para))\b",
)
"""Words that say that people were studied, though they are no mentions of a species (`kg.grounding.people`)."""
_YEARS: Final = "-year-old"
_AGE: Final = re.compile(r"\b\d{1,3}-year-olds?\b")
"""An age: it says that people were studied where no animal is named."""
_VIRUS: Final = re.compile(r"(?i:virus(?:es)?|phages?)\b|\b[A-Za-z-]*(?:CoV|[A-Z]V)(?:-?\d+)?$")
"""The form of names and acronyms of viruses: they are what is studied in a species."""


def study_species(doc: Doc, raw: str) -> list[Curie]:
    """Return the species studied: subjects, donors and people named, never those of reagents and gene names; sorted."""
    text = normalise(raw)
    found: set[Curie] = set()
    for span in doc.spans.get("kg_mentions", ()):
        if span.label_ != "Species" or not span.kb_id_ or _VIRUS.search(span.text):
            continue
        if _REAGENT.match(text, span.end_char) or _REAGENT_BEFORE.search(
            text[max(0, span.start_char - 12) : span.start_char]
        ):
            continue
        found.update(span.kb_id_.split("|"))
    low = text.lower()
    if _AGES_AND_PARTS.search(low):
        found.add(HOMO_SAPIENS)
    elif not found and (registry_fields(text) or (_AGE.search(low) and not ANIMAL.search(low))):
        found.add(HOMO_SAPIENS)  # the trials of a register are on people, where it names no species
    if not doc.spans.get("kg_mentions"):
        for match in re.finditer(r"[A-Za-z-]+", text):
            curie = SPECIES_WORDS.get(match[0].lower())
            if (
                curie
                and not _REAGENT.match(text, match.end())
                and not _REAGENT_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
            ):
                found.add(curie)
        if any(match[0] != _YEARS or not ANIMAL.search(low) for match in _PATIENT.finditer(low)):
            found.add(HOMO_SAPIENS)
    return sorted(found)

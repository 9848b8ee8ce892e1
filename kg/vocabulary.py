"""Classes and predicates that the graph uses, each with its source.

Biolink names are those of the Biolink Model (https://w3id.org/biolink/vocab/), release 4.4.6
(``ontologies/schema/biolink.txt``).
"""

from __future__ import annotations

from typing import Final

from kg.identifiers import Curie

TREATS: Final[Curie] = "biolink:treats"
"""Only for a stated approval."""
IN_CLINICAL_TRIALS_FOR: Final[Curie] = "biolink:in_clinical_trials_for"
IN_PRECLINICAL_TRIALS_FOR: Final[Curie] = "biolink:in_preclinical_trials_for"
BENEFICIAL_IN_MODELS_FOR: Final[Curie] = "biolink:beneficial_in_models_for"
APPLIED_TO_TREAT: Final[Curie] = "biolink:applied_to_treat"
STUDIED_TO_TREAT: Final[Curie] = "biolink:studied_to_treat"
CONTRAINDICATED_IN: Final[Curie] = "biolink:contraindicated_in"
NO_EFFECT_SHOWN: Final[Curie] = "MSCKG:no_effect_shown"
"""A negative result. Ours: Biolink has no predicate for it."""
AFFECTS: Final[Curie] = "biolink:affects"
"""An intervention and a cell type that it changes; the qualifiers say what of it, and which way."""
CO_MENTIONED: Final[Curie] = "biolink:occurs_together_in_literature_with"
"""A cell type and a disease in one sentence; says no more than that."""

TREATMENT_PREDICATES: Final[tuple[Curie, ...]] = (
    TREATS,
    IN_CLINICAL_TRIALS_FOR,
    IN_PRECLINICAL_TRIALS_FOR,
    BENEFICIAL_IN_MODELS_FOR,
    APPLIED_TO_TREAT,
    STUDIED_TO_TREAT,
    CONTRAINDICATED_IN,
    NO_EFFECT_SHOWN,
)
"""Between an intervention and a disease, strongest evidence first."""

HOMO_SAPIENS: Final[Curie] = "NCBITaxon:9606"
MESENCHYMAL_STEM_CELL: Final[Curie] = "CL:0000134"
WHARTONS_JELLY: Final[Curie] = "MSCKG:vocabulary/whartons-jelly"
"""UBERON has no term for the umbilical cord's connective tissue; ours is narrower than UBERON:0002331."""

MSC_THERAPY: Final[Curie] = "MSCKG:vocabulary/msc-therapy"
"""The concept over all MSC interventions."""
MSC_THERAPY_LABEL: Final = "mesenchymal stem cell therapy"
BROADER: Final[Curie] = "skos:broader"
DERIVES_FROM: Final[Curie] = "biolink:derives_from"
"""An intervention and the tissue that its cells come from (UBERON), or a cell-free product and its cells (CL)."""
HAS_PART: Final[Curie] = "biolink:has_part"
"""An intervention and the cell type that it consists of (CL)."""
MENTIONS: Final[Curie] = "biolink:mentions"
"""A paper and what it names."""
RELATED: Final[Curie] = "dcterms:relation"
"""A paper and one that the user chose as related to it."""
CITES: Final[Curie] = "cito:cites"
"""A paper and one in its reference list."""

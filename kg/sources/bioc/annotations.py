"""The annotations of a BioC file: somebody else's, for the report to compare with ours.

Only what we mark ourselves is kept (diseases, organisms, cell types, tissues), and only with an identifier: of a gene,
or of a name without an id, there is nothing to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.identifiers import Curie
from kg.model import ForeignAnnotation, MentionType
from kg.sources.bioc.parts import BioCAnnotation, BioCDocument
from kg.sources.characters import squeeze
from kg.sources.foreign_entities import parse_curie

UNKNOWN_ORIGIN: Final = "BioC"
"""Origin of the annotations of a collection that does not name its source."""

_TYPES: Final = {
    name: kind
    for kind, names in {
        MentionType.DISEASE: "disease diseases diseaseorphenotypicfeature specificdisease diseaseclass",
        MentionType.SPECIES: "species organism organisms organismtaxon taxon genus strain",
        MentionType.CELL_TYPE: "celltype cell cells cellphenotype cellhetero",
        MentionType.TISSUE: "tissue tissues anatomy organ",
    }.items()
    for name in names.split()
}
"""Types of PubTator, BioRED, the NCBI Disease Corpus, CRAFT and NLM CellLink, letters only."""
_PREFIXES: Final = {
    "identifier": "",
    "mesh": "MESH",
    "omim": "OMIM",
    "ncbitaxonomy": "NCBITaxon",
    "ncbitaxon": "NCBITaxon",
    "taxonomy": "NCBITaxon",
    "cl": "CL",
    "cellontology": "CL",
    "uberon": "UBERON",
    "mondo": "MONDO",
    "doid": "DOID",
}
"""Keys of infons that hold an identifier, letters only, and the prefix of one that is written without."""
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")
_SEPARATORS: Final = re.compile(r"[|,;+]")
_MESH: Final = re.compile(r"[CD]\d{6,9}")
_DIGITS: Final = re.compile(r"\d{1,9}")


def foreign_annotations(record: BioCDocument) -> tuple[ForeignAnnotation, ...]:
    """Return the annotations of a document in order, each once; those in its reference list are left out.

    Several identifiers of one annotation (``MESH:D000001|MESH:D000002``) give one `ForeignAnnotation` each.
    """
    origin = squeeze(record.source) or UNKNOWN_ORIGIN
    found: dict[ForeignAnnotation, None] = {}
    for passage in record.passages:
        if passage.is_reference:
            continue
        for annotation in passage.annotations:
            kind = _TYPES.get(_letters(annotation.infons.get("type", "")))
            text = squeeze(annotation.text)
            if kind is not None and text:
                found |= {
                    ForeignAnnotation(text, str(kind), curie, origin): None for curie in _curies(annotation, kind)
                }
    return tuple(found)


def _curies(annotation: BioCAnnotation, kind: MentionType) -> Iterator[Curie]:
    for key, value in annotation.infons.items():
        prefix = _PREFIXES.get(_letters(key))
        if prefix is None:
            continue
        for part in _SEPARATORS.split(value):
            if curie := _curie(part.strip(), prefix, kind):
                yield curie


def _curie(value: str, prefix: str, kind: MentionType) -> Curie | None:
    if _DIGITS.fullmatch(value):
        prefix = prefix or ("NCBITaxon" if kind is MentionType.SPECIES else "")
        return f"{prefix}:{value}" if prefix else None
    if prefix in ("", "MESH") and _MESH.fullmatch(value):
        return f"MESH:{value}"
    return parse_curie(value)


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.lower())

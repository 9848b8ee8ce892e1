from __future__ import annotations

import pytest

from kg.grounding import Context, make_grounder
from kg.grounding.defaults import common_names, stop_keys
from kg.grounding.score import term_score, tie_break
from kg.identifiers import is_curie
from kg.model import MentionType, TermKind
from kg.ontology import Ontology
from kg.ontology.manifest import read_manifest
from kg.ontology.normalize import key
from kg.ontology.ontology import default_directory
from kg.ontology.slices import read_concepts
from kg.vocabulary import HOMO_SAPIENS


def test_settled_names_are_taxa_of_the_slices() -> None:
    wanted = {curie for curie, _ in common_names().values()}
    (taxonomy,) = (s for s in read_manifest(default_directory()).slices if s.prefix == "NCBITaxon")
    assert wanted - {row.curie for row in read_concepts(taxonomy)} == set()


def test_settled_names_are_curies_under_their_keys() -> None:
    for form, (curie, name) in common_names().items():
        assert (is_curie(curie), key(name)) == (True, form)


def test_the_stop_list_is_in_normal_form() -> None:
    assert key("diseases") in stop_keys()[MentionType.DISEASE]
    for forms in stop_keys().values():
        assert all(form == form.strip() + " " for form in forms)


@pytest.mark.parametrize("word", ["patients", "Women", "inpatient", "outpatients"])
def test_words_for_people_are_switched(ontology: Ontology, word: str) -> None:
    last = word.split()[-1]
    ground = {people: make_grounder(ontology, list(MentionType), people=people) for people in (True, False)}
    assert ground[True].ground(last, MentionType.SPECIES, Context("")).curies == (HOMO_SAPIENS,)
    assert ground[False].ground(last, MentionType.SPECIES, Context("")).curies == ()
    assert ground[False].ground("human", MentionType.SPECIES, Context("")).curies == (HOMO_SAPIENS,)


def test_stopped_words_are_no_diseases(ontology: Ontology) -> None:
    grounder = make_grounder(ontology, list(MentionType))
    assert grounder.ground("disease", MentionType.DISEASE, Context("")).curies == ()


def test_scores_order_kinds() -> None:
    scores = [
        term_score(kind, same_text=True) for kind in (TermKind.LABEL, TermKind.EXACT, TermKind.NARROW, TermKind.BROAD)
    ]
    assert scores == sorted(scores, reverse=True)
    assert term_score(TermKind.LABEL, same_text=False) < 1.0


def test_ties_are_broken_by_source_rank_and_number() -> None:
    assert tie_break("msckg", "", "MSCKG:x") < tie_break("mesh", "", "MESH:D1")
    assert tie_break("ncbitaxon", "species", "NCBITaxon:2") < tie_break("ncbitaxon", "genus", "NCBITaxon:1")
    assert tie_break("ncbitaxon", "species", "NCBITaxon:9") < tie_break("ncbitaxon", "species", "NCBITaxon:10")

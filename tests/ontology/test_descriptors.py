from __future__ import annotations

from kg.model import Term, TermKind
from kg.ontology.descriptors import broader_descriptors, descriptors

NAMES = {
    "MSCKG:chronic-endometritis": ["chronic endometritis"],
    "MSCKG:cartilage-defect": ["cartilage defect", "cartilage defects"],
    "MSCKG:thin-endometrium": ["thin endometrium"],
    "MSCKG:refractory-thin-endometrium": ["refractory thin endometrium"],
    "MSCKG:covid-ards": ["ARDS due to COVID-19", "COVID-19-associated acute respiratory distress syndrome"],
    "MSCKG:severe-covid": ["severe COVID-19"],
    "MESH:1": ["Endometritis"],
    "MESH:2": ["Cartilage Diseases", "Cartilage Disorders"],
    "MESH:3": ["Uterine Diseases", "Disease, Uterine"],
    "MESH:4": ["Respiratory Distress Syndrome", "ARDS"],
    "MESH:5": ["COVID-19"],
}
PARENTS = {
    "MSCKG:chronic-endometritis": ("MESH:1",),
    "MSCKG:cartilage-defect": ("MESH:2",),
    "MSCKG:thin-endometrium": ("MESH:3",),
    "MSCKG:refractory-thin-endometrium": ("MSCKG:thin-endometrium",),
    "MSCKG:covid-ards": ("MSCKG:severe-covid", "MESH:4"),
    "MSCKG:severe-covid": ("MESH:5",),
}


class Vocabulary:
    def label(self, curie: str) -> str | None:
        return NAMES[curie][0]

    def parents(self, curie: str) -> tuple[str, ...]:
        return PARENTS.get(curie, ())

    def terms(self, curie: str) -> tuple[Term, ...]:
        return tuple(Term(text, curie, TermKind.EXACT, "test") for text in NAMES[curie][1:])


def test_a_form_of_a_disease_is_that_disease() -> None:
    assert descriptors("MSCKG:chronic-endometritis", Vocabulary()) == ("MESH:1",)


def test_generic_heads_say_the_same() -> None:
    assert descriptors("MSCKG:cartilage-defect", Vocabulary()) == ("MESH:2",)


def test_what_mesh_lacks_has_none() -> None:
    assert descriptors("MSCKG:thin-endometrium", Vocabulary()) == ()
    assert descriptors("MSCKG:refractory-thin-endometrium", Vocabulary()) == ()
    assert broader_descriptors("MSCKG:refractory-thin-endometrium", Vocabulary()) == ["MESH:3"]


def test_two_at_once() -> None:
    assert descriptors("MSCKG:covid-ards", Vocabulary()) == ("MESH:4", "MESH:5")


def test_a_descriptor_is_its_own() -> None:
    assert descriptors("MESH:5", Vocabulary()) == ("MESH:5",)

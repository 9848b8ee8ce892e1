from __future__ import annotations

import bz2
import os
import pickle

import pytest

from kg.errors import OntologyError
from kg.ontology.build.mesh import (
    Descriptor,
    parents,
    read_all_concept_terms,
    read_current_labels,
    read_descriptors,
    read_supplementary,
)

LUNG = Descriptor("D1", "Lung Neoplasms", (), ("C04.5", "C08.3"), "")
TREE = {
    "D1": LUNG,
    "D2": Descriptor("D2", "Neoplasms", ("Tumors",), ("C04",), ""),
    "D3": Descriptor("D3", "Lung Diseases", (), ("C08", "G11.1"), ""),
    "D4": Descriptor("D4", "Small Cell Lung Carcinoma", (), ("C04.5.9.2", "C08.3.1"), ""),
    "D5": Descriptor("D5", "Mice", ("Mouse",), ("B01.5",), "10090"),
    "D6": Descriptor("D6", "Anxiety Disorders", (), ("F03.1", "F02.2"), ""),
}


def dictionary(**content: object) -> bytes:
    return bz2.compress(pickle.dumps(content))


def test_tables_are_read() -> None:
    table = b"D5\tMice\tMouse|Mus\tB01.5\t10090|10092\nD1\tLung Neoplasms\t\tC04.5\t\n"
    assert read_descriptors(table) == {
        "D5": Descriptor("D5", "Mice", ("Mouse", "Mus"), ("B01.5",), "10090|10092"),
        "D1": Descriptor("D1", "Lung Neoplasms", (), ("C04.5",), ""),
    }
    (supplementary,) = read_supplementary(b'C1\tx syndrome\t"a|""b"""\tD1,D2\n')
    assert supplementary.terms == ("a", '"b"')
    assert supplementary.mapped == ("D1", "D2")
    labels = b'id,scheme,subject\nhttps://id.nlm.nih.gov/mesh/D1,MeSH,"Lung, Tumors"\n'
    assert read_current_labels(labels) == {"D1": "Lung, Tumors"}


def test_table_with_other_columns_is_refused() -> None:
    with pytest.raises(OntologyError, match="line 1 of a MeSH table has 2 columns instead of 5"):
        read_descriptors(b"D1\tx\n")


def test_parents_follow_the_disease_trees_alone_and_skip_gaps() -> None:
    assert parents(TREE) == {"D1": ("D2", "D3"), "D2": (), "D3": (), "D4": ("D1",), "D6": ()}


def test_dictionary_is_joined_by_name_not_by_its_wrong_ids() -> None:
    packed = dictionary(
        disease_variant_to_canonical={
            "neoplasms": ["neoplasms"],
            "cancer": ["neoplasms"],
            "lung cancer": ["lung neoplasms"],
            "lung tumor": ["lung neoplasms"],
            "castle cancer": ["neoplasms"],
        },
        disease_canonical_to_data={
            "neoplasms": {"mesh_id": "D2", "mesh_tree": ["C04"], "name": "Neoplasms"},
            "lung neoplasms": {"mesh_id": "D4", "mesh_tree": ["C04.5"], "name": "Lung Neoplasms"},
        },
    )
    assert read_all_concept_terms(packed, TREE) == {
        "D2": ("neoplasms", "cancer"),
        "D1": ("lung cancer", "lung tumor"),
    }, "the last entry restarts the order of the descriptors: it and what follows are generated"


def test_dictionary_entry_of_another_tree_is_left_out() -> None:
    packed = dictionary(
        disease_variant_to_canonical={"mice": ["mice"]},
        disease_canonical_to_data={"mice": {"mesh_id": "D5", "mesh_tree": ["B01.5"], "name": "Mice"}},
    )
    assert read_all_concept_terms(packed, TREE) == {}


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize("content", [bz2.compress(pickle.dumps(Evil())), b"no bzip2", dictionary(other={})])
def test_hostile_or_foreign_pickles_are_refused(content: bytes) -> None:
    with pytest.raises(OntologyError, match="dictionary cannot be read"):
        read_all_concept_terms(content, TREE)

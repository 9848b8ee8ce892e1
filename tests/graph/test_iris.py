from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph.iris import mention_node, node, paper_graph
from kg.model import Mention, MentionType


def test_public_iris() -> None:
    assert node("MESH:D014591").value == "http://id.nlm.nih.gov/mesh/D014591"
    assert node("CL:0000134").value == "http://purl.obolibrary.org/obo/CL_0000134"
    assert node("NCT:01234567").value == "https://clinicaltrials.gov/study/NCT01234567"


def test_an_old_doi_becomes_one_iri() -> None:
    assert node("doi:10.1002/1521-3773(20000103)39:1<>3.0.CO;2-#").value == (
        "https://doi.org/10.1002/1521-3773(20000103)39:1%3C%3E3.0.CO;2-%23"
    )


def test_an_unknown_prefix_is_refused() -> None:
    with pytest.raises(GraphError, match="FOO:1"):
        node("FOO:1")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_document_id_has_an_iri(name: str) -> None:
    iri = node(f"MSCKG:document/{name}").value
    assert iri.startswith("https://w3id.org/msc-kg/document/")
    assert not set(iri) & set(' <>"{}|\\^`\n')


def test_graphs_of_papers_differ() -> None:
    assert paper_graph("doi:10.1/a").value == "https://w3id.org/msc-kg/graph/doi:10.1%2Fa"


def test_mentions_that_differ_in_anything_have_different_iris() -> None:
    base = Mention("d", 0, 3, "abc", MentionType.DISEASE)
    others = [
        Mention("e", 0, 3, "abc", MentionType.DISEASE),
        Mention("d", 1, 3, "abc", MentionType.DISEASE),
        Mention("d", 0, 4, "abc", MentionType.DISEASE),
        Mention("d", 0, 3, "abd", MentionType.DISEASE),
        Mention("d", 0, 3, "abc", MentionType.SPECIES),
    ]
    nodes = {mention_node("PMID:1", mention) for mention in [base, *others]} | {mention_node("PMID:2", base)}
    assert len(nodes) == 7

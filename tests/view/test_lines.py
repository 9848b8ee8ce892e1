from __future__ import annotations

from kg.view.lines import Line, lines
from kg.view.style import Tier
from tests.view.synthetic import ADHESIONS, CORD_CELLS, HUMAN, add_edge, evidence, small


def between(found: tuple[Line, ...], source: str, target: str) -> list[Line]:
    return [line for line in found if (line.key.source, line.key.target) == (source, target)]


def test_opposite_results_are_two_lines_that_lie_apart() -> None:
    negative, positive = between(lines(small()), CORD_CELLS, ADHESIONS)
    assert (negative.direction, positive.direction) == ("negative", "positive")
    assert (negative.tier, positive.tier) == (Tier.PRECLINICAL, Tier.CLINICAL)
    assert negative.bend == -positive.bend != 0
    assert positive.statements[0]["evidence"][0]["url"] == "https://pubmed.ncbi.nlm.nih.gov/1"


def test_equal_results_are_one_line_with_the_strongest_evidence_first() -> None:
    graph = small()
    review = evidence("Cord cells may help.", "PMID:2")
    add_edge(
        graph, CORD_CELLS, ADHESIONS, "assertion", "studied to treat", "a4", polarity="positive",
        study_type="review", evidence=[review, evidence("So they say.", "PMID:1")],
    )  # fmt: skip
    positive = between(lines(graph), CORD_CELLS, ADHESIONS)[1]
    assert [s["id"] for s in positive.statements] == ["a1", "a4"]
    assert positive.label == "in clinical trials for, studied to treat"
    assert positive.tier is Tier.CLINICAL
    assert positive.papers == 2


def test_the_species_of_an_assertion_is_a_line_of_its_own() -> None:
    (line,) = between(lines(small()), CORD_CELLS, HUMAN)
    assert (line.key.group, line.label, line.direction) == ("species", "studied in", "")
    assert [s["id"] for s in line.statements] == ["a1"]


def test_what_the_text_denies_has_its_own_direction_and_no_species() -> None:
    graph = small()
    add_edge(
        graph, CORD_CELLS, "MSCKG:vocabulary/thin-endometrium", "assertion", "applied to treat", "a5",
        polarity="not_stated", negated=True, species=HUMAN,
    )  # fmt: skip
    found = between(lines(graph), CORD_CELLS, "MSCKG:vocabulary/thin-endometrium")
    assert [line.direction for line in found] == ["negated", "not_stated"]
    assert len(between(lines(graph), CORD_CELLS, HUMAN)[0].statements) == 1


def test_lines_do_not_depend_on_the_order_of_the_edges() -> None:
    graph = small()
    turned = type(graph)()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(source, target, key=key, **data)
    assert lines(turned) == lines(graph)


def test_an_unknown_kind_of_edge_and_a_loop_are_left_out() -> None:
    graph = small()
    before = lines(graph)
    add_edge(graph, CORD_CELLS, ADHESIONS, "new_kind", "x")
    add_edge(graph, ADHESIONS, ADHESIONS, "broader", "broader")
    assert lines(graph) == before

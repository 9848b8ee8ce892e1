from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph
from rdflib.compare import to_isomorphic

from kg.errors import GraphError
from kg.graph import Dataset, read_dataset, write_nquads, write_turtle
from kg.graph.ns import MSCKG, RDF_TYPE, XSD
from kg.graph.serialize import turtle_lines
from kg.graph.validate import to_rdflib

GRAPH = MSCKG["graph/x"]


def body(*quads: Quad) -> str:
    text = "".join(turtle_lines(Dataset.from_quads(quads)))
    return text[text.index("\n\n") + 2 :]


def test_turtle_is_written_for_people() -> None:
    subject = NamedNode("https://doi.org/10.1000/a")
    assert body(
        Quad(subject, MSCKG["score"], Literal("0.9", datatype=XSD["decimal"]), GRAPH),
        Quad(subject, RDF_TYPE, MSCKG["Evidence"], GRAPH),
        Quad(subject, MSCKG["start"], Literal("2", datatype=XSD["integer"]), GRAPH),
        Quad(subject, MSCKG["named_by"], MSCKG["mention/ab12#target"], GRAPH),
        Quad(subject, MSCKG["carrier"], Literal('a "gel"\n'), GRAPH),
        Quad(subject, MSCKG["issued"], Literal("2026", datatype=XSD["gYear"]), GRAPH),
        Quad(subject, MSCKG["label"], Literal("x", language="en"), GRAPH),
        Quad(subject, MSCKG["label"], NamedNode("urn:x:y z".replace(" ", "")), GRAPH),
    ) == (
        "doi:10.1000\\/a a MSCKG:Evidence ;\n"
        '    MSCKG:carrier "a \\"gel\\"\\n" ;\n'
        '    MSCKG:issued "2026"^^xsd:gYear ;\n'
        '    MSCKG:label "x"@en, <urn:x:yz> ;\n'
        "    MSCKG:named_by mention:ab12\\#target ;\n"
        "    MSCKG:score 0.9 ;\n"
        "    MSCKG:start 2 .\n"
    )


def test_the_same_triple_of_two_graphs_is_written_once() -> None:
    subject = MSCKG["x"]
    twice = [Quad(subject, RDF_TYPE, MSCKG["Evidence"], MSCKG[f"graph/{n}"]) for n in "ab"]
    assert body(*twice) == "MSCKG:x a MSCKG:Evidence .\n"


def test_bytes_do_not_depend_on_order(dataset: Dataset, tmp_path: Path) -> None:
    quads = list(dataset.quads)
    random.Random(3).shuffle(quads)
    for name, data in (("a", dataset), ("b", Dataset.from_quads(quads + quads[:9]))):
        write_turtle(data, tmp_path / f"{name}.ttl")
        write_nquads(data, tmp_path / f"{name}.nq")
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.nq", "a.ttl", "b.nq", "b.ttl"]


def test_other_readers_read_the_same_graph(dataset: Dataset, tmp_path: Path) -> None:
    write_turtle(dataset, tmp_path / "graph.ttl")
    by_rdflib = Graph().parse(data=(tmp_path / "graph.ttl").read_text("utf-8"), format="turtle")
    assert to_isomorphic(by_rdflib) == to_isomorphic(to_rdflib(dataset))
    by_oxigraph = {quad.triple for quad in parse(path=str(tmp_path / "graph.ttl"), format=RdfFormat.TURTLE)}
    assert by_oxigraph == set(dataset.triples())


def test_nquads_round_trip(dataset: Dataset, nquads: Path) -> None:
    assert read_dataset(nquads) == dataset


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.from_regex(r"[abc/.:_019-]+(#[abc/.:_019-]+)?", fullmatch=True),
)
def test_any_text_and_local_name_survive(value: str, local: str) -> None:
    quad = Quad(MSCKG[f"document/{local}"], MSCKG["carrier"], Literal(value), GRAPH)
    text = "".join(turtle_lines(Dataset((quad,))))
    assert [back.triple for back in parse(text.encode(), format=RdfFormat.TURTLE)] == [quad.triple]


def test_a_missing_or_broken_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"gone\.nq: no such file; run 'kg build' first"):
        read_dataset(tmp_path / "gone.nq")
    (tmp_path / "bad.nq").write_text("<a> <b> .\n")
    with pytest.raises(GraphError, match="is no readable N-Quads") as raised:
        read_dataset(tmp_path / "bad.nq")
    assert "\n" not in str(raised.value)

"""Nanopublications against the criteria of their guidelines: http://nanopub.net/guidelines/working_draft/."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, PROV, RDF, RDFS, Literal, URIRef

from kg.exports import export
from kg.graph import build_dataset, write_nquads
from kg.model import AnnotatedDocument, Paper, Polarity, Relation, Study, StudyType
from tests.exports.conftest import SENTENCE
from tests.graph.build import CORD_CELLS, ONTOLOGY, PROVENANCE, THIN, TextOf

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
BIOLINK = rdflib.Namespace("https://w3id.org/biolink/vocab/")
MSCKG = rdflib.Namespace("https://w3id.org/msc-kg/")
PARTS = ("hasAssertion", "hasProvenance", "hasPublicationInfo")

Triples = set[tuple[rdflib.term.Node, ...]]


@pytest.fixture(scope="module")
def graphs(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[URIRef, Triples]:
    (path,) = export(folder, "nanopub", tmp_path_factory.mktemp("nanopub"))
    return read(path)


def read(path: Path) -> dict[URIRef, Triples]:
    dataset = rdflib.Dataset()
    dataset.parse(path, format="trig")
    found: dict[URIRef, Triples] = {}
    for subject, predicate, value, graph in dataset.quads():
        assert isinstance(graph, URIRef)
        found.setdefault(graph, set()).add((subject, predicate, value))
    return found


def names(graphs: dict[URIRef, Triples]) -> list[URIRef]:
    return [
        s for triples in graphs.values() for s, p, o in triples if o == NP.Nanopublication and isinstance(s, URIRef)
    ]


def publication(graphs: dict[URIRef, Triples], predicate: URIRef) -> URIRef:
    (name,) = [n for n in names(graphs) if any(t[1:] == (RDF.predicate, predicate) for t in graphs[n + "#assertion"])]
    return name


def test_each_is_well_formed(graphs: dict[URIRef, Triples]) -> None:
    assert len(names(graphs)) == 9
    assert len(graphs) == 9 * 4
    for name in names(graphs):
        assert re.fullmatch(r"https://w3id\.org/msc-kg/nanopub/[0-9a-f]{32}", name)
        heads = [graph for graph, triples in graphs.items() if (name, RDF.type, NP.Nanopublication) in triples]
        (head,) = heads
        parts = [{o for s, p, o in graphs[head] if (s, p) == (name, NP[each])} for each in PARTS]
        ((assertion,), (provenance,), (info,)) = parts
        assert len(graphs[head]) == 4
        assert len({head, assertion, provenance, info}) == 4
        assert graphs[URIRef(str(assertion))]
        assert any(assertion in (s, o) for s, _, o in graphs[URIRef(str(provenance))])
        assert any(name in (s, o) for s, _, o in graphs[URIRef(str(info))])


def test_a_trial(graphs: dict[URIRef, Triples]) -> None:
    name = publication(graphs, BIOLINK.in_clinical_trials_for)
    assertion = graphs[name + "#assertion"]
    subject, disease = MSCKG[CORD_CELLS.id.removeprefix("MSCKG:")], MSCKG[THIN.removeprefix("MSCKG:")]
    assert (subject, BIOLINK.in_clinical_trials_for, disease) in assertion
    assert {o for _, p, o in assertion if p == MSCKG.phase} == {Literal("1/2")}
    provenance = graphs[name + "#provenance"]
    paper = URIRef("https://pubmed.ncbi.nlm.nih.gov/1001")
    assert (name + "#assertion", PROV.wasDerivedFrom, paper) in provenance
    assert (paper, RDFS.label, Literal("A trial")) in provenance
    sentence = "Cord MSCs were infused in women with thin endometrium but no conclusion can be drawn."
    (evidence,) = [o for _, p, o in provenance if p == BIOLINK.has_evidence]
    assert (evidence, BIOLINK.supporting_text, Literal(sentence)) in provenance
    assert {p for _, p, _ in provenance} >= {MSCKG.start, MSCKG.sha256, BIOLINK.agent_type}


def test_what_cannot_stand_alone_does_not(graphs: dict[URIRef, Triples]) -> None:
    for predicate in (MSCKG.no_effect_shown, BIOLINK.applied_to_treat):
        name = publication(graphs, predicate)
        assert not any(p == predicate for _, p, _ in graphs[name + "#assertion"])
    (label,) = [o for s, p, o in graphs[name + "#pubinfo"] if (s, p) == (name, RDFS.label)]
    assert str(label) == "umbilical cord mesenchymal stem cells - not applied to treat - Gynatresia"


def test_who_made_it_and_when(graphs: dict[URIRef, Triples]) -> None:
    name = names(graphs)[0]
    info = graphs[name + "#pubinfo"]
    (software,) = [o for s, p, o in info if (s, p) == (name, DCTERMS.creator)]
    assert (name, PROV.wasAttributedTo, software) in info
    assert (software, RDFS.label, Literal("msc-kg 0.1.0", lang="en")) in info
    (created,) = [o for s, p, o in info if (s, p) == (name, DCTERMS.created)]
    assert str(created) == "2026-02-26"


def test_a_retracted_paper_is_marked(graphs: dict[URIRef, Triples]) -> None:
    provenance = graphs[publication(graphs, BIOLINK.treats) + "#provenance"]
    (paper,) = [s for s, p, _ in provenance if p == MSCKG.retracted]
    assert (paper, RDFS.label) in {(s, p) for s, p, _ in provenance}


def test_another_content_has_another_name(folder: Path, tmp_path: Path, graphs: dict[URIRef, Triples]) -> None:
    text = (folder / "graph.nq").read_text(encoding="utf-8")
    (tmp_path / "graph.nq").write_text(text.replace('"inconclusive"', '"positive"'), encoding="utf-8")
    (path,) = export(tmp_path, "nanopub", tmp_path / "out.trig")
    before, after = set(names(graphs)), set(names(read(path)))
    assert len(before & after) == 8
    assert len(after) == 9


def test_a_denial_holds_no_plain_statement_though_another_paper_makes_it(tmp_path: Path) -> None:
    found = []
    for paper, negated in (("PMID:1", True), ("PMID:2", False)):
        text = TextOf(Paper(paper, "A paper"), SENTENCE, relation=Relation.PRIMARY)
        said = text.assertion(
            CORD_CELLS.id, "biolink:applied_to_treat", THIN, SENTENCE, Polarity.NOT_STATED, StudyType.REVIEW
        )
        use = text.use(CORD_CELLS, "Cord MSCs", THIN)
        said = replace(said, negated=negated)
        found.append(AnnotatedDocument(text.document, (), (use,), (said,), Study(StudyType.REVIEW)))
    write_nquads(build_dataset(found, ONTOLOGY, PROVENANCE), tmp_path / "graph.nq")
    (path,) = export(tmp_path, "nanopub", tmp_path / "out.trig")
    graphs = read(path)
    plain = {
        any(p == BIOLINK.negated and str(o) == "true" for _, p, o in triples): any(
            p == BIOLINK.applied_to_treat for _, p, _ in triples
        )
        for name, triples in graphs.items()
        if name.endswith("#assertion")
    }
    assert plain == {True: False, False: True}

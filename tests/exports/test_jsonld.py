from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.exports import export
from kg.exports.jsonld import compact
from kg.graph import read_dataset
from kg.graph.ns import TURTLE_PREFIXES, XSD
from kg.graph.validate import to_rdflib

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

TEXT = st.text(alphabet=st.characters(codec="utf-8"))
LOCAL = st.text(alphabet="aZ09/:-_.~", max_size=12)
IRI = st.builds(lambda base, local: base + local, st.sampled_from(sorted(TURTLE_PREFIXES.values())), LOCAL)
LITERAL = st.one_of(
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, language="en")),
    st.sampled_from(["true", "false"]).map(lambda text: Literal(text, datatype=XSD["boolean"])),
    st.sampled_from(["0", "12", "-7", "9" * 20]).map(lambda text: Literal(text, datatype=XSD["integer"])),
    st.sampled_from(["0.5", "1.0", "-0.5"]).map(lambda text: Literal(text, datatype=XSD["decimal"])),
)


def read_exactly(path: Path) -> set[Triple]:
    return {quad.triple for quad in parse(path=str(path), format=RdfFormat.JSON_LD)}


@pytest.fixture(scope="module")
def path(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = export(folder, "jsonld", tmp_path_factory.mktemp("jsonld"))
    return path


def test_read_back_by_oxigraph_it_is_the_same_graph(folder: Path, path: Path) -> None:
    assert read_exactly(path) == set(read_dataset(folder / "graph.nq").triples())


def test_read_back_by_rdflib_it_is_the_same_graph(folder: Path, path: Path) -> None:
    # rdflib's reader writes 1.0 as 1: literals are compared by value.
    def by_value(graph: rdflib.Graph) -> set[tuple[object, ...]]:
        return {
            (s, p, (o.datatype, o.language, o.toPython()) if isinstance(o, rdflib.Literal) else o) for s, p, o in graph
        }

    read = rdflib.Graph().parse(path, format="json-ld")
    assert by_value(read) == by_value(to_rdflib(read_dataset(folder / "graph.nq")))


def test_it_is_compact(path: Path) -> None:
    document = json.loads(path.read_bytes())
    assert set(document) == {"@context", "@graph"}
    context, nodes = document["@context"], {node["@id"]: node for node in document["@graph"]}
    assert context["biolink"] == "https://w3id.org/biolink/vocab/"
    assert context["CL"] == {"@id": "http://purl.obolibrary.org/obo/CL_", "@prefix": True}
    assert context["skos:broader"] == {"@type": "@id"}
    assert context["skos:altLabel"] == {"@language": "en"}
    assert context["MSCKG:score"] == {"@type": "xsd:decimal"}
    assert nodes["MESH:D006175"] == {
        "@id": "MESH:D006175",
        "@type": ["skos:Concept", "biolink:Disease"],
        "dcterms:identifier": "MESH:D006175",
        "rdfs:label": {"@value": "Gynatresia", "@language": "en"},
        "skos:altLabel": "Asherman Syndrome",
        "skos:broader": "MESH:D005831",
        "skos:prefLabel": "Gynatresia",
    }
    (denied,) = [node for node in nodes.values() if node.get("biolink:negated") is True]
    assert denied["rdf:predicate"] == "biolink:applied_to_treat"


def test_compact() -> None:
    assert compact("https://w3id.org/msc-kg/mention/a#b") == "mention:a#b"
    assert compact("https://w3id.org/msc-kg/dataset") == "MSCKG:dataset"
    assert compact("https://w3id.org/msc-kg/") == "https://w3id.org/msc-kg/"
    assert compact("https://w3id.org/msc-kg/mention///a") == "MSCKG:mention///a"
    assert compact("https://doi.org///a") == "https://doi.org///a"
    assert compact("urn:x") == "urn:x"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(IRI, st.sampled_from("pqr"), st.one_of(LITERAL, IRI.map(NamedNode))), max_size=12))
def test_any_graph_comes_back(statements: list[tuple[str, str, Literal | NamedNode]]) -> None:
    triples = {Triple(NamedNode(s), NamedNode(f"https://w3id.org/msc-kg/{p}"), o) for s, p, o in statements}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quads = [Quad(t.subject, t.predicate, t.object, NamedNode("urn:g")) for t in triples]
        serialize(quads, str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
        (path,) = export(folder, "jsonld", folder / "out")
        assert read_exactly(path) == triples

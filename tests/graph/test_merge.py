"""Studies made by hand, built apart and merged: what must come out is worked out from building them together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import Dataset, MergedStudies, build_dataset, merge, validate, write_nquads
from kg.graph.iris import CONCEPTS_GRAPH, PROVENANCE_GRAPH, SCHEMA_GRAPH, node, paper_graph
from kg.graph.ns import BIOLINK, CITO, DCTERMS, MSCKG, OA, PROV, RDF_TYPE, RDFS, SKOS, VOID
from kg.graph.provenance import run_node
from kg.graph.serialize import turtle_lines
from kg.model import (
    AnnotatedDocument,
    Concept,
    MentionType,
    Paper,
    Polarity,
    Provenance,
    Reference,
    Relation,
    Study,
    StudyType,
)
from tests.graph.build import (
    ASHERMAN,
    CORD_CELLS,
    MOUSE,
    ONTOLOGY,
    PROVENANCE,
    THIN,
    FakeOntology,
    TextOf,
    mice,
    negative,
    primary,
    study,
    trial,
)

RUN = Provenance(study="both", title="Both", version="0.1.0", settings_sha256="")
LINKS = (CITO["cites"], DCTERMS["relation"])
SENTENCE = "Cord MSCs restored the lining in mice with thin endometrium."


class Shelf:
    """Built studies as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = 0

    def put(self, dataset: Dataset) -> Path:
        self.files += 1
        path = self.folder / f"{self.files}.nq"
        write_nquads(dataset, path)
        return path

    def build(
        self, documents: Sequence[AnnotatedDocument], name: str = "tiny", source: FakeOntology = ONTOLOGY
    ) -> Path:
        run = replace(PROVENANCE, study=name, title=f"The study {name}")
        return self.put(build_dataset(documents, source, run))

    def merged(self, *studies: Sequence[AnnotatedDocument]) -> MergedStudies:
        return merge([self.build(each, name) for name, each in zip("abcdefg", studies, strict=False)], RUN)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def content(dataset: Dataset) -> set[Quad]:
    """The graphs of papers and concepts, without what the study alone says: how its papers stand to each other."""
    apart = (PROVENANCE_GRAPH, SCHEMA_GRAPH)
    return {q for q in dataset.quads if q.graph_name not in apart and q.predicate not in LINKS}


def objects(dataset: Dataset, subject: NamedNode, predicate: NamedNode) -> set[str]:
    found = [q.object for q in dataset.quads if q.subject == subject and q.predicate == predicate]
    return {term.value for term in found if isinstance(term, NamedNode | Literal)}


def graphs_of(dataset: Dataset, subject: NamedNode) -> set[str]:
    return {str(q.graph_name).strip("<>") for q in dataset.quads if q.subject == subject}


def again(
    paper: str = "PMID:1004", title: str = "Repair again", relation: Relation = Relation.RELATED
) -> AnnotatedDocument:
    """Return another paper that says in the same words what `mice` says of cord cells."""
    text = TextOf(Paper(paper, title), SENTENCE, relation=relation)
    said = text.assertion(
        CORD_CELLS.id,
        "biolink:beneficial_in_models_for",
        THIN,
        SENTENCE,
        Polarity.POSITIVE,
        StudyType.PRECLINICAL_IN_VIVO,
        species=MOUSE,
    )
    uses = (text.use(CORD_CELLS, "Cord MSCs", THIN),)
    return AnnotatedDocument(text.document, (), uses, (said,), Study(StudyType.PRECLINICAL_IN_VIVO, species=(MOUSE,)))


def record(paper: str, title: str, *references: Reference, relation: Relation = Relation.PRIMARY) -> AnnotatedDocument:
    return AnnotatedDocument(TextOf(Paper(paper, title), "Nothing.", references=references, relation=relation).document)


SPLITS = [set(part) for size in (1, 2, 3) for part in combinations(range(4), size)]


@pytest.mark.parametrize("part", SPLITS, ids=str)
def test_studies_built_apart_say_what_they_say_built_together(shelf: Shelf, dataset: Dataset, part: set[int]) -> None:
    papers = study()
    found = shelf.merged([papers[n] for n in part], [papers[n] for n in range(4) if n not in part])
    assert content(found.dataset) == content(dataset)
    assert found.papers == 4
    assert found.shared == ()


def test_the_order_of_studies_makes_no_difference_to_the_bytes(shelf: Shelf) -> None:
    files = [shelf.build([paper], str(number)) for number, paper in enumerate(study())]
    first = merge(files, RUN).dataset
    for seed in range(4):
        random.Random(seed).shuffle(files)
        other = merge(files, RUN).dataset
        assert other == first
        assert list(turtle_lines(other)) == list(turtle_lines(first))


def test_an_assertion_of_two_studies_is_one_with_two_pieces_of_evidence(shelf: Shelf) -> None:
    [said, *_], [same] = mice().assertions, again().assertions
    assert said.id == same.id
    merged = shelf.merged([primary(), mice()], [again()]).dataset
    assertion = node(said.id)
    assert objects(merged, assertion, BIOLINK["has_evidence"]) == {
        node(said.evidence[0].id).value,
        node(same.evidence[0].id).value,
    }
    assert objects(merged, assertion, BIOLINK["publications"]) == {node("PMID:1002").value, node("PMID:1004").value}
    assert objects(merged, assertion, MSCKG["polarity"]) == {"positive"}
    assert graphs_of(merged, assertion) == {paper_graph("PMID:1002").value, paper_graph("PMID:1004").value}
    written = "".join(turtle_lines(merged))
    assert written.count(f"\nassertion:{said.id.rpartition('/')[2]} a biolink:Association ;\n") == 1
    validate(merged)


def test_one_concept_and_one_intervention(shelf: Shelf) -> None:
    merged = shelf.merged([primary(), mice()], [trial(), negative()]).dataset
    for curie in (THIN, CORD_CELLS.id):
        assert graphs_of(merged, node(curie)) - {paper_graph(p.document.paper.id).value for p in study()} == {
            CONCEPTS_GRAPH.value
        }
        assert len(objects(merged, node(curie), RDFS["label"])) == 1


def test_a_paper_of_two_studies_is_taken_from_where_it_is_primary(shelf: Shelf) -> None:
    main = again(paper="PMID:1002", title="Repair in mice, in full", relation=Relation.PRIMARY)
    for order in ([[primary(), mice()], [main]], [[main], [primary(), mice()]]):
        found = shelf.merged(*order)
        assert objects(found.dataset, node("PMID:1002"), DCTERMS["title"]) == {"Repair in mice, in full"}
        assert objects(found.dataset, node("PMID:1002"), MSCKG["study_role"]) == {"primary"}
        [shared] = found.shared
        assert (shared.paper, shared.studies, shared.role) == ("PMID:1002", (0, 1), "primary")
        assert order[shared.taken_from] == [main]
        assert found.papers == 2
        validate(found.dataset)


def test_else_from_the_first(shelf: Shelf) -> None:
    other = again(paper="PMID:1002", title="Repair in mice, in brief")
    for order, title in (([[mice()], [other]], "Repair in mice"), ([[other], [mice()]], "Repair in mice, in brief")):
        found = shelf.merged(*order)
        assert objects(found.dataset, node("PMID:1002"), DCTERMS["title"]) == {title}
        assert found.shared[0].taken_from == 0


def test_what_only_the_paper_left_out_needs_is_left_out_too(shelf: Shelf) -> None:
    other = again(paper="PMID:1002")
    merged = shelf.merged([other], [mice()]).dataset
    assert graphs_of(merged, node(ASHERMAN)) == set()
    assert graphs_of(merged, node(mice().interventions[1].intervention.id)) == set()
    assert content(merged) == content(build_dataset([other], ONTOLOGY, PROVENANCE))


def test_a_paper_known_by_two_identifiers_is_one(shelf: Shelf) -> None:
    itself = mice()
    paper = replace(itself.document.paper, id="doi:10.5000/X", identifiers=("PMID:1002", "doi:10.5000/x"))
    renamed = again(paper="doi:10.5000/X")
    renamed = replace(renamed, document=replace(renamed.document, paper=paper, relation=Relation.PRIMARY))
    found = shelf.merged([primary(), itself], [renamed])
    assert [each.paper for each in found.shared] == ["doi:10.5000/X"]
    assert graphs_of(found.dataset, node("PMID:1002")) == set()
    related = objects(found.dataset, node("doi:10.1000/primary"), DCTERMS["relation"])
    assert related == {node("doi:10.5000/X").value}
    validate(found.dataset)


def test_a_merged_paper_keeps_the_identifiers_of_all_studies(shelf: Shelf) -> None:
    def known(paper: str, *identifiers: str) -> list[AnnotatedDocument]:
        one = again(paper=paper)
        said = replace(one.document.paper, identifiers=(paper, *identifiers))
        return [replace(one, document=replace(one.document, paper=said, relation=Relation.PRIMARY))]

    first = shelf.merged(known("PMID:1111"), known("doi:10.5000/x", "PMID:1111"))
    assert objects(first.dataset, node("PMID:1111"), DCTERMS["identifier"]) == {"PMID:1111", "doi:10.5000/x"}
    validate(first.dataset)
    # So a study that knows the paper by the other identifier alone is seen to hold the same one.
    second = merge([shelf.put(first.dataset), shelf.build(known("doi:10.5000/x"), "c")], RUN)
    assert second.papers == 1
    assert [each.paper for each in second.shared] == ["PMID:1111"]


def test_a_paper_that_one_study_cites_and_another_holds_describes_itself(shelf: Shelf) -> None:
    held = record("doi:10.7000/a", "The title that the paper gives")
    cited = record(
        "PMID:7", "A", Reference("1", "Cited so. 2000.", ("PMID:70", "doi:10.7000/A"), title="Cited", year=2000)
    )
    for order in ([[held], [cited]], [[cited], [held]]):
        merged = shelf.merged(*order).dataset
        assert objects(merged, node("PMID:7"), CITO["cites"]) == {node("doi:10.7000/a").value}
        assert objects(merged, node("doi:10.7000/a"), RDFS["label"]) == {"The title that the paper gives"}
        assert graphs_of(merged, node("doi:10.7000/a")) == {paper_graph("doi:10.7000/a").value}
        validate(merged)


def test_a_paper_that_studies_cite_in_two_ways_has_one_name_and_description(shelf: Shelf) -> None:
    one = record("PMID:7", "A", Reference("1", "Somebody, Journal 2000.", ("PMID:70",)))
    listed = Reference("9", "Somebody. A title. 2001.", ("doi:10.7000/a", "PMID:70"), title="A title", year=2001)
    other = record("PMID:8", "B", listed)
    bare = record("PMID:9", "C", Reference("5", "", ("PMID:70",)))
    merged = shelf.merged([one], [other], [bare]).dataset
    assert content(merged) == content(shelf.merged([bare], [other], [one]).dataset)
    for citing in ("PMID:7", "PMID:8", "PMID:9"):
        assert objects(merged, node(citing), CITO["cites"]) == {"https://doi.org/10.7000/a"}
        graph, cited = paper_graph(citing), node("doi:10.7000/a")
        said = {(q.predicate, q.object) for q in merged.quads if (q.subject, q.graph_name) == (cited, graph)}
        assert (RDFS["label"], Literal("A title")) in said
        assert (DCTERMS["identifier"], Literal("PMID:70")) in said
    assert objects(merged, node("doi:10.7000/a"), DCTERMS["issued"]) == {"2001"}
    validate(merged)


def test_a_wrong_identifier_in_a_list_unites_no_documents(shelf: Shelf) -> None:
    wrong = record("PMID:7", "A", Reference("1", "", ("doi:10.7000/b", "PMID:1002")))
    found = shelf.merged([mice()], [record("doi:10.7000/b", "B")], [wrong])
    assert found.papers == 3
    assert found.shared == ()


def test_documents_that_one_study_tells_apart_stay_apart(shelf: Shelf) -> None:
    alias = record("doi:10.7000/b", "B", relation=Relation.RELATED)
    alias = replace(
        alias, document=replace(alias.document, paper=replace(alias.document.paper, identifiers=("PMID:1002",)))
    )
    found = shelf.merged([mice(), record("doi:10.7000/b", "B")], [alias])
    assert found.papers == 2
    assert [each.paper for each in found.shared] == ["doi:10.7000/b"]


def test_two_papers_named_by_their_files_alike_are_refused(shelf: Shelf) -> None:
    one, other = record("MSCKG:document/paper", "One"), record("MSCKG:document/paper", "Another")
    with pytest.raises(GraphError, match=r"document/paper: 'One' and 'Another' have the same name; rename the file"):
        shelf.merged([one], [other])
    assert shelf.merged([one], [one]).papers == 1


def test_a_concept_keeps_the_name_of_the_first_study_that_knows_it(shelf: Shelf) -> None:
    newer = FakeOntology({**ONTOLOGY.concepts, ASHERMAN: Concept(ASHERMAN, "Asherman's", MentionType.DISEASE)})
    without = FakeOntology({k: v for k, v in ONTOLOGY.concepts.items() if k != ASHERMAN})
    a, b = shelf.build([mice()], "a"), shelf.build([negative()], "b", newer)
    c = shelf.build([again()], "c", without)
    for order, label, synonym in (([c, a, b], "Gynatresia", "Asherman's"), ([c, b, a], "Asherman's", "Gynatresia")):
        merged = merge(order, RUN).dataset
        assert objects(merged, node(ASHERMAN), RDFS["label"]) == {label}
        assert objects(merged, node(ASHERMAN), SKOS["prefLabel"]) == {label}
        assert synonym in objects(merged, node(ASHERMAN), SKOS["altLabel"])
        validate(merged)


def test_a_study_without_the_terminology_gives_no_name(shelf: Shelf) -> None:
    without = FakeOntology({k: v for k, v in ONTOLOGY.concepts.items() if k != ASHERMAN})
    a, b = shelf.build([negative()], "a", without), shelf.build([mice()], "b")
    for order in ([a, b], [b, a]):
        merged = merge(order, RUN).dataset
        assert objects(merged, node(ASHERMAN), RDFS["label"]) == {"Gynatresia"}
        assert ASHERMAN not in objects(merged, node(ASHERMAN), SKOS["altLabel"])


def test_the_runs_are_kept_and_the_counts_made_anew(shelf: Shelf) -> None:
    merged = shelf.merged([primary(), mice()], [trial()]).dataset
    runs = {run_node(replace(PROVENANCE, study=name)).value for name in "ab"}
    data = MSCKG["dataset"]
    [activity] = [NamedNode(iri) for iri in objects(merged, data, PROV["wasGeneratedBy"])]
    assert objects(merged, activity, PROV["wasInformedBy"]) == runs
    assert objects(merged, activity, RDFS["label"]) == {"merge of 2 studies into both"}
    labels = {next(iter(objects(merged, NamedNode(i), RDFS["label"]))) for i in objects(merged, activity, PROV["used"])}
    assert labels == {"The study a", "The study b"}
    assert objects(merged, data, DCTERMS["title"]) == {"Both"}
    apart = {PROVENANCE_GRAPH, SCHEMA_GRAPH}
    counted = {q.triple for q in merged.quads if q.graph_name not in apart}
    assert objects(merged, data, VOID["triples"]) == {str(len(counted))}
    names = {paper_graph(p).value for p in ("doi:10.1000/primary", "PMID:1001", "PMID:1002")}
    assert objects(merged, data, VOID["subset"]) == names | {CONCEPTS_GRAPH.value, SCHEMA_GRAPH.value}
    for number, papers in (("a", ("PMID:1002",)), ("b", ("PMID:1001",))):
        run = run_node(replace(PROVENANCE, study=number)).value
        assert all(objects(merged, paper_graph(paper), PROV["wasGeneratedBy"]) == {run} for paper in papers)


def test_a_merged_study_can_be_merged_again(shelf: Shelf) -> None:
    a, b, c = (shelf.build([paper], name) for name, paper in zip("abc", (primary(), trial(), mice()), strict=True))
    twice = merge([shelf.put(merge([a, b], RUN).dataset), c], RUN).dataset
    assert content(twice) == content(merge([a, b, c], RUN).dataset)
    assert len([q for q in twice.quads if q.predicate == PROV["wasInformedBy"]]) == 2 + 4
    validate(twice)


def test_definitions_that_only_a_study_has_are_kept(shelf: Shelf) -> None:
    built = build_dataset([mice()], ONTOLOGY, PROVENANCE)
    old = [
        Quad(MSCKG["colour"], RDF_TYPE, NamedNode("http://www.w3.org/2002/07/owl#DatatypeProperty"), SCHEMA_GRAPH),
        Quad(MSCKG["product"], RDFS["label"], Literal("what it was once called", language="en"), SCHEMA_GRAPH),
        Quad(node(ASHERMAN), MSCKG["colour"], Literal("red"), CONCEPTS_GRAPH),
    ]
    merged = merge([shelf.put(Dataset.from_quads([*built.quads, *old])), shelf.build([trial()])], RUN).dataset
    assert old[0] in merged.quads
    assert old[1] not in merged.quads
    validate(merged)


def test_mentions_stay_with_their_paper(shelf: Shelf) -> None:
    merged = shelf.merged([primary(), mice()], [trial()]).dataset
    sources = {q.graph_name for q in merged.quads if q.predicate == OA["hasBody"]}
    assert sources == {paper_graph(p) for p in ("doi:10.1000/primary", "PMID:1001", "PMID:1002")}


def test_a_broken_file_is_told(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<a> <b>\n")
    with pytest.raises(GraphError, match=r"bad\.nq: is no readable N-Quads"):
        merge([shelf.build([mice()]), tmp_path / "bad.nq"], RUN)

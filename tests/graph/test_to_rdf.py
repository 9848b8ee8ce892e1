from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import Dataset, build_dataset, validate
from kg.graph.iris import node, paper_graph
from kg.graph.ns import BIOLINK, CITO, DCTERMS, MSCKG, OA, RDF, RDF_TYPE, RDFS, SKOS, VOID
from kg.model import AnnotatedDocument, Assertion, Paper, Polarity, Qualifiers, Reference, Relation
from tests.graph.build import (
    ASHERMAN,
    CORD_CELLS,
    ONTOLOGY,
    PLAIN_MSC,
    PROVENANCE,
    THIN,
    VESICLES,
    TextOf,
    mice,
    negative,
    primary,
    study,
    trial,
)


def objects(dataset: Dataset, subject: NamedNode, predicate: NamedNode) -> set[str]:
    found = [q.object for q in dataset.quads if q.subject == subject and q.predicate == predicate]
    return {term.value for term in found if isinstance(term, NamedNode | Literal)}


def holds(dataset: Dataset, subject: str, predicate: str, value: str) -> bool:
    wanted = (node(subject), node(predicate), node(value))
    return any((q.subject, q.predicate, q.object) == wanted for q in dataset.quads)


def test_order_of_documents_makes_no_difference(dataset: Dataset) -> None:
    assert build_dataset(list(reversed(study())), ONTOLOGY, PROVENANCE) == dataset


def test_a_positive_assertion_has_the_plain_triple(dataset: Dataset) -> None:
    assert holds(dataset, CORD_CELLS.id, "biolink:beneficial_in_models_for", THIN)
    assert holds(dataset, PLAIN_MSC.id, "biolink:studied_to_treat", THIN)


def test_an_inconclusive_trial_is_still_a_trial(dataset: Dataset) -> None:
    assert holds(dataset, CORD_CELLS.id, "biolink:in_clinical_trials_for", THIN)


def test_a_negative_result_is_only_a_node(dataset: Dataset) -> None:
    assert not holds(dataset, CORD_CELLS.id, "MSCKG:no_effect_shown", THIN)
    stated = {str(q.object) for q in dataset.quads if q.predicate == RDF["predicate"]}
    assert str(MSCKG["no_effect_shown"]) in stated


def test_a_denied_use_is_only_a_node(dataset: Dataset) -> None:
    assert not holds(dataset, CORD_CELLS.id, "biolink:applied_to_treat", ASHERMAN)
    denied = [q.subject for q in dataset.quads if q.predicate == BIOLINK["negated"] and q.object == _true()]
    assert len(denied) == 1


def _true() -> Literal:
    return Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))


@pytest.mark.parametrize(
    ("predicate", "polarity", "negated", "plain"),
    [
        ("biolink:treats", Polarity.POSITIVE, False, True),
        ("biolink:treats", Polarity.INCONCLUSIVE, False, False),
        ("biolink:treats", Polarity.POSITIVE, True, False),
        ("biolink:in_clinical_trials_for", Polarity.NEGATIVE, False, False),
        ("MSCKG:no_effect_shown", Polarity.NOT_STATED, False, False),
    ],
)
def test_which_assertions_may_be_read_without_qualifiers(
    predicate: str, polarity: Polarity, negated: bool, plain: bool
) -> None:
    first = trial()
    assertion = Assertion(
        CORD_CELLS.id, predicate, ASHERMAN, polarity, Qualifiers(), first.assertions[0].evidence, negated
    )
    made = build_dataset([replace(first, assertions=(assertion,))], ONTOLOGY, PROVENANCE)
    assert holds(made, CORD_CELLS.id, predicate, ASHERMAN) is plain


def test_the_same_assertion_in_two_papers_is_one_node_with_two_evidences() -> None:
    first = mice()
    paper = replace(first.document.paper, id="PMID:2002", identifiers=())
    document = replace(first.document, id="again", paper=paper)
    evidence = replace(first.assertions[0].evidence[0], paper="PMID:2002", document_id="again")
    again = replace(first, document=document, assertions=(replace(first.assertions[0], evidence=(evidence,)),))
    made = build_dataset([first, again], ONTOLOGY, PROVENANCE)
    subject = node(first.assertions[0].id)
    assert len(objects(made, subject, BIOLINK["has_evidence"])) == 2
    assert objects(made, subject, BIOLINK["publications"]) == {
        "https://pubmed.ncbi.nlm.nih.gov/1002",
        "https://pubmed.ncbi.nlm.nih.gov/2002",
    }


def test_related_is_never_cited(dataset: Dataset) -> None:
    paper = node("doi:10.1000/primary")
    assert objects(dataset, paper, DCTERMS["relation"]) == {
        "https://pubmed.ncbi.nlm.nih.gov/1002",
        "https://pubmed.ncbi.nlm.nih.gov/1003",
    }
    cited = objects(dataset, paper, CITO["cites"])
    assert "https://pubmed.ncbi.nlm.nih.gov/1001" in cited
    assert len(cited) == 2  # the other is the reference without identifier


def test_a_cited_paper_in_no_list_is_cited_by_the_only_primary_one() -> None:
    bare = replace(primary(), document=replace(primary().document, references=()))
    made = build_dataset([bare, trial()], ONTOLOGY, PROVENANCE)
    assert objects(made, node("doi:10.1000/primary"), CITO["cites"]) == {"https://pubmed.ncbi.nlm.nih.gov/1001"}


def test_a_cited_paper_in_no_list_of_several_primaries_is_only_related() -> None:
    bare = replace(primary(), document=replace(primary().document, references=()))
    other = replace(mice(), document=replace(mice().document, relation=Relation.PRIMARY))
    made = build_dataset([bare, other, trial()], ONTOLOGY, PROVENANCE)
    assert objects(made, node("doi:10.1000/primary"), CITO["cites"]) == set()
    assert "https://pubmed.ncbi.nlm.nih.gov/1001" in objects(made, node("doi:10.1000/primary"), DCTERMS["relation"])


def test_a_cited_paper_that_is_a_document_is_described_once(dataset: Dataset) -> None:
    paper = node("PMID:1001")
    assert objects(dataset, paper, RDFS["label"]) == {"A trial"}
    assert objects(dataset, paper, DCTERMS["issued"]) == {"2020-05"}


def test_papers_known_by_another_identifier_are_one() -> None:
    # The reference names the trial by its PMID, the trial calls itself by its DOI.
    itself = trial()
    paper = replace(itself.document.paper, id="doi:10.5/x", identifiers=("PMID:1001", "doi:10.5/x"))
    evidence = replace(itself.assertions[0].evidence[0], paper="doi:10.5/x")
    renamed = replace(
        itself,
        document=replace(itself.document, paper=paper),
        assertions=(replace(itself.assertions[0], evidence=(evidence,)),),
    )
    made = build_dataset([primary(), renamed], ONTOLOGY, PROVENANCE)
    assert "https://doi.org/10.5/x" in objects(made, node("doi:10.1000/primary"), CITO["cites"])
    assert not any(q.subject == node("PMID:1001") for q in made.quads)


def test_a_registered_trial_that_is_a_document_describes_itself() -> None:
    record = TextOf(Paper("NCT:01234567", "A record"), "Cells are given.", relation=Relation.RELATED)
    made = build_dataset(
        [
            trial(),
            AnnotatedDocument(
                record.document,
            ),
        ],
        ONTOLOGY,
        PROVENANCE,
    )
    assert objects(made, node("NCT:01234567"), RDFS["label"]) == {"A record"}
    validate(made)


def test_a_registered_trial_that_a_list_names_has_one_label() -> None:
    listed = TextOf(
        Paper("PMID:2000", "A list"), "Nothing.", references=(Reference("B1", "", ("NCT:01234567",), title="A record"),)
    )
    made = build_dataset(
        [
            trial(),
            AnnotatedDocument(
                listed.document,
            ),
        ],
        ONTOLOGY,
        PROVENANCE,
    )
    assert objects(made, node("NCT:01234567"), RDFS["label"]) == {"A record"}
    validate(made)


def test_foreign_annotations_stay_out(dataset: Dataset) -> None:
    assert not any("D016889" in str(quad) for quad in dataset.quads)


def test_an_ungrounded_mention_is_kept_without_a_body(dataset: Dataset) -> None:
    bare = [q.subject for q in dataset.quads if q.object == OA["highlighting"]]
    assert len(bare) == 1
    assert isinstance(bare[0], NamedNode)
    assert objects(dataset, bare[0], OA["hasBody"]) == set()
    assert objects(dataset, bare[0], MSCKG["mention_type"]) == {BIOLINK["Disease"].value}


def test_a_mention_quotes_its_context(dataset: Dataset) -> None:
    exact = next(q.subject for q in dataset.quads if q.predicate == OA["exact"] and q.object == Literal("women"))
    assert isinstance(exact, NamedNode)
    [suffix] = objects(dataset, exact, OA["suffix"])
    assert len(suffix) == 32
    assert f"women{suffix}" in primary().document.text + trial().document.text


def test_concepts_reach_their_root(dataset: Dataset) -> None:
    assert objects(dataset, node(THIN), SKOS["broadMatch"]) == {node("MESH:D014591").value}
    assert objects(dataset, node(THIN), SKOS["broader"]) == set()
    assert objects(dataset, node("MESH:D014591"), SKOS["broader"]) == {node("MESH:D005831").value}
    assert objects(dataset, node("MESH:D005831"), RDFS["label"]) == {"Genital Diseases, Female"}


def test_only_exact_names_are_other_labels(dataset: Dataset) -> None:
    assert objects(dataset, node(ASHERMAN), SKOS["altLabel"]) == {"Asherman Syndrome"}


def test_interventions_stand_apart_under_one_therapy(dataset: Dataset) -> None:
    therapy = {MSCKG["vocabulary/msc-therapy"].value}
    for intervention in (PLAIN_MSC, CORD_CELLS, VESICLES):
        assert objects(dataset, node(intervention.id), SKOS["broader"]) == therapy


def test_cells_consist_of_cells_and_vesicles_derive_from_them(dataset: Dataset) -> None:
    cord, cell = node("UBERON:0002331").value, node("CL:0002569").value
    assert objects(dataset, node(CORD_CELLS.id), BIOLINK["has_part"]) == {cell}
    assert objects(dataset, node(CORD_CELLS.id), BIOLINK["derives_from"]) == {cord}
    assert objects(dataset, node(VESICLES.id), BIOLINK["has_part"]) == set()
    assert objects(dataset, node(VESICLES.id), BIOLINK["derives_from"]) == {cord, cell}


def test_each_paper_has_its_own_graph(dataset: Dataset) -> None:
    alone = build_dataset([negative()], ONTOLOGY, PROVENANCE)
    name = paper_graph("PMID:1003")
    ours = {q for q in dataset.quads if q.graph_name == name}
    assert ours == {q for q in alone.quads if q.graph_name == name}
    assert len(dataset.graph_names()) == 4 + 3


def test_every_subject_is_typed_and_no_blank_nodes(dataset: Dataset) -> None:
    typed = {q.subject for q in dataset.quads if q.predicate == RDF_TYPE}
    assert {q.subject for q in dataset.quads} == typed
    assert all(isinstance(term, NamedNode | Literal) for q in dataset.quads for term in (q.subject, q.object))


def test_the_data_set_counts_what_it_holds(dataset: Dataset) -> None:
    apart = {MSCKG["graph/provenance"], MSCKG["graph/schema"]}
    counted = {q.triple for q in dataset.quads if q.graph_name not in apart}
    assert objects(dataset, MSCKG["dataset"], VOID["triples"]) == {str(len(counted))}


def test_an_unknown_concept_is_labelled_by_its_curie() -> None:
    text = trial()
    strange = replace(text.groundings[1], curies=("OMIM:614878",))
    made = build_dataset([replace(text, groundings=(strange,))], ONTOLOGY, PROVENANCE)
    assert objects(made, node("OMIM:614878"), RDFS["label"]) == {"OMIM:614878"}


def test_an_assertion_about_nothing_described_is_refused() -> None:
    with pytest.raises(GraphError, match="which the document does not describe"):
        build_dataset([replace(trial(), interventions=())], ONTOLOGY, PROVENANCE)


def test_half_a_surrogate_pair_is_refused_in_one_line() -> None:
    text = trial()
    broken = replace(text, document=replace(text.document, paper=replace(text.document.paper, title="a\ud800b")))
    with pytest.raises(GraphError, match="surrogate"):
        build_dataset([broken], ONTOLOGY, PROVENANCE)


def test_an_empty_study_is_an_empty_graph_with_provenance() -> None:
    made = build_dataset([], ONTOLOGY, PROVENANCE)
    assert made.graph_names() == tuple(MSCKG[f"graph/{n}"].value for n in ("concepts", "provenance", "schema"))
    assert isinstance(made.quads[0], Quad)

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph import build_dataset, diff, diff_json, diff_text, write_nquads
from kg.graph.diff import GraphDiff, compare
from kg.graph.facts import Claim, GraphFacts, Result, facts_of
from kg.model import AnnotatedDocument, Direction, Polarity, Relation
from tests.graph.build import (
    ASHERMAN,
    CORD_CELLS,
    HUMAN,
    MOUSE,
    ONTOLOGY,
    PROVENANCE,
    THIN,
    VESICLES,
    mice,
    negative,
    primary,
    study,
    trial,
)

STROMAL = "CL:0002255"


def facts(documents: Sequence[AnnotatedDocument]) -> GraphFacts:
    return facts_of(build_dataset(documents, ONTOLOGY, PROVENANCE).quads)


def difference(old: Sequence[AnnotatedDocument], new: Sequence[AnnotatedDocument]) -> GraphDiff:
    return compare(facts(old), facts(new))


def told_otherwise(paper: AnnotatedDocument, number: int, **more: object) -> AnnotatedDocument:
    """Return a paper with one assertion changed."""
    assertions = list(paper.assertions)
    assertions[number] = replace(assertions[number], **more)  # type: ignore[arg-type]
    return replace(paper, assertions=tuple(assertions))


def test_facts_are_what_the_papers_say() -> None:
    found = facts(study())
    assert set(found.papers) == {"doi:10.1000/primary", "PMID:1001", "PMID:1002", "PMID:1003"}
    assert found.papers["PMID:1001"].role == "cited"
    assert found.papers["PMID:1001"].phase == "1/2"
    assert found.interventions[CORD_CELLS.id] == "umbilical cord mesenchymal stem cells"
    assert len(found.interventions) == 3
    denied = Claim(CORD_CELLS.id, "biolink:applied_to_treat", ASHERMAN, None, "preclinical_in_vivo")
    assert found.assertions[denied] == {Result("not_stated", True): frozenset({"PMID:1003"})}
    assert len(found.assertions) == 7
    effect = Claim(VESICLES.id, "biolink:affects", STROMAL, MOUSE, "preclinical_in_vivo", "proliferation")
    assert found.effects == {effect: {Result("increased", False): frozenset({"PMID:1002"})}}
    assert found.labels[THIN] == "thin endometrium"


def test_a_graph_does_not_differ_from_itself() -> None:
    found = difference(study(), list(reversed(study())))
    assert not found
    assert diff_text(found) == (
        "papers: no difference\ninterventions: no difference\n"
        "assertions: no difference\neffects on cells: no difference\n"
    )


def test_a_paper_that_appears_brings_its_interventions_and_what_it_says() -> None:
    found = difference([primary(), negative()], [primary(), negative(), mice()])
    assert [paper for paper, _ in found.papers.appeared] == ["PMID:1002"]
    assert [curie for curie, _ in found.interventions.appeared] == [VESICLES.id]
    appeared = [(claim.subject, claim.predicate, claim.object) for claim, _ in found.assertions.appeared]
    assert appeared == [
        (VESICLES.id, "biolink:beneficial_in_models_for", ASHERMAN),
        (CORD_CELLS.id, "biolink:beneficial_in_models_for", THIN),
    ]
    assert [claim.aspect for claim, _ in found.effects.appeared] == ["proliferation"]
    assert not found.papers.disappeared
    assert not found.papers.changed
    back = difference([primary(), negative(), mice()], [primary(), negative()])
    assert back.papers.disappeared == found.papers.appeared
    assert back.assertions.disappeared == found.assertions.appeared
    assert back.effects.disappeared == found.effects.appeared


def test_another_polarity_is_a_change() -> None:
    new = told_otherwise(trial(), 0, polarity=Polarity.POSITIVE)
    found = difference([trial()], [new])
    [(claim, old, now)] = found.assertions.changed
    assert claim == Claim(CORD_CELLS.id, "biolink:in_clinical_trials_for", THIN, HUMAN, "clinical_trial", phase="1/2")
    assert list(old) == [Result("inconclusive", False)]
    assert list(now) == [Result("positive", False)]
    assert not found.assertions.appeared
    assert not found.assertions.disappeared


def test_a_denial_that_is_gone_is_a_change() -> None:
    found = difference([negative()], [told_otherwise(negative(), 1, negated=False)])
    [(_, old, now)] = found.assertions.changed
    assert ([r.negated for r in old], [r.negated for r in now]) == ([True], [False])


def test_an_effect_that_goes_the_other_way_is_a_change() -> None:
    said = mice().assertions[2]
    other = replace(said.qualifiers, direction=Direction.DECREASED)
    found = difference([mice()], [told_otherwise(mice(), 2, qualifiers=other)])
    [(claim, old, now)] = found.effects.changed
    assert claim.object == STROMAL
    assert ([r.value for r in old], [r.value for r in now]) == (["increased"], ["decreased"])
    assert not found.assertions


def test_a_second_opinion_is_a_change_and_a_second_paper_with_the_first_is_none() -> None:
    def another(polarity: Polarity) -> AnnotatedDocument:
        said = mice().assertions[0]
        evidence = replace(said.evidence[0], paper="PMID:1003", document_id=negative().document.id)
        return replace(negative(), assertions=(replace(said, polarity=polarity, evidence=(evidence,)),))

    assert not difference([mice()], [mice(), another(Polarity.POSITIVE)]).assertions
    [(_, old, now)] = difference([mice()], [mice(), another(Polarity.NEGATIVE)]).assertions.changed
    assert [r.value for r in old] == ["positive"]
    assert now == {
        Result("negative", False): frozenset({"PMID:1003"}),
        Result("positive", False): frozenset({"PMID:1002"}),
    }


def test_what_changes_of_a_paper() -> None:
    document = replace(negative().document, relation=Relation.CITED)
    document = replace(document, paper=replace(document.paper, retracted=True))
    found = difference([negative()], [replace(negative(), document=document)])
    assert "  ~ PMID:1003 No repair: role related -> cited, retracted no -> yes\n" in diff_text(found)
    [changed] = json.loads(diff_json(found))["papers"]["changed"]
    assert changed == {"paper": "PMID:1003", "changes": {"role": ["related", "cited"], "retracted": [False, True]}}


def test_a_paper_that_goes_by_another_identifier_is_the_same() -> None:
    old = mice()
    paper = replace(old.document.paper, id="doi:10.5000/x", identifiers=("PMID:1002", "doi:10.5000/x"))
    new = AnnotatedDocument(replace(old.document, paper=paper))
    found = difference([old], [new])
    assert not found.papers.appeared
    assert not found.papers.disappeared
    assert "  ~ PMID:1002 Repair in mice: id PMID:1002 -> doi:10.5000/x, study_type" in diff_text(found)
    [changed] = json.loads(diff_json(found))["papers"]["changed"]
    assert changed["paper"] == "doi:10.5000/x"
    assert changed["changes"]["id"] == ["PMID:1002", "doi:10.5000/x"]


def test_text_for_people() -> None:
    text = diff_text(difference([primary(), trial()], [told_otherwise(trial(), 0, polarity=Polarity.POSITIVE), mice()]))
    assert text.splitlines() == [
        "papers: 1 appeared, 1 disappeared, 0 changed",
        "  + PMID:1002 Repair in mice (related, preclinical_in_vivo)",
        "  - doi:10.1000/primary Cells for the thin endometrium (primary, review)",
        "interventions: 1 appeared, 1 disappeared, 0 changed",
        f"  + umbilical cord MSC vesicles ({VESICLES.id})",
        f"  - allogeneic mesenchymal stem cells ({primary().interventions[0].intervention.id})",
        "assertions: 2 appeared, 2 disappeared, 1 changed",
        (
            "  + umbilical cord MSC vesicles beneficial in models for Gynatresia [Mus musculus, preclinical_in_vivo]: "
            "positive (PMID:1002)"
        ),
        (
            "  + umbilical cord mesenchymal stem cells beneficial in models for thin endometrium "
            "[Mus musculus, preclinical_in_vivo]: positive (PMID:1002)"
        ),
        (
            "  - allogeneic mesenchymal stem cells studied to treat thin endometrium [review]: "
            "not_stated (doi:10.1000/primary)"
        ),
        (
            "  - stromal cell of endometrium occurs together in literature with Gynatresia [review]: "
            "not_stated (doi:10.1000/primary)"
        ),
        (
            "  ~ umbilical cord mesenchymal stem cells in clinical trials for thin endometrium "
            "[Homo sapiens, clinical_trial phase 1/2]: inconclusive (PMID:1001) -> positive (PMID:1001)"
        ),
        "effects on cells: 1 appeared, 0 disappeared, 0 changed",
        (
            "  + umbilical cord MSC vesicles affects proliferation of stromal cell of endometrium "
            "[Mus musculus, preclinical_in_vivo]: increased (PMID:1002)"
        ),
    ]


def test_json_for_programs() -> None:
    found = json.loads(diff_json(difference([negative()], [told_otherwise(negative(), 1, negated=False), mice()])))
    assert list(found) == ["papers", "interventions", "assertions", "effects"]
    assert all(list(kind) == ["appeared", "disappeared", "changed"] for kind in found.values())
    assert found["papers"]["appeared"] == [
        {
            "paper": "PMID:1002",
            "title": "Repair in mice",
            "role": "related",
            "study_type": "preclinical_in_vivo",
            "phase": "",
            "retracted": False,
        }
    ]
    assert found["assertions"]["changed"] == [
        {
            "subject": CORD_CELLS.id,
            "subject_label": "umbilical cord mesenchymal stem cells",
            "predicate": "biolink:applied_to_treat",
            "object": ASHERMAN,
            "object_label": "Gynatresia",
            "species": None,
            "study_type": "preclinical_in_vivo",
            "phase": None,
            "old": [{"polarity": "not_stated", "negated": True, "papers": ["PMID:1003"]}],
            "new": [{"polarity": "not_stated", "negated": False, "papers": ["PMID:1003"]}],
        }
    ]
    [effect] = found["effects"]["appeared"]
    assert effect["aspect"] == "proliferation"
    assert effect["results"] == [{"direction": "increased", "negated": False, "papers": ["PMID:1002"]}]


def test_control_codes_of_a_title_are_not_written(tmp_path: Path) -> None:
    paper = replace(mice().document.paper, title="\x1b[31mred\nline")
    new = AnnotatedDocument(replace(mice().document, paper=paper))
    text = diff_text(difference([], [new]))
    assert "\x1b" not in text
    assert text.count("\n") == 5


def test_files_are_read_and_a_broken_one_is_told(tmp_path: Path) -> None:
    for name, documents in (("old", [mice()]), ("new", study())):
        write_nquads(build_dataset(documents, ONTOLOGY, PROVENANCE), tmp_path / f"{name}.nq")
    assert len(diff(tmp_path / "old.nq", tmp_path / "new.nq").papers.appeared) == 3
    (tmp_path / "bad.nq").write_text("nonsense")
    with pytest.raises(GraphError, match=r"bad\.nq: is no readable N-Quads"):
        diff(tmp_path / "old.nq", tmp_path / "bad.nq")

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from tests.nlp.pipeline import annotate

TE = "MSCKG:vocabulary/thin-endometrium"
IUA = "MESH:D006175"


def stated(doc: Doc) -> list[dict[str, Any]]:
    return [a for a in doc._.kg_assertions if isinstance(a["subject"], int)]


def brief(doc: Doc) -> set[tuple[int, str, str, str]]:
    return {(a["subject"], a["predicate"].split(":")[1], a["object"], a["polarity"]) for a in stated(doc)}


def test_a_trial() -> None:
    doc = annotate(
        "Umbilical cord MSCs for thin endometrium: a phase I trial",
        "Twelve women with thin endometrium received umbilical cord MSCs. Thickness increased after UC-MSCs.",
    )
    (found,) = stated(doc)
    assert (found["predicate"], found["object"], found["polarity"]) == (
        "biolink:in_clinical_trials_for",
        TE,
        "positive",
    )
    assert (found["species"], found["study_type"], found["phase"]) == ("NCBITaxon:9606", "clinical_trial", "1")
    evidence = found["evidence"][0]
    assert doc.text[evidence["start"] : evidence["end"]] == "Thickness increased after UC-MSCs."
    assert doc._.kg_interventions[0]["targets"] == [TE]


def test_a_model_with_benefit() -> None:
    doc = annotate(
        "BMSCs in intrauterine adhesions",
        "Rats with intrauterine adhesions were injected with BMSCs. BMSCs reduced fibrosis.",
    )
    assert brief(doc) == {(0, "beneficial_in_models_for", IUA, "positive")}
    assert stated(doc)[0]["species"] == "NCBITaxon:10116"


def test_a_negative_result_has_one_predicate_only() -> None:
    doc = annotate(
        "BMSCs for thin endometrium: a randomised trial",
        "Sixty women with thin endometrium were randomised to BMSCs or placebo. Thickness did not differ after BMSCs.",
    )
    assert brief(doc) == {(0, "no_effect_shown", TE, "negative")}


def test_a_rise_that_is_taken_back_is_inconclusive() -> None:
    doc = annotate(
        "BMSCs for thin endometrium: a pilot study",
        "Women with thin endometrium received BMSCs. Thickness increased. "
        "No conclusion can be drawn without a control group.",
    )
    assert brief(doc) == {(0, "in_clinical_trials_for", TE, "inconclusive")}


def test_a_protocol_states_no_result() -> None:
    doc = annotate(
        "BMSCs for thin endometrium: study protocol of a randomised trial",
        "Sixty women with thin endometrium will be randomised and will receive BMSCs or saline. "
        "Improved thickness is expected.",
    )
    assert brief(doc) == {(0, "in_clinical_trials_for", TE, "not_stated")}


def test_two_products_with_opposite_results() -> None:
    doc = annotate(
        "Conditioned medium and cells in mice",
        "Mice with intrauterine adhesions were injected with conditioned medium of dental pulp stem cells or with "
        "dental pulp stem cells. "
        "Conditioned medium of dental pulp stem cells reduced fibrosis, whereas dental pulp stem cells had no effect.",
    )
    kinds = [i["product"] for i in doc._.kg_interventions]
    medium, cells = kinds.index("conditioned_medium"), kinds.index("cells")
    assert brief(doc) == {
        (medium, "beneficial_in_models_for", IUA, "positive"),
        (cells, "no_effect_shown", IUA, "negative"),
    }


def test_history_is_no_target() -> None:
    doc = annotate(
        "BMSCs for thin endometrium: a case report",
        "A 30-year-old woman with thin endometrium and a history of osteoporosis received BMSCs. The lining thickened.",
    )
    assert {a["object"] for a in stated(doc)} == {TE}


def test_lines_of_evidence_in_a_review() -> None:
    doc = annotate(
        "Mesenchymal stem cells for thin endometrium: a review",
        "Mesenchymal stem cells are proposed as candidates for thin endometrium. "
        "Preclinical studies show that administration of mesenchymal stem cells restores structure. "
        "Early clinical studies suggest benefit, although data remain limited.",
    )
    assert brief(doc) == {
        (0, "studied_to_treat", TE, "not_stated"),
        (0, "beneficial_in_models_for", TE, "positive"),
        (0, "applied_to_treat", TE, "inconclusive"),
    }


def test_approval_and_contraindication() -> None:
    doc = annotate(
        "Safety of mesenchymal stem cells: a consensus statement",
        "Mesenchymal stem cells are contraindicated in women with endometrial cancer. "
        "Allogeneic adipose MSCs are an authorised treatment for perianal fistula.",
    )
    assert {(p, o) for _, p, o, _ in brief(doc)} == {
        ("contraindicated_in", "MESH:D016889"),
        ("treats", "MESH:D012003"),
    }


def test_never_given_is_negated_and_no_proposal_stands() -> None:
    doc = annotate(
        "Menstrual blood stem cells: a review",
        "Menstrual blood stem cells could be of use in thin endometrium. "
        "Menstrual blood stem cells have never been given for thin endometrium.",
    )
    assert [a["negated"] for a in stated(doc)] == [True]


def test_a_bare_title() -> None:
    doc = annotate("Autologous menstrual blood-derived stromal cells for severe Asherman syndrome")
    assert brief(doc) == {(0, "studied_to_treat", IUA, "not_stated")}
    assert stated(doc)[0]["study_type"] == "not_stated"


def test_cell_types_and_diseases_of_one_sentence() -> None:
    doc = annotate("Stroma", "Endometrial stromal cells age in thin endometrium. Osteoporosis is another matter.")
    (found,) = doc._.kg_assertions
    assert (found["subject"], found["predicate"], found["object"]) == (
        "CL:0002255",
        "biolink:occurs_together_in_literature_with",
        TE,
    )
    assert len(found["evidence"]) == 1


def test_every_sentence_is_in_the_text() -> None:
    doc = annotate(
        "BMSCs for thin endometrium",
        "Women with thin endometrium received BMSCs.  Thickness increased. Endometrial stromal cells mattered.",
    )
    sentences = {sent.text.strip() for sent in doc.sents}
    for assertion in doc._.kg_assertions:
        for evidence in assertion["evidence"]:
            assert doc.text[evidence["start"] : evidence["end"]] in sentences


def test_an_approval_for_two_diseases() -> None:
    doc = annotate(
        "Safety of mesenchymal stem cells: a consensus statement",
        "Allogeneic adipose MSCs are approved for perianal fistula and knee osteoarthritis, "
        "which leaves women with thin endometrium without a product.",
    )
    assert {o for _, p, o, _ in brief(doc) if p == "treats"} == {"MESH:D012003", "MESH:D020370"}
    assert {"MESH:D012003", "MESH:D020370"} <= set(doc._.kg_interventions[0]["targets"])

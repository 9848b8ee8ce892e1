from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from spacy.tokens import Doc

from tests.nlp.pipeline import annotate


def products(doc: Doc) -> list[tuple[str, str | None, str | None]]:
    return [(i["product"], i["tissue"], i["donor"]) for i in doc._.kg_interventions]


def only(doc: Doc) -> dict[str, Any]:
    (record,) = doc._.kg_interventions
    return dict(record)


def test_one_product_under_several_names() -> None:
    doc = annotate(
        "Cord cells for thin endometrium",
        "Twelve women received allogeneic umbilical cord mesenchymal stem cells (UC-MSCs) in a phase 1 trial. "
        "UC-MSCs (1x10^7 cells) were infused into the uterine cavity. No event was tied to the MSCs.",
    )
    record = only(doc)
    assert (record["product"], record["cell"], record["tissue"]) == ("cells", "CL:0002569", "UBERON:0002331")
    assert record["donor"] == "allogeneic"
    assert record["label"] == "allogeneic umbilical cord mesenchymal stem cells"
    assert record["routes"] == ["intrauterine"]
    assert record["dose"] == "1x10^7 cells"


def test_spans_name_what_the_record_points_at() -> None:
    doc = annotate("Autologous BMSCs for Asherman syndrome", "BMSCs were injected in four women.")
    ids = {span.id_ for span in doc.spans["kg_interventions"]}
    assert ids == set(only(doc)["spans"])
    assert [span.text for span in doc.spans["kg_interventions"]] == ["Autologous BMSCs", "BMSCs"]
    assert {span.label_ for span in doc.spans["kg_interventions"]} == {"Intervention"}


def test_two_tissues_and_two_donors_are_separate() -> None:
    doc = annotate("Trial", "Women were given autologous bone marrow MSCs or allogeneic umbilical cord MSCs.")
    assert products(doc) == [
        ("cells", "UBERON:0002371", "autologous"),
        ("cells", "UBERON:0002331", "allogeneic"),
    ]


def test_a_review_keeps_its_generic_subject_beside_special_products() -> None:
    doc = annotate(
        "Allogeneic mesenchymal stem cells (MSCs) as therapy: a review",
        "Studies evaluating autologous and allogeneic MSCs, above all umbilical cord-derived MSCs, are reviewed. "
        "MSC administration restores the endometrium.",
    )
    assert set(products(doc)) == {
        ("cells", None, "allogeneic"),
        ("cells", None, "autologous"),
        ("cells", "UBERON:0002331", None),
        ("cells", None, None),
    }


def test_human_cells_in_rats_are_xenogeneic() -> None:
    doc = annotate("Human adipose MSCs in rats", "Rats were injected with human adipose MSCs after injury.")
    assert only(doc)["donor"] == "xenogeneic"
    assert only(doc)["donor_species"] == "NCBITaxon:9606"


def test_own_cells_stated_in_another_way() -> None:
    doc = annotate("MSCs after injury", "Each woman was infused with MSCs grown from her own bone marrow.")
    assert products(doc) == [("cells", "UBERON:0002371", "autologous")]


def test_vesicles_do_not_make_their_parents_a_product() -> None:
    doc = annotate("Exosomes in mice", "Exosomes derived from umbilical cord MSCs were injected into mice.")
    assert products(doc) == [("extracellular_vesicles", "UBERON:0002331", None)]


def test_source_told_elsewhere_in_the_text() -> None:
    doc = annotate(
        "Mesenchymal stem cells for the heart", "Bone marrow was aspirated. Mesenchymal stem cells were injected."
    )
    assert only(doc)["tissue"] == "UBERON:0002371"


@pytest.mark.parametrize(
    "text",
    [
        "The number of mesenchymal stem cells rose with the vitamin.",
        "Mesenchymal stem cells were used as a feeder layer for the hepatocytes.",
        "Mesenchymal stem cells reside around vessels.",
        "The main sports club (MSC) hired a physiotherapist. MSC players received heat therapy.",
        "Women received haematopoietic stem cells.",
        "Endometrial stromal cells were treated with progesterone.",
    ],
)
def test_what_is_not_given_is_no_intervention(text: str) -> None:
    assert annotate("A study", text)._.kg_interventions == []


def test_an_undefined_acronym_needs_a_word_for_cells_somewhere() -> None:
    assert annotate("Knee pain at sea", "MSC therapy was delivered to forty sailors.")._.kg_interventions == []
    doc = annotate("Knee pain at sea", "MSC therapy was delivered to forty sailors. The cells were thawed on board.")
    assert only(doc)["product"] == "cells"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Endometrial mesenchymal stem cells were injected.", "endometrial mesenchymal stem cells"),
        ("Adipose tissue mesenchymal stem cells were injected.", "adipose-derived mesenchymal stem cells"),
        ("Bone marrow mesenchymal stem cells were injected.", "bone marrow mesenchymal stem cells"),
    ],
)
def test_labels_read_as_english(text: str, label: str) -> None:
    assert only(annotate("A study", text))["label"] == label


@pytest.mark.parametrize(
    "unit",
    ["mesenchymal stem cells ", "bone marrow MSCs and ", "MSC exosomes on a scaffold ", "We injected MSCs in rats. "],
)
def test_work_grows_with_the_length_of_a_text_not_with_its_square(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        begin = process_time()
        annotate("A study", text)
        return process_time() - begin

    seconds(50)
    short, long = seconds(250), seconds(2000)
    # Eight times the text: eight times the work, sixty-four times if any rule read the whole passage for each phrase.
    assert long < 24 * short + 0.5


def test_a_text_without_cells_is_left_alone() -> None:
    doc = annotate("Aspirin and pain", "Aspirin was given.")
    assert doc._.kg_interventions == []
    assert len(doc.spans["kg_interventions"]) == 0


def test_the_doc_survives_serialisation() -> None:
    doc = annotate("Autologous BMSCs for Asherman syndrome", "BMSCs were injected in women.")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.kg_interventions == doc._.kg_interventions
    assert [s.id_ for s in again.spans["kg_interventions"]] == [s.id_ for s in doc.spans["kg_interventions"]]


def test_patients_excluded_do_not_exclude_the_product() -> None:
    doc = annotate("Cells", "After two were excluded, 40 patients received umbilical cord mesenchymal stem cells.")
    assert only(doc)["tissue"] == "UBERON:0002331"


def test_earlier_treatment_that_excludes_is_no_intervention() -> None:
    doc = annotate("A drug", "Previous injection of bone marrow MSCs was a reason for exclusion.")
    assert products(doc) == []


def test_white_space_takes_linear_time() -> None:
    doc = annotate("Adipose MSCs in rats", "Rats were injected with adipose MSCs" + " " * 20000 + "from rats.")
    assert len(products(doc)) == 1
